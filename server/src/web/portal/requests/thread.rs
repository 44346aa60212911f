//! A thread as its customer reads it: public replies, their own words, and whether it is solved. Nothing else leaves
//! the database.

use super::Thread;
use crate::desk::{self, Change, Event, Message, UNDO_TIME, View};
use crate::intake::uploads;
use crate::markdown::{RenderOptions, render};
use crate::storage::{Conn, Result as Stored, all};
use crate::web::portal::attachments;
use crate::web::{Ctx, Page, Result};
use crate::when;
use app::model::request::{MessageBody, ReplyForm, RequestPage, ThreadItem, ThreadMessage};
use app::model::shell::{Place, WrittenIn};
use app::model::words::RequestStatus;
use axum::http::StatusCode;

/// The page of a thread; `reply` is what is being written.
pub async fn page(ctx: &Ctx, status: StatusCode, thread: Thread, reply: ReplyForm) -> Result {
    let locale = ctx.locale;
    let short = |at: i64| when::short(&ctx.settings.zone(), locale, at, ctx.now);
    let mut conn = ctx.app.db.read().await?;
    let items = items(ctx, &mut conn, &thread, &short).await?;
    drop(conn);
    let Thread { request, path, link, .. } = thread;
    let model = RequestPage {
        csrf: ctx.csrf_token(),
        number: request.number,
        kind: request.kind,
        status: request.status,
        when: short(request.updated_at),
        thread: items,
        action: path,
        reply: ReplyForm { upload: attachments::upload_field(ctx), ..reply },
        link,
        subject: request.subject,
    };
    let page = Page {
        has_errors: !model.reply.errors.is_empty(),
        written_in: Some(WrittenIn::addressed(app::pages::request::FORM)),
        ..Page::new(format!("#{} {}", model.number, model.subject)).at(Place::MyRequests)
    };
    Ok(ctx.page_with(status, page, move || app::pages::request::request(locale, model)))
}

async fn items(
    ctx: &Ctx,
    conn: &mut Conn,
    thread: &Thread,
    short: &(dyn Fn(i64) -> String + Sync),
) -> Result<Vec<ThreadItem>> {
    let messages = desk::thread(conn, thread.request.id, View::Customer).await?;
    let mut items: Vec<(i64, ThreadItem)> = messages
        .into_iter()
        .map(|message| {
            let author = author(ctx, &message);
            let body = if message.from_customer {
                MessageBody::Plain(message.body)
            } else {
                MessageBody::Html(render(&message.body, &RenderOptions::message(thread.request.locale)).html)
            };
            let files = message
                .files
                .iter()
                .map(|file| uploads::shown(&file.key, &file.name, file.size, &thread.file_query))
                .collect();
            let item = ThreadMessage {
                id: message.id,
                own: message.from_customer,
                author,
                datetime: when::machine(message.created_at),
                when: short(message.created_at),
                body,
                files,
            };
            (message.id, ThreadItem::Message(item))
        })
        .collect();
    for (id, by_customer, status, at) in status_changes(conn, thread.request.id).await? {
        let (datetime, when) = (when::machine(at), short(at));
        items.push((id, ThreadItem::Event { status, by_customer, datetime, when }));
    }
    items.sort_by_key(|(id, _)| *id);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// Whoever holds a private link may have typed somebody else's address to get it: the name that is known for an address
/// is shown to nobody but its owner, who knows it. Nor is a colleague's address the customer's business.
fn author(ctx: &Ctx, message: &Message) -> String {
    if message.from_customer {
        return ctx.locale.t("お客様", "You").to_owned();
    }
    if message.author.is_empty() || message.author.contains('@') {
        return ctx.settings.portal_name.get(ctx.locale).to_owned();
    }
    message.author.clone()
}

/// When the request was solved and opened again: `(message id, by the customer, status, at)`. A slip that was undone
/// before its customer was told of it is nothing to them.
async fn status_changes(conn: &mut Conn, request_id: i64) -> Stored<Vec<(i64, bool, RequestStatus, i64)>> {
    let rows = all!(
        conn,
        (i64, bool, String, i64),
        "SELECT id, from_customer, event, created_at FROM message
         WHERE request_id = $1 AND kind = 'event' AND event IS NOT NULL ORDER BY id",
        request_id
    )?;
    let mut changes: Vec<(i64, bool, RequestStatus, i64)> = Vec::new();
    for (id, by_customer, event, at) in rows {
        let Ok(event) = serde_json::from_str::<Event>(&event) else { continue };
        let undone = |change: &&(i64, bool, RequestStatus, i64)| {
            Some(change.0) == event.undoes && at - change.3 < UNDO_TIME
        };
        if changes.last().filter(undone).is_some() {
            changes.pop();
            continue;
        }
        let ends = event.changes.into_iter().find_map(|change| match change {
            Change::Status { from, to } if from.is_over() != to.is_over() => Some(to),
            _ => None,
        });
        changes.extend(ends.map(|to| (id, by_customer, to, at)));
    }
    Ok(changes)
}
