//! From a request's rows to what the pane shows.

use super::brought::kept_files;
use super::{events, suggestions};
use crate::desk::{self, Message, MessageKind, Request, View, published_article, roster};
use crate::intake::uploads;
use crate::markdown::{self, RenderOptions};
use crate::storage::{Conn, all, first, value};
use crate::web::desk::judgements;
use crate::web::desk::moments::Moments;
use crate::web::{Ctx, Error};
use crate::when::machine;
use app::i18n::Locale;
use app::model::desk_request::{
    Chosen, CustomerPanel, OtherRequest, ReplyForm, RequestPane, ThreadEntry, Words,
};
use app::model::form::Choice;
use app::model::request::MessageBody;
use app::model::words::RequestStatus;
use app::parts;

/// Other requests of the customer that are named.
const OTHERS: i64 = 5;
/// Tags offered for completion.
const TAGS: i64 = 200;

/// Everything about a request, with an empty reply (or the reader's own draft).
pub(crate) async fn load_pane(ctx: &Ctx, conn: &mut Conn, request: &Request) -> Result<RequestPane, Error> {
    let me = ctx.staff()?;
    let locale = ctx.locale;
    let moments = Moments::of(ctx);
    let messages = desk::thread(conn, request.id, View::Staff).await?;
    let last = messages.last().map_or(0, |message| message.id);
    let names = events::Names::load(conn, locale, &messages).await?;
    let draft = desk::draft_of(conn, request.id, me.id).await?;
    let choices = |named: Vec<roster::Named>| {
        named.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect::<Vec<_>>()
    };
    let id_text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let solved_with = match request.solved_article_id {
        Some(id) => {
            published_article(conn, id, request.locale).await?.map(|article| (article.title, article.href))
        }
        None => None,
    };
    let drafted = desk::drafted_article(conn, request.id)
        .await?
        .map(|id| format!("/desk/articles/{id}/{}/edit", request.locale.tag()));
    let here = format!("/desk/requests/{}", request.number);
    let mut staff = choices(roster::staff(conn).await?);
    let assignee = id_text(request.assignee_id);
    // Somebody who has left is still named where they stand.
    if let Some(id) = request.assignee_id
        && !staff.iter().any(|choice| choice.value == assignee)
    {
        staff.extend(choices(roster::names(conn, vec![id]).await?));
    }
    let number = request.number.to_string();
    let article = request.solved_article_id.map(|id| id.to_string()).unwrap_or_default();
    let asked = [("request", number.as_str()), ("article", article.as_str())];
    Ok(RequestPane {
        judge_href: judgements::begin(request.locale, &asked),
        number: request.number,
        subject: request.subject.clone(),
        kind: request.kind,
        status: request.status,
        priority: request.priority,
        language: request.locale,
        received: locale.t(
            format!("{}受付", moments.exact(request.created_at)),
            format!("Received {}", moments.exact(request.created_at)),
        ),
        waiting: waiting(locale, &moments, request),
        tags: desk::tags_of(conn, request.id).await?,
        known_tags: roster::request_tags(conn, TAGS).await?,
        assignee,
        staff,
        group: id_text(request.group_id),
        chosen: Chosen::default(),
        groups: choices(roster::groups(conn).await?),
        me: me.id.to_string(),
        customer: customer(conn, request, &moments).await?,
        suggestions: suggestions::load(ctx, conn, request).await?,
        solved_with,
        drafted,
        also_writing: desk::also_writing(conn, request.id, me.id, ctx.now).await?,
        reply: ReplyForm {
            note: draft.as_ref().is_some_and(|draft| draft.note),
            restored: draft.as_ref().map(|draft| {
                let time = moments.near(draft.updated_at);
                locale.t(
                    format!("下書き（{time}に保存）を復元しました。"),
                    format!("Your draft was restored (saved {time})."),
                )
            }),
            body: draft.map(|draft| draft.body).unwrap_or_default(),
            kept_files: kept_files(conn, request, me).await?,
            ..empty_reply(ctx, request, last)
        },
        thread: thread(locale, &moments, &names, messages),
        alone: false,
        list: "/desk".to_owned(),
        back: here,
        csrf: ctx.csrf_token(),
        single_keys: me.single_keys,
    })
}

