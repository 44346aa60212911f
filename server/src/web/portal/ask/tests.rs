//! What asking promises: nothing typed is lost, nothing is sent twice, answers are offered but never in the way.

mod files;
mod offers;

use crate::app_state::App;
use crate::clock::{HOUR, SECOND};
use crate::settings::{self, Settings};
use crate::storage::{all, value};
use crate::testing::{Answer, Cast, Client, Shelf, TestDb, db_test, follow};
use app::i18n::Locale::{En, Ja};
use axum::http::{Method, StatusCode, header};

const SUBJECT: &str = "Change the name on our invoice";
const BODY: &str = "Our company has a new name.\nWhere can we change it for this month?";
const TYPED: [(&str, &str); 4] =
    [("subject", SUBJECT), ("body", BODY), ("email", "Hotaru@hoshizora.example"), ("name", "Hotaru")];

/// The form, opened by a person who takes their time.
async fn open(t: &TestDb, client: &Client) -> Answer {
    let page = client.get("/en/ask").await;
    t.clock.advance(30 * SECOND);
    page
}

/// The portal with an article that answers [`SUBJECT`], found by the index, and no hold-out.
async fn with_answer(t: &TestDb) -> anyhow::Result<(App, i64)> {
    let app = t.app().await?;
    hold_out(&app, 0.0).await?;
    let shelf = Shelf(&app);
    let article = shelf
        .article(
            None,
            &[
                (
                    En,
                    "Change the name on an invoice",
                    "Open **Billing** and change the name.\n\n## After that\n\nSave.",
                ),
                (Ja, "請求書の宛名を変更する", "「お支払い」で宛名を変更します。"),
            ],
        )
        .await?;
    shelf.article(None, &[(En, "Sign in without a password", "We send you a link.")]).await?;
    shelf.article(None, &[(En, "Export your requests", "As a file.")]).await?;
    follow(&app).await?;
    Ok((app, article))
}

async fn hold_out(app: &App, percent: f64) -> anyhow::Result<()> {
    let old = app.settings.current();
    let new = Settings { holdout_percent: percent, ..(*old).clone() };
    let mut tx = app.db.begin().await?;
    settings::save(&mut tx, &old, &new, 0).await?;
    tx.commit().await?;
    app.settings.refresh(&app.db).await?;
    Ok(())
}

