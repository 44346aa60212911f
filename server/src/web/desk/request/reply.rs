//! The reply form: sends, finds and inserts articles, keeps files, and stops when somebody was faster.

use super::actions;
use super::pane::{empty_reply, load_pane, words};
use super::{back, draw, find};
use crate::desk::{
    self, Message, Replied, Request, Seen, StaffReply, View, find_articles, inbox, published_article, thread,
};
use crate::intake::uploads::{self, Attachment, Limits, Owner};
use crate::storage::Tx;
use crate::web::desk::moments::Moments;
use crate::web::{Ctx, Error, Form, Result};
use app::model::desk_request::{FoundArticle, KeptFile, ReplyForm};
use app::model::form::FieldErrors;
use app::model::words::RequestStatus;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

/// Articles listed under the find box.
pub(crate) const FOUND: usize = 6;
/// Characters of one message.
const LONGEST: usize = 50_000;

/// Whatever is pressed on the page, the reply that is being written travels along: kept as a draft, it is in the form
/// again afterwards. An empty text changes nothing, for it may come from a page that is older than the draft.
pub(super) async fn keep(ctx: &Ctx, tx: &mut Tx, request: &Request, form: &Form) -> Result<()> {
    let body: String = form.text("body").chars().take(LONGEST).collect();
    if !body.is_empty() {
        let note = form.raw("mode") == "note";
        desk::save_draft(tx, request.id, ctx.staff()?.id, note, &body, ctx.now).await?;
    }
    Ok(())
}

