//! Which languages a portal offers, and what becomes of addresses in the others.

use crate::settings::{self, Settings};
use crate::testing::{Client, Shelf, TestDb, db_test};
use app::i18n::Locale::{En, Ja};
use axum::http::{Method, StatusCode};

db_test!(
    async fn a_link_in_a_language_that_is_no_longer_offered_leads_to_the_one_that_is(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let category = shelf.category("billing", None).await?;
        shelf
            .article(Some(category), &[(En, "Change the name", "a"), (Ja, "宛名を変える", "答え。")])
            .await?;
        let customer = Client::anonymous(&app);
        assert_eq!(customer.get("/ja/sign-in").await.status, StatusCode::OK);
        let old = app.settings.current();
        let mut tx = app.db.begin().await?;
        let english = Settings { locales: vec![En], ..(*old).clone() };
        settings::save(&mut tx, &old, &english, 0).await?;
        tx.commit().await?;
        app.settings.refresh(&app.db).await?;
        app.pages.clear();
        for (from, to) in [
            ("/ja", "/en"),
            ("/ja?q=1", "/en?q=1"),
            ("/ja/sign-in/token-by-mail", "/en/sign-in/token-by-mail"),
            ("/ja/r/some.token?m=1", "/en/r/some.token?m=1"),
            ("/ja/categories/billing?page=2", "/en/categories/billing?page=2"),
            ("/ja/search?q=%E5%AE%9B%E5%90%8D", "/en/search?q=%E5%AE%9B%E5%90%8D"),
        ] {
            let moved = customer.get(from).await;
            assert_eq!((moved.status, moved.location()), (StatusCode::FOUND, to), "{from}");
            let head = customer.send(Method::HEAD, from, None, Vec::new(), &[]).await;
            assert_eq!(head.status, StatusCode::FOUND, "HEAD {from}");
        }
        // An article by its Japanese slug is found under its English one.
        let article = "/ja/articles/%E5%AE%9B%E5%90%8D%E3%82%92%E5%A4%89%E3%81%88%E3%82%8B";
        let first = customer.follow(customer.get(article).await).await;
        let page = customer.follow(first).await;
        assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/en/articles/change-the-name"));
        for (path, expected) in
            [("/fr/sign-in", StatusCode::NOT_FOUND), ("/en/nowhere", StatusCode::NOT_FOUND)]
        {
            assert_eq!(customer.get(path).await.status, expected, "{path}");
        }
        assert_eq!(customer.post("/ja/sign-in", &[]).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);
