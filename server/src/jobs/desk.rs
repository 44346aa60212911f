//! Failed jobs as the desk shows them.

use super::job::Job;
use super::queue::decode;
use crate::storage::{Conn, Result, Tx, all, first, run};

/// A job that went wrong: given up (`failed_at`), or still being tried.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StuckJob {
    pub id: i64,
    pub kind: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub run_at: i64,
    pub failed_at: Option<i64>,
}

/// The newest hundred.
pub async fn stuck(conn: &mut Conn) -> Result<Vec<StuckJob>> {
    all!(
        conn,
        StuckJob,
        "SELECT id, kind, attempts, last_error, run_at, failed_at FROM job WHERE last_error IS NOT NULL
         ORDER BY CASE WHEN failed_at IS NULL THEN 1 ELSE 0 END, id DESC LIMIT 100"
    )
}

/// Puts a job that was given up back to the beginning; `false` when there is none of that id. When the same work was
/// asked for again in the meantime, the old row goes instead.
pub async fn retry(tx: &mut Tx, id: i64, now: i64) -> Result<bool> {
    let row = first!(
        tx,
        (String, String),
        "SELECT kind, payload FROM job WHERE id = $1 AND (failed_at IS NOT NULL OR last_error IS NOT NULL)",
        id
    )?;
    let Some((kind, payload)) = row else { return Ok(false) };
    let dedup = decode(&kind, &payload).and_then(|job| job.dedup());
    let again = first!(tx, (i64,), "SELECT id FROM job WHERE dedup = $1 AND id <> $2", dedup.as_deref(), id)?;
    if again.is_some() {
        run!(tx, "DELETE FROM job WHERE id = $1", id)?;
        return Ok(true);
    }
    run!(
        tx,
        "UPDATE job SET failed_at = NULL, attempts = 0, locked_until = NULL, last_error = NULL, run_at = $2, dedup = $3
         WHERE id = $1",
        id,
        now,
        dedup
    )?;
    if let Some(Job::SendMail { mail_id }) = decode(&kind, &payload) {
        crate::mail::mark_queued(tx, mail_id).await?;
    }
    Ok(true)
}