/// A reply form that has read everything up to now.
pub(super) fn empty_reply(ctx: &Ctx, request: &Request, last: i64) -> ReplyForm {
    let limits = uploads::Limits::for_staff(&ctx.settings);
    ReplyForm {
        submit_key: ctx.app.chance.token(),
        seen_message: last,
        seen_version: request.version,
        files_hint: limits.hint(ctx.locale),
        accept: uploads::accept(&limits.types),
        ..ReplyForm::default()
    }
}

/// How long it has been our turn, or the customer's.
fn waiting(locale: Locale, moments: &Moments, request: &Request) -> Option<String> {
    match (request.waiting_since, request.status) {
        (Some(since), _) => {
            let time = moments.since(since);
            Some(locale.t(format!("お待たせ時間：{time}"), format!("Waiting for {time}")))
        }
        (None, RequestStatus::Waiting) => {
            let time = moments.since(request.updated_at);
            Some(locale.t(format!("お客様待ち {time}"), format!("Waiting for the customer for {time}")))
        }
        _ => None,
    }
}

async fn customer(conn: &mut Conn, request: &Request, moments: &Moments) -> Result<CustomerPanel, Error> {
    let row = first!(
        conn,
        (String, String, String),
        "SELECT name, email, locale FROM person WHERE id = $1",
        request.customer_id
    )?;
    let (name, email, language) = row.unwrap_or_default();
    let organization = match request.organization_id {
        Some(id) => {
            first!(conn, (String,), "SELECT name FROM organization WHERE id = $1", id)?.map(|row| row.0)
        }
        None => None,
    };
    let others = all!(
        conn,
        (i64, String, String, i64),
        "SELECT number, subject, status, updated_at FROM request
         WHERE customer_id = $1 AND id <> $2 ORDER BY updated_at DESC, id DESC LIMIT $3",
        request.customer_id,
        request.id,
        OTHERS
    )?;
    let other_count = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM request WHERE customer_id = $1 AND id <> $2",
        request.customer_id,
        request.id
    )?;
    let query: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    Ok(CustomerPanel {
        name: if name.is_empty() { email.clone() } else { name },
        others_href: format!("/desk?view=all&q={query}"),
        email,
        organization_href: request.organization_id.map(|id| format!("/desk/organizations/{id}")),
        organization,
        language: Locale::from_tag(&language).unwrap_or_default(),
        others: others
            .into_iter()
            .map(|(number, subject, status, updated_at)| OtherRequest {
                number,
                subject,
                status: RequestStatus::from_code(&status).unwrap_or_default(),
                when: moments.near(updated_at),
            })
            .collect(),
        other_count,
    })
}

/// Messages as they stand; events in a row as one entry.
fn thread(
    locale: Locale,
    moments: &Moments,
    names: &events::Names,
    messages: Vec<Message>,
) -> Vec<ThreadEntry> {
    let mut entries: Vec<ThreadEntry> = Vec::new();
    for message in messages {
        if message.kind != MessageKind::Event {
            entries.push(ThreadEntry::Words(words(locale, moments, message)));
            continue;
        }
        let Some(line) = events::line(locale, moments, names, &message) else { continue };
        match entries.last_mut() {
            Some(ThreadEntry::Events(lines)) => lines.push(line),
            _ => entries.push(ThreadEntry::Events(vec![line])),
        }
    }
    entries
}

pub(super) fn words(locale: Locale, moments: &Moments, message: Message) -> Words {
    let kind = match (message.kind, message.from_customer) {
        (MessageKind::Note, _) => parts::MessageKind::Note,
        (_, true) => parts::MessageKind::Customer,
        (_, false) => parts::MessageKind::Reply,
    };
    // Only staff write Markdown: `__init__.py` of a customer is no bold word.
    let body = match kind {
        parts::MessageKind::Customer => MessageBody::Plain(message.body),
        _ => MessageBody::Html(markdown::render(&message.body, &RenderOptions::message(locale)).html),
    };
    let nobody = || match kind {
        parts::MessageKind::Customer => locale.t("お客様", "Customer").to_owned(),
        _ => locale.t("担当者", "Staff").to_owned(),
    };
    Words {
        id: message.id,
        kind,
        author: if message.author.is_empty() { nobody() } else { message.author },
        body,
        files: message.files.iter().map(|file| file.shown()).collect(),
        datetime: machine(message.created_at),
        when: moments.near(message.created_at),
    }
}
