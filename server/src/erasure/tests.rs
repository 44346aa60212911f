//! An erased customer leaves no word behind, in no column of either database.

use super::{erase, extent};
use crate::app_state::App;
use crate::backup::dump;
use crate::clock::MINUTE;
use crate::desk::{self, StaffReply, draft_article, private_link, request_by_link};
use crate::identity::{
    Actor, LinkPurpose, LinkWish, MemberChange, Person, Role, change_member, open_session, person_by_email,
    wish_for_link,
};
use crate::jobs::run_due;
use crate::knowledge;
use crate::learning;
use crate::search::judgement::{Judgement, add as judge};
use crate::search::{Deed, Noted, SearchQuery, Viewer};
use crate::storage::{Db, one, run, value};
use crate::testing::{self, Cast, Client, Shelf, TestDb, db_test, follow, open, question};
use app::i18n::Locale::En;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{Cursor, Read};

/// Stands in everything that the customer left, and nowhere else.
const MARK: &str = "zanzibarite";
const EMAIL: &str = "me@zanzibarite.example";
const FILE: &[u8] = b"zanzibarite, in a file of its own";

/// Where the mark still stands: in tables, in bytes, and in the files of the data folder, SQLite's log included.
async fn marks(t: &TestDb) -> anyhow::Result<Vec<String>> {
    let (_, file) = dump(&t.db, 0, Cursor::new(Vec::new()), |_| {}).await?;
    let mut zip = zip::ZipArchive::new(file)?;
    let bytes = STANDARD.encode(FILE);
    let mut found = Vec::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at)?;
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        let held = text.lines().filter(|line| line.to_lowercase().contains(MARK) || line.contains(&bytes));
        found.extend(held.map(|line| format!("{}: {line}", entry.name())));
    }
    let mut folders = vec![t.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if holds_the_mark(&std::fs::read(&path)?) {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(found)
}

/// Free pages of a database included.
fn holds_the_mark(bytes: &[u8]) -> bool {
    bytes.windows(MARK.len()).any(|window| window.eq_ignore_ascii_case(MARK.as_bytes()))
}

/// A customer who asked by the form with a file, was answered, and taught search; gives them and their request.
async fn somebody(t: &TestDb, app: &App, cast: &Cast) -> anyhow::Result<(Person, i64)> {
    let browser = Client::anonymous(app);
    let page = browser.get("/en/ask").await;
    t.clock.advance(MINUTE);
    let typed = [
        ("subject", "Our zanzibarite is stuck"),
        ("body", "The zanzibarite stopped turning. Please help."),
        ("name", "Reader"),
        ("email", EMAIL),
        ("step", "send"),
    ];
    let sent =
        browser.submit_files(&page, "/en/ask", &typed, &[("attachments", "zanzibarite.txt", FILE)]).await;
    assert!(sent.status.is_redirection(), "{}", sent.text());
    let customer = person_by_email(&mut app.db.read().await?, EMAIL).await?.expect("they wrote");
    let sql = "SELECT id FROM request WHERE customer_id = $1";
    let request = value!(app.db.read().await?, i64, sql, customer.id)?;
    let now = t.clock.now();
    let mut tx = t.db.begin().await?;
    let sql = "SELECT id, visitor FROM intake_session WHERE request_id = $1";
    let (session, visitor) = one!(tx, (i64, String), sql, request)?;
    run!(
        tx,
        "UPDATE intake_session SET typed = 'my zanzibarite', typed_at = $2 WHERE id = $1",
        session,
        now
    )?;
    for note in [false, true] {
        let reply = StaffReply {
            note,
            mail: true,
            now,
            ..testing::reply(app, request, &cast.sora, "Have you oiled the zanzibarite?")
        };
        desk::staff_reply(app, &mut tx, reply).await?;
    }
    draft_article(&mut tx, request, &cast.midori, now).await?;
    tx.commit().await?;
    for deed in [Deed::Searched { hits: 0 }, Deed::Opened { slug: "oil".to_owned() }] {
        let (query, visitor) = ("zanzibarite turning".to_owned(), Some(visitor.clone()));
        app.search.log.note(Noted { at: now, locale: En, query, visitor, machine: None, deed });
    }
    Ok((customer, request))
}

/// Everything around the request that may hold a customer's words.
async fn everything_else(
    t: &TestDb,
    app: &App,
    cast: &Cast,
    customer: &Person,
    request: i64,
) -> anyhow::Result<()> {
    let article = Shelf(app).article(None, &[(En, "Oil", "A drop is enough.")]).await?;
    Shelf(app).article(None, &[(En, "Hinges", "One of them squeaks.")]).await?;
    app.search.log.flush(&app.db).await?;
    let now = t.clock.now();
    let (mamoru, midori) = (Actor::Person(&cast.mamoru), Actor::Person(&cast.midori));
    let mut tx = t.db.begin().await?;
    testing::solve(app, &mut tx, request, &cast.midori, article).await?;
    let by = knowledge::By::new(now, midori.clone());
    knowledge::add_phrase(&mut tx, &by, article, En, "zanzibarite squeaks", Some(request)).await?;
    let question = "the zanzibarite does not turn";
    judge(
        &mut tx,
        &Judgement { locale: En, question, article_id: article, request_id: Some(request) },
        &midori,
        now,
    )
    .await?;
    let named = MemberChange {
        name: "Zanzibarite reader".to_owned(),
        role: Role::Customer,
        organization_id: None,
        groups: Vec::new(),
    };
    change_member(&mut tx, &mamoru, customer.id, &named, now).await?.expect("a customer may have a name");
    open_session(&mut tx, &app.chance, now, customer, "zanzibarite browser").await?;
    let link = |seed: &str| LinkWish {
        purpose: LinkPurpose::SignIn,
        email: EMAIL.to_owned(),
        locale: En,
        next: String::new(),
        seed: seed.to_owned(),
    };
    wish_for_link(&mut tx, now, link("one")).await?;
    tx.commit().await?;
    run_due(app).await?;
    learning::settle(app).await?;
    follow(app).await?;
    app.suggestions.turn(&app.db).await?;
    // And one that nobody has sent yet.
    let mut tx = t.db.begin().await?;
    wish_for_link(&mut tx, now + 60 * MINUTE, link("two")).await?;
    tx.commit().await?;
    Ok(())
}

async fn found(app: &App, text: &str) -> anyhow::Result<usize> {
    let (text, viewer) = (text.to_owned(), Viewer::Anonymous);
    let query =
        SearchQuery { text, locale: En, viewer, category: None, page: 1, per_page: 10, excerpts: true };
    Ok(app.search.search(&app.db, &query).await?.hits.len())
}

db_test!(
    async fn an_erased_customer_leaves_no_word_behind(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let theirs = open(&app, question(&app, &cast.penny, "Lanterns", "Where are they?")).await?;
        let (customer, request) = somebody(&t, &app, &cast).await?;
        everything_else(&t, &app, &cast, &customer, request).await?;
        assert_eq!(found(&app, "squeaks").await?, 2, "what the article says, and what is said to answer it");
        let before = marks(&t).await?;
        for table in [
            "person",
            "request",
            "request_text",
            "message",
            "attachment",
            "blob",
            "intake_session",
            "search_log",
            "search_click",
            "search_evidence",
            "search_phrase",
            "judgement",
            "mail",
            "mail_link",
            "session",
            "job",
            "audit_entry",
            "revision",
        ] {
            let held = |line: &String| line.starts_with(&format!("tables/{table}.jsonl"));
            assert!(before.iter().any(held), "the test leaves nothing in {table}");
        }
        assert!(before.iter().any(|line| line.ends_with(".eml")));
        let in_log = before.iter().any(|line| line.ends_with("kotae.db-wal"));
        assert_eq!(in_log, !t.db.is_postgres(), "a portal that runs has them in the log");
        let there = extent(&mut app.db.read().await?, customer.id, EMAIL).await?;
        assert_eq!((there.requests, there.messages, there.files, there.searches), (1, 4, 1, 1));
        assert_eq!(there.made_of.iter().map(|made| made.published).collect::<Vec<_>>(), [false]);
        let link = private_link(&app, request, 1);
        // Searched for just now, and not written yet.
        let visitor = value!(app.db.read().await?, String, "SELECT visitor FROM search_log")?;
        let (query, at) = ("zanzibarite price".to_owned(), t.clock.now());
        let deed = Deed::Searched { hits: 0 };
        app.search.log.note(Noted { at, locale: En, query, visitor: Some(visitor), machine: None, deed });
        let visits =
            "SELECT COUNT(*) FROM intake_session WHERE typed_at IS NOT NULL AND submitted_at IS NOT NULL";
        assert_eq!(value!(app.db.read().await?, i64, visits)?, 1);

        assert!(erase(&app, &cast.mamoru, customer.id).await?);
        assert!(app.suggestions.knows_none_of(&[request]).await);
        follow(&app).await?;
        assert_eq!(found(&app, "squeaks").await?, 1);
        assert_eq!(found(&app, "zanzibarite").await?, 0);
        run_due(&app).await?;
        assert_eq!(marks(&t).await?, Vec::<String>::new());

        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, visits)?, 1, "the visit is counted as before");
        assert!(desk::find_request(&mut conn, theirs.id).await?.is_some(), "nobody else loses anything");
        let sql =
            "SELECT actor_label, detail FROM audit_entry WHERE action = 'person.erase' AND subject_id = $1";
        let (who, detail) = one!(conn, (String, String), sql, customer.id)?;
        assert_eq!((who.as_str(), detail.as_str()), (cast.mamoru.display_name(), "{}"));
        drop(conn);
        let next = open(&app, question(&app, &cast.penny, "Lanterns", "Again.")).await?;
        assert!(next.id > request && next.number > theirs.number + 1, "no number comes twice");
        assert!(request_by_link(&mut app.db.read().await?, &app, &link).await?.is_none());
        assert!(!erase(&app, &cast.mamoru, customer.id).await?, "there is nobody any more");
        t.db.close().await;
        assert!(!holds_the_mark(&std::fs::read(t.folder.path().join("kotae.db")).unwrap_or_default()));
        Ok(())
    }
);

