//! What can be changed about a request, each change with its event, and how it is taken back.

use super::event::{Change, Event};
use super::message::{View, add_event};
use super::request::{Request, lock};
use crate::identity::{Person, find_person};
use crate::storage::{Conn, Result, Tx, first, run};
use app::model::words::{Priority, RequestStatus};

/// Who changes something.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    Staff(&'a Person),
    /// The request's own customer, signed in or by the private link.
    Customer(Option<i64>),
    /// A job or an import.
    Program,
}

impl By<'_> {
    pub(super) fn id(&self) -> Option<i64> {
        match self {
            Self::Staff(person) => Some(person.id),
            Self::Customer(id) => *id,
            Self::Program => None,
        }
    }

    pub(super) fn is_customer(&self) -> bool {
        matches!(self, Self::Customer(_))
    }
}

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

/// Gives the request to a group, or to none.
pub async fn assign_group(
    tx: &mut Tx,
    id: i64,
    to: Option<i64>,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    if !can_group(tx, to).await? {
        return Ok(None);
    }
    record(tx, id, vec![Change::Group { from: request.group_id, to }], by, now).await
}

pub async fn set_priority(tx: &mut Tx, id: i64, to: Priority, by: By<'_>, now: i64) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    record(tx, id, vec![Change::Priority { from: request.priority, to }], by, now).await
}

/// What stands beside a thread, as one form sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Properties {
    pub status: RequestStatus,
    pub priority: Priority,
    pub assignee: Option<i64>,
    pub group: Option<i64>,
}

/// Sets all of them, as one event with one undo. An assignee or group that cannot be is left as it was.
pub async fn set_properties(
    tx: &mut Tx,
    id: i64,
    to: Properties,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    let mut changes = vec![
        Change::Status { from: request.status, to: to.status },
        Change::Priority { from: request.priority, to: to.priority },
    ];
    if to.assignee != request.assignee_id && can_assign(tx, to.assignee).await? {
        changes.push(Change::Assignee { from: request.assignee_id, to: to.assignee });
        if to.assignee.is_some() && to.status == RequestStatus::New {
            changes.push(Change::Status { from: RequestStatus::New, to: RequestStatus::Open });
        }
    }
    if can_group(tx, to.group).await? {
        changes.push(Change::Group { from: request.group_id, to: to.group });
    }
    record(tx, id, changes, by, now).await
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

/// Notes that an article solved the request, and solves it. A use, in KCS's word: counted once per request.
pub async fn solve_with_article(
    tx: &mut Tx,
    id: i64,
    article_id: i64,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let Some(request) = lock(tx, id).await? else { return Ok(None) };
    let Some(title) = article_title(tx, article_id, request.locale.tag()).await? else { return Ok(None) };
    run!(
        tx,
        "INSERT INTO article_use (article_id, request_id, person_id, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (article_id, request_id) DO NOTHING",
        article_id,
        id,
        by.id(),
        now
    )?;
    run!(tx, "UPDATE request SET solved_article_id = $2 WHERE id = $1", id, article_id)?;
    let changes = vec![
        Change::SolvedWith { article_id, title },
        Change::Status { from: request.status, to: RequestStatus::Solved },
    ];
    record(tx, id, changes, by, now).await
}

/// An article's title in a language, or in the other; published or not. `None` if there is no such article.
pub(super) async fn article_title(conn: &mut Conn, article_id: i64, locale: &str) -> Result<Option<String>> {
    let row = first!(
        conn,
        (String,),
        "SELECT r.title FROM translation t JOIN revision r ON r.id = COALESCE(t.live_revision_id, t.head_revision_id)
         WHERE t.article_id = $1 ORDER BY CASE WHEN t.locale = $2 THEN 0 ELSE 1 END LIMIT 1",
        article_id,
        locale
    )?;
    Ok(row.map(|row| row.0))
}

/// Makes the private links sent so far open nothing.
pub async fn revoke_link(tx: &mut Tx, id: i64, by: By<'_>, now: i64) -> Result<Option<i64>> {
    if lock(tx, id).await?.is_none() {
        return Ok(None);
    }
    record(tx, id, vec![Change::LinkRevoked], by, now).await
}

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
    if lock(tx, id).await?.is_none() {
        return Ok(Undone::Nothing);
    }
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
    let event = Event { undoes: Some(event_id), ..Event::default() };
    let done = record_as(tx, id, event, back, by, now).await?;
    Ok(done.map_or(Undone::Nothing, Undone::Done))
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
        Change::SolvedWith { .. } | Change::Drafted { .. } | Change::LinkRevoked => false,
    })
}

