//! What a CRE is writing: saved while they type, so that no page change loses it, and colleagues can be told.

use crate::clock::MINUTE;
use crate::storage::{Conn, Result, Tx, all, first, run};

/// For how long after the last key somebody counts as writing.
const WRITING: i64 = 2 * MINUTE;

/// An unsent reply or note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyDraft {
    pub note: bool,
    pub body: String,
    pub updated_at: i64,
}

/// Keeps what is typed; an empty text drops the draft. `false` if there is no such request.
pub async fn save_draft(
    tx: &mut Tx,
    request_id: i64,
    person_id: i64,
    note: bool,
    body: &str,
    now: i64,
) -> Result<bool> {
    if body.trim().is_empty() {
        run!(tx, "DELETE FROM reply_draft WHERE request_id = $1 AND person_id = $2", request_id, person_id)?;
        return Ok(super::find_request(tx, request_id).await?.is_some());
    }
    let saved = run!(
        tx,
        "INSERT INTO reply_draft (request_id, person_id, kind, body, updated_at)
         SELECT id, $2, $3, $4, $5 FROM request WHERE id = $1
         ON CONFLICT (request_id, person_id)
         DO UPDATE SET kind = excluded.kind, body = excluded.body, updated_at = excluded.updated_at",
        request_id,
        person_id,
        if note { "note" } else { "reply" },
        body,
        now
    )?;
    Ok(saved > 0)
}

pub async fn draft_of(conn: &mut Conn, request_id: i64, person_id: i64) -> Result<Option<ReplyDraft>> {
    let row = first!(
        conn,
        (String, String, i64),
        "SELECT kind, body, updated_at FROM reply_draft WHERE request_id = $1 AND person_id = $2",
        request_id,
        person_id
    )?;
    Ok(row.map(|(kind, body, updated_at)| ReplyDraft { note: kind == "note", body, updated_at }))
}

/// The colleagues who are writing on this request right now.
pub async fn also_writing(conn: &mut Conn, request_id: i64, me: i64, now: i64) -> Result<Vec<String>> {
    let rows = all!(
        conn,
        (String,),
        "SELECT CASE WHEN p.name = '' THEN p.email ELSE p.name END FROM reply_draft d JOIN person p ON p.id = d.person_id
         WHERE d.request_id = $1 AND d.person_id <> $2 AND d.updated_at > $3 ORDER BY d.updated_at DESC",
        request_id,
        me,
        now - WRITING
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
