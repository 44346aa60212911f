//! An article without a category is published all the same, and nobody overlooks that it lies nowhere.

use super::desk;
use crate::storage::value;
use crate::testing::{Shelf, TestDb, db_test, follow};
use app::i18n::Locale::En;
use axum::http::StatusCode;

db_test!(
    async fn an_article_in_no_category_says_so_and_goes_where_its_neighbours_are_in_one_press(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let shelf = Shelf(&app);
        let billing = shelf.category("billing", None).await?;
        let import = shelf.category("import", None).await?;
        for title in ["Change the name on an invoice", "Get an invoice again", "Pay an invoice by card"] {
            let body = format!("{title}: open **Billing** and choose the invoice.");
            shelf.article(Some(billing), &[(En, title, &body)]).await?;
        }
        shelf.article(Some(import), &[(En, "Import a file", "Open **Data**.")]).await?;
        let id = shelf
            .article(None, &[(En, "Address on an invoice", "Open **Billing**, choose the invoice.")])
            .await?;
        follow(&app).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let page = midori.get(&edit).await;
        assert!(page.says("No category is chosen") && page.says("It is published"), "{}", page.text());
        assert!(page.says("Put it into “Shelf billing”"), "{}", page.text());
        // It is in nobody's way.
        let published = midori.submit_files(&page, &edit, &[("do", "publish")], &[]).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER);
        let page = midori.follow(published).await;
        let shelved = midori.submit_files(&page, &edit, &[("shelve", &billing.to_string())], &[]).await;
        let page = midori.follow(shelved).await;
        assert!(
            page.says("It is in the category now.") && !page.says("No category is chosen"),
            "{}",
            page.text()
        );
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT category_id FROM article WHERE id = $1", id)?, billing);
        assert_eq!(
            value!(
                conn,
                i64,
                "SELECT COUNT(*) FROM translation WHERE article_id = $1 AND live_revision_id = head_revision_id",
                id
            )?,
            1
        );
        Ok(())
    }
);

db_test!(
    async fn nothing_is_proposed_where_no_article_is_near(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let shelf = Shelf(&app);
        let billing = shelf.category("billing", None).await?;
        shelf.article(Some(billing), &[(En, "Pay an invoice", "Open **Billing**.")]).await?;
        let id = shelf.article(None, &[(En, "Sunflowers", "Water them at noon.")]).await?;
        follow(&app).await?;
        let page = midori.get(&format!("/desk/articles/{id}/en/edit")).await;
        assert!(page.says("No category is chosen") && !page.says("Put it into"), "{}", page.text());
        Ok(())
    }
);
