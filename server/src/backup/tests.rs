//! A backup holds everything, of either database, for either database.

use super::{BackupError, dump, restore};
use crate::clock::DAY;
use crate::desk::link_path;
use crate::erasure::erase;
use crate::jobs::{Job, enqueue, run_due};
use crate::storage::{Db, all, run, value};
use crate::testing::{Cast, Client, TestDb, db_test, open, question};
use app::i18n::Locale;
use axum::http::StatusCode;
use std::io::Cursor;

async fn fill(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    run!(tx, "INSERT INTO category (id, slug, created_at) VALUES (9, 'top', 1)")?;
    run!(tx, "INSERT INTO category (id, parent_id, slug, created_at) VALUES (5, 9, 'middle', 1)")?;
    run!(tx, "INSERT INTO category (id, parent_id, slug, created_at) VALUES (2, 5, 'leaf', 1)")?;
    run!(tx, "INSERT INTO article (id, category_id, created_at) VALUES (3, 2, 1)")?;
    run!(tx, "INSERT INTO blob (sha256, bytes) VALUES ('h', $1)", vec![0_u8, 255, 10])?;
    run!(
        tx,
        "INSERT INTO attachment (key, sha256, name, media_type, size, article_id, created_at)
         VALUES ('k', 'h', '図\n1.png', 'image/png', 3, 3, 1)"
    )?;
    run!(tx, "INSERT INTO secret (name, value) VALUES ('server', 's')")?;
    Ok(tx.commit().await?)
}

async fn survives(from: &TestDb, to: &TestDb) -> anyhow::Result<()> {
    fill(&from.db).await?;
    let (written, file) = dump(&from.db, 7 * DAY, Cursor::new(Vec::new()), |_| {}).await?;
    let file = file.into_inner();
    assert_eq!(written.tables.iter().find(|(name, _)| name == "category").map(|(_, rows)| *rows), Some(3));
    let read = restore(&to.db, Cursor::new(&file), |_| {}).await?;
    assert_eq!(read, written);
    let mut tx = to.db.begin().await?;
    let categories =
        all!(tx, (i64, Option<i64>, String), "SELECT id, parent_id, slug FROM category ORDER BY id")?;
    assert_eq!(
        categories,
        [(2, Some(5), "leaf".to_owned()), (5, Some(9), "middle".to_owned()), (9, None, "top".to_owned())]
    );
    assert_eq!(value!(tx, Vec<u8>, "SELECT bytes FROM blob")?, [0, 255, 10]);
    assert_eq!(value!(tx, String, "SELECT name FROM attachment")?, "図\n1.png");
    assert_eq!(value!(tx, String, "SELECT value FROM secret WHERE name = 'server'")?, "s");
    // Numbering goes on behind what was restored.
    let next = value!(tx, i64, "INSERT INTO category (slug, created_at) VALUES ('new', 1) RETURNING id")?;
    assert!(next > 9, "{next}");
    let next = value!(tx, i64, "INSERT INTO tag (name) VALUES ('new') RETURNING id")?;
    assert_eq!(next, 1, "where no row ever was, the first is the first");
    tx.commit().await?;
    let again = restore(&to.db, Cursor::new(&file), |_| {}).await;
    assert!(matches!(again, Err(BackupError::NotEmpty)), "{again:?}");
    Ok(())
}

db_test!(
    async fn a_backup_restores_into_a_database_of_its_own_kind(t: TestDb) {
        let other = if t.db.is_postgres() { TestDb::postgres().await? } else { TestDb::sqlite().await? };
        survives(&t, &other).await
    }
);

#[tokio::test]
async fn a_portal_moves_from_sqlite_to_postgres_and_back() -> anyhow::Result<()> {
    survives(&TestDb::sqlite().await?, &TestDb::postgres().await?).await?;
    survives(&TestDb::postgres().await?, &TestDb::sqlite().await?).await
}

