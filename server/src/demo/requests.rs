//! Eight weeks of requests, sent and answered through the desk's own functions, each at its own time.

use super::articles::Articles;
use super::data::{Demo, Reply, Request};
use super::people::People;
use crate::app_state::App;
use crate::clock::{DAY, HOUR};
use crate::desk::{
    By, CustomerReply, NewRequest, StaffReply, add_tag, assign, customer_reply, learn_from, open_request,
    set_status, staff_reply,
};
use crate::identity::{Actor, Person, person_or_new};
use crate::knowledge;
use crate::storage::{Tx, value};
use anyhow::Context;
use app::i18n::Locale;
use app::model::words::RequestStatus;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// How far back mails of the demo go.
const TOLD: i64 = 3 * DAY;

/// When a request was sent, with itself.
struct Sent<'d> {
    at: i64,
    request: &'d Request,
}

/// Gives how many requests there are.
pub(super) async fn seed(
    app: &App,
    data: &Demo,
    people: &People,
    articles: &Articles,
    now: i64,
) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    if value!(tx, i64, "SELECT COUNT(*) FROM request")? > 0 {
        return Ok(0);
    }
    let zone = app.settings.current().zone();
    let mut sent = Vec::with_capacity(data.requests.len());
    for request in &data.requests {
        sent.push(Sent { at: sent_at(&zone, now, request)?, request });
    }
    // Numbers follow time.
    sent.sort_by_key(|sent| sent.at);
    for Sent { at, request } in &sent {
        one(app, &mut tx, people, articles, *at, request)
            .await
            .with_context(|| format!("the request \"{}\"", request.subject))?;
    }
    tx.commit().await?;
    Ok(sent.len())
}

/// `days_ago` days back at `hour` in the portal's zone; a day earlier when that is still to come.
fn sent_at(zone: &TimeZone, now: i64, request: &Request) -> anyhow::Result<i64> {
    let today = Timestamp::from_millisecond(now)?.to_zoned(zone.clone());
    let day = today.date().checked_sub(request.days_ago.days())?;
    // Minutes that differ from request to request, and are the same every time.
    let minute = i8::try_from(request.subject.chars().map(u32::from).sum::<u32>() % 60).unwrap_or(0);
    let at = day.at(request.hour, minute, 0, 0).to_zoned(zone.clone())?.timestamp().as_millisecond();
    Ok(if at > now { at - DAY } else { at })
}

async fn one(
    app: &App,
    tx: &mut Tx,
    people: &People,
    articles: &Articles,
    at: i64,
    request: &Request,
) -> anyhow::Result<()> {
    let customer = match people.get(&request.from) {
        Some(person) => person.clone(),
        None => person_or_new(tx, &request.from, "", request.locale, at).await?,
    };
    let new = NewRequest {
        kind: request.kind,
        subject: &request.subject,
        body: &request.body,
        locale: request.locale,
        customer: &customer,
        area_id: None,
        submit_key: None,
        attachment_ids: &[],
        intake_session_id: None,
        reply_by: None,
        now: at,
        mail: is_told(app, at),
    };
    let opened = open_request(app, tx, new).await?;
    let assignee = if request.assignee.is_empty() { None } else { Some(people.of(&request.assignee)?) };
    // Somebody took it a little before answering.
    if let Some(person) = assignee {
        assign(tx, opened.id, Some(person.id), By::Staff(person), at + HOUR / 2).await?;
    }
    let mut last = at + HOUR / 2;
    let answers = request.replies.iter().filter(|reply| reply.by != "customer" && !reply.internal).count();
    let mut answered = 0;
    for reply in &request.replies {
        last = at + (reply.hours_later * HOUR as f64) as i64;
        if reply.by == "customer" {
            let words = CustomerReply {
                request_id: opened.id,
                body: &reply.body,
                attachment_ids: &[],
                submit_key: None,
                now: last,
                mail: is_told(app, last),
            };
            customer_reply(app, tx, words).await?;
            continue;
        }
        let author = people.of(&reply.by)?;
        if !reply.internal {
            answered += 1;
        }
        let is_last = !reply.internal && answered == answers;
        staff(app, tx, opened.id, request, reply, author, articles, is_last, last).await?;
    }
    for tag in &request.tags {
        let by = assignee.map_or(By::Program, By::Staff);
        add_tag(tx, opened.id, tag, by, last).await?;
    }
    finish(tx, opened.id, request, assignee, last).await?;
    // Twice a month somebody goes through what an article has solved, and keeps how it was asked for.
    if let (Some(slug), Some(person)) = (&request.solved_with, assignee)
        && last + 14 * DAY < app.clock.now()
    {
        let by = knowledge::By::new(last, Actor::Person(person));
        learn_from(tx, &by, opened.id, articles.id(slug)?).await?;
    }
    Ok(())
}

/// Whether those concerned get a mail: of the last days, and only into files, for nobody lives at these addresses.
fn is_told(app: &App, at: i64) -> bool {
    app.mailer.files() && at + TOLD > app.clock.now()
}

#[expect(
    clippy::too_many_arguments,
    reason = "one line of a request's history, with everything it refers to"
)]
async fn staff(
    app: &App,
    tx: &mut Tx,
    request_id: i64,
    request: &Request,
    reply: &Reply,
    author: &Person,
    articles: &Articles,
    is_last: bool,
    now: i64,
) -> anyhow::Result<()> {
    let body = match &reply.article {
        Some(slug) => format!("{}\n\n{}", reply.body, articles.link(slug, request.locale)?),
        None => reply.body.clone(),
    };
    let solved_with = request.solved_with.as_ref().filter(|_| is_last);
    let words = StaffReply {
        request_id,
        author,
        note: reply.internal,
        body: &body,
        attachment_ids: &[],
        submit_key: None,
        status: (is_last && request.status == RequestStatus::Waiting).then_some(RequestStatus::Waiting),
        also: None,
        article_id: solved_with.map(|slug| articles.id(slug)).transpose()?,
        seen: None,
        now,
        mail: is_told(app, now),
    };
    staff_reply(app, tx, words).await?;
    Ok(())
}

/// Leaves the request in the state that the file names: a closed one was solved first.
async fn finish(
    tx: &mut Tx,
    id: i64,
    request: &Request,
    assignee: Option<&Person>,
    last: i64,
) -> anyhow::Result<()> {
    let by = assignee.map_or(By::Program, By::Staff);
    let steps: &[(RequestStatus, i64)] = match request.status {
        RequestStatus::New => &[],
        RequestStatus::Closed => &[(RequestStatus::Solved, HOUR), (RequestStatus::Closed, DAY)],
        RequestStatus::Solved => &[(RequestStatus::Solved, HOUR / 4)],
        RequestStatus::Open => &[(RequestStatus::Open, 0)],
        RequestStatus::Waiting => &[(RequestStatus::Waiting, 0)],
    };
    for (status, later) in steps {
        set_status(tx, id, *status, by, last + later).await?;
    }
    Ok(())
}

impl Articles {
    /// The article in Markdown, as a CRE inserts it.
    fn link(&self, slug: &str, locale: Locale) -> anyhow::Result<String> {
        let title = self.title(slug, locale)?;
        Ok(format!("[{title}](/{}/articles/{slug})", locale.tag()))
    }
}
