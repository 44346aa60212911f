//! SQLite's write-ahead log, emptied: until it is written over, it holds what was deleted since.

use super::{Db, Result};
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;

/// Writers wait for no longer than this while a reader is waited for.
const PATIENCE: Duration = Duration::from_millis(300);

impl Db {
    /// Writes SQLite's log into the file and cuts it to nothing. `false` while somebody still reads or writes: then
    /// the log is as it was, and a later call may do it. PostgreSQL has a log of its own, which is left alone.
    pub async fn empty_log(&self) -> Result<bool> {
        let Self::Sqlite { writer, .. } = self else { return Ok(true) };
        // A connection of its own: the writer's waits longer for others, and they would wait for it.
        let options = writer.connect_options().as_ref().clone().busy_timeout(PATIENCE);
        let mut conn = options.connect().await?;
        let emptied = sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)");
        let result = emptied.fetch_one(&mut conn).await;
        conn.close().await?;
        let (busy, _, _) = result?;
        Ok(busy == 0)
    }
}