/// Somebody's newest request is erased before the backup, and another is opened and answered after it.
async fn links_stay_dead(from: &TestDb, to: &TestDb) -> anyhow::Result<()> {
    let app = from.app().await?;
    let cast = Cast::enter(from).await?;
    open(&app, question(&app, &cast.hotaru, "Lanterns", "Where are they?")).await?;
    let erased = open(&app, question(&app, &cast.penny, "Oil", "How much?")).await?;
    assert!(erase(&app, &cast.mamoru, cast.penny.id).await?);
    let (_, file) = dump(&from.db, 7 * DAY, Cursor::new(Vec::new()), |_| {}).await?;
    from.clock.advance(DAY);
    let lost = open(&app, question(&app, &cast.tsumugi, "Wicks", "Which?")).await?;
    let links = [erased, lost].map(|request| link_path(&app, Locale::En, request.id, request.link_version));
    restore(&to.db, Cursor::new(file.into_inner()), |_| {}).await?;

    to.clock.advance(2 * DAY);
    let restored = to.app().await?;
    let anybody = Client::anonymous(&restored);
    for subject in ["Matches", "Candles", "Shades"] {
        let next = open(&restored, question(&restored, &cast.hotaru, subject, "How many?")).await?;
        assert!(next.id > erased.id, "{} was given before", next.id);
        let own = link_path(&restored, Locale::En, next.id, next.link_version);
        assert!(anybody.get(&own).await.says(subject));
    }
    for link in links {
        assert_eq!(anybody.get(&link).await.status, StatusCode::NOT_FOUND, "{link}");
    }
    let mut tx = to.db.begin().await?;
    let sql = "INSERT INTO person (email, role, locale, created_at) VALUES ('a@b.example', 'customer', 'en', 1) RETURNING id";
    assert!(value!(tx, i64, sql)? > cast.penny.id, "what the audit log says of the erased is of nobody else");
    Ok(())
}

db_test!(
    async fn a_private_link_from_before_a_restore_opens_no_request_from_after_it(t: TestDb) {
        let other = if t.db.is_postgres() { TestDb::postgres().await? } else { TestDb::sqlite().await? };
        links_stay_dead(&t, &other).await
    }
);

#[tokio::test]
async fn a_private_link_from_the_other_database_opens_no_request_of_this_one() -> anyhow::Result<()> {
    links_stay_dead(&TestDb::sqlite().await?, &TestDb::postgres().await?).await?;
    links_stay_dead(&TestDb::postgres().await?, &TestDb::sqlite().await?).await
}

db_test!(
    async fn a_backup_restores_into_a_portal_that_was_started_and_not_used(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        open(&app, question(&app, &cast.penny, "Oil", "How much?")).await?;
        run_due(&app).await?;
        let (written, file) = dump(&t.db, 7 * DAY, Cursor::new(Vec::new()), |_| {}).await?;
        let other = if t.db.is_postgres() { TestDb::postgres().await? } else { TestDb::sqlite().await? };
        let started = other.app().await?;
        let mut tx = other.db.begin().await?;
        for job in Job::PERIODIC {
            enqueue(&mut tx, &job, other.clock.now()).await?;
        }
        tx.commit().await?;
        run_due(&started).await?;
        assert!(
            value!(other.db.read().await?, i64, "SELECT COUNT(*) FROM counter")? > 0,
            "it wrote by itself"
        );
        restore(&other.db, Cursor::new(file.into_inner()), |_| {}).await?;
        let (again, _) = dump(&other.db, 7 * DAY, Cursor::new(Vec::new()), |_| {}).await?;
        assert_eq!(again.tables, written.tables);
        Ok(())
    }
);

db_test!(
    async fn a_damaged_or_foreign_file_is_refused_and_changes_nothing(t: TestDb) {
        fill(&t.db).await?;
        let (_, file) = dump(&t.db, 1, Cursor::new(Vec::new()), |_| {}).await?;
        let file = file.into_inner();
        let empty = if t.db.is_postgres() { TestDb::postgres().await? } else { TestDb::sqlite().await? };
        for broken in [&file[..file.len() / 2], b"not a zip at all", b""] {
            assert!(restore(&empty.db, Cursor::new(broken), |_| {}).await.is_err());
        }
        assert_eq!(value!(empty.db.read().await?, i64, "SELECT COUNT(*) FROM category")?, 0);
        Ok(())
    }
);
