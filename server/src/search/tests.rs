//! The whole of it: articles written to a database are followed, found, withheld and rebuilt.

use std::sync::Arc;
use std::time::Duration;

use app::i18n::Locale;

use super::Search;
use super::document::Viewer;
use super::index::{Follower, filling_disk::FillingDisk, folder::IndexFolder};
use super::query::{Request, SearchQuery, SearchResults};
use super::schema::SCHEMA_VERSION;
use crate::identity::Actor;
use crate::knowledge::{
    By, Draft, NewArticle, add_phrase, create_article, create_translation, publish, save_revision, set_tags,
    unpublish,
};
use crate::storage::{Tx, run};
use crate::testing::{MONDAY, TestDb, db_test};

/// A portal's knowledge and its search, without the web around it.
struct Portal {
    t: TestDb,
    search: Arc<Search>,
    follower: Follower,
}

impl Portal {
    fn new(t: TestDb) -> Self {
        let search = Arc::<Search>::default();
        let follower = follower(&t, "one", &search);
        Self { t, search, follower }
    }

    async fn catch_up(&mut self) -> anyhow::Result<()> {
        self.follower.catch_up().await
    }

    async fn find(&self, locale: Locale, viewer: Viewer, text: &str) -> anyhow::Result<Arc<SearchResults>> {
        let query = SearchQuery { text: text.into(), locale, viewer, category: None, page: 1, per_page: 10 };
        Ok(self.search.search(&self.t.db, &query).await?)
    }

    /// Slugs of what an anonymous visitor of English pages finds.
    async fn slugs(&self, text: &str) -> anyhow::Result<Vec<String>> {
        let results = self.find(Locale::En, Viewer::Anonymous, text).await?;
        Ok(results.hits.iter().map(|hit| hit.slug.clone()).collect())
    }
}

fn follower(t: &TestDb, database: &str, search: &Arc<Search>) -> Follower {
    let folder = IndexFolder::new(t.folder.path());
    Follower::new(t.db.clone(), folder, database.to_owned(), Arc::clone(search))
}

/// The same on a disk that can be filled, and on which merges can be held.
fn on_a_filling_disk(t: TestDb) -> (Portal, FillingDisk) {
    let disk = FillingDisk::default();
    let search = Arc::<Search>::default();
    let folder = IndexFolder::on(t.folder.path(), Arc::new(disk.clone()));
    let follower = Follower::new(t.db.clone(), folder, "one".to_owned(), Arc::clone(&search));
    (Portal { t, search, follower }, disk)
}

fn by() -> By<'static> {
    By::new(MONDAY, Actor::Program("test"))
}

async fn translate(
    tx: &mut Tx,
    article: i64,
    locale: Locale,
    slug: &str,
    title: &str,
    body: &str,
) -> anyhow::Result<i64> {
    let translation = create_translation(tx, &by(), article, locale, slug).await?;
    let draft = Draft { title: title.into(), body: body.into(), ..Draft::default() };
    save_revision(tx, &by(), translation, None, &draft).await?;
    publish(tx, &by(), translation).await?;
    Ok(translation)
}

/// Four articles of Kotae's own kind; gives (article id, translation id) of the first in English.
async fn write_articles(t: &TestDb) -> anyhow::Result<(i64, i64)> {
    let mut tx = t.db.begin().await?;
    let password = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    let translation = translate(
        &mut tx,
        password,
        Locale::En,
        "reset-password",
        "Reset your password",
        "Open the sign-in page and press **Forgot**. We mail you a link. If it says `ERR_5021`, wait an hour.",
    )
    .await?;
    translate(
        &mut tx,
        password,
        Locale::Ja,
        "reset-password",
        "パスワードを再設定する",
        "サインイン画面で「忘れた」を押すと、再設定用のリンクをメールでお送りします。",
    )
    .await?;
    let invoice = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(
        &mut tx,
        invoice,
        Locale::En,
        "invoice-name",
        "Change the name on an invoice",
        "Open Billing and edit the name. The next invoice carries it.",
    )
    .await?;
    translate(
        &mut tx,
        invoice,
        Locale::Ja,
        "invoice-name",
        "請求書の宛名を変更する",
        "「お支払い」で宛名を変更します。次の請求書から反映されます。",
    )
    .await?;
    set_tags(&mut tx, &by(), invoice, &["billing".to_owned()]).await?;
    let server = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(&mut tx, server, Locale::Ja, "server", "サーバーの引っ越し", "サーバーを移すときの手順です。")
        .await?;
    let export = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(
        &mut tx,
        export,
        Locale::En,
        "export",
        "Export all requests as CSV",
        "Requests can be exported by an administrator.",
    )
    .await?;
    tx.commit().await?;
    Ok((password, translation))
}

