//! The table of jobs: writing them, claiming one, noting how it went.

use super::Job;
use crate::clock::{HOUR, MINUTE, SECOND};
use crate::storage::{Conn, Result, Tx, all, first, run, value};
use serde_json::Value;

/// A job that has not been heard of for this long is taken over: its process is gone.
pub(super) const LEASE: i64 = 5 * MINUTE;

/// Tries of a job that is done once, before it waits for somebody at the desk. With the pauses of [`pause`] that is
/// about a day.
pub(super) const TRIES: i64 = 16;

/// Writes a job into the transaction of the change that wants it; due at `run_at` (milliseconds). One that is under
/// way already under the same [`Job::dedup`] is left as it is.
pub async fn enqueue(tx: &mut Tx, job: &Job, run_at: i64) -> Result<()> {
    let (kind, payload) = encode(job);
    run!(
        tx,
        "INSERT INTO job (kind, payload, dedup, run_at, due_at) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (dedup) DO NOTHING",
        kind,
        payload,
        job.dedup(),
        run_at
    )?;
    Ok(())
}

/// Makes a job that is under way due at `run_at` (milliseconds), if it was due later. One that is in hand may have
/// begun before this transaction's change: it comes back at that time. Its row is locked in any case, so that nobody
/// takes the job up between this and the commit.
pub async fn hasten(tx: &mut Tx, job: &Job, run_at: i64) -> Result<()> {
    let (kind, payload) = encode(job);
    run!(
        tx,
        "UPDATE job SET
           run_at = CASE WHEN locked_until IS NULL AND run_at > $3 THEN $3 ELSE run_at END,
           due_at = CASE WHEN locked_until IS NULL AND run_at > $3 THEN $3 ELSE due_at END,
           again_at = CASE WHEN locked_until IS NULL OR again_at <= $3 THEN again_at ELSE $3 END
         WHERE kind = $1 AND payload = $2 AND failed_at IS NULL",
        kind,
        payload,
        run_at
    )?;
    Ok(())
}

/// Drops the wishes for links that are to be sent to an address.
pub async fn drop_links(tx: &mut Tx, email: &str) -> Result<()> {
    for (id, payload) in all!(tx, (i64, String), "SELECT id, payload FROM job WHERE kind = 'send_link'")? {
        if matches!(decode("send_link", &payload), Some(Job::SendLink(wish)) if wish.email == email) {
            run!(tx, "DELETE FROM job WHERE id = $1", id)?;
        }
    }
    Ok(())
}

pub(super) fn encode(job: &Job) -> (String, String) {
    let mut value = serde_json::to_value(job).unwrap_or_default();
    let kind = value["kind"].as_str().unwrap_or_default().to_owned();
    (kind, value["payload"].take().to_string())
}

/// `None` for a kind that this version does not know.
pub(super) fn decode(kind: &str, payload: &str) -> Option<Job> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    serde_json::from_value(serde_json::json!({ "kind": kind, "payload": payload })).ok()
}

/// A job in this process's hands. `attempt` counts from 1 and fences: whoever lost the lease no longer matches it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Claimed {
    pub id: i64,
    pub kind: String,
    pub payload: String,
    #[sqlx(rename = "attempts")]
    pub attempt: i64,
}

/// When the next job is due (milliseconds), if there is any; leased ones count from the end of their lease.
pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<i64>> {
    value!(
        conn,
        Option<i64>,
        "SELECT MIN(CASE WHEN locked_until > run_at THEN locked_until ELSE run_at END) FROM job WHERE failed_at IS NULL"
    )
}

/// Takes the job that has been due longest, and with it every wish for it so far. On PostgreSQL rows that another
/// replica is claiming are stepped over; on SQLite there is one writer, so nobody else can be.
pub(super) async fn claim(tx: &mut Tx, now: i64) -> Result<Option<Claimed>> {
    let sql = if tx.is_postgres() {
        "UPDATE job SET locked_until = $2, attempts = attempts + 1, again_at = NULL WHERE id = (
           SELECT id FROM job WHERE failed_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1)
           ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, payload, attempts"
    } else {
        "UPDATE job SET locked_until = $2, attempts = attempts + 1, again_at = NULL WHERE id = (
           SELECT id FROM job WHERE failed_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1)
           ORDER BY run_at, id LIMIT 1)
         RETURNING id, kind, payload, attempts"
    };
    first!(tx, Claimed, sql, now, now + LEASE)
}

/// The job is done: it goes, or comes back after its period, or as soon as somebody wanted it meanwhile.
pub(super) async fn done(tx: &mut Tx, claimed: &Claimed, next: Option<i64>) -> Result<bool> {
    let touched = match next {
        None => run!(tx, "DELETE FROM job WHERE id = $1 AND attempts = $2", claimed.id, claimed.attempt)?,
        Some(run_at) => run!(
            tx,
            "UPDATE job SET run_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
               due_at = CASE WHEN again_at < $3 THEN again_at ELSE $3 END,
               attempts = 0, locked_until = NULL, last_error = NULL, again_at = NULL
             WHERE id = $1 AND attempts = $2",
            claimed.id,
            claimed.attempt,
            run_at
        )?,
    };
    Ok(touched > 0)
}

/// The job goes back to be tried again at `run_at`.
pub(super) async fn put_back(tx: &mut Tx, claimed: &Claimed, error: &str, run_at: i64) -> Result<()> {
    run!(
        tx,
        "UPDATE job SET run_at = $3, locked_until = NULL, last_error = $4 WHERE id = $1 AND attempts = $2",
        claimed.id,
        claimed.attempt,
        run_at,
        error
    )?;
    Ok(())
}

/// The job is given up, and waits for somebody at the desk. Its name is free again. Tells whether it still was ours.
pub(super) async fn give_up(tx: &mut Tx, claimed: &Claimed, error: &str, now: i64) -> Result<bool> {
    let touched = run!(
        tx,
        "UPDATE job SET failed_at = $3, locked_until = NULL, last_error = $4, dedup = NULL
         WHERE id = $1 AND attempts = $2",
        claimed.id,
        claimed.attempt,
        now,
        error
    )?;
    Ok(touched > 0)
}

/// How long to wait after the n-th try: 5 s, 10 s, 20 s … at most six hours.
pub(super) fn pause(attempt: i64) -> i64 {
    let doublings = u32::try_from(attempt.clamp(1, 20) - 1).unwrap_or(0);
    (5 * SECOND * (1_i64 << doublings)).min(6 * HOUR)
}
