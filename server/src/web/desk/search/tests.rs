//! What CRE see of the searches of others.

use crate::app_state::App;
use crate::erasure;
use crate::storage::value;
use crate::testing::{Cast, Client, Shelf, TestDb, db_test, follow};
use app::i18n::Locale::En;
use axum::http::{Method, StatusCode};

/// A portal with one article and its index, and Midori (CRE), who reads English.
async fn desk(t: &TestDb) -> anyhow::Result<(App, Client)> {
    let app = t.app().await?;
    let cast = Cast::enter(t).await?;
    Shelf(&app).article(None, &[(En, "Sign in", "Press the button in the mail.")]).await?;
    follow(&app).await?;
    let midori = Client::signed_in_as(&app, &cast.midori).await?;
    midori.set_cookie("kotae_locale", "en");
    Ok((app, midori))
}

db_test!(
    async fn a_term_without_results_becomes_a_phrase_of_the_article_that_answers_it(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        for machine in ["one", "two", "three"] {
            Client::on(&app, machine).get("/en/search?q=Passkeys").await;
        }
        let curious = Client::anonymous(&app);
        for _ in 0..4 {
            curious.get("/en/search?q=my+own+secret").await;
        }
        app.search.log.flush(&app.db).await?;
        let page = midori.get("/desk/search?view=nothing").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("passkeys 3 3 3"), "{}", page.text());
        assert!(!page.says("secret"), "one visitor's words, however often, are not shown");
        assert!(page.body.contains("/desk/articles/new?locale=en&amp;title=passkeys"));
        let adding = "/desk/search?view=nothing&weeks=4&language=en&phrase=passkeys&q=sign+in";
        let page = midori.get(adding).await;
        assert!(page.says("Which article answers “passkeys”?"), "{}", page.text());
        let nothing = midori.submit(&page, "/desk/search/phrases", &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.says("Choose an article."));
        let id = page.body.split("name=\"article\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let id = id.expect("the article is offered");
        let added = midori.submit(&page, "/desk/search/phrases", &[("article", id)]).await;
        assert_eq!(added.location(), "/desk/search?view=nothing&weeks=4&language=en");
        follow(&app).await?;
        let found = Client::anonymous(&app).get("/en/search?q=passkeys").await;
        assert!(found.body.contains("/en/articles/sign-in"), "{}", found.text());
        assert!(!Client::anonymous(&app).get("/en/articles/sign-in").await.says("passkeys"));
        Ok(())
    }
);

db_test!(
    async fn a_result_that_is_opened_counts_once_for_its_visitor(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        for machine in ["one", "two", "three"] {
            let reader = Client::on(&app, machine);
            reader.get("/en/search?q=button").await;
            let elsewhere = [("referer", "https://elsewhere.example/en/search?q=button+of+another+site")];
            reader.send(Method::GET, "/en/articles/sign-in", None, Vec::new(), &elsewhere).await;
            let from = [("referer", "http://127.0.0.1:3000/en/search?q=button")];
            for _ in 0..2 {
                assert_eq!(
                    reader.send(Method::GET, "/en/articles/sign-in", None, Vec::new(), &from).await.status,
                    StatusCode::OK
                );
            }
        }
        app.search.log.flush(&app.db).await?;
        let followed =
            value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM search_click WHERE term <> 'button'")?;
        assert_eq!(followed, 0, "what another site says of itself is no search here");
        let page = midori.get("/desk/search?language=en").await;
        assert!(page.says("button 3 3 3"), "{}", page.text());
        assert!(!midori.get("/desk/search?language=en&view=unopened").await.says("button 3"));
        Ok(())
    }
);

db_test!(
    async fn an_address_that_no_page_has_stops_neither_the_counting_nor_an_erasure(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        Shelf(&app).article(None, &[(En, "Sign in", "Press the button in the mail.")]).await?;
        let reader = Client::anonymous(&app);
        reader.get("/en/search?q=but%00ton").await;
        for (path, referer) in [
            ("/en/articles/sign%00in", "http://127.0.0.1:3000/en/search?q=button"),
            ("/en/articles/sign-in", "http://127.0.0.1:3000/en/search?q=but%00ton"),
        ] {
            reader.send(Method::GET, path, None, Vec::new(), &[("referer", referer)]).await;
        }
        for machine in ["one", "two", "three"] {
            Client::on(&app, machine).get("/en/search?q=button").await;
        }
        app.search.log.flush(&app.db).await?;
        let sql = "SELECT COUNT(*) FROM search_log WHERE term = 'button'";
        assert_eq!(value!(app.db.read().await?, i64, sql)?, 3);
        reader.get("/en/search?q=but%00ton").await;
        assert!(erasure::erase(&app, &cast.mamoru, cast.penny.id).await?);
        Ok(())
    }
);

db_test!(
    async fn whoever_takes_no_cookie_is_one_visitor(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        let search = async |machine: &str, q: &str| {
            // Each a browser of its own: its cookie is gone with it.
            Client::on(&app, machine).get(&format!("/en/search?q={q}")).await;
        };
        for _ in 0..4 {
            search("one", "my+own+secret").await;
        }
        for machine in ["one", "two", "three"] {
            search(machine, "opening+hours").await;
        }
        // Somebody whose cookie was kept after the first search, and who then took a private window.
        let reader = Client::on(&app, "two");
        for _ in 0..2 {
            reader.get("/en/search?q=my+other+secret").await;
            search("two", "my+other+secret").await;
        }
        app.search.log.flush(&app.db).await?;
        let page = midori.get("/desk/search?language=en").await;
        assert!(page.says("opening hours 3 3"), "{}", page.text());
        assert!(!page.says("secret"), "{}", page.text());
        let words = "SELECT COUNT(*) FROM search_log WHERE machine LIKE '%two%'";
        assert_eq!(value!(app.db.read().await?, i64, words)?, 0, "nothing of a machine is written down");
        Ok(())
    }
);
