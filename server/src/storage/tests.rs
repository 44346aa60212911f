//! What the store promises, on both databases.

use super::{StorageError, Tx, all, first, run, value};
use crate::testing::{TestDb, db_test};

db_test!(
    async fn a_committed_row_is_read_back_and_a_dropped_transaction_leaves_nothing(t: TestDb) {
        let mut tx = t.db.begin().await?;
        run!(tx, "INSERT INTO tag (name) VALUES ($1)", "billing")?;
        tx.commit().await?;
        let mut dropped = t.db.begin().await?;
        run!(dropped, "INSERT INTO tag (name) VALUES ($1)", "lost")?;
        drop(dropped);
        let mut conn = t.db.read().await?;
        let names = all!(conn, (String,), "SELECT name FROM tag ORDER BY name")?;
        assert_eq!(names, [("billing".to_owned(),)]);
        Ok(())
    }
);

db_test!(
    async fn a_second_row_of_one_key_is_told_apart_from_other_errors(t: TestDb) {
        let mut tx = t.db.begin().await?;
        value!(tx, i64, "INSERT INTO tag (name) VALUES ($1) RETURNING id", "billing")?;
        tx.commit().await?;
        let mut tx = t.db.begin().await?;
        let again = run!(tx, "INSERT INTO tag (name) VALUES ($1)", "billing");
        assert!(matches!(again, Err(StorageError::Duplicate(_))), "{again:?}");
        drop(tx);
        let mut tx = t.db.begin().await?;
        let wrong = run!(tx, "INSERT INTO no_such_table (name) VALUES ($1)", "billing");
        assert!(matches!(wrong, Err(StorageError::Other(_))), "{wrong:?}");
        Ok(())
    }
);

#[tokio::test]
async fn who_is_given_up_in_a_deadlock_may_try_again() -> anyhow::Result<()> {
    let t = TestDb::postgres().await?;
    let lock = async |tx: &mut Tx, name: &str| run!(tx, "UPDATE tag SET name = name WHERE name = $1", name);
    let mut tx = t.db.begin().await?;
    run!(tx, "INSERT INTO tag (name) VALUES ('a'), ('b')")?;
    tx.commit().await?;
    let (mut one, mut other) = (t.db.begin().await?, t.db.begin().await?);
    lock(&mut one, "a").await?;
    lock(&mut other, "b").await?;
    let (first, second) = tokio::join!(lock(&mut one, "b"), lock(&mut other, "a"));
    let given_up = first.err().or(second.err());
    assert!(given_up.as_ref().is_some_and(StorageError::is_passing), "{given_up:?}");
    Ok(())
}

db_test!(
    async fn absent_filters_are_written_as_null(t: TestDb) {
        let mut tx = t.db.begin().await?;
        run!(tx, "INSERT INTO tag (name) VALUES ('a'), ('b')")?;
        let sql = "SELECT COUNT(*) FROM tag WHERE (CAST($1 AS TEXT) IS NULL OR name = $1)";
        assert_eq!(value!(tx, i64, sql, None::<String>)?, 2);
        assert_eq!(value!(tx, i64, sql, Some("a"))?, 1);
        assert_eq!(first!(tx, (i64,), "SELECT id FROM tag WHERE name = $1", "c")?, None);
        Ok(())
    }
);

/// On PostgreSQL an identity never goes back.
#[tokio::test]
async fn no_table_of_sqlite_gives_an_id_twice() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    let mut conn = t.db.read().await?;
    let sql = "SELECT m.name, m.sql LIKE '%id INTEGER PRIMARY KEY AUTOINCREMENT%'
               FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'id' WHERE m.type = 'table'";
    let tables = all!(conn, (String, bool), sql)?;
    assert!(tables.len() > 20, "{tables:?}");
    let reused: Vec<_> = tables.iter().filter(|(_, counted)| !counted).collect();
    assert!(reused.is_empty(), "without AUTOINCREMENT: {reused:?}");
    drop(conn);
    let mut tx = t.db.begin().await?;
    let newest = async |tx: &mut Tx| {
        value!(tx, i64, "INSERT INTO person_group (name, created_at) VALUES ('Desk', 1) RETURNING id")
    };
    let first = newest(&mut tx).await?;
    run!(tx, "DELETE FROM person_group")?;
    assert_ne!(newest(&mut tx).await?, first);
    Ok(())
}

/// Tables and columns, with nullability, as (table, column, nullable).
type Column = (String, String, bool);

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() -> anyhow::Result<()> {
    let sqlite = TestDb::sqlite().await?;
    let mut conn = sqlite.db.read().await?;
    let sqlite_columns = all!(
        conn,
        Column,
        "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations' ORDER BY 1, 2"
    )?;
    let postgres = TestDb::postgres().await?;
    let mut conn = postgres.db.read().await?;
    // xid exists only where transactions become visible out of order.
    let postgres_columns = all!(
        conn,
        Column,
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), is_nullable = 'YES'
         FROM information_schema.columns WHERE table_schema = current_schema()
           AND table_name <> '_sqlx_migrations' AND column_name <> 'xid'
         ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\""
    )?;
    assert!(sqlite_columns.len() > 100);
    assert_eq!(sqlite_columns, postgres_columns);
    Ok(())
}
