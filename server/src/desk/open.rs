//! How a request begins: numbered, routed, confirmed, all in one transaction.

use super::event::{Change, Event};
use super::fold::fold;
use super::message::{MessageKind, Words, add_event, add_words};
use super::request::{find_request, lock};
use super::rules::{Applied, Facts, enabled_rules, evaluate};
use super::{change, notify};
use crate::app_state::App;
use crate::identity::{Person, find_person};
use crate::storage::{Result, Tx, first, run, value};
use app::i18n::Locale;
use app::model::words::RequestKind;

/// What a customer sends.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    pub kind: RequestKind,
    pub subject: &'a str,
    pub body: &'a str,
    pub locale: Locale,
    pub customer: &'a Person,
    /// Product area: a category.
    pub area_id: Option<i64>,
    /// A random key of the form: the same key makes one request, however often it is sent.
    pub submit_key: Option<&'a str>,
    /// Uploads that wait for this form.
    pub attachment_ids: &'a [i64],
    pub intake_session_id: Option<i64>,
    /// When to expect a reply, written for the customer ("tomorrow at 15:00"); without it the mail names the usual
    /// time of the settings.
    pub reply_by: Option<&'a str>,
    /// When it was sent, in milliseconds UTC.
    pub now: i64,
    /// Whether mails go out; not for history that is filled in.
    pub mail: bool,
}

/// The request that there is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    pub id: i64,
    pub number: i64,
    pub link_version: i64,
    /// `false` when this form had been sent before.
    pub created: bool,
}

/// Opens a request: numbers it, runs the rules, records each that applied, and queues the mails. After the commit,
/// ring `app.work.notify_one()`.
pub async fn open_request(app: &App, tx: &mut Tx, new: NewRequest<'_>) -> Result<Opened> {
    hold_numbers(tx).await?;
    if let Some(key) = new.submit_key
        && let Some((id, number, link_version)) = first!(
            tx,
            (i64, i64, i64),
            "SELECT id, number, link_version FROM request WHERE submit_key = $1",
            key
        )?
    {
        return Ok(Opened { id, number, link_version, created: false });
    }
    let number =
        value!(tx, i64, "UPDATE counter SET value = value + 1 WHERE name = 'request' RETURNING value")?;
    let id = value!(
        tx,
        i64,
        "INSERT INTO request (number, kind, subject, locale, status, area_id, customer_id, organization_id,
                              submit_key, link_version, created_at, updated_at, waiting_since)
         VALUES ($1, $2, $3, $4, 'new', $5, $6, $7, $8, $9, $9, $9, $9) RETURNING id",
        number,
        new.kind.code(),
        new.subject,
        new.locale.tag(),
        new.area_id,
        new.customer.id,
        new.customer.organization_id,
        new.submit_key,
        new.now
    )?;
    run!(
        tx,
        "INSERT INTO request_text (request_id, text) VALUES ($1, $2)",
        id,
        format!("{}\n", fold(new.subject))
    )?;
    let words = Words {
        request_id: id,
        kind: MessageKind::Reply,
        author_id: Some(new.customer.id),
        from_customer: true,
        body: new.body,
        submit_key: None,
        attachment_ids: new.attachment_ids,
        now: new.now,
    };
    let message_id = add_words(tx, &words).await?;
    if let Some(session) = new.intake_session_id {
        run!(
            tx,
            "UPDATE intake_session SET request_id = $2, submitted_at = $3 WHERE id = $1 AND request_id IS NULL",
            session,
            id,
            new.now
        )?;
    }
    let has_attachment =
        value!(tx, i64, "SELECT COUNT(*) FROM attachment WHERE message_id = $1", message_id)? > 0;
    let facts = Facts {
        kind: new.kind,
        locale: new.locale,
        subject: new.subject.to_owned(),
        body: new.body.to_owned(),
        organization_id: new.customer.organization_id,
        tags: Vec::new(),
        has_attachment,
    };
    let rules = enabled_rules(tx).await?;
    for applied in evaluate(&rules, &facts) {
        apply(tx, id, applied, new.now).await?;
    }
    if new.mail
        && let Some(request) = find_request(tx, id).await?
    {
        notify::arrived(app, tx, &request, new.customer, new.body, new.reply_by, new.now).await?;
        notify::routed(app, tx, &request, new.customer, new.body, new.now).await?;
    }
    Ok(Opened { id, number, link_version: new.now, created: true })
}

/// Makes the numbers ours until the commit: two requests never take one number, and a request that is rolled back
/// leaves no gap.
async fn hold_numbers(tx: &mut Tx) -> Result<()> {
    run!(
        tx,
        "INSERT INTO counter (name, value) SELECT 'request', COALESCE(MAX(number), 0) FROM request WHERE TRUE
         ON CONFLICT (name) DO UPDATE SET value = counter.value"
    )?;
    Ok(())
}

/// Does what a rule says, and writes down what it changed. Somebody who no longer works here is not assigned.
async fn apply(tx: &mut Tx, id: i64, applied: Applied, now: i64) -> Result<()> {
    let Some(request) = lock(tx, id).await? else { return Ok(()) };
    let mut wanted: Vec<Change> = applied.tags.into_iter().map(|tag| Change::TagAdded { tag }).collect();
    if let Some(person) = applied.assign
        && find_person(tx, person).await?.is_some_and(|person| person.role.is_staff())
    {
        wanted.push(Change::Assignee { from: request.assignee_id, to: Some(person) });
    }
    if let Some(group) = applied.group
        && first!(tx, (i64,), "SELECT id FROM person_group WHERE id = $1", group)?.is_some()
    {
        wanted.push(Change::Group { from: request.group_id, to: Some(group) });
    }
    if let Some(priority) = applied.priority {
        wanted.push(Change::Priority { from: request.priority, to: priority });
    }
    let mut changes = Vec::new();
    for change in wanted {
        if change::write(tx, id, &change, change::By::Program, now).await? {
            changes.push(change);
        }
    }
    let event = Event { rule: Some(applied.rule), changes, stopped: applied.stopped, ..Event::default() };
    add_event(tx, id, None, false, &event, now).await?;
    change::bump(tx, id, now).await?;
    Ok(())
}
