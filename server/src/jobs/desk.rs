//! Failed jobs as the desk shows them, and how many there are.

use super::job::Job;
use super::queue::{decode, encode, enqueue};
use crate::storage::{Conn, Result, Tx, all, first, one, run};

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

/// How much there is to do, and how much was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Backlog {
    /// Due, or waiting for the next try; not those that somebody runs.
    pub waiting: i64,
    pub failed: i64,
}

pub async fn backlog(conn: &mut Conn, now: i64) -> Result<Backlog> {
    one!(
        conn,
        Backlog,
        "SELECT COUNT(CASE WHEN failed_at IS NULL THEN 1 END) AS waiting, COUNT(failed_at) AS failed FROM job
         WHERE failed_at IS NOT NULL OR (due_at <= $1 AND (locked_until IS NULL OR locked_until <= $1))",
        now
    )
}

/// Puts a job that went wrong back to the beginning; `false` when there is none of that id.
pub async fn retry(tx: &mut Tx, id: i64, now: i64) -> Result<bool> {
    let row = first!(
        tx,
        (String, String),
        "SELECT kind, payload FROM job WHERE id = $1 AND last_error IS NOT NULL",
        id
    )?;
    let Some((kind, payload)) = row else { return Ok(false) };
    match decode(&kind, &payload) {
        Some(job) => {
            if let Job::SendMail { mail_id } = &job {
                crate::mail::mark_queued(tx, *mail_id).await?;
            }
            want_again(tx, &job, now).await?;
        }
        None => {
            run!(
                tx,
                "UPDATE job SET failed_at = NULL, attempts = 0, locked_until = NULL, last_error = NULL, run_at = $2
                 WHERE id = $1",
                id,
                now
            )?;
        }
    }
    Ok(true)
}

/// Wants a job now, whatever became of it before: failed rows of the same work go, one that waits for its next try is
/// due at once, one that somebody has in hand is under way.
pub async fn want_again(tx: &mut Tx, job: &Job, now: i64) -> Result<()> {
    let (kind, payload) = encode(job);
    let sql = "DELETE FROM job WHERE kind = $1 AND payload = $2 AND failed_at IS NOT NULL";
    run!(tx, sql, kind.as_str(), payload.as_str())?;
    // A row in hand is fenced by its number of attempts.
    let sql = "UPDATE job SET
                 run_at = CASE WHEN locked_until > $3 THEN run_at ELSE $3 END,
                 attempts = CASE WHEN locked_until > $3 THEN attempts ELSE 0 END,
                 last_error = CASE WHEN locked_until > $3 THEN last_error ELSE NULL END
               WHERE kind = $1 AND payload = $2";
    if run!(tx, sql, kind, payload, now)? == 0 {
        enqueue(tx, job, now).await?;
    }
    Ok(())
}
