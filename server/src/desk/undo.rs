//! The way back: an event's changes, taken back as one.

use super::change::{By, record_as};
use super::event::{Change, Event, Times};
use super::message::View;
use super::request::lock;
use super::silent;
use crate::storage::{Conn, Result, Tx, run};

/// What came of an undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Everything the event changed is as before; the new event can be undone in turn.
    Done(i64),
    /// Somebody changed the same thing since: nothing was touched.
    Overtaken,
    /// No such event in this request, or nothing in it can be taken back.
    Nothing,
}

/// Takes back an event's changes, all or none.
pub async fn undo(tx: &mut Tx, id: i64, event_id: i64, by: By<'_>, now: i64) -> Result<Undone> {
    let Some(request) = lock(tx, id).await? else { return Ok(Undone::Nothing) };
    let thread = super::thread(tx, id, View::Staff).await?;
    let event = thread.into_iter().find(|message| message.id == event_id).and_then(|message| message.event);
    let Some(event) = event else { return Ok(Undone::Nothing) };
    let back: Vec<Change> = event.changes.iter().rev().filter_map(Change::inverse).collect();
    if back.is_empty() {
        return Ok(Undone::Nothing);
    }
    for change in &back {
        if !still_stands(tx, id, change).await? {
            return Ok(Undone::Overtaken);
        }
    }
    let before = event.before;
    let event = Event { undoes: Some(event_id), ..Event::default() };
    let Some(done) = record_as(tx, id, event, back, by, now).await? else { return Ok(Undone::Nothing) };
    if let Some(before) = before {
        put_back(tx, id, before).await?;
    }
    silent::changed(tx, id, request.status, by, now).await?;
    Ok(Undone::Done(done))
}

/// Sets the times as they were: the customer has waited all the while. What was answered in between stays answered,
/// and they wait from then on.
async fn put_back(tx: &mut Tx, id: i64, before: Times) -> Result<()> {
    run!(
        tx,
        "UPDATE request SET solved_at = $2, closed_at = $3, waiting_since = CASE WHEN CAST($4 AS BIGINT) IS NULL THEN NULL
             ELSE (SELECT MAX(moment.at) FROM (
                 SELECT CAST($4 AS BIGINT) AS at
                 UNION ALL SELECT created_at FROM message
                 WHERE request_id = $1 AND kind = 'reply' AND NOT from_customer) moment) END
         WHERE id = $1",
        id,
        before.solved_at,
        before.closed_at,
        before.waiting_since
    )?;
    Ok(())
}

/// Whether the request is as a change's `from` says.
async fn still_stands(conn: &mut Conn, id: i64, change: &Change) -> Result<bool> {
    let Some(request) = super::find_request(conn, id).await? else { return Ok(false) };
    Ok(match change {
        Change::TagAdded { tag } => !super::tags_of(conn, id).await?.contains(tag),
        Change::TagRemoved { tag } => super::tags_of(conn, id).await?.contains(tag),
        Change::Assignee { from, .. } => request.assignee_id == *from,
        Change::Group { from, .. } => request.group_id == *from,
        Change::Priority { from, .. } => request.priority == *from,
        Change::Status { from, .. } => request.status == *from,
        Change::SolvedWith { .. } => request.solved_article_id.is_none(),
        Change::UseTakenBack { article_id, .. } => request.solved_article_id == Some(*article_id),
        Change::Drafted { .. } | Change::LinkRevoked => false,
    })
}