/// One more published article, in English.
async fn write_one(t: &TestDb, slug: &str, title: &str) -> anyhow::Result<()> {
    let mut tx = t.db.begin().await?;
    let article = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(&mut tx, article, Locale::En, slug, title, "It is short.").await?;
    tx.commit().await?;
    Ok(())
}

db_test!(
    async fn what_is_published_is_found_and_what_is_withdrawn_is_not(t: TestDb) {
        let (_, translation) = write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("reset password").await?[0], "reset-password");
        let mut tx = portal.t.db.begin().await?;
        unpublish(&mut tx, &by(), translation).await?;
        tx.commit().await?;
        portal.catch_up().await?;
        // The Japanese translation now serves English pages too.
        let left = portal.find(Locale::En, Viewer::Anonymous, "パスワード").await?;
        assert_eq!((left.hits.len(), left.hits[0].locale), (1, Locale::Ja));
        assert!(!portal.slugs("reset password").await?.contains(&"reset-password".to_owned()));
        Ok(())
    }
);

db_test!(
    async fn following_twice_changes_nothing(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let before = portal.find(Locale::En, Viewer::Anonymous, "invoice").await?;
        let mut tx = portal.t.db.begin().await?;
        run!(tx, "INSERT INTO change (entity, entity_id, at) SELECT 'article', id, 0 FROM article")?;
        tx.commit().await?;
        portal.catch_up().await?;
        let after = portal.find(Locale::En, Viewer::Anonymous, "invoice").await?;
        assert_eq!(before.total, after.total);
        assert!(!portal.follower.turn().await?, "everything is followed");
        Ok(())
    }
);

db_test!(
    async fn searches_forgive_slips_and_spellings(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (locale, text, slug) in [
            (Locale::En, "pasword rest", "reset-password"),
            (Locale::En, "invoces", "invoice-name"),
            (Locale::En, "err-5021", "reset-password"),
            (Locale::En, "passw", "reset-password"),
            (Locale::En, "how do i get another name onto my invoices please??", "invoice-name"),
            (Locale::En, "billing", "invoice-name"),
            (Locale::Ja, "宛名変更", "invoice-name"),
            (Locale::Ja, "ｻｰﾊﾞ 引越し", "server"),
            (Locale::Ja, "ぱすわーど", "reset-password"),
            (Locale::Ja, "請求書に書かれている宛名を、会社名に変えてほしいのですが", "invoice-name"),
            (Locale::Ja, "宛", "invoice-name"),
        ] {
            let results = portal.find(locale, Viewer::Anonymous, text).await?;
            let found: Vec<&str> = results.hits.iter().map(|hit| hit.slug.as_str()).collect();
            assert_eq!(found.first(), Some(&slug), "{text}: {found:?}");
        }
        let results = portal.find(Locale::En, Viewer::Anonymous, "invocie").await?;
        assert_eq!(results.did_you_mean.as_deref(), Some("invoice"));
        // "cant" stands in no article, and is no slip for all that.
        let results = portal.find(Locale::En, Viewer::Anonymous, "can't reset").await?;
        assert_eq!(results.did_you_mean, None);
        Ok(())
    }
);

db_test!(
    async fn quoted_phrases_must_occur_just_so(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("\"mail you a link\"").await?, ["reset-password"]);
        assert_eq!(portal.slugs("\"requests can be exported\"").await?, ["export"]);
        Ok(())
    }
);

