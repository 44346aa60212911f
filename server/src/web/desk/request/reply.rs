//! The reply form: sends, finds and inserts articles, keeps files, and stops when somebody was faster.

use super::actions;
use super::brought::{LONGEST, chosen, chosen_again, drop_copies, keep_files, keep_words, look_over};
use super::pane::{empty_reply, load_pane, words};
use super::suggestions;
use super::{back, draw, find};
use crate::desk::{
    self, Message, Replied, Request, Seen, StaffReply, find_articles, inbox, published_article,
};
use crate::web::desk::moments::Moments;
use crate::web::desk::read_in;
use crate::web::{Ctx, Error, Form, Result};
use app::model::desk_request::{Chosen, FoundArticle, ReplyForm, RequestPane};
use app::model::form::FieldErrors;
use app::model::words::RequestStatus;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

/// Articles listed under the find box.
pub(crate) const FOUND: usize = 6;

pub(super) async fn send(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    if form.has("enter") && !form.text("tag").is_empty() {
        return actions::add_tag(ctx, Path(number), form).await;
    }
    let me = ctx.staff()?.clone();
    let also = chosen(&form)?;
    let mut errors = FieldErrors::default();
    let brought = look_over(&ctx, &form).await?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    let files = keep_files(&ctx, &mut tx, &request, &form, brought, &mut errors).await?;
    tx.commit().await?;
    if let Some(ctx) = read_in(&ctx, &form) {
        return other_language(&ctx, &form, &request, errors).await;
    }
    let typed =
        Typed { note: form.raw("mode") == "note" || form.raw("send") == "note", body: form.text("body") };
    if form.has("find_articles") || form.has("enter") {
        return again(&ctx, &form, &request, StatusCode::OK, typed, errors).await;
    }
    let named = form.number("insert").or_else(|| form.number("solve_with"));
    let article = match named {
        Some(id) => published_article(&mut ctx.app.db.read().await?, id, request.locale).await?,
        None => None,
    };
    if named.is_some() && article.is_none() {
        let gone = "この記事は公開されていません。ほかの記事を探してください。";
        errors.add("find", ctx.locale.t(gone, "That article is not published any more. Find another."));
        return again(&ctx, &form, &request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await;
    }
    if let Some(article) = article.as_ref().filter(|_| form.has("insert")) {
        let link = format!("[{}]({})", bracketed(&article.title), article.href);
        let body = if typed.body.is_empty() { link } else { format!("{}\n\n{link}", typed.body) };
        return again(&ctx, &form, &request, StatusCode::OK, Typed { body, ..typed }, errors).await;
    }
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
    let attachment_ids: Vec<i64> = files.iter().map(|file| file.id).collect();
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
        also: Some(&also),
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
            drop_copies(&mut tx, &request, &me, &files).await?;
            suggestions::note(&ctx, &mut tx, &request, &form).await?;
            desk::handed_over(&ctx.app, &mut tx, &request, &me, ctx.now).await?;
            tx.commit().await?;
            ctx.app.work.notify_one();
            Ok(sent(&ctx, &form, &request, typed.note, event_id))
        }
    }
}

/// The page that the form stood on, in another language. The draft is kept; only what was chosen or looked for and is
/// not written yet needs the page to be drawn from the form.
async fn other_language(ctx: &Ctx, form: &Form, request: &Request, errors: FieldErrors) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    keep_words(ctx, &mut tx, request, form).await?;
    tx.commit().await?;
    if errors.is_empty() && chosen_again(form) == Chosen::default() && form.text("find").is_empty() {
        let here = format!("/desk/requests/{}", request.number);
        return Ok(ctx.redirect(back(form, &here)));
    }
    let typed = Typed { note: form.raw("mode") == "note", body: form.text("body") };
    again(ctx, form, request, StatusCode::OK, typed, errors).await
}

/// What was typed, on its way into the thread or back to the page.
struct Typed {
    note: bool,
    body: String,
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

/// The page of a button that did nothing, because of files that cannot be kept.
pub(super) async fn refused(ctx: &Ctx, form: &Form, request: &Request, errors: FieldErrors) -> Result {
    let typed = Typed { note: form.raw("mode") == "note", body: form.text("body") };
    again(ctx, form, request, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await
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
    let found = if ["find_articles", "enter", "insert", "solve_with"].iter().any(|button| form.has(button)) {
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
        ..filled(ctx, request, typed, &pane)
    };
    pane.chosen = chosen_again(form);
    Ok(draw(ctx, status, pane, unassigned))
}

/// The page with the replies that came in between; sending it again sends it anyway, unless yet another came in.
async fn overtaken(ctx: &Ctx, form: &Form, request: &Request, typed: Typed, others: Vec<Message>) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let fresh = desk::find_request(&mut conn, request.id).await?.ok_or(Error::NotFound)?;
    let mut pane = load_pane(ctx, &mut conn, &fresh).await?;
    let unassigned = inbox::unassigned(&mut conn).await?;
    let moments = Moments::of(ctx);
    back(form, &pane.back.clone()).clone_into(&mut pane.back);
    pane.reply = ReplyForm {
        overtaken: others.into_iter().map(|message| words(ctx.locale, &moments, message)).collect(),
        ..filled(ctx, &fresh, typed, &pane)
    };
    pane.chosen = chosen_again(form);
    Ok(draw(ctx, StatusCode::CONFLICT, pane, unassigned))
}

/// A form that has read what the pane shows, with what was typed.
fn filled(ctx: &Ctx, request: &Request, typed: Typed, pane: &RequestPane) -> ReplyForm {
    ReplyForm {
        note: typed.note,
        body: typed.body,
        kept_files: pane.reply.kept_files.clone(),
        ..empty_reply(ctx, request, pane.reply.seen_message)
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
        // What can be taken back is what was changed; a mail that has gone out cannot.
        Some(event) => {
            let query: String = url::form_urlencoded::byte_serialize(back(form, &here).as_bytes()).collect();
            let ja = format!("{ja}状態などの変更は元に戻せます。");
            let en = format!("{en} What was changed with it can be undone.");
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