async fn requests(app: &App) -> anyhow::Result<i64> {
    Ok(value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM request")?)
}

fn keeps(page: &Answer) {
    for words in [SUBJECT, "Our company has a new name.", "Hotaru@hoshizora.example"] {
        assert!(page.body.contains(words), "{words} is lost: {}", page.text());
    }
}

db_test!(
    async fn a_request_is_sent_once_however_often_its_form_is(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let first = client.submit(&page, "/en/ask", &TYPED).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        let again = client.submit(&page, "/en/ask", &TYPED).await;
        assert_eq!(again.location(), first.location());
        assert_eq!(requests(&app).await?, 1);
        let receipt = client.follow(first).await;
        assert!(receipt.says("Number #1"), "{}", receipt.text());
        assert!(receipt.says("Expected reply By about 17:30 today"));
        assert!(receipt.says("hotaru@hoshizora.example"));
        assert!(receipt.body.contains("http://127.0.0.1:3000/en/r/"));
        let mut conn = app.db.read().await?;
        let mails = all!(conn, (String, String), "SELECT recipient, body_text FROM mail")?;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].0, "hotaru@hoshizora.example");
        assert!(mails[0].1.contains("/en/r/"));
        let visit = all!(
            conn,
            (Option<i64>, Option<i64>, String),
            "SELECT request_id, submitted_at, typed FROM intake_session"
        )?;
        assert_eq!(visit.len(), 1);
        assert!(visit[0].0.is_some() && visit[0].1.is_some());
        assert!(visit[0].2.contains("Our company"));
        // Another browser learns nothing from the form's key.
        let stranger = Client::anonymous(&app);
        let other = stranger.get("/en/ask").await;
        let key =
            page.body.split("name=\"submit_key\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let typed = [("submit_key", key.unwrap_or_default()), ("subject", "")];
        assert_eq!(stranger.submit(&other, "/en/ask", &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        Ok(())
    }
);

db_test!(
    async fn every_mistake_brings_the_form_back_with_every_word(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let send = async |typed: &[(&'static str, &'static str)]| {
            let all: Vec<_> = TYPED
                .into_iter()
                .filter(|(name, _)| !typed.iter().any(|(own, _)| own == name))
                .chain(typed.iter().copied())
                .collect();
            client.submit(&page, "/en/ask", &all).await
        };
        let empty = client.submit(&page, "/en/ask", &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("<title>Error: Ask us"));
        assert!(
            empty.says(
                "There are 3 problems Enter a subject. Enter a description. Enter your e-mail address."
            )
        );
        let wrong = send(&[("kind", "gossip")]).await;
        assert!(wrong.says("Choose what it is about."));
        keeps(&wrong);
        let address = send(&[("email", "hotaru@")]).await;
        assert!(address.says("Enter an e-mail address like name@example.com."));
        let robot = send(&[("website", "https://spam.example")]).await;
        assert_eq!(robot.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(robot.says("A hidden field had been filled in"));
        assert!(!robot.body.contains("spam.example"));
        keeps(&robot);
        let stale = send(&[("csrf", "of last week")]).await;
        assert_eq!(stale.status, StatusCode::FORBIDDEN);
        keeps(&stale);
        assert_eq!(requests(&app).await?, 0);
        let taken = client.submit(&stale, "/en/ask", &[]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        assert_eq!(requests(&app).await?, 1);
        Ok(())
    }
);

db_test!(
    async fn a_form_that_comes_back_at_once_is_shown_again_before_it_is_sent(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = client.get("/en/ask").await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        assert_eq!(check.status, StatusCode::OK);
        assert!(check.says("Before you send"));
        assert!(!check.says("The answer may be here already"));
        keeps(&check);
        assert_eq!(requests(&app).await?, 0);
        t.clock.advance(3 * SECOND);
        let sent = client.submit(&check, "/en/ask", &[("step", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        Ok(())
    }
);

db_test!(
    async fn whoever_is_signed_in_is_not_asked_who_they_are(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let client = Client::signed_in_as(&app, &cast.penny).await?;
        let page = client.get("/en/ask?subject=An%20old%20question&kind=problem").await;
        t.clock.advance(30 * SECOND);
        assert!(page.says(&format!("We reply to {}", cast.penny.email)), "{}", page.text());
        assert!(!page.body.contains("name=\"email\""));
        let sent = client.submit(&page, "/en/ask", &[("body", "words")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let sql = "SELECT customer_id, kind, subject FROM request";
        let rows = all!(app.db.read().await?, (i64, String, String), sql)?;
        assert_eq!(rows, [(cast.penny.id, "problem".to_owned(), "An old question".to_owned())]);
        Ok(())
    }
);

db_test!(
    async fn too_many_requests_are_slowed_and_keep_their_words(t: TestDb) {
        let app = t.app().await?;
        for n in 0..11 {
            let client = Client::anonymous(&app);
            let page = client.get("/en/ask").await;
            t.clock.advance(3 * SECOND);
            let answer = client.submit(&page, "/en/ask", &TYPED).await;
            if n < 10 {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{n}: {}", answer.text());
            } else {
                assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
                assert!(answer.headers.contains_key(header::RETRY_AFTER));
                keeps(&answer);
            }
        }
        Ok(())
    }
);

db_test!(
    async fn a_store_that_is_away_loses_nothing_that_was_typed(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        app.db.close().await;
        let answer = client.submit(&page, "/en/ask", &TYPED).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.says("Saving does not work at the moment"));
        keeps(&answer);
        assert!(answer.has_form("/en/ask"));
        assert_eq!(client.get("/en/ask").await.status, StatusCode::OK);
        Ok(())
    }
);

db_test!(
    async fn what_was_typed_goes_along_to_the_other_language(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let taken = client.submit(&page, "/ja/ask", &[&TYPED[..], &[("step", "edit")]].concat()).await;
        assert_eq!(taken.status, StatusCode::OK);
        assert!(taken.body.contains("質問する") && page.body.contains(r#"formaction="/ja/ask""#));
        keeps(&taken);
        Ok(())
    }
);
