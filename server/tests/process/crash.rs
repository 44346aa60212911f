//! `kill -9` in the middle of submits, fifty times: what was acknowledged is there, once, and search comes back to it.

use crate::portal::{Portal, kotae};
use sqlx::Connection;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const CYCLES: usize = 50;
/// Customers who send at the same time.
const SENDERS: usize = 3;

/// What one customer holds before pressing the button.
struct Form {
    cookie: String,
    body: String,
    email: String,
}

#[test]
fn fifty_kills_lose_nothing_acknowledged_and_make_no_duplicates() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let articles = folder.path().join("articles");
    std::fs::create_dir_all(&articles).unwrap();
    let portal = Portal::start(&data, &[]);
    let mut forms: Vec<Form> = (0..CYCLES * SENDERS).map(|n| open_form(&portal, n)).collect();
    assert!(portal.stop());
    // A form that is sent faster than anybody types is asked once more.
    thread::sleep(Duration::from_secs(4));
    let sent: BTreeSet<String> = forms.iter().map(|form| form.email.clone()).collect();
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let mut imported = Vec::new();
    for cycle in 0..CYCLES {
        let portal = Arc::new(Portal::start(&data, &[]));
        let senders: Vec<_> = forms
            .drain(..SENDERS)
            .map(|form| {
                let (portal, acknowledged) = (Arc::clone(&portal), Arc::clone(&acknowledged));
                thread::spawn(move || send(&portal, &form, &acknowledged))
            })
            .collect();
        // An import runs beside the portal, so that its index has something to follow when it dies.
        if cycle % 10 == 0 && import(&data, &articles, cycle) {
            imported.push(cycle);
        }
        // From before the first answer to after the last.
        thread::sleep(Duration::from_millis(12 * (cycle as u64 % 17)));
        portal.signal("KILL");
        for sender in senders {
            sender.join().unwrap();
        }
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() > CYCLES / 4, "only {} submits were acknowledged", acknowledged.len());
    assert!(acknowledged.len() < sent.len(), "no kill came before an answer: nothing was tried");
    let stored = senders_stored(&data.join("kotae.db"));
    let distinct: BTreeSet<_> = stored.iter().cloned().collect();
    assert_eq!(stored.len(), distinct.len(), "a submit made two requests");
    assert_eq!(acknowledged.difference(&distinct).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(distinct.difference(&sent).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(!imported.is_empty());
    converges(&data, &imported);
}

/// Presses the button twice, as an impatient customer does.
fn send(portal: &Portal, form: &Form, acknowledged: &Mutex<BTreeSet<String>>) {
    let request = format!(
        "POST /en/ask HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        portal.addr,
        form.cookie,
        form.body.len(),
        form.body
    );
    for _ in 0..2 {
        if portal.send(&request).is_some_and(|(status, _, _)| status == 303) {
            acknowledged.lock().unwrap().insert(form.email.clone());
        }
    }
}

/// A filled form of a customer of their own.
fn open_form(portal: &Portal, n: usize) -> Form {
    let (status, head, page) = portal.get("/en/ask").unwrap();
    assert_eq!(status, 200);
    let cookie = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| value.split(';').next())
        .collect::<Vec<_>>()
        .join("; ");
    let email = format!("reader-{n}@papercrane.example");
    let mut fields: Vec<(&str, String)> = vec![
        ("kind", "question".into()),
        ("subject", format!("Question number {n}")),
        ("body", format!("How does the thing number {n} work when it is full?")),
        ("email", email.clone()),
        ("step", "send".into()),
    ];
    for name in ["csrf", "session", "submit_key", "opened"] {
        fields.push((name, hidden(&page, name).unwrap()));
    }
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    Form { cookie, body, email }
}

/// The value of a hidden field of the ask form, whose names and values need no unescaping.
fn hidden(page: &str, name: &str) -> Option<String> {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    Some(tag.split("value=\"").nth(1)?.split('"').next()?.to_owned())
}

fn import(data: &Path, articles: &Path, cycle: usize) -> bool {
    let text =
        format!("---\ntitle: Lighthouse number {cycle}\n---\n\nHow the lamp of number {cycle} is lit.\n");
    std::fs::write(articles.join(format!("lighthouse-{cycle}.md")), text).unwrap();
    let import = ["import", "markdown", articles.to_str().unwrap(), "--locale", "en", "--data"];
    kotae().args(import).arg(data).output().unwrap().status.success()
}

/// Who has a request, once for each.
fn senders_stored(file: &Path) -> Vec<String> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut conn = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        let sql = "SELECT p.email FROM request r JOIN person p ON p.id = r.customer_id";
        sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap()
    })
}

/// After the last start, everything that was imported is found within a few seconds.
fn converges(data: &Path, imported: &[usize]) {
    let portal = Portal::start(data, &[]);
    let began = Instant::now();
    for cycle in imported {
        loop {
            let found = portal
                .get(&format!("/api/v1/search?locale=en&q=%22Lighthouse+number+{cycle}%22"))
                .is_some_and(|(_, _, body)| body.contains(&format!("lighthouse-{cycle}\"")));
            if found {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "Lighthouse number {cycle} is not found");
            thread::sleep(Duration::from_millis(100));
        }
    }
    assert!(portal.stop());
}