db_test!(
    async fn an_audience_is_kept_in_every_answer(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        run!(tx, "UPDATE article SET audience = 'internal' WHERE id = $1", article)?;
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('article', $1, 0)", article)?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        for ready in [false, true] {
            if ready {
                portal.catch_up().await?;
            }
            let anonymous = portal.slugs("password").await?;
            assert!(!anonymous.contains(&"reset-password".to_owned()), "with index: {ready}");
            let staff = portal.find(Locale::En, Viewer::Staff, "password").await?;
            assert_eq!(staff.hits[0].slug, "reset-password", "with index: {ready}");
        }
        let viewer = Viewer::Anonymous;
        let request =
            Request { subject: "reset my password", description: "", locale: Locale::En, viewer: &viewer };
        assert!(portal.search.matching(&request, 3).iter().all(|found| found.article_id != article));
        let suggested = portal.search.suggest(&portal.t.db, "reset", Locale::En, &viewer, 5).await?;
        assert!(suggested.iter().all(|found| found.article_id != article));
        Ok(())
    }
);

db_test!(
    async fn customers_phrases_are_matched_and_never_shown(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        add_phrase(&mut tx, &by(), article, Locale::En, "locked out of zanzibar", None).await?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::En, Viewer::Anonymous, "zanzibar").await?;
        assert_eq!(results.hits[0].slug, "reset-password");
        assert!(!format!("{results:?}").contains("zanzibar"));
        let results = portal.find(Locale::En, Viewer::Anonymous, "zanzibra").await?;
        assert_eq!(results.did_you_mean, None);
        Ok(())
    }
);

db_test!(
    async fn requests_are_matched_and_silly_matches_withheld(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let viewer = Viewer::Anonymous;
        let matching = |subject: &'static str, description: &'static str, locale| {
            let request = Request { subject, description, locale, viewer: &viewer };
            portal.search.matching(&request, 3).into_iter().map(|found| found.slug).collect::<Vec<_>>()
        };
        assert_eq!(matching("I forgot my password", "How can I reset it?", Locale::En), ["reset-password"]);
        assert_eq!(
            matching("宛名の変更", "請求書の宛名を会社名に変更できますか？", Locale::Ja)[0],
            "invoice-name"
        );
        assert!(matching("Where can I park my bicycle?", "It is blue.", Locale::En).is_empty());
        assert!(matching("", "", Locale::En).is_empty());
        Ok(())
    }
);

db_test!(
    async fn without_an_index_the_database_answers(t: TestDb) {
        write_articles(&t).await?;
        let portal = Portal::new(t);
        assert!(!portal.search.is_ready());
        assert_eq!(portal.slugs("How do I reset my password?").await?[0], "reset-password");
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "請求書").await?;
        assert_eq!((results.total, results.hits[0].slug.as_str()), (1, "invoice-name"));
        assert_eq!(
            portal.search.suggest(&portal.t.db, "invo", Locale::En, &Viewer::Anonymous, 5).await?.len(),
            1
        );
        Ok(())
    }
);

#[tokio::test]
async fn a_deleted_a_truncated_and_a_foreign_index_are_rebuilt() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let path = IndexFolder::new(t.folder.path()).path();
    let mut portal = Portal::new(t);
    portal.catch_up().await?;

    // While it runs.
    std::fs::remove_dir_all(&path)?;
    portal.catch_up().await?;
    assert!(path.join("meta.json").is_file());
    assert_eq!(portal.slugs("reset password").await?[0], "reset-password");

    // Between two runs.
    let store = std::fs::read_dir(&path)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "store"))
        .expect("an index has a document store");
    std::fs::File::options().write(true).open(&store)?.set_len(10)?;
    for database in ["one", "another"] {
        portal.search = Arc::default();
        portal.follower = follower(&portal.t, database, &portal.search);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("reset password").await?[0], "reset-password", "{database}");
    }
    Ok(())
}

#[tokio::test]
async fn on_a_full_disk_the_old_index_answers_and_follows_when_there_is_room() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let (mut portal, disk) = on_a_filling_disk(t);
    disk.set_full(true);
    assert!(portal.follower.turn().await.is_err(), "there is no room to build an index");
    assert!(!portal.t.folder.path().join(format!("index-{SCHEMA_VERSION}.building")).exists());
    disk.set_full(false);
    portal.catch_up().await?;

    disk.set_full(true);
    write_one(&portal.t, "quota", "Raise the quota").await?;
    for _ in 0..3 {
        assert!(portal.follower.turn().await.is_err());
        assert!(portal.search.is_ready());
        assert_eq!(portal.slugs("reset password").await?[0], "reset-password");
    }
    assert!(!portal.slugs("quota").await?.contains(&"quota".to_owned()), "the index has not got it yet");
    disk.set_full(false);
    portal.catch_up().await?;
    assert_eq!(portal.slugs("quota").await?, ["quota"]);
    Ok(())
}