/// Writes the changes that change something, with one event for them all.
pub(super) async fn record(
    tx: &mut Tx,
    id: i64,
    wanted: Vec<Change>,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    record_as(tx, id, Event::default(), wanted, by, now).await
}

async fn record_as(
    tx: &mut Tx,
    id: i64,
    mut event: Event,
    wanted: Vec<Change>,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    for change in wanted {
        if write(tx, id, &change, now).await? {
            event.changes.push(change);
        }
    }
    if event.changes.is_empty() {
        return Ok(None);
    }
    let event_id = add_event(tx, id, by.id(), by.is_customer(), &event, now).await?;
    bump(tx, id, now).await?;
    Ok(Some(event_id))
}

/// Writes one change; `false` if it was so already.
pub(super) async fn write(tx: &mut Tx, id: i64, change: &Change, now: i64) -> Result<bool> {
    let touched = match change {
        Change::TagAdded { tag } => {
            run!(tx, "INSERT INTO tag (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", tag.as_str())?;
            run!(
                tx,
                "INSERT INTO request_tag (request_id, tag_id) SELECT $1, id FROM tag WHERE name = $2
                 ON CONFLICT (request_id, tag_id) DO NOTHING",
                id,
                tag.as_str()
            )?
        }
        Change::TagRemoved { tag } => run!(
            tx,
            "DELETE FROM request_tag WHERE request_id = $1 AND tag_id IN (SELECT id FROM tag WHERE name = $2)",
            id,
            tag.as_str()
        )?,
        Change::Assignee { from, to } if from == to => 0,
        Change::Assignee { to, .. } => {
            run!(tx, "UPDATE request SET assignee_id = $2 WHERE id = $1", id, *to)?
        }
        Change::Group { from, to } if from == to => 0,
        Change::Group { to, .. } => run!(tx, "UPDATE request SET group_id = $2 WHERE id = $1", id, *to)?,
        Change::Priority { from, to } if from == to => 0,
        Change::Priority { to, .. } => {
            run!(tx, "UPDATE request SET priority = $2 WHERE id = $1", id, to.code())?
        }
        Change::Status { from, to } if from == to => 0,
        Change::Status { to, .. } => write_status(tx, id, *to, now).await?,
        Change::LinkRevoked => {
            run!(tx, "UPDATE request SET link_version = link_version + 1 WHERE id = $1", id)?
        }
        // Written by whoever solves or drafts; the event tells of it.
        Change::SolvedWith { .. } | Change::Drafted { .. } => 1,
    };
    Ok(touched > 0)
}

/// A status with the times that go with it: solving ends the customer's wait, reopening begins it again.
async fn write_status(tx: &mut Tx, id: i64, to: RequestStatus, now: i64) -> Result<u64> {
    match to {
        RequestStatus::New | RequestStatus::Open => run!(
            tx,
            "UPDATE request SET status = $2, solved_at = NULL, closed_at = NULL,
                    waiting_since = COALESCE(waiting_since, $3)
             WHERE id = $1",
            id,
            to.code(),
            now
        ),
        RequestStatus::Waiting => run!(
            tx,
            "UPDATE request SET status = $2, solved_at = NULL, closed_at = NULL, waiting_since = NULL WHERE id = $1",
            id,
            to.code()
        ),
        RequestStatus::Solved => run!(
            tx,
            "UPDATE request SET status = $2, solved_at = $3, closed_at = NULL, waiting_since = NULL WHERE id = $1",
            id,
            to.code(),
            now
        ),
        RequestStatus::Closed => run!(
            tx,
            "UPDATE request SET status = $2, solved_at = COALESCE(solved_at, $3), closed_at = $3, waiting_since = NULL
             WHERE id = $1",
            id,
            to.code(),
            now
        ),
    }
}

/// Raises the version: whoever wrote against the old one is told.
pub(super) async fn bump(tx: &mut Tx, id: i64, now: i64) -> Result<()> {
    run!(tx, "UPDATE request SET version = version + 1, updated_at = $2 WHERE id = $1", id, now)?;
    Ok(())
}

/// The name a tag is kept under: folded, white space and commas one space, at most 40 characters. `None` if nothing
/// is left.
pub fn tag_name(text: &str) -> Option<String> {
    let folded = super::fold::fold(text);
    let words = folded.trim_start_matches('#').split(|c: char| c.is_whitespace() || matches!(c, ',' | '、'));
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(40).collect();
    (!name.is_empty()).then(|| name.trim_end().to_owned())
}

/// Whether a customer's words open the request again.
pub(super) fn reopens(request: &Request) -> bool {
    matches!(request.status, RequestStatus::Waiting | RequestStatus::Solved | RequestStatus::Closed)
}
