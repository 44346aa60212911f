//! Replies: two people at once, what a customer's words reopen, what goes out by mail.

use crate::app_state::App;
use crate::clock::HOUR;
use crate::desk::{
    By, CustomerReply, Properties, Replied, Seen, StaffReply, View, customer_reply, find_request,
    set_properties, set_status, staff_reply, thread,
};
use crate::identity::Person;
use crate::storage::all;
use crate::testing::{self, Cast, TestDb, db_test};
use crate::testing::{open, question};
use app::model::words::RequestStatus;

fn reply<'a>(app: &App, request_id: i64, author: &'a Person, body: &'a str) -> StaffReply<'a> {
    StaffReply { mail: true, ..testing::reply(app, request_id, author, body) }
}

fn again<'a>(app: &App, request_id: i64, body: &'a str) -> CustomerReply<'a> {
    CustomerReply {
        request_id,
        body,
        attachment_ids: &[],
        submit_key: None,
        now: app.clock.now(),
        mail: true,
    }
}

async fn send(app: &App, reply: StaffReply<'_>) -> anyhow::Result<Replied> {
    let mut tx = app.db.begin().await?;
    let replied = staff_reply(app, &mut tx, reply).await?;
    tx.commit().await?;
    Ok(replied)
}

db_test!(
    async fn of_two_who_reply_at_once_the_second_is_told_and_neither_text_is_lost(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let opened = open(&app, question(&app, &cast.hotaru, "宛名", "会社名にしたいです。")).await?;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, opened.id).await?.unwrap();
        let last = thread(&mut conn, opened.id, View::Staff).await?.last().map_or(0, |message| message.id);
        drop(conn);
        let seen = Some(Seen { message_id: last, version: request.version });
        let mut writers = Vec::new();
        for (author, body) in [(&cast.midori, "みどりの返信"), (&cast.sora, "そらの返信")] {
            let (app, author) = (app.clone(), author.clone());
            writers.push(tokio::spawn(async move {
                send(&app, StaffReply { seen, ..reply(&app, opened.id, &author, body) }).await
            }));
        }
        let mut overtaken = Vec::new();
        for writer in writers {
            if let Replied::Overtaken(others) = writer.await?? {
                overtaken.push(others);
            }
        }
        assert_eq!(overtaken.len(), 1, "exactly one is told");
        assert!(overtaken[0][0].body.ends_with("の返信"));
        // "Send anyway" sends.
        let theirs = overtaken[0][0].author_id;
        let (me, body) = if theirs == Some(cast.midori.id) {
            (&cast.sora, "そらの返信")
        } else {
            (&cast.midori, "みどりの返信")
        };
        assert!(matches!(send(&app, reply(&app, opened.id, me, body)).await?, Replied::Sent { .. }));
        let mut conn = app.db.read().await?;
        assert_eq!(thread(&mut conn, opened.id, View::Customer).await?.len(), 3);
        Ok(())
    }
);

db_test!(
    async fn a_change_of_status_or_a_note_in_between_stops_nobodys_reply(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let opened = open(&app, question(&app, &cast.hotaru, "宛名", "会社名にしたいです。")).await?;
        let seen = Some(Seen { message_id: i64::MAX, version: 1 });
        let note = StaffReply { note: true, ..reply(&app, opened.id, &cast.sora, "急ぎらしい") };
        send(&app, note).await?;
        let answer = StaffReply { seen, ..reply(&app, opened.id, &cast.midori, "できます。") };
        assert!(matches!(send(&app, answer).await?, Replied::Sent { .. }));
        Ok(())
    }
);

db_test!(
    async fn a_customers_words_open_what_was_waiting_solved_or_closed(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let opened = open(&app, question(&app, &cast.hotaru, "宛名", "会社名にしたいです。")).await?;
        for before in [RequestStatus::Waiting, RequestStatus::Solved, RequestStatus::Closed] {
            let mut tx = app.db.begin().await?;
            set_status(&mut tx, opened.id, before, By::Staff(&cast.midori), app.clock.now()).await?;
            let quiet = find_request(&mut tx, opened.id).await?.unwrap();
            assert_eq!((quiet.status, quiet.waiting_since), (before, None));
            app.clock.advance(HOUR);
            let replied = customer_reply(&app, &mut tx, again(&app, opened.id, "まだです。")).await?;
            assert!(matches!(replied, Replied::Sent { event_id: Some(_), .. }));
            tx.commit().await?;
            let mut conn = app.db.read().await?;
            let request = find_request(&mut conn, opened.id).await?.unwrap();
            assert_eq!(request.status, RequestStatus::Open);
            assert_eq!(request.waiting_since, Some(app.clock.now()));
            assert_eq!((request.solved_at, request.closed_at), (None, None));
        }
        // While it is new it stays new, and has waited since it was sent.
        let other = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        let sent = app.clock.now();
        app.clock.advance(HOUR);
        let mut tx = app.db.begin().await?;
        customer_reply(&app, &mut tx, again(&app, other.id, "Any news?")).await?;
        tx.commit().await?;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, other.id).await?.unwrap();
        assert_eq!((request.status, request.waiting_since), (RequestStatus::New, Some(sent)));
        Ok(())
    }
);

