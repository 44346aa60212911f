//! What the knowledge promises, on both databases.

use super::*;
use crate::identity::Actor;
use crate::storage::{Tx, all, value};
use crate::testing::{TestDb, db_test};
use app::i18n::Locale;

fn by(t: &TestDb) -> By<'static> {
    By::new(t.clock.now(), Actor::Program("test"))
}

fn draft(title: &str, body: &str) -> Draft {
    Draft { title: title.into(), body: body.into(), ..Draft::default() }
}

/// An article with an English translation; gives both ids.
async fn article(tx: &mut Tx, by: &By<'_>, slug: &str) -> anyhow::Result<(i64, i64)> {
    let article = create_article(tx, by, &NewArticle::default()).await?;
    let translation = create_translation(tx, by, article, Locale::En, slug).await?;
    Ok((article, translation))
}

fn shelf(slug: &str, parent_id: Option<i64>) -> NewCategory {
    let texts =
        vec![CategoryText { locale: Locale::En, name: slug.to_uppercase(), description: String::new() }];
    NewCategory { slug: slug.into(), parent_id, icon: "book".into(), position: 0, texts }
}

db_test!(
    async fn a_second_save_on_an_older_revision_writes_nothing_and_gives_the_newer_one(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (_, translation) = article(&mut tx, &by, "login").await?;
        let Saving::Saved { revision_id: first, number: 1 } =
            save_revision(&mut tx, &by, translation, None, &draft("Login", "one")).await?
        else {
            anyhow::bail!("the first save makes revision 1")
        };
        let theirs = save_revision(&mut tx, &by, translation, Some(first), &draft("Login", "two")).await?;
        assert!(matches!(theirs, Saving::Saved { number: 2, .. }));
        let mine = save_revision(&mut tx, &by, translation, Some(first), &draft("Login", "three")).await?;
        let Saving::Conflict(conflict) = mine else { anyhow::bail!("a conflict is told") };
        assert_eq!((conflict.number, conflict.body.as_str()), (2, "two"));
        let bodies = all!(tx, (i64, String), "SELECT number, body FROM revision ORDER BY number")?;
        assert_eq!(bodies, [(1, "one".to_owned()), (2, "two".to_owned())]);
        Ok(())
    }
);

db_test!(
    async fn saving_the_same_words_again_makes_no_revision(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (_, translation) = article(&mut tx, &by, "login").await?;
        let Saving::Saved { revision_id, .. } =
            save_revision(&mut tx, &by, translation, None, &draft("Login", "one")).await?
        else {
            anyhow::bail!("saved")
        };
        let again =
            save_revision(&mut tx, &by, translation, Some(revision_id), &draft("Login", "one")).await?;
        assert_eq!(again, Saving::Unchanged { revision_id, number: 1 });
        Ok(())
    }
);

db_test!(
    async fn publishing_shows_the_newest_revision_and_each_step_leaves_a_change(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (id, translation) = article(&mut tx, &by, "login").await?;
        assert!(matches!(publish(&mut tx, &by, translation).await, Err(KnowledgeError::NotFound)));
        save_revision(&mut tx, &by, translation, None, &draft("Login", "one")).await?;
        let before = value!(tx, i64, "SELECT COUNT(*) FROM change WHERE entity_id = $1", id)?;
        assert!(publish(&mut tx, &by, translation).await?);
        assert!(!publish(&mut tx, &by, translation).await?);
        assert!(unpublish(&mut tx, &by, translation).await?);
        assert!(!unpublish(&mut tx, &by, translation).await?);
        let after = value!(tx, i64, "SELECT COUNT(*) FROM change WHERE entity_id = $1", id)?;
        assert_eq!(after - before, 2);
        Ok(())
    }
);

db_test!(
    async fn a_new_slug_leaves_a_redirect_and_a_taken_one_is_refused(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (_, login) = article(&mut tx, &by, "login").await?;
        article(&mut tx, &by, "sign-in").await?;
        save_revision(&mut tx, &by, login, None, &draft("Login", "one")).await?;
        publish(&mut tx, &by, login).await?;
        let taken = change_slug(&mut tx, &by, login, "sign-in").await;
        assert!(matches!(taken, Err(KnowledgeError::SlugTaken(slug)) if slug == "sign-in"));
        assert!(change_slug(&mut tx, &by, login, "ログイン 方法").await?);
        let moved = moved_to(&mut tx, "/en/articles/login/").await?;
        assert_eq!(
            moved.as_deref(),
            Some("/en/articles/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3-%E6%96%B9%E6%B3%95")
        );
        assert!(change_slug(&mut tx, &by, login, "login").await?);
        assert_eq!(moved_to(&mut tx, "/en/articles/login").await?, None);
        let back =
            moved_to(&mut tx, "/en/articles/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3-%E6%96%B9%E6%B3%95").await?;
        assert_eq!(back.as_deref(), Some("/en/articles/login"));
        Ok(())
    }
);

