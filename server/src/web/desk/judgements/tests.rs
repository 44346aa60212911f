//! What CRE judge, and what they see of it.

use crate::jobs::run_due;
use crate::storage::{run, value};
use crate::testing::{Cast, Client, Shelf, TestDb, db_test, follow, open, question};
use app::i18n::Locale::En;
use axum::http::StatusCode;

const LIST: &str = "/desk/search/judgements";
const ADD: &str = "/desk/search/judgements/add";

db_test!(
    async fn a_question_is_judged_evaluated_and_seen_to_get_worse(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let right = shelf.article(None, &[(En, "Invoice name", "Change the name on an invoice.")]).await?;
        follow(&app).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        midori.set_cookie("kotae_locale", "en");
        let begin = format!("{LIST}?language=en&question=name+on+the+invoice");
        let page = midori.get(&begin).await;
        assert_eq!(page.status, StatusCode::OK);
        let nothing = midori.submit(&page, ADD, &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.says("Choose an article.") && nothing.body.contains("name on the invoice"));
        let added = midori.submit(&page, ADD, &[("article", &right.to_string())]).await;
        assert_eq!(added.location(), "/desk/search/judgements?language=en");
        let evaluate = format!("{LIST}/evaluate");
        let page = midori.follow(added).await;
        let page = midori.follow(midori.submit(&page, &evaluate, &[]).await).await;
        assert!(page.says("name on the invoice 1 Invoice name"), "{}", page.text());
        assert!(
            page.says("1 of 1 questions") && page.says("100 % 100 % 1.00 0 1 Asked for"),
            "{}",
            page.text()
        );

        // Somebody writes an article that fits better.
        shelf.article(None, &[(En, "Name on the invoice", "Name on the invoice: nothing to see.")]).await?;
        follow(&app).await?;
        let page = midori.follow(midori.submit(&page, &evaluate, &[]).await).await;
        assert!(page.says("What got worse in the evaluation of"), "{}", page.text());
        assert!(page.says("name on the invoice 1 2 Invoice name"), "{}", page.text());

        // It can still be looked up after rounds in which nothing fell.
        let page = midori.follow(midori.submit(&page, &evaluate, &[]).await).await;
        assert!(!page.says("What got worse"), "{}", page.text());
        assert!(page.says("Below their best of the last seven days 1 1 of 1 questions"), "{}", page.text());
        let fell = value!(app.db.read().await?, i64, "SELECT id FROM judgement_round WHERE worse = 1")?;
        let earlier = format!("{LIST}?language=en&round={fell}");
        assert!(page.body.contains(&format!("{}#worse", earlier.replace('&', "&amp;"))), "{}", page.body);
        let page = midori.get(&earlier).await;
        assert!(page.says("name on the invoice 1 2 Invoice name"), "{}", page.text());

        let id = value!(app.db.read().await?, i64, "SELECT id FROM judgement")?;
        let page = midori.follow(midori.submit(&page, &format!("{LIST}/{id}/remove"), &[]).await).await;
        assert!(page.says("No judgements yet"), "{}", page.text());
        assert!(!Client::anonymous(&app).get(LIST).await.says("invoice"), "customers see none of it");
        Ok(())
    }
);

db_test!(
    async fn a_request_begins_a_judgement_and_takes_it_along(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let right = Shelf(&app).article(None, &[(En, "Invoice name", "Change it.")]).await?;
        follow(&app).await?;
        open(&app, question(&app, &cast.penny, "Name on my invoice", "It is wrong.")).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let link =
            page.body.split("href=\"/desk/search/judgements?").nth(1).and_then(|rest| rest.split('"').next());
        let link = link.expect("the request leads to the list").replace("&amp;", "&");
        assert_eq!(link, "language=en&request=1&article=");
        let page = midori.get(&format!("{LIST}?{link}")).await;
        assert!(page.body.contains("value=\"Name on my invoice\""), "{}", page.body);
        midori.submit(&page, ADD, &[("article", &right.to_string())]).await;
        let mut tx = t.db.begin().await?;
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM judgement WHERE request_id IS NOT NULL")?, 1);
        run!(tx, "DELETE FROM request")?;
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM judgement")?, 0);
        Ok(())
    }
);

db_test!(
    async fn a_change_of_settings_has_the_list_evaluated(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let right = Shelf(&app).article(None, &[(En, "Invoice name", "Change it.")]).await?;
        follow(&app).await?;
        run_due(&app).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let page = mamoru.get(&format!("{LIST}?language=en&question=invoice")).await;
        mamoru.submit(&page, ADD, &[("article", &right.to_string())]).await;
        let page = mamoru.get("/desk/settings").await;
        mamoru.submit(&page, "/desk/settings", &[("reply_hours", "7")]).await;
        follow(&app).await?;
        run_due(&app).await?;
        let rounds = "SELECT COUNT(*) FROM judgement_round WHERE cause = 'settings' AND first = 1";
        assert_eq!(value!(app.db.read().await?, i64, rounds)?, 1);
        Ok(())
    }
);
