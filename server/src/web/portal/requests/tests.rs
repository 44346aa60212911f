//! What customers are promised about their requests: they see their own, all of it, and nothing of anybody else's.

use crate::app_state::App;
use crate::clock::{HOUR, MINUTE};
use crate::desk::{self, By, NewRequest, Opened, StaffReply};
use crate::identity::Person;
use crate::storage::value;
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use app::model::words::{RequestKind, RequestStatus};
use axum::http::StatusCode;

async fn opened(app: &App, customer: &Person, subject: &str) -> anyhow::Result<Opened> {
    let mut tx = app.db.begin().await?;
    let new = NewRequest {
        kind: RequestKind::Question,
        subject,
        body: "First line\n* not a list",
        locale: Locale::En,
        customer,
        area_id: None,
        submit_key: None,
        attachment_ids: &[],
        intake_session_id: None,
        reply_by: None,
        now: app.clock.now(),
        mail: false,
    };
    let opened = desk::open_request(app, &mut tx, new).await?;
    tx.commit().await?;
    Ok(opened)
}

async fn staff_says(
    app: &App,
    author: &Person,
    request_id: i64,
    body: &str,
    note: bool,
) -> anyhow::Result<()> {
    let mut tx = app.db.begin().await?;
    let reply = StaffReply {
        request_id,
        author,
        note,
        body,
        attachment_ids: &[],
        submit_key: None,
        status: None,
        also: None,
        article_id: None,
        seen: None,
        now: app.clock.now(),
        mail: false,
    };
    desk::staff_reply(app, &mut tx, reply).await?;
    tx.commit().await?;
    Ok(())
}

fn link(app: &App, opened: Opened) -> String {
    desk::link_path(app, Locale::En, opened.id, opened.link_version)
}

