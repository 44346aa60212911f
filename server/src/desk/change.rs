//! How a change is written: with the times that go with it, one event, and a version that rises.

use super::event::{Change, Event, Times};
use super::message::add_event;
use super::request::{Request, find_request};
use super::used;
use crate::identity::Person;
use crate::learning;
use crate::storage::{Result, Tx, run};
use app::model::words::RequestStatus;

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

/// Writes the changes that change something, with one event for them all. Whoever solves a request that was answered
/// with an article has solved it with that article.
pub(super) async fn record(
    tx: &mut Tx,
    id: i64,
    mut wanted: Vec<Change>,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let named = wanted.iter().any(|change| matches!(change, Change::SolvedWith { .. }));
    if wanted.iter().any(solves)
        && !named
        && let Some(answer) = used::linked_answer(tx, id).await?
    {
        wanted.insert(0, answer);
    }
    record_as(tx, id, Event::default(), wanted, by, now).await
}

pub(super) async fn record_as(
    tx: &mut Tx,
    id: i64,
    mut event: Event,
    wanted: Vec<Change>,
    by: By<'_>,
    now: i64,
) -> Result<Option<i64>> {
    let before = find_request(tx, id).await?;
    for change in wanted {
        if write(tx, id, &change, by, now).await? {
            event.changes.push(change);
        }
    }
    if event.changes.is_empty() {
        return Ok(None);
    }
    if event.changes.iter().any(|change| matches!(change, Change::Status { .. })) {
        event.before = before.map(|request| Times {
            waiting_since: request.waiting_since,
            solved_at: request.solved_at,
            closed_at: request.closed_at,
        });
    }
    let event_id = add_event(tx, id, by.id(), by.is_customer(), &event, now).await?;
    bump(tx, id, now).await?;
    Ok(Some(event_id))
}

/// A change that makes a request solved that was not.
fn solves(change: &Change) -> bool {
    matches!(change, Change::Status { from, to: RequestStatus::Solved } if !from.is_over())
}

/// Writes one change; `false` if it was so already.
pub(super) async fn write(tx: &mut Tx, id: i64, change: &Change, by: By<'_>, now: i64) -> Result<bool> {
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
        Change::Status { from, to } => {
            if from.is_over() && !to.is_over() {
                // It was no answer after all.
                learning::take_back(tx, id, now).await?;
            }
            write_status(tx, id, *to, now).await?
        }
        Change::LinkRevoked => {
            run!(tx, "UPDATE request SET link_version = link_version + 1 WHERE id = $1", id)?
        }
        Change::SolvedWith { article_id, .. } => used::count(tx, id, *article_id, by.id(), now).await?,
        Change::UseTakenBack { article_id, .. } => used::take_back(tx, id, *article_id, now).await?,
        // Written by whoever drafts; the event tells of it.
        Change::Drafted { .. } => 1,
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
    request.status == RequestStatus::Waiting || request.status.is_over()
}
