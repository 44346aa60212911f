//! The index follows the database, whatever happens to either.

use std::sync::Arc;
use std::time::Duration;

use app::i18n::Locale;

use super::{Portal, by, follower, on_a_filling_disk, translate, write_articles, write_one};
use crate::knowledge::{NewArticle, create_article, unpublish};
use crate::search::document::Viewer;
use crate::search::index::changes::Watermark;
use crate::search::index::drop_changes;
use crate::search::index::folder::IndexFolder;
use crate::search::index::writer::{Stamp, Writer};
use crate::search::schema::SCHEMA_VERSION;
use crate::storage::{all, run};
use crate::testing::{MONDAY, TestDb, db_test};

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
        let left = portal.find(Locale::En, Viewer::Anonymous, "reset password").await?;
        assert!(left.hits.iter().all(|hit| hit.translation_id != translation));
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

/// Numbers of transactions belong to one server; an index of a database that has moved may know of later ones.
#[tokio::test]
async fn an_index_that_followed_another_server_is_rebuilt() -> anyhow::Result<()> {
    let t = TestDb::postgres().await?;
    write_articles(&t).await?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    let index = portal.search.index().expect("it was built");
    portal.follower = follower(&portal.t, "one", &portal.search);
    let there = Watermark { transaction: i64::MAX, change: 1 };
    let mut writer = Writer::open(&index)?;
    writer.commit(&Stamp { database: "one".to_owned(), watermark: there })?;
    writer.close()?;
    write_one(&portal.t, "late", "Late arrival").await?;
    portal.search = Arc::default();
    portal.follower = follower(&portal.t, "one", &portal.search);
    portal.catch_up().await?;
    assert_eq!(portal.slugs("late arrival").await?[0], "late");
    assert!(portal.search.index().expect("it was built").watermark()? < there);
    Ok(())
}

#[tokio::test]
async fn a_question_that_panics_says_nothing_against_the_index() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    write_articles(&t).await?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    let generation = |portal: &Portal| {
        let index = portal.search.index().expect("it stays in use");
        index.index.searchable_segment_ids().expect("they can be read")
    };
    let before = generation(&portal);
    assert!(portal.search.with_index::<()>(|_| panic!("a mistake")).is_none());
    assert_eq!(portal.slugs("reset password").await?[0], "reset-password");
    assert!(!portal.follower.turn().await?, "there is nothing to mend");
    assert_eq!(generation(&portal), before);
    Ok(())
}

db_test!(
    async fn an_index_that_changes_it_had_to_follow_are_gone_for_is_rebuilt(t: TestDb) {
        let (_, translation) = write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        write_one(&portal.t, "late", "Late arrival").await?;
        let mut tx = portal.t.db.begin().await?;
        unpublish(&mut tx, &by(), translation).await?;
        // The last change is kept as a gap, and this is not it.
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('setting', 0, 0)")?;
        tx.commit().await?;
        forget_changes(&portal).await?;
        assert!(!portal.slugs("late arrival").await?.contains(&"late".to_owned()));
        portal.catch_up().await?;
        assert_eq!(portal.slugs("late arrival").await?[0], "late");
        // The Japanese translation serves English pages from now on.
        let left = portal.find(Locale::En, Viewer::Anonymous, "reset password").await?;
        let left = left.hits.iter().filter(|hit| hit.slug == "reset-password");
        assert_eq!(left.map(|hit| hit.locale).collect::<Vec<_>>(), [Locale::Ja]);
        // Whoever has followed up to the gap goes on from there.
        assert!(!portal.follower.turn().await?);
        write_one(&portal.t, "quota", "Raise the quota").await?;
        portal.catch_up().await?;
        assert_eq!(portal.slugs("quota").await?, ["quota"]);
        // Forgetting what was followed asks for nothing, neither of this index nor of one that is opened again.
        forget_changes(&portal).await?;
        assert!(!portal.follower.turn().await?);
        let generation = |portal: &Portal| {
            portal.search.index().map(|index| index.index.searchable_segment_ids().expect("they can be read"))
        };
        let before = generation(&portal);
        portal.search = Arc::default();
        portal.follower = follower(&portal.t, "one", &portal.search);
        portal.catch_up().await?;
        assert_eq!(generation(&portal), before, "the same files");
        Ok(())
    }
);

/// Deletes every change but the last; on PostgreSQL a transaction of another test may hold the end of them back.
async fn forget_changes(portal: &Portal) -> anyhow::Result<()> {
    loop {
        let mut tx = portal.t.db.begin().await?;
        drop_changes(&mut tx, MONDAY + 1).await?;
        let left = all!(tx, (String,), "SELECT entity FROM change")?;
        tx.commit().await?;
        if left == [("gap".to_owned(),)] {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
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
