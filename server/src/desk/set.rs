//! What can be set about a request by hand, each with one event to undo it by.

use super::change::{By, record, tag_name};
use super::event::Change;
use super::request::{Request, lock};
use super::silent;
use crate::identity::find_person;
use crate::storage::{Conn, Result, Tx, first};
use app::model::words::{Priority, RequestStatus};

/// Sets the status. Gives the event to undo it by; `None` if nothing changed (or there is no such request).
pub async fn set_status(
    tx: &mut Tx,
    id: i64,
    to: RequestStatus,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    record(tx, id, vec![Change::Status { from: request.status, to }], by, now).await
}

/// Gives the request to a person, or to nobody. A new request that somebody takes is open.
pub async fn assign(tx: &mut Tx, id: i64, to: Option<i64>, by: By<'_>, now: i64) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    if !can_assign(tx, to).await? {
        return Ok(None);
    }
    let mut changes = vec![Change::Assignee { from: request.assignee_id, to }];
    if to.is_some() && request.status == RequestStatus::New {
        changes.push(Change::Status { from: RequestStatus::New, to: RequestStatus::Open });
    }
    record(tx, id, changes, by, now).await
}

/// What stands beside a thread, as one form sends it; `None` is left as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    pub status: Option<RequestStatus>,
    pub priority: Option<Priority>,
    /// `Some(None)` takes it from whoever has it.
    pub assignee: Option<Option<i64>>,
    pub group: Option<Option<i64>>,
    /// Names as they were typed; [`tag_name`] says how they are kept.
    pub add_tags: Vec<String>,
    pub remove_tag: Option<String>,
}

/// Sets all of them, as one event with one undo. An assignee or group that cannot be is left as it was. Where that
/// solves it, the customer is told a little later.
pub async fn set_properties(
    tx: &mut Tx,
    id: i64,
    to: &Properties,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    let changes = changes(tx, &request, to).await?;
    let event = record(tx, id, changes, by, now).await?;
    silent::changed(tx, id, request.status, by, now).await?;
    Ok(event)
}

/// The changes that make a request what is wanted.
pub(super) async fn changes(conn: &mut Conn, request: &Request, to: &Properties) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    if let Some(to) = to.status {
        changes.push(Change::Status { from: request.status, to });
    }
    if let Some(to) = to.priority {
        changes.push(Change::Priority { from: request.priority, to });
    }
    if let Some(assignee) = to.assignee
        && can_assign(conn, assignee).await?
    {
        changes.push(Change::Assignee { from: request.assignee_id, to: assignee });
        let still_new = to.status.unwrap_or(request.status) == RequestStatus::New;
        if assignee.is_some() && still_new {
            changes.push(Change::Status { from: RequestStatus::New, to: RequestStatus::Open });
        }
    }
    if let Some(group) = to.group
        && can_group(conn, group).await?
    {
        changes.push(Change::Group { from: request.group_id, to: group });
    }
    changes.extend(to.add_tags.iter().filter_map(|tag| tag_name(tag)).map(|tag| Change::TagAdded { tag }));
    changes.extend(to.remove_tag.clone().map(|tag| Change::TagRemoved { tag }));
    Ok(changes)
}

/// Nobody, or a CRE or administrator who can sign in.
async fn can_assign(conn: &mut Conn, person: Option<i64>) -> Result<bool> {
    let Some(id) = person else { return Ok(true) };
    Ok(find_person(conn, id).await?.is_some_and(|person| person.role.is_staff()))
}

/// None, or a group that there is.
async fn can_group(conn: &mut Conn, group: Option<i64>) -> Result<bool> {
    let Some(id) = group else { return Ok(true) };
    Ok(first!(conn, (i64,), "SELECT id FROM person_group WHERE id = $1", id)?.is_some())
}

/// Adds a tag by name, making it if there is none yet. The name is normalised by [`tag_name`].
pub async fn add_tag(tx: &mut Tx, id: i64, tag: &str, by: By<'_>, now: i64) -> Result<Option<i64>> {
    let Some(tag) = tag_name(tag) else { return Ok(None) };
    if lock(tx, id).await?.is_none() {
        return Ok(None);
    }
    record(tx, id, vec![Change::TagAdded { tag }], by, now).await
}

pub async fn remove_tag(tx: &mut Tx, id: i64, tag: &str, by: By<'_>, now: i64) -> Result<Option<i64>> {
    if lock(tx, id).await?.is_none() {
        return Ok(None);
    }
    record(tx, id, vec![Change::TagRemoved { tag: tag.to_owned() }], by, now).await
}

/// Makes the private links sent so far open nothing.
pub async fn revoke_link(tx: &mut Tx, id: i64, by: By<'_>, now: i64) -> Result<Option<i64>> {
    if lock(tx, id).await?.is_none() {
        return Ok(None);
    }
    record(tx, id, vec![Change::LinkRevoked], by, now).await
}
