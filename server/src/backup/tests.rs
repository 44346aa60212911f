//! A backup holds everything, of either database, for either database.

use super::{BackupError, dump, restore};
use crate::clock::DAY;
use crate::storage::{Db, all, run, value};
use crate::testing::{TestDb, db_test};
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