#[tokio::test]
async fn a_change_that_comes_while_a_resting_writer_merges_waits_for_it() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let (mut portal, disk) = on_a_filling_disk(t);
    portal.catch_up().await?;
    disk.hold_merges(true);
    // Enough commits, each a segment, to begin a merge; then enough quiet turns to put the writer down.
    for n in 0..6 {
        write_one(&portal.t, &format!("edit-{n}"), &format!("Edit number {n}")).await?;
        assert!(portal.follower.turn().await?);
    }
    for _ in 0..20 {
        assert!(!portal.follower.turn().await?);
    }
    write_one(&portal.t, "late", "Late arrival").await?;
    let release = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        disk.hold_merges(false);
    };
    let (followed, ()) = tokio::join!(portal.follower.turn(), release);
    assert!(followed?);
    assert_eq!(portal.slugs("late arrival").await?[0], "late");
    Ok(())
}

#[tokio::test]
async fn an_index_of_an_older_version_is_removed_after_the_rebuild() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let old = t.folder.path().join("index-0");
    std::fs::create_dir(&old)?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    assert!(!old.exists());
    assert!(portal.search.is_ready());
    Ok(())
}

#[tokio::test]
async fn an_index_ahead_of_its_database_is_rebuilt() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    let mut tx = portal.t.db.begin().await?;
    run!(tx, "DELETE FROM change WHERE id > 1")?;
    run!(tx, "DELETE FROM article")?;
    tx.commit().await?;
    portal.search = Arc::default();
    portal.follower = follower(&portal.t, "one", &portal.search);
    portal.catch_up().await?;
    assert!(portal.slugs("reset password").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn on_postgresql_a_change_of_an_older_transaction_is_not_passed_by() -> anyhow::Result<()> {
    let t = TestDb::postgres().await?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    let mut slow = portal.t.db.begin().await?;
    let article = create_article(&mut slow, &by(), &NewArticle::default()).await?;
    translate(&mut slow, article, Locale::En, "slow", "Slow transaction", "Begun first.").await?;
    let mut quick = portal.t.db.begin().await?;
    let article = create_article(&mut quick, &by(), &NewArticle::default()).await?;
    translate(&mut quick, article, Locale::En, "quick", "Quick transaction", "Begun last.").await?;
    quick.commit().await?;
    while portal.follower.turn().await? {}
    slow.commit().await?;
    portal.catch_up().await?;
    let mut found = portal.slugs("transaction").await?;
    found.sort();
    assert_eq!(found, ["quick", "slow"]);
    Ok(())
}

db_test!(
    async fn related_articles_share_words_and_exclude_the_article_itself(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        let other = create_article(&mut tx, &by(), &NewArticle::default()).await?;
        translate(
            &mut tx,
            other,
            Locale::En,
            "forgot",
            "I forgot my password",
            "Open the sign-in page and reset the password.",
        )
        .await?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let related = portal.search.related(article, Locale::En, &Viewer::Anonymous, 3);
        let slugs: Vec<&str> = related.iter().map(|article| article.slug.as_str()).collect();
        assert_eq!(slugs.first(), Some(&"forgot"), "{slugs:?}");
        assert!(!slugs.contains(&"reset-password"));
        Ok(())
    }
);

db_test!(
    async fn no_input_makes_a_search_fail(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        for _ in 0..2 {
            for text in [
                "",
                " ",
                "\"",
                "%",
                "_",
                "\\",
                "\u{0}",
                "'; --",
                "「」",
                "AND OR NOT",
                "*",
                "🙂",
                "ー",
                "a:b^2~",
            ] {
                portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
                portal.search.suggest(&portal.t.db, text, Locale::En, &Viewer::Staff, 5).await?;
            }
            portal.find(Locale::En, Viewer::Anonymous, &"password ".repeat(20_000)).await?;
            portal.find(Locale::Ja, Viewer::Anonymous, &"請求書".repeat(20_000)).await?;
            portal.catch_up().await?;
        }
        Ok(())
    }
);
