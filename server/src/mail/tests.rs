//! What mail promises, on both databases.

mod smtp;

use super::{Block, Draft, queue, thread_root};
use crate::app_state::App;
use crate::jobs::{run_due, stuck};
use crate::storage::{first, run, value};
use crate::testing::{Cast, TestDb, db_test};
use app::i18n::Locale;
use mail_parser::MessageParser;

fn draft(to: &str, request_id: Option<i64>) -> Draft {
    Draft {
        to: to.to_owned(),
        locale: Locale::Ja,
        subject: "[#12] 請求書の\n宛名".to_owned(),
        blocks: vec![
            Block::text("お問い合わせを受け付けました。"),
            Block::button("開く", "http://127.0.0.1:3000/r"),
        ],
        request_id,
        secret: false,
    }
}

async fn send(app: &App, draft: Draft) -> anyhow::Result<i64> {
    let mut tx = app.db.begin().await?;
    let id = queue(app, &mut tx, app.clock.now(), draft).await?;
    tx.commit().await?;
    Ok(id)
}

async fn status(app: &App, id: i64) -> anyhow::Result<(String, Option<String>)> {
    let row = first!(
        app.db.read().await?,
        (String, Option<String>),
        "SELECT status, error FROM mail WHERE id = $1",
        id
    )?;
    row.ok_or_else(|| anyhow::anyhow!("no mail {id}"))
}

async fn request(app: &App, cast: &Cast) -> anyhow::Result<i64> {
    let mut tx = app.db.begin().await?;
    let id = value!(
        tx,
        i64,
        "INSERT INTO request (number, kind, subject, locale, status, customer_id, link_version, created_at,
                              updated_at)
         VALUES (12, 'question', '請求書の宛名', 'ja', 'new', $1, $2, $2, $2) RETURNING id",
        cast.hotaru.id,
        app.clock.now()
    )?;
    tx.commit().await?;
    Ok(id)
}

db_test!(
    async fn without_a_mail_server_a_mail_becomes_a_file_in_both_formats(t: TestDb) {
        let app = t.app().await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        assert_eq!(status(&app, id).await?.0, "queued");
        assert_eq!(run_due(&app).await?, 1);
        assert_eq!(status(&app, id).await?, ("filed".to_owned(), None));
        let files: Vec<_> = std::fs::read_dir(t.folder.path().join("outbox"))?.collect::<Result<_, _>>()?;
        assert_eq!(files.len(), 1);
        let bytes = std::fs::read(files[0].path())?;
        let mail = MessageParser::default().parse(&bytes).expect("a mail that can be read");
        assert_eq!(mail.subject(), Some("[#12] 請求書の 宛名"));
        assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert_eq!(mail.date().map(|date| date.to_timestamp() * 1000), Some(t.clock.now()));
        assert!(mail.body_text(0).expect("a text part").contains("お問い合わせを受け付けました。"));
        assert!(mail.body_html(0).expect("an HTML part").contains("href=\"http://127.0.0.1:3000/r\""));
        Ok(())
    }
);

db_test!(
    async fn the_mails_about_a_request_refer_to_one_root(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let request = request(&app, &cast).await?;
        let mut ids = Vec::new();
        for reader in [&cast.hotaru, &cast.midori, &cast.hotaru, &cast.hotaru] {
            let id = send(&app, draft(&reader.email, Some(request))).await?;
            let sql = "SELECT message_id, reference_ids FROM mail WHERE id = $1";
            ids.extend(first!(app.db.read().await?, (String, String), sql, id)?);
        }
        let root = thread_root(&app, request);
        assert!(root.starts_with(&format!("<request-{request}.")) && root.ends_with("@127.0.0.1>"), "{root}");
        assert_eq!(ids[0], (root.clone(), String::new()));
        assert_eq!(ids[1].1, root);
        assert_eq!(ids[2].1, root, "the reader's last mail is the root itself");
        assert_eq!(ids[3].1, format!("{root} {}", ids[2].0), "and this one follows the one before");
        run_due(&app).await?;
        let folder = t.folder.path().join("outbox");
        let last = std::fs::read(folder.join(format!("{}-{}.eml", t.clock.now(), 4)))?;
        let mail = MessageParser::default().parse(&last).expect("a mail that can be read");
        assert_eq!(mail.in_reply_to().as_text(), Some(ids[2].0.trim_matches(['<', '>'])));
        Ok(())
    }
);

db_test!(
    async fn a_mail_that_was_delivered_is_not_delivered_again(t: TestDb) {
        let app = t.app().await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        run_due(&app).await?;
        std::fs::remove_dir_all(t.folder.path().join("outbox"))?;
        crate::mail::deliver(&app, id).await?;
        assert!(!t.folder.path().join("outbox").exists());
        Ok(())
    }
);

db_test!(
    async fn an_address_that_cannot_be_written_to_fails_at_once_and_is_seen_at_the_desk(t: TestDb) {
        let app = t.app().await?;
        let id = send(&app, draft("nobody", None)).await?;
        run_due(&app).await?;
        let (status, error) = status(&app, id).await?;
        assert_eq!(status, "failed");
        let stuck = stuck(&mut *t.db.begin().await?).await?;
        assert_eq!(stuck[0].last_error, error);
        assert!(error.is_some_and(|error| !error.contains("nobody")));
        Ok(())
    }
);

db_test!(
    async fn a_mail_server_that_is_away_is_tried_again(t: TestDb) {
        // Port 9 (discard) on this machine: nobody listens there.
        let app = t.app_with(&[("smtp_host", "127.0.0.1"), ("smtp_port", "9"), ("smtp_tls", "none")]).await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        run_due(&app).await?;
        assert_eq!(status(&app, id).await?.0, "queued");
        let mut tx = t.db.begin().await?;
        let stuck = stuck(&mut tx).await?;
        assert!(stuck[0].failed_at.is_none() && stuck[0].run_at > t.clock.now());
        assert!(stuck[0].last_error.as_deref().is_some_and(|error| error.starts_with("SMTP")), "{stuck:?}");
        run!(tx, "DELETE FROM mail WHERE id = $1", id)?;
        Ok(())
    }
);