db_test!(
    async fn the_first_reply_opens_is_timed_and_reaches_the_customer_in_one_mail_thread(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let new =
            crate::desk::NewRequest { mail: true, ..question(&app, &cast.penny, "Import", "It stops.") };
        let opened = open(&app, new).await?;
        app.clock.advance(HOUR);
        let first = app.clock.now();
        let body = "See [the guide](/en/articles/guide).";
        send(&app, StaffReply { submit_key: Some("k"), ..reply(&app, opened.id, &cast.midori, body) })
            .await?;
        send(&app, StaffReply { submit_key: Some("k"), ..reply(&app, opened.id, &cast.midori, body) })
            .await?;
        app.clock.advance(HOUR);
        let solved = StaffReply {
            status: Some(RequestStatus::Solved),
            ..reply(&app, opened.id, &cast.sora, "That was it.")
        };
        send(&app, solved).await?;
        send(&app, StaffReply { note: true, ..reply(&app, opened.id, &cast.sora, "secret thought") }).await?;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, opened.id).await?.unwrap();
        assert_eq!(request.first_reply_at, Some(first));
        assert_eq!(request.assignee_id, Some(cast.midori.id), "whoever answers first takes it");
        assert_eq!((request.status, request.solved_at), (RequestStatus::Solved, Some(app.clock.now())));
        let mails = all!(
            conn,
            (String, String, String, String),
            "SELECT recipient, subject, reference_ids, body_text FROM mail ORDER BY id"
        )?;
        assert_eq!(mails.len(), 3, "a double click is one reply, a note is no mail");
        assert!(mails.iter().all(|mail| mail.0 == cast.penny.email && mail.1 == "[#1] Import"));
        assert!(!mails[1].2.is_empty() && !mails[2].2.is_empty(), "they thread");
        assert!(mails[0].3.contains("#1") && mails[0].3.contains("/en/r/"));
        assert!(mails[1].3.contains("the guide (http://127.0.0.1:3000/en/articles/guide)"));
        let told = |mail: usize| mails[mail].3.contains("This request is now marked as solved.");
        assert!(!told(1) && told(2), "a reply that ends it says so");
        Ok(())
    }
);

db_test!(
    async fn a_customers_reply_is_mailed_to_whoever_works_on_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let opened = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        let mut tx = app.db.begin().await?;
        let by = By::Staff(&cast.midori);
        let accounts = Properties { group: Some(Some(cast.groups["accounts"])), ..Properties::default() };
        set_properties(&mut tx, opened.id, &accounts, by, 1).await?;
        customer_reply(&app, &mut tx, again(&app, opened.id, "Any news?")).await?;
        crate::desk::assign(&mut tx, opened.id, Some(cast.sora.id), by, 1).await?;
        customer_reply(&app, &mut tx, again(&app, opened.id, "Hello?")).await?;
        tx.commit().await?;
        let mut conn = app.db.read().await?;
        let mails = all!(conn, (String,), "SELECT recipient FROM mail ORDER BY id")?;
        let to: Vec<_> = mails.into_iter().map(|mail| mail.0).collect();
        assert_eq!(to, [&cast.midori, &cast.sora, &cast.sora].map(|person| person.email.clone()));
        Ok(())
    }
);

db_test!(
    async fn a_reply_in_markdown_is_mailed_as_it_reads_on_its_page(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let body = "1. Open **Settings**\n2. [x](javascript:alert(1))\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> [!NOTE]\n> Once.";
        send(&app, reply(&app, id, &cast.midori, body)).await?;
        let mails = all!(
            app.db.read().await?,
            (String, String),
            "SELECT body_text, body_html FROM mail ORDER BY id"
        )?;
        let (text, html) = mails.last().expect("a mail");
        assert!(
            text.starts_with(&format!(
                "Hello {},\n\n1. Open Settings\n2. x\n\na | b\n1 | 2\n\n[Note]\nOnce.\n",
                cast.penny.name
            )),
            "{text}"
        );
        assert!(
            html.contains("Open <strong>Settings</strong></li>") && html.contains("<table style="),
            "{html}"
        );
        for raw in ["**", "|---", "[!NOTE]", "javascript"] {
            assert!(!html.contains(raw) && !text.contains(raw), "{raw} in {text}{html}");
        }
        Ok(())
    }
);
