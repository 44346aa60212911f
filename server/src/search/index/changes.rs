//! The `change` table, read in an order in which no row can slip in behind the reader.

use serde::{Deserialize, Serialize};

use crate::storage::{Conn, Db, Result, all, first};

/// So many rows are applied in one commit at the most.
const BATCH: i64 = 1_000;

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
    /// Whether somebody was erased: what is deleted must not linger in the files.
    pub erased: bool,
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
        all!(
            conn,
            Row,
            "SELECT CAST(CAST(xid AS TEXT) AS BIGINT) AS transaction, id, entity, entity_id FROM change
             WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
               AND (CAST(CAST(xid AS TEXT) AS BIGINT), id) > ($1, $2)
             ORDER BY xid, id LIMIT $3",
            after.transaction,
            after.change,
            BATCH
        )?
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
        erased: any("erasure"),
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