db_test!(
    async fn the_private_link_shows_the_thread_without_notes_and_takes_replies(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = opened(&app, &cast.hotaru, "The invoice").await?;
        staff_says(&app, &cast.midori, request.id, "Open **Billing**.", false).await?;
        staff_says(&app, &cast.midori, request.id, "Is this the third time?", true).await?;
        let mut tx = app.db.begin().await?;
        desk::add_tag(&mut tx, request.id, "grumpy", By::Staff(&cast.midori), app.clock.now()).await?;
        tx.commit().await?;
        let client = Client::anonymous(&app);
        let path = link(&app, request);
        let page = client.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("The invoice") && page.says("* not a list"), "{}", page.text());
        assert!(page.body.contains("<strong>Billing</strong>"));
        for secret in ["third time", "grumpy", "midori@", cast.hotaru.name.as_str()] {
            assert!(!page.body.contains(secret), "{secret}");
        }
        assert!(page.body.contains("name=\"robots\" content=\"noindex\""));
        assert_eq!(page.headers["referrer-policy"], "same-origin");

        let files: [(&str, &str, &[u8]); 1] = [("attachments", "log.txt", b"line 1")];
        let sent = client.submit_files(&page, &path, &[("body", "It works now?")], &files).await;
        assert_eq!(sent.location(), path, "{}", sent.text());
        let again = client.submit_files(&page, &path, &[("body", "It works now?")], &files).await;
        assert_eq!(again.location(), path);
        let page = client.follow(sent).await;
        assert!(page.says("Your reply has been sent."));
        let sql = "SELECT COUNT(*) FROM message WHERE body = 'It works now?'";
        assert_eq!(value!(app.db.read().await?, i64, sql)?, 1, "a double click sends once");
        let file = page
            .body
            .split("href=\"/files/")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        let stranger = Client::anonymous(&app);
        let read = stranger.get(&format!("/files/{file}")).await;
        assert_eq!((read.status, read.body.as_str()), (StatusCode::OK, "line 1"));
        assert!(read.headers["content-disposition"].to_str()?.starts_with("attachment"));
        let (bare, _) = file.split_once('?').unwrap_or_default();
        assert_eq!(stranger.get(&format!("/files/{bare}")).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn an_empty_reply_is_refused_and_a_refused_file_keeps_the_words(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = opened(&app, &cast.hotaru, "The invoice").await?;
        let (client, path) = (Client::anonymous(&app), link(&app, request));
        let page = client.get(&path).await;
        let empty = client.submit(&page, &path, &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.says("Enter your reply."));
        let files: [(&str, &str, &[u8]); 1] = [("attachments", "tool.exe", b"MZ")];
        let refused = client.submit_files(&page, &path, &[("body", "Here it is")], &files).await;
        assert!(
            refused.says("We cannot take a file of the type of “tool.exe”.") && refused.says("Here it is")
        );
        let stale = client.submit(&page, &path, &[("body", "Here it is"), ("csrf", "old")]).await;
        assert_eq!(stale.status, StatusCode::FORBIDDEN);
        assert!(stale.body.contains("Here it is") && stale.has_form(&path));
        Ok(())
    }
);

db_test!(
    async fn a_customer_says_that_it_is_solved_and_a_reply_opens_it_again(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = opened(&app, &cast.penny, "The invoice").await?;
        let client = Client::signed_in_as(&app, &cast.penny).await?;
        let path = format!("/en/requests/{}", request.number);
        let page = client.get(&path).await;
        let done = client.submit(&page, &path, &[("body", "Thanks!"), ("solved", "true")]).await;
        let page = client.follow(done).await;
        assert!(page.says("Marked as solved.") && page.says("You marked this as solved"), "{}", page.text());
        let status = async || value!(app.db.read().await?, String, "SELECT status FROM request");
        assert_eq!(status().await?, RequestStatus::Solved.code());
        t.clock.advance(HOUR);
        let again = client.submit(&page, &path, &[("body", "It is back")]).await;
        let page = client.follow(again).await;
        assert!(page.says("Reopened"), "{}", page.text());
        assert_eq!(status().await?, RequestStatus::Open.code());
        Ok(())
    }
);

db_test!(
    async fn a_slip_that_was_undone_at_once_is_not_told(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = opened(&app, &cast.penny, "The invoice").await?;
        let client = Client::signed_in_as(&app, &cast.penny).await?;
        let path = format!("/en/requests/{}", request.number);
        let by = By::Staff(&cast.midori);
        for (wait, told) in [(MINUTE, false), (HOUR, true)] {
            let mut tx = app.db.begin().await?;
            let solved =
                desk::set_status(&mut tx, request.id, RequestStatus::Solved, by, app.clock.now()).await?;
            tx.commit().await?;
            assert!(client.get(&path).await.says("We marked this as solved"));
            t.clock.advance(wait);
            let mut tx = app.db.begin().await?;
            desk::undo(&mut tx, request.id, solved.expect("it was open"), by, app.clock.now()).await?;
            tx.commit().await?;
            let page = client.get(&path).await;
            let says = (page.says("We marked this as solved"), page.says("Reopened"));
            assert_eq!(says, (told, told), "{}", page.text());
        }
        Ok(())
    }
);

db_test!(
    async fn a_renewed_link_ends_the_old_one(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = opened(&app, &cast.penny, "The invoice").await?;
        let old = link(&app, request);
        let client = Client::signed_in_as(&app, &cast.penny).await?;
        let path = format!("/en/requests/{}", request.number);
        let page = client.get(&path).await;
        assert!(page.body.contains(&old));
        let done = client.submit(&page, &format!("{path}/link"), &[]).await;
        let page = client.follow(done).await;
        assert!(page.says("The old link no longer works") && !page.body.contains(&old));
        let stranger = Client::anonymous(&app);
        for path in [old.clone(), old.replace("/r/", "/ask/sent/"), "/en/r/1.guess".into(), "/en/r/x".into()]
        {
            assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let fresh = link(&app, Opened { link_version: request.link_version + 1, ..request });
        assert_eq!(stranger.get(&fresh).await.status, StatusCode::OK);
        Ok(())
    }
);

db_test!(
    async fn a_list_shows_ones_own_requests_and_a_colleagues_do_not_exist(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mine = opened(&app, &cast.hotaru, "Mine to see").await?;
        let theirs = opened(&app, &cast.tsumugi, "A colleague asks").await?;
        for n in 0..20 {
            opened(&app, &cast.hotaru, &format!("Older question {n}")).await?;
        }
        let mut tx = app.db.begin().await?;
        let by = By::Staff(&cast.midori);
        desk::set_status(&mut tx, mine.id, RequestStatus::Solved, by, app.clock.now() + 1).await?;
        tx.commit().await?;
        let client = Client::signed_in_as(&app, &cast.hotaru).await?;
        let open = client.get("/en/requests").await;
        assert!(open.says("Open 20 Solved 1 All 21"), "{}", open.text());
        assert!(!open.says("Mine to see") && !open.says("A colleague asks"));
        let all = client.get("/en/requests?status=all").await;
        assert!(all.says("Mine to see") && all.body.contains("status=all&amp;page=2"), "{}", all.text());
        let last = client.get("/en/requests?status=all&page=99").await;
        assert!(last.says("Older question 0") && !last.says("Mine to see"), "{}", last.text());
        for number in [theirs.number.to_string(), "999".into(), "x".into()] {
            let path = format!("/en/requests/{number}");
            assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let page = client.get(&format!("/en/requests/{}", mine.number)).await;
        let path = format!("/en/requests/{}", theirs.number);
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields = [("csrf", csrf.unwrap_or_default()), ("body", "mine?")];
        assert_eq!(client.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(client.post(&format!("{path}/link"), &fields).await.status, StatusCode::NOT_FOUND);
        let anonymous = Client::anonymous(&app).get("/en/requests").await;
        assert!(anonymous.location().starts_with("/en/sign-in"));
        Ok(())
    }
);

db_test!(
    async fn a_reply_is_taken_along_to_the_other_language_and_is_not_sent(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mine = opened(&app, &cast.penny, "Import").await?;
        let linked = desk::link_path(&app, Locale::En, mine.id, mine.link_version);
        let own = format!("/en/requests/{}", mine.number);
        for (client, path) in
            [(Client::anonymous(&app), linked), (Client::signed_in_as(&app, &cast.penny).await?, own)]
        {
            let page = client.get(&path).await;
            let buttons: Vec<&str> =
                page.body.split("<button").filter(|tag| tag.contains("form=\"reply\"")).collect();
            assert!(!buttons[0].contains("formaction"), "Enter presses no language: {}", buttons[0]);
            let japanese = path.replacen("/en/", "/ja/", 1);
            assert!(buttons[1].contains(&format!("formaction=\"{japanese}\"")), "{}", buttons[1]);
            let csrf =
                page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let typed = [
                ("csrf", csrf.unwrap_or_default()),
                ("body", "half a sentence"),
                ("step", "edit"),
                ("submit_key", "k"),
            ];
            let there = client.post(&japanese, &typed).await;
            assert_eq!(there.status, StatusCode::OK, "{}", there.text());
            assert!(
                there.body.contains("<html lang=\"ja\"") && there.says("half a sentence"),
                "{}",
                there.text()
            );
            assert!(!there.says("エラー"), "{}", there.text());
        }
        let mut conn = app.db.read().await?;
        let messages = value!(conn, i64, "SELECT COUNT(*) FROM message WHERE request_id = $1", mine.id)?;
        assert_eq!(messages, 1, "nothing was sent");
        Ok(())
    }
);
