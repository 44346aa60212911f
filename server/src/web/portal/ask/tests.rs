//! What asking promises: nothing typed is lost, nothing is sent twice, answers are offered but never in the way.

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
    async fn the_best_matches_are_offered_before_sending_and_everything_can_still_be_sent(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        assert!(
            check.says("The answer may be here already Change the name on an invoice"),
            "{}",
            check.text()
        );
        assert!(check.body.contains("<strong>Billing</strong>"));
        assert!(!check.body.contains("id=\"s-"), "the anchors of an article stay out of another page");
        keeps(&check);
        let edit = client.submit(&check, "/en/ask", &[("step", "edit")]).await;
        assert!(edit.says("Ask us") && !edit.says("Before you send"));
        keeps(&edit);
        let sent = client.submit(&check, "/en/ask", &[("step", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let mut conn = app.db.read().await?;
        let shown = all!(conn, (i64, String, i64), "SELECT article_id, stage, rank FROM intake_shown")?;
        assert_eq!(shown, [(article, "submit".to_owned(), 1)]);
        Ok(())
    }
);

db_test!(
    async fn an_answer_that_solved_it_ends_the_visit_until_it_is_taken_back(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        let id = article.to_string();
        let solved = client.submit(&check, "/en/ask", &[("solved", &id)]).await;
        assert!(solved.says("Glad that solved it"), "{}", solved.text());
        assert!(solved.body.contains("/en/articles/change-the-name-on-an-invoice"));
        let session = async || -> anyhow::Result<(Option<i64>, i64)> {
            let mut conn = app.db.read().await?;
            let solved = value!(conn, Option<i64>, "SELECT solved_article_id FROM intake_session")?;
            Ok((solved, value!(conn, i64, "SELECT COUNT(*) FROM intake_opened")?))
        };
        assert_eq!(session().await?, (Some(article), 1));
        let back = client.submit(&solved, "/en/ask", &[("step", "unsolved")]).await;
        keeps(&back);
        assert_eq!(session().await?.0, None);
        // An article that was not offered solves nothing, and loses nothing.
        let other = client.submit(&check, "/en/ask", &[("solved", "999")]).await;
        assert_eq!(other.status, StatusCode::OK);
        keeps(&other);
        assert_eq!(requests(&app).await?, 0);
        Ok(())
    }
);

db_test!(
    async fn the_hold_out_is_shown_nothing_at_either_stage(t: TestDb) {
        let (app, _) = with_answer(&t).await?;
        hold_out(&app, 50.0).await?;
        let mut seen = [false; 2];
        for _ in 0..20 {
            let client = Client::anonymous(&app);
            let page = open(&t, &client).await;
            let answer = client.submit(&page, "/en/ask", &TYPED).await;
            let sql = "SELECT held_out FROM intake_session ORDER BY id DESC LIMIT 1";
            let held_out = value!(app.db.read().await?, bool, sql)?;
            assert_eq!(answer.status.is_redirection(), held_out, "{}", answer.text());
            seen[usize::from(held_out)] = true;
            t.clock.advance(HOUR);
        }
        assert_eq!(seen, [true, true]);
        let mut conn = app.db.read().await?;
        let sql =
            "SELECT COUNT(*) FROM intake_shown JOIN intake_session ON id = intake_session_id WHERE held_out";
        assert_eq!(value!(conn, i64, sql)?, 0);
        Ok(())
    }
);

db_test!(
    async fn suggestions_answer_the_browser_that_opened_the_form(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let field = |name: &str| {
            let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let (key, csrf) = (field("session"), field("csrf"));
        let post = async |client: &Client, path: &str, body: &str, csrf: &str| {
            let path = format!("/api/v1/intake/{key}/{path}");
            let headers = [("x-csrf-token", csrf)];
            client.send(Method::POST, &path, Some("application/json"), body.into(), &headers).await
        };
        let words = r#"{"locale": "en", "subject": "change name", "body": "on the invoice"}"#;
        let found = post(&client, "suggest", words, &csrf).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.body.contains("Change the name on an invoice"), "{}", found.body);
        let open = format!(r#"{{"locale": "en", "article_id": {article}}}"#);
        let text = post(&client, "opened", &open, &csrf).await;
        assert!(
            text.body.contains("<strong>Billing</strong>") && text.body.contains("\"href\":\"/en/articles/")
        );
        assert_eq!(post(&client, "left", "{}", &csrf).await.status, StatusCode::NO_CONTENT);
        let sql = "SELECT typed, left_at IS NOT NULL FROM intake_session";
        let rows = all!(app.db.read().await?, (String, bool), sql)?;
        assert_eq!(rows, [("change name\non the invoice".to_owned(), true)]);
        assert_eq!(value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM intake_opened")?, 1);

        assert_eq!(post(&client, "suggest", words, "forged").await.status, StatusCode::FORBIDDEN);
        assert_eq!(post(&client, "suggest", "{", &csrf).await.status, StatusCode::BAD_REQUEST);
        let other = Client::anonymous(&app);
        let theirs = other.get("/en/ask").await;
        let csrf = theirs.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let answer = post(&other, "suggest", words, csrf.unwrap_or_default()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn without_javascript_an_offered_article_is_noted_when_it_is_opened(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        let path = check.body.split("href=\"/en/ask/read/").nth(1).and_then(|rest| rest.split('"').next());
        let read = client.get(&format!("/en/ask/read/{}", path.unwrap_or_default())).await;
        assert_eq!(read.location(), "/en/articles/change-the-name-on-an-invoice");
        let sql = "SELECT article_id FROM intake_opened";
        assert_eq!(all!(app.db.read().await?, (i64,), sql)?, [(article,)]);
        assert_eq!(client.get("/en/ask/read/nobody/999").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn files_wait_through_every_try_and_a_disguised_one_is_refused_by_name(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let files: [(&str, &str, &[u8]); 2] =
            [("attachments", "log.txt", b"line 1"), ("attachments", "photo.png", b"MZ\x90\0\x03\0\0\0")];
        let refused = client.submit_files(&page, "/en/ask", &TYPED, &files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.says("What is inside “photo.png” does not match its extension."),
            "{}",
            refused.text()
        );
        assert!(refused.says("Files attached so far log.txt"));
        keeps(&refused);
        let more: [(&str, &str, &[u8]); 1] = [("attachments", "second.txt", b"line 2")];
        let again = client.submit_files(&refused, "/en/ask", &[("subject", "")], &more).await;
        assert!(again.says("log.txt") && again.says("second.txt"));
        let key = again.body.split("id=\"remove-").nth(1).and_then(|rest| rest.split('"').next());
        let typed = [("subject", SUBJECT), ("remove", key.unwrap_or_default())];
        let sent = client.submit(&again, "/en/ask", &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let sql = "SELECT name FROM attachment WHERE message_id IS NOT NULL";
        assert_eq!(all!(app.db.read().await?, (String,), sql)?, [("second.txt".to_owned(),)]);
        Ok(())
    }
);

db_test!(
    async fn files_over_the_limits_are_refused_by_name_and_the_words_come_back(t: TestDb) {
        let app = t.app().await?;
        let old = app.settings.current();
        let small = Settings { upload_size: 1024, upload_count: 2, ..(*old).clone() };
        let mut tx = app.db.begin().await?;
        settings::save(&mut tx, &old, &small, 0).await?;
        tx.commit().await?;
        app.settings.refresh(&app.db).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let large = vec![b'a'; 1500];
        let one: [(&str, &str, &[u8]); 1] = [("attachments", "large.txt", &large)];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &one).await;
        assert!(
            answer.says("“large.txt” is too large. Choose files of up to 1 KB each."),
            "{}",
            answer.text()
        );
        keeps(&answer);
        let small: [(&str, &str, &[u8]); 3] =
            [("attachments", "1.txt", b"1"), ("attachments", "2.txt", b"2"), ("attachments", "3.txt", b"3")];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &small).await;
        assert!(answer.says("You can attach 2 files at most."), "{}", answer.text());
        assert!(answer.says("1.txt") && answer.says("2.txt"));
        keeps(&answer);
        // More than anybody should send: the words still come back.
        let huge = vec![b'a'; 1024 * 1024 * 2];
        let one: [(&str, &str, &[u8]); 1] = [("attachments", "huge.txt", &huge)];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &one).await;
        assert!(answer.says("“huge.txt” is too large."), "{}", answer.text());
        keeps(&answer);
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