db_test!(
    async fn a_redirect_that_leads_back_to_itself_is_refused(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        add_redirect(&mut tx, &by, "https://old.example/a.html?x=1", "/b").await?;
        add_redirect(&mut tx, &by, "/b", "/c").await?;
        let round = add_redirect(&mut tx, &by, "/c", "/a.html").await;
        assert!(matches!(round, Err(KnowledgeError::RedirectLoop(_))));
        assert!(matches!(
            add_redirect(&mut tx, &by, "/d", "/d/").await,
            Err(KnowledgeError::RedirectLoop(_))
        ));
        let script = add_redirect(&mut tx, &by, "/d", "javascript:alert(1)").await;
        assert!(matches!(script, Err(KnowledgeError::RedirectAddress(_))));
        assert_eq!(moved_to(&mut tx, "/a.html").await?.as_deref(), Some("/c"));
        Ok(())
    }
);

db_test!(
    async fn the_category_tree_is_three_deep_and_never_a_circle(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let a = upsert_category(&mut tx, &by, &shelf("a", None)).await?;
        let b = upsert_category(&mut tx, &by, &shelf("b", Some(a))).await?;
        let c = upsert_category(&mut tx, &by, &shelf("c", Some(b))).await?;
        assert_eq!(upsert_category(&mut tx, &by, &shelf("c", Some(b))).await?, c);
        let deep = upsert_category(&mut tx, &by, &shelf("d", Some(c))).await;
        assert!(matches!(deep, Err(KnowledgeError::TooDeep)));
        let circle = edit_category(&mut tx, &by, a, &shelf("a", Some(b))).await;
        assert!(matches!(circle, Err(KnowledgeError::BelowItself)));
        let other = upsert_category(&mut tx, &by, &shelf("other", None)).await?;
        let tall = edit_category(&mut tx, &by, a, &shelf("a", Some(other))).await;
        assert!(matches!(tall, Err(KnowledgeError::TooDeep)));
        assert!(matches!(delete_category(&mut tx, &by, b).await, Err(KnowledgeError::NotEmpty)));
        delete_category(&mut tx, &by, c).await?;
        Ok(())
    }
);

db_test!(
    async fn siblings_swap_places_and_stop_at_the_ends(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let a = upsert_category(&mut tx, &by, &shelf("a", None)).await?;
        let b = upsert_category(&mut tx, &by, &shelf("b", None)).await?;
        upsert_category(&mut tx, &by, &shelf("inside", Some(a))).await?;
        assert!(!move_category(&mut tx, &by, a, -1).await?);
        assert!(move_category(&mut tx, &by, a, 1).await?);
        let order = all!(tx, (i64,), "SELECT id FROM category WHERE parent_id IS NULL ORDER BY position")?;
        assert_eq!(order, [(b,), (a,)]);
        Ok(())
    }
);

db_test!(
    async fn a_slug_is_unique_within_its_locale_only(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (id, _) = article(&mut tx, &by, "faq").await?;
        assert_eq!(slug_for(&mut tx, Locale::En, "FAQ!", None).await?, "faq-2");
        assert_eq!(slug_for(&mut tx, Locale::En, "FAQ!", Some(id)).await?, "faq");
        assert_eq!(slug_for(&mut tx, Locale::Ja, "FAQ", None).await?, "faq");
        assert_eq!(slug_for(&mut tx, Locale::Ja, "？", None).await?, "article");
        Ok(())
    }
);

db_test!(
    async fn tags_and_phrases_are_kept_once(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (id, _) = article(&mut tx, &by, "faq").await?;
        let tags = ["Billing".to_owned(), " ｂｉｌｌｉｎｇ ".to_owned(), "api".to_owned(), " ".to_owned()];
        assert!(set_tags(&mut tx, &by, id, &tags).await?);
        assert!(!set_tags(&mut tx, &by, id, &["api".into(), "billing".into()]).await?);
        assert_eq!(tags_of(&mut tx, id).await?, ["api", "billing"]);
        let phrase = add_phrase(&mut tx, &by, id, Locale::En, "  where is\nmy bill ", None).await?;
        assert!(add_phrase(&mut tx, &by, id, Locale::En, "where is my bill", None).await?.is_none());
        assert!(remove_phrase(&mut tx, &by, id, phrase.unwrap_or_default()).await?);
        Ok(())
    }
);

db_test!(
    async fn only_an_article_that_nobody_can_read_is_deleted(t: TestDb) {
        let by = by(&t);
        let mut tx = t.db.begin().await?;
        let (id, translation) = article(&mut tx, &by, "faq").await?;
        save_revision(&mut tx, &by, translation, None, &draft("FAQ", "one")).await?;
        publish(&mut tx, &by, translation).await?;
        assert!(matches!(delete_article(&mut tx, &by, id).await, Err(KnowledgeError::NotEmpty)));
        unpublish(&mut tx, &by, translation).await?;
        delete_article(&mut tx, &by, id).await?;
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM revision")?, 0);
        Ok(())
    }
);
