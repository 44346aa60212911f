//! What a reader sees of an article while articles come and go.

use crate::identity::Actor;
use crate::knowledge::{By, delete_article, unpublish};
use crate::storage::value;
use crate::testing::{Client, Shelf, TestDb, db_test};
use app::i18n::Locale::En;
use axum::http::StatusCode;

db_test!(
    async fn an_article_never_shows_the_words_of_one_that_was_deleted(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let old = Shelf(&app).article(None, &[(En, "Old plan", "What was withdrawn.")]).await?;
        assert!(client.get("/en/articles/old-plan").await.says("What was withdrawn."));
        let by = By::new(t.clock.now(), Actor::Program("test"));
        let mut tx = app.db.begin().await?;
        let translation = value!(tx, i64, "SELECT id FROM translation WHERE article_id = $1", old)?;
        unpublish(&mut tx, &by, translation).await?;
        delete_article(&mut tx, &by, old).await?;
        tx.commit().await?;
        app.knowledge_changed();
        assert_eq!(client.get("/en/articles/old-plan").await.status, StatusCode::NOT_FOUND);
        Shelf(&app).article(None, &[(En, "New plan", "What holds now.")]).await?;
        let page = client.get("/en/articles/new-plan").await;
        assert!(page.says("What holds now.") && !page.says("What was withdrawn."), "{}", page.text());
        Ok(())
    }
);