// PostgreSQL's log is its own affair.
#[tokio::test]
async fn a_log_that_is_read_is_emptied_when_the_reader_has_gone() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    let app = t.app().await?;
    let cast = Cast::enter(&t).await?;
    open(&app, question(&app, &cast.penny, "Lanterns", "The zanzibarite stopped.")).await?;
    // As a backup reads: one moment, for as long as it takes.
    let Db::Sqlite { readers, .. } = &t.db else { anyhow::bail!("SQLite was asked for") };
    let mut reader = readers.begin().await?;
    sqlx::query("SELECT COUNT(*) FROM request").fetch_one(&mut *reader).await?;
    assert!(erase(&app, &cast.mamoru, cast.penny.id).await?);
    run_due(&app).await?;
    let log = || std::fs::read(t.folder.path().join("kotae.db-wal"));
    assert!(holds_the_mark(&log()?), "not while it is read");
    reader.rollback().await?;
    t.clock.advance(MINUTE);
    run_due(&app).await?;
    assert_eq!(marks(&t).await?, Vec::<String>::new());
    Ok(())
}

db_test!(
    async fn a_member_of_the_desk_is_not_erased(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        assert!(!erase(&app, &cast.mamoru, cast.midori.id).await?);
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = format!("/desk/people/{}/erase", cast.midori.id);
        assert_eq!(mamoru.get(&path).await.status, 404);
        Ok(())
    }
);

db_test!(
    async fn erasing_wants_the_address_and_says_what_goes(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        open(&app, question(&app, &cast.penny, "Lanterns", "Where are they?")).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let person = format!("/desk/people/{}", cast.penny.id);
        assert!(mamoru.get(&person).await.body.contains(&format!("href=\"{person}/erase\"")));
        let path = format!("{person}/erase");
        let page = mamoru.get(&path).await;
        assert!(page.says("お問い合わせ 1") && page.says("やり取りと社内メモ 1"), "{}", page.text());
        let refused = mamoru.submit(&page, &path, &[("confirm", "penny@elsewhere.example")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("penny@elsewhere.example"), "what was typed is kept");
        let done = mamoru.submit(&refused, &path, &[("confirm", &cast.penny.email.to_uppercase())]).await;
        assert_eq!(done.location(), "/desk/people?of=customers", "{}", done.text());
        assert_eq!(mamoru.get(&person).await.status, 404);
        assert_eq!(mamoru.get("/desk/requests/1").await.status, 404);
        let log = mamoru.get("/desk/audit").await;
        assert!(log.says("お客様のデータを消去しました") && log.says("消去されたお客様"));
        assert!(!log.body.contains(&cast.penny.email), "{}", log.text());
        Ok(())
    }
);
