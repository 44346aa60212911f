//! Words added to a thread: the customer's, which reopen it; a CRE's reply or note.

use super::change::{self, By, reopens};
use super::event::Change;
use super::message::{Message, MessageKind, Words, add_words, public_since, sent_before};
use super::notify;
use super::request::lock;
use super::set::{Properties, changes};
use super::silent;
use super::used;
use crate::app_state::App;
use crate::identity::{Person, find_person};
use crate::storage::{Result, Tx, run};
use app::model::words::RequestStatus;

/// What a customer adds to their own request.
#[derive(Clone, Copy, Debug)]
pub struct CustomerReply<'a> {
    pub request_id: i64,
    pub body: &'a str,
    pub attachment_ids: &'a [i64],
    pub submit_key: Option<&'a str>,
    pub now: i64,
    pub mail: bool,
}

/// What a CRE adds.
#[derive(Clone, Copy, Debug)]
pub struct StaffReply<'a> {
    pub request_id: i64,
    pub author: &'a Person,
    /// An internal note instead of a public reply.
    pub note: bool,
    pub body: &'a str,
    pub attachment_ids: &'a [i64],
    pub submit_key: Option<&'a str>,
    /// The status to leave it in; `None` leaves it, except that a new request that is replied to is open.
    pub status: Option<RequestStatus>,
    /// What else was chosen beside the thread; `status` and `article_id` count for more.
    pub also: Option<&'a Properties>,
    /// The article that this reply solves the request with.
    pub article_id: Option<i64>,
    /// What the writer had read; `None` sends whatever was said since.
    pub seen: Option<Seen>,
    pub now: i64,
    pub mail: bool,
}

/// How far somebody had read when they began to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The last message of the thread; 0 for none.
    pub message_id: i64,
    pub version: i64,
}

/// What came of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Replied {
    /// It is in the thread: the message's id, and the event of what was changed with it.
    Sent { message_id: i64, event_id: Option<i64> },
    /// Others wrote in public since; nothing was added.
    Overtaken(Vec<Message>),
    /// No such request.
    Gone,
}

/// Adds a customer's words. What was waiting, solved or closed is open again.
pub async fn customer_reply(app: &App, tx: &mut Tx, reply: CustomerReply<'_>) -> Result<Replied> {
    let Some(request) = lock(tx, reply.request_id).await? else { return Ok(Replied::Gone) };
    if let Some(key) = reply.submit_key
        && let Some(message_id) = sent_before(tx, request.id, key).await?
    {
        return Ok(Replied::Sent { message_id, event_id: None });
    }
    let words = Words {
        request_id: request.id,
        kind: MessageKind::Reply,
        author_id: Some(request.customer_id),
        from_customer: true,
        body: reply.body,
        submit_key: reply.submit_key,
        attachment_ids: reply.attachment_ids,
        now: reply.now,
    };
    let message_id = add_words(tx, &words).await?;
    let mut event_id = None;
    if reopens(&request) {
        let change = Change::Status { from: request.status, to: RequestStatus::Open };
        event_id =
            change::record(tx, request.id, vec![change], By::Customer(Some(request.customer_id)), reply.now)
                .await?;
    }
    run!(
        tx,
        "UPDATE request SET waiting_since = COALESCE(waiting_since, $2) WHERE id = $1",
        request.id,
        reply.now
    )?;
    change::bump(tx, request.id, reply.now).await?;
    if reply.mail {
        let author = find_person(tx, request.customer_id).await?;
        let from = author.as_ref().map_or("", Person::display_name);
        notify::wrote_again(app, tx, &request, from, reply.body, reply.now).await?;
    }
    Ok(Replied::Sent { message_id, event_id })
}

/// Adds a CRE's reply or note, unless others wrote in public since they began.
pub async fn staff_reply(app: &App, tx: &mut Tx, reply: StaffReply<'_>) -> Result<Replied> {
    let Some(request) = lock(tx, reply.request_id).await? else { return Ok(Replied::Gone) };
    if let Some(key) = reply.submit_key
        && let Some(message_id) = sent_before(tx, request.id, key).await?
    {
        return Ok(Replied::Sent { message_id, event_id: None });
    }
    if let Some(seen) = reply.seen
        && !reply.note
        && seen.version != request.version
    {
        let others = public_since(tx, request.id, seen.message_id, reply.author.id).await?;
        if !others.is_empty() {
            return Ok(Replied::Overtaken(others));
        }
    }
    let words = Words {
        request_id: request.id,
        kind: if reply.note { MessageKind::Note } else { MessageKind::Reply },
        author_id: Some(reply.author.id),
        from_customer: false,
        body: reply.body,
        submit_key: reply.submit_key,
        attachment_ids: reply.attachment_ids,
        now: reply.now,
    };
    let message_id = add_words(tx, &words).await?;
    let by = By::Staff(reply.author);
    let used = match reply.article_id {
        Some(article) => used::solved_with(tx, article, request.locale).await?,
        None => None,
    };
    let opened = (!reply.note && request.status == RequestStatus::New).then_some(RequestStatus::Open);
    let mut to = reply.also.cloned().unwrap_or_default();
    to.status = match &used {
        Some(_) => Some(RequestStatus::Solved),
        None => reply.status.or(to.status).or(opened),
    };
    // Nobody's request belongs to whoever answers it.
    if !reply.note && request.assignee_id.is_none() && to.assignee.is_none() {
        to.assignee = Some(Some(reply.author.id));
    }
    let wanted = used.into_iter().chain(changes(tx, &request, &to).await?).collect();
    let event_id = change::record(tx, request.id, wanted, by, reply.now).await?;
    if reply.note && reply.mail {
        silent::changed(tx, request.id, request.status, by, reply.now).await?;
    }
    if !reply.note {
        // Our turn still, where it is left open: the customer waits anew from our last word on.
        run!(
            tx,
            "UPDATE request SET first_reply_at = COALESCE(first_reply_at, $2),
                    waiting_since = CASE WHEN status IN ('new', 'open') THEN CAST($2 AS BIGINT) ELSE NULL END
             WHERE id = $1",
            request.id,
            reply.now
        )?;
    }
    run!(
        tx,
        "DELETE FROM reply_draft WHERE request_id = $1 AND person_id = $2",
        request.id,
        reply.author.id
    )?;
    change::bump(tx, request.id, reply.now).await?;
    if reply.mail
        && !reply.note
        && let Some(customer) = find_person(tx, request.customer_id).await?
    {
        notify::replied(app, tx, &request, &customer, &reply, to.status.unwrap_or(request.status)).await?;
    }
    Ok(Replied::Sent { message_id, event_id })
}
