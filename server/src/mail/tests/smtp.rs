//! Sending to a mail server: a small one of our own that says what a test wants it to say.

use super::{draft, send, status};
use crate::jobs::{Worker, run_due, stuck};
use crate::mail::Draft;
use crate::storage::{first, value};
use crate::testing::{TestDb, db_test};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Listens on a port of its own until the test ends.
struct Server {
    port: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` is what it says to a recipient; `pause` how long it thinks about a mail.
    async fn start(answer: &'static str, pause: Duration) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port().to_string();
        let received = Arc::<Mutex<Vec<String>>>::default();
        let inbox = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inbox = Arc::clone(&inbox);
                tokio::spawn(async move { talk(stream, answer, pause, &inbox).await });
            }
        });
        Ok(Self { port, received })
    }

    fn keys(&self) -> [(&'static str, &str); 3] {
        [("smtp_host", "127.0.0.1"), ("smtp_port", &self.port), ("smtp_tls", "none")]
    }

    fn received(&self) -> Vec<String> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn talk(
    stream: TcpStream,
    answer: &str,
    pause: Duration,
    inbox: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 test ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let reply = match line.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" => answer,
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail = format!("{mail}{line}\n");
                }
                tokio::time::sleep(pause).await;
                inbox.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        writer.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}

db_test!(
    async fn a_mail_goes_out_once_and_what_opens_a_door_is_forgotten(t: TestDb) {
        let server = Server::start("250 ok", Duration::ZERO).await?;
        let app = t.app_with(&server.keys()).await?;
        let plain = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        let secret = Draft { secret: true, ..draft("penny@lanternfish.example", None) };
        let secret = send(&app, secret).await?;
        run_due(&app).await?;
        run_due(&app).await?;
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert!(received[0].contains("To: hotaru@hoshizora.example"), "{}", received[0]);
        assert!(received[0].contains("From: Kotae <portal@127.0.0.1>"), "{}", received[0]);
        assert_eq!(status(&app, plain).await?, ("sent".to_owned(), None));
        assert_eq!(status(&app, secret).await?, ("sent".to_owned(), None));
        let sql = "SELECT body_text, body_html FROM mail WHERE id = $1";
        let kept = first!(t.db.read().await?, (String, String), sql, plain)?.expect("there");
        assert!(!kept.0.is_empty() && !kept.1.is_empty());
        let forgotten = first!(t.db.read().await?, (String, String), sql, secret)?.expect("there");
        assert_eq!(forgotten, (String::new(), String::new()));
        Ok(())
    }
);

db_test!(
    async fn a_servers_no_is_final_and_its_words_name_nobody(t: TestDb) {
        let server =
            Server::start("550 5.1.1 <hotaru@hoshizora.example> is unknown here", Duration::ZERO).await?;
        let app = t.app_with(&server.keys()).await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        run_due(&app).await?;
        let (status, error) = status(&app, id).await?;
        let error = error.unwrap_or_default();
        assert_eq!(status, "failed");
        assert!(error.contains("550") && error.contains("is unknown here"), "{error}");
        assert!(!error.contains("hotaru"), "{error}");
        Ok(())
    }
);

db_test!(
    async fn a_servers_not_now_is_tried_again(t: TestDb) {
        let server = Server::start("451 4.7.1 greylisted", Duration::ZERO).await?;
        let app = t.app_with(&server.keys()).await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        run_due(&app).await?;
        assert_eq!(status(&app, id).await?.0, "queued");
        let waiting = stuck(&mut t.db.read().await?).await?;
        assert!(waiting[0].failed_at.is_none() && waiting[0].run_at > t.clock.now());
        Ok(())
    }
);

db_test!(
    async fn a_mail_in_hand_is_finished_before_the_process_ends(t: TestDb) {
        let server = Server::start("250 ok", Duration::from_millis(400)).await?;
        let app = t.app_with(&server.keys()).await?;
        let id = send(&app, draft("hotaru@hoshizora.example", None)).await?;
        let worker = Worker::start(&app);
        // Until somebody has claimed it.
        let sql = "SELECT COUNT(*) FROM job WHERE kind = 'send_mail' AND locked_until IS NOT NULL";
        for _ in 0..200 {
            if value!(t.db.read().await?, i64, sql)? > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        app.stop.request();
        worker.finish(Duration::from_secs(10)).await;
        assert_eq!(status(&app, id).await?.0, "sent");
        assert_eq!(value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM job WHERE kind = 'send_mail'")?, 0);
        Ok(())
    }
);