pub(super) async fn send(mut ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?.clone();
    let request = find(&mut ctx.app.db.read().await?, &number).await?;
    let mut errors = FieldErrors::default();
    let files = keep_files(&mut ctx, &form, &mut errors).await?;
    let typed = Typed {
        note: form.raw("mode") == "note" || form.raw("send") == "note",
        body: form.text("body"),
        files,
    };
    if form.has("enter") && !form.text("tag").is_empty() {
        return actions::add_tag(ctx, Path(number), form).await;
    }
    let mut conn = ctx.app.db.read().await?;
    if form.has("find_articles") || form.has("enter") {
        drop(conn);
        return again(&ctx, &form, &request, StatusCode::OK, typed, errors).await;
    }
    if let Some(id) = form.number("insert") {
        let article = published_article(&mut conn, id, request.locale).await?.ok_or(Error::NotFound)?;
        drop(conn);
        let link = format!("[{}]({})", bracketed(&article.title), article.href);
        let body = if typed.body.is_empty() { link } else { format!("{}\n\n{link}", typed.body) };
        return again(&ctx, &form, &request, StatusCode::OK, Typed { body, ..typed }, errors).await;
    }
    let article = match form.number("solve_with") {
        Some(id) => Some(published_article(&mut conn, id, request.locale).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    drop(conn);
    check(&ctx, &typed, &mut errors);
    if !errors.is_empty() {
        return again(&ctx, &form, &request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await;
    }
    let status = match form.raw("send") {
        "waiting" => Some(RequestStatus::Waiting),
        "solved" => Some(RequestStatus::Solved),
        _ => None,
    };
    let seen = form
        .number("seen_message")
        .zip(form.number("seen_version"))
        .map(|(message_id, version)| Seen { message_id, version });
    let attachment_ids: Vec<i64> = typed.files.iter().map(|file| file.id).collect();
    let submit_key = Some(form.raw("submit_key")).filter(|key| key.len() == 43);
    let mut tx = ctx.app.db.begin().await?;
    let reply = StaffReply {
        request_id: request.id,
        author: &me,
        note: typed.note,
        body: &typed.body,
        attachment_ids: &attachment_ids,
        submit_key,
        status: status.filter(|_| !typed.note),
        article_id: article.as_ref().map(|article| article.id),
        seen,
        now: ctx.now,
        mail: true,
    };
    match desk::staff_reply(&ctx.app, &mut tx, reply).await? {
        Replied::Gone => Err(Error::NotFound),
        Replied::Overtaken(others) => {
            drop(tx);
            overtaken(&ctx, &form, &request, typed, others).await
        }
        Replied::Sent { event_id, .. } => {
            tx.commit().await?;
            ctx.app.work.notify_one();
            Ok(sent(&ctx, &form, &request, typed.note, event_id))
        }
    }
}

/// What was typed and attached, on its way into the thread or back to the page.
struct Typed {
    note: bool,
    body: String,
    files: Vec<Attachment>,
}

fn check(ctx: &Ctx, typed: &Typed, errors: &mut FieldErrors) {
    let locale = ctx.locale;
    if typed.body.is_empty() {
        errors.add("body", locale.t("本文を入力してください。", "Write something first."));
    } else if typed.body.chars().count() > LONGEST {
        errors.add(
            "body",
            locale.t("本文は5万文字以内にしてください。", "Keep the text to 50,000 characters."),
        );
    }
}

/// Stores what was attached so that it survives whatever the form comes to; gives it with what was kept before.
async fn keep_files(ctx: &mut Ctx, form: &Form, errors: &mut FieldErrors) -> Result<Vec<Attachment>> {
    let sent = form.files("attachments");
    let kept = form.all("kept");
    if sent.is_empty() && kept.is_empty() {
        return Ok(Vec::new());
    }
    ctx.ensure_visitor();
    let uploader = ctx.visitor_hash().ok_or(Error::BadRequest)?;
    let limits = Limits::for_staff(&ctx.settings);
    let mut tx = ctx.app.db.begin().await?;
    let mut files = uploads::pending(&mut tx, &uploader, &kept).await?;
    for file in sent {
        if files.len() >= limits.count {
            errors.add("attachments", uploads::Refusal::TooMany { limit: limits.count }.message(ctx.locale));
            break;
        }
        match uploads::check(&limits, &file.name, file.bytes) {
            Ok(checked) => {
                let owner = Owner::Pending { uploader: uploader.clone() };
                files.push(uploads::store(&mut tx, &ctx.app.chance, ctx.now, &owner, &checked).await?);
            }
            Err(refusal) => errors.add("attachments", refusal.message(ctx.locale)),
        }
    }
    tx.commit().await?;
    Ok(files)
}

/// The page once more with everything that was typed, and what was searched for.
async fn again(
    ctx: &Ctx,
    form: &Form,
    request: &Request,
    status: StatusCode,
    typed: Typed,
    errors: FieldErrors,
) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let query = form.text("find");
    let found = if ["find_articles", "enter", "insert"].iter().any(|button| form.has(button)) {
        let articles = find_articles(&ctx.app, request, &query, FOUND).await?;
        Some(articles.into_iter().map(found).collect())
    } else {
        None
    };
    let mut pane = load_pane(ctx, &mut conn, request).await?;
    let unassigned = inbox::unassigned(&mut conn).await?;
    back(form, &pane.back.clone()).clone_into(&mut pane.back);
    pane.reply = ReplyForm {
        // Still what was read when the form was opened: others may have replied since.
        seen_message: form.number("seen_message").unwrap_or(pane.reply.seen_message),
        seen_version: form.number("seen_version").unwrap_or(pane.reply.seen_version),
        find: query,
        found,
        errors,
        ..filled(ctx, request, typed, 0)
    };
    Ok(draw(ctx, status, pane, unassigned))
}

/// The page with the replies that came in between; sending it again sends it anyway, unless yet another came in.
async fn overtaken(ctx: &Ctx, form: &Form, request: &Request, typed: Typed, others: Vec<Message>) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let fresh = desk::find_request(&mut conn, request.id).await?.ok_or(Error::NotFound)?;
    let last = thread(&mut conn, request.id, View::Staff).await?.last().map_or(0, |message| message.id);
    let mut pane = load_pane(ctx, &mut conn, &fresh).await?;
    let unassigned = inbox::unassigned(&mut conn).await?;
    let moments = Moments::of(ctx);
    back(form, &pane.back.clone()).clone_into(&mut pane.back);
    pane.reply = ReplyForm {
        overtaken: others.into_iter().map(|message| words(ctx.locale, &moments, message)).collect(),
        ..filled(ctx, &fresh, typed, last)
    };
    Ok(draw(ctx, StatusCode::CONFLICT, pane, unassigned))
}

fn filled(ctx: &Ctx, request: &Request, typed: Typed, last: i64) -> ReplyForm {
    let kept_files = typed.files.iter().map(|file| {
        let shown = file.shown();
        KeptFile { key: file.key.clone(), name: shown.name, size: shown.size }
    });
    ReplyForm {
        note: typed.note,
        kept_files: kept_files.collect(),
        body: typed.body,
        ..empty_reply(ctx, request, last)
    }
}

fn sent(ctx: &Ctx, form: &Form, request: &Request, note: bool, event: Option<i64>) -> Response {
    let number = request.number;
    let (ja, en) = if note {
        (format!("#{number} にメモを残しました。"), format!("The note has been added to #{number}."))
    } else {
        (format!("#{number} に返信しました。"), format!("Your reply to #{number} has been sent."))
    };
    let here = format!("/desk/requests/{number}");
    match event {
        // What can be taken back is the status; a mail that has gone out cannot.
        Some(event) => {
            let query: String = url::form_urlencoded::byte_serialize(back(form, &here).as_bytes()).collect();
            let ja = format!("{ja}状態の変更は元に戻せます。");
            let en = format!("{en} The change of status can be undone.");
            ctx.flash_with_undo(&ja, &en, &format!("{here}/undo/{event}?back={query}"));
        }
        None => ctx.flash(&ja, &en),
    }
    ctx.redirect(back(form, &here))
}

/// An article as the find box lists it.
pub(crate) fn found(article: desk::Answer) -> FoundArticle {
    FoundArticle {
        id: article.id,
        markdown: format!("[{}]({})", bracketed(&article.title), article.href),
        title: article.title,
        href: article.href,
        summary: article.summary,
    }
}

/// A title inside `[…]`: brackets of its own would end it.
fn bracketed(title: &str) -> String {
    title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
