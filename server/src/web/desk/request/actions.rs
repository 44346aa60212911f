//! One button each: status, assignee, tags, the private link, a draft article; and the way back.

use super::reply::keep;
use super::{back, find};
use crate::desk::{self, By, Undone};
use crate::knowledge::KnowledgeError;
use crate::web::{Ctx, Error, Form, Result};
use app::model::words::{Priority, RequestStatus};
use axum::extract::Path;
use axum::response::Response;

/// After an action: a sentence with its undo, and back to where it was done.
fn done(ctx: &Ctx, form: &Form, number: i64, event: Option<i64>, ja: &str, en: &str) -> Response {
    let here = format!("/desk/requests/{number}");
    if let Some(event) = event {
        let query: String = url::form_urlencoded::byte_serialize(back(form, &here).as_bytes()).collect();
        ctx.flash_with_undo(ja, en, &format!("{here}/undo/{event}?back={query}"));
    }
    ctx.redirect(back(form, &here))
}

pub(super) async fn status(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let to = RequestStatus::from_code(form.raw("set_status")).ok_or(Error::BadRequest)?;
    let event = desk::set_status(&mut tx, request.id, to, By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    let number = request.number;
    let label = |locale| to.label(locale);
    let ja = format!("#{number} を「{}」にしました。", label(app::i18n::Locale::Ja));
    let en = format!("#{number} is now {}.", label(app::i18n::Locale::En).to_lowercase());
    Ok(done(&ctx, &form, number, event, &ja, &en))
}

pub(super) async fn assign(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let event = desk::assign(&mut tx, request.id, form.number("assign_to"), By::Staff(me), ctx.now).await?;
    desk::handed_over(&ctx.app, &mut tx, &request, me, ctx.now).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    let number = request.number;
    let (ja, en) = if form.number("assign_to") == Some(me.id) {
        (format!("#{number} を担当します。"), format!("You have taken #{number}."))
    } else {
        (format!("#{number} の担当を変更しました。"), format!("#{number} has been assigned."))
    };
    Ok(done(&ctx, &form, number, event, &ja, &en))
}

/// Status, priority, assignee and group at once. Only what was changed on the page is written, so that what a
/// colleague changed in between stays.
pub(super) async fn properties(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let touched = |field: &str| form.has(field) && form.raw(field) != form.raw(&format!("was_{field}"));
    let status = match touched("status") {
        true => Some(RequestStatus::from_code(form.raw("status")).ok_or(Error::BadRequest)?),
        false => None,
    };
    let priority = match touched("priority") {
        true => Some(Priority::from_code(form.raw("priority")).ok_or(Error::BadRequest)?),
        false => None,
    };
    let to = desk::Properties {
        status,
        priority,
        assignee: touched("assignee").then(|| form.number("assignee")),
        group: touched("group").then(|| form.number("group")),
    };
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let event = desk::set_properties(&mut tx, request.id, to, By::Staff(me), ctx.now).await?;
    desk::handed_over(&ctx.app, &mut tx, &request, me, ctx.now).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    let number = request.number;
    let ja = format!("#{number} の変更を保存しました。");
    let en = format!("#{number} has been changed.");
    Ok(done(&ctx, &form, number, event, &ja, &en))
}

pub(super) async fn add_tag(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let event = desk::add_tag(&mut tx, request.id, form.raw("tag"), By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    Ok(done(&ctx, &form, request.number, event, "タグを付けました。", "The tag has been added."))
}

pub(super) async fn remove_tag(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let event = desk::remove_tag(&mut tx, request.id, form.raw("remove_tag"), By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    Ok(done(&ctx, &form, request.number, event, "タグを外しました。", "The tag has been removed."))
}

pub(super) async fn revoke_link(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    desk::revoke_link(&mut tx, request.id, By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    ctx.flash(
        "これまでのリンクを無効にしました。次の返信で新しいリンクが届きます。",
        "The links sent so far no longer work. The next reply carries a new one.",
    );
    let here = format!("/desk/requests/{}", request.number);
    Ok(ctx.redirect(back(&form, &here)))
}

/// Makes the draft and goes on in its editor.
pub(super) async fn draft_article(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    keep(&ctx, &mut tx, &request, &form).await?;
    let drafted =
        desk::draft_article(&mut tx, request.id, me, ctx.now).await.map_err(|error| match error {
            KnowledgeError::NotFound => Error::NotFound,
            KnowledgeError::Storage(error) => error.into(),
            other => Error::Internal(other.into()),
        })?;
    tx.commit().await?;
    ctx.app.knowledge_changed();
    if drafted.created {
        ctx.flash(
            "お問い合わせから下書きを作りました。お客様の言葉は検索フレーズとして残しています。",
            "A draft has been made of the request. The customer's words are kept as search phrases.",
        );
    }
    Ok(ctx.redirect(&format!("/desk/articles/{}/{}/edit", drafted.article_id, drafted.locale.tag())))
}

/// Takes back one action, as long as nobody has changed the same thing since.
pub(super) async fn undo(ctx: Ctx, Path((number, event)): Path<(String, String)>, form: Form) -> Result {
    let me = ctx.staff()?;
    let event: i64 = event.parse().map_err(|_| Error::NotFound)?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    let undone = desk::undo(&mut tx, request.id, event, By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    let came_from = Form::from_fields(vec![("back".into(), ctx.query("back"))]);
    let from = if form.has("back") { &form } else { &came_from };
    match undone {
        Undone::Done(event) => {
            return Ok(done(&ctx, from, request.number, Some(event), "元に戻しました。", "It is as before."));
        }
        Undone::Overtaken => ctx.flash(
            "その後に変更があったため、元に戻しませんでした。",
            "Somebody has changed it since, so nothing was undone.",
        ),
        Undone::Nothing => return Err(Error::NotFound),
    }
    let here = format!("/desk/requests/{}", request.number);
    Ok(ctx.redirect(back(from, &here)))
}
