//! The `change` table, read in an order in which no row can slip in behind the reader.

use serde::{Deserialize, Serialize};

use crate::storage::{Conn, Db, Result, Tx, all, first, run, value};

/// So many rows are applied in one commit at the most.
const BATCH: i64 = 1_000;

/// Compares `xid` itself, so that the index on it serves: a replica asks this several times a second.
const AFTER_ON_POSTGRES: &str =
    "SELECT CAST(CAST(xid AS TEXT) AS BIGINT) AS transaction, id, entity, entity_id FROM change
     WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
       AND (xid, id) > (CAST(CAST(CAST($1 AS BIGINT) AS TEXT) AS xid8), $2)
     ORDER BY xid, id LIMIT $3";

/// Everything up to here is in the index. On PostgreSQL numbers become visible out of order, transactions that are
/// older than every running one do not: there the transaction's number comes first. On SQLite it is always 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Watermark {
    pub transaction: i64,
    pub change: i64,
}

/// Changes in order: which articles they touched, and where the next reading begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    pub article_ids: Vec<i64>,
    /// Whether the synonyms changed.
    pub synonyms: bool,
    /// Whether the phrases of any article changed.
    pub phrases: bool,
    /// Whether somebody saved other settings.
    pub settings: bool,
    /// Whether somebody was erased: what is deleted must not linger in the files.
    pub erased: bool,
    /// Whether changes after the watermark are gone: they cannot be followed any more.
    pub gap: bool,
    pub until: Watermark,
}

#[derive(sqlx::FromRow)]
struct Row {
    transaction: i64,
    id: i64,
    entity: String,
    entity_id: i64,
}

/// The next changes after a watermark; `None` when there are none yet.
pub async fn changes_after(db: &Db, after: Watermark) -> Result<Option<Changes>> {
    let mut conn = db.read().await?;
    let rows = if conn.is_postgres() {
        all!(conn, Row, AFTER_ON_POSTGRES, after.transaction, after.change, BATCH)?
    } else {
        all!(
            conn,
            Row,
            "SELECT 0 AS \"transaction\", id, entity, entity_id FROM change WHERE id > $1 ORDER BY id LIMIT $2",
            after.change,
            BATCH
        )?
    };
    let Some(last) = rows.last() else { return Ok(None) };
    let until = Watermark { transaction: last.transaction, change: last.id };
    let articles = rows.iter().filter(|row| row.entity == "article");
    let mut article_ids: Vec<i64> = articles.map(|row| row.entity_id).collect();
    article_ids.sort_unstable();
    article_ids.dedup();
    let any = |entity: &str| rows.iter().any(|row| row.entity == entity);
    Ok(Some(Changes {
        article_ids,
        synonyms: any("synonym"),
        phrases: any("phrase"),
        settings: any("setting"),
        erased: any("erasure"),
        gap: any("gap"),
        until,
    }))
}

/// Where the changes end that are certain to be visible now: what a rebuild, begun after this, has seen.
pub async fn end_of_changes(conn: &mut Conn) -> Result<Watermark> {
    let last = if conn.is_postgres() {
        first!(
            conn,
            (i64, i64),
            "SELECT CAST(CAST(xid AS TEXT) AS BIGINT), id FROM change
             WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid DESC, id DESC LIMIT 1"
        )?
    } else {
        first!(conn, (i64, i64), "SELECT 0, id FROM change ORDER BY id DESC LIMIT 1")?
    };
    Ok(last.map_or(Watermark::default(), |(transaction, change)| Watermark { transaction, change }))
}

/// The oldest transaction that may be running; `None` on SQLite, which numbers none. It only ever rises.
pub async fn oldest_running(conn: &mut Conn) -> Result<Option<i64>> {
    if !conn.is_postgres() {
        return Ok(None);
    }
    let sql = "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)";
    value!(conn, i64, sql).map(Some)
}

/// How many changes there are after a watermark, certain to be in order or not.
pub async fn changes_behind(conn: &mut Conn, after: Watermark) -> Result<i64> {
    if conn.is_postgres() {
        value!(
            conn,
            i64,
            "SELECT COUNT(*) FROM change WHERE (xid, id) > (CAST(CAST(CAST($1 AS BIGINT) AS TEXT) AS xid8), $2)",
            after.transaction,
            after.change
        )
    } else {
        value!(conn, i64, "SELECT COUNT(*) FROM change WHERE id > $1", after.change)
    }
}

/// Deletes the changes from before a time (milliseconds). The last of them stays as a gap: whoever follows up to it or
/// further has missed nothing, whoever reads it has, and has to read everything anew.
pub async fn drop_changes(tx: &mut Tx, before: i64) -> Result<()> {
    let last = if tx.is_postgres() {
        // What may still come in before others is not passed by.
        "SELECT id FROM change WHERE at < $1 AND xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY xid DESC, id DESC LIMIT 1"
    } else {
        "SELECT id FROM change WHERE at < $1 ORDER BY id DESC LIMIT 1"
    };
    let Some((last,)) = first!(tx, (i64,), last, before)? else { return Ok(()) };
    run!(tx, "UPDATE change SET entity = 'gap', entity_id = 0 WHERE id = $1 AND entity <> 'gap'", last)?;
    let older = if tx.is_postgres() {
        "DELETE FROM change WHERE at < $1 AND (xid, id) < (SELECT xid, id FROM change WHERE id = $2)"
    } else {
        "DELETE FROM change WHERE at < $1 AND id < $2"
    };
    run!(tx, older, before, last)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDb;

    #[tokio::test]
    async fn on_postgresql_changes_are_found_by_their_index() -> anyhow::Result<()> {
        let t = TestDb::postgres().await?;
        let mut tx = t.db.begin().await?;
        let many =
            "INSERT INTO change (entity, entity_id, at) SELECT 'article', 1, 0 FROM generate_series(1, 5000)";
        run!(tx, many)?;
        tx.commit().await?;
        let mut conn = t.db.read().await?;
        run!(conn, "ANALYZE change")?;
        let asked = format!("EXPLAIN {AFTER_ON_POSTGRES}");
        let plan = all!(conn, (String,), sqlx::AssertSqlSafe(asked), 5_i64, 4_000_i64, BATCH)?;
        let plan = plan.into_iter().map(|line| line.0).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("Index Scan using change_xid on change"), "{plan}");
        let condition = plan.lines().find(|line| line.contains("Index Cond")).unwrap_or_default();
        assert!(condition.contains("ROW(xid, id) > ROW("), "{plan}");
        assert!(condition.contains("xid < pg_snapshot_xmin"), "{plan}");
        assert!(!plan.contains("Seq Scan") && !plan.contains("Sort"), "{plan}");
        Ok(())
    }
}
