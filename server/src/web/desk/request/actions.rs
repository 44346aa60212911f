//! One button each: status, assignee, tags, the private link, a draft article; and the way back.

use super::brought::{chosen, keep, look_over};
use super::reply::refused;
use super::{back, find};
use crate::clock::MINUTE;
use crate::desk::{self, By, Properties, Request, Undone};
use crate::knowledge::KnowledgeError;
use crate::storage::Tx;
use crate::web::{Brought, Ctx, Error, Form, Result};
use app::i18n::Locale;
use app::model::form::FieldErrors;
use app::model::words::RequestStatus;
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

/// Does what a button says together with whatever else was chosen on the page, as one event with one undo. `words` are
/// said of the request's number when something changed.
pub(super) async fn change(
    ctx: Ctx,
    number: &str,
    form: Form,
    own: impl FnOnce(&mut Properties),
    words: impl FnOnce(i64) -> (String, String),
) -> Result {
    let me = ctx.staff()?;
    let mut to = chosen(&form)?;
    own(&mut to);
    let brought = look_over(&ctx, &form).await?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, number).await?;
    let errors = keep(&ctx, &mut tx, &request, &form, brought).await?;
    if !errors.is_empty() {
        tx.commit().await?;
        return refused(&ctx, &form, &request, errors).await;
    }
    let event = desk::set_properties(&mut tx, request.id, &to, By::Staff(me), ctx.now).await?;
    desk::handed_over(&ctx.app, &mut tx, &request, me, ctx.now).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    let (mut ja, mut en) = words(request.number);
    if to.status.is_some_and(RequestStatus::is_over) && !request.status.is_over() {
        let minutes = desk::UNDO_TIME / MINUTE;
        ja.push_str(&format!("お客様には{minutes}分後にメールでお知らせします。"));
        en.push_str(&format!(" The customer is told by mail in {minutes} minutes."));
    }
    Ok(done(&ctx, &form, request.number, event, &ja, &en))
}

pub(super) async fn status(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let to = RequestStatus::from_code(form.raw("set_status")).ok_or(Error::BadRequest)?;
    change(
        ctx,
        &number,
        form,
        |chosen| chosen.status = Some(to),
        |number| {
            let (ja, en) = (to.label(Locale::Ja), to.label(Locale::En).to_lowercase());
            (format!("#{number} を「{ja}」にしました。"), format!("#{number} is now {en}."))
        },
    )
    .await
}

pub(super) async fn assign(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let to = form.number("assign_to");
    let mine = to == Some(ctx.staff()?.id);
    change(
        ctx,
        &number,
        form,
        |chosen| chosen.assignee = Some(to),
        |number| {
            if mine {
                (format!("#{number} を担当します。"), format!("You have taken #{number}."))
            } else {
                (format!("#{number} の担当を変更しました。"), format!("#{number} has been assigned."))
            }
        },
    )
    .await
}

/// Status, priority, assignee and group at once.
pub(super) async fn properties(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    change(
        ctx,
        &number,
        form,
        |_| {},
        |number| (format!("#{number} の変更を保存しました。"), format!("#{number} has been changed.")),
    )
    .await
}

pub(super) async fn add_tag(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let words = |_| ("タグを付けました。".to_owned(), "The tag has been added.".to_owned());
    change(ctx, &number, form, |_| {}, words).await
}

pub(super) async fn remove_tag(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let tag = form.raw("remove_tag").to_owned();
    let words = |_| ("タグを外しました。".to_owned(), "The tag has been removed.".to_owned());
    change(ctx, &number, form, |chosen| chosen.remove_tag = Some(tag), words).await
}

/// What a button that leads elsewhere does first: keeps what is being written and writes what was chosen.
async fn bring(
    ctx: &Ctx,
    tx: &mut Tx,
    request: &Request,
    form: &Form,
    brought: Brought,
) -> Result<FieldErrors> {
    let errors = keep(ctx, tx, request, form, brought).await?;
    if errors.is_empty() {
        let by = By::Staff(ctx.staff()?);
        desk::set_properties(tx, request.id, &chosen(form)?, by, ctx.now).await?;
        desk::handed_over(&ctx.app, tx, request, ctx.staff()?, ctx.now).await?;
    }
    Ok(errors)
}

pub(super) async fn revoke_link(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let brought = look_over(&ctx, &form).await?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    let errors = bring(&ctx, &mut tx, &request, &form, brought).await?;
    if !errors.is_empty() {
        tx.commit().await?;
        return refused(&ctx, &form, &request, errors).await;
    }
    desk::revoke_link(&mut tx, request.id, By::Staff(me), ctx.now).await?;
    tx.commit().await?;
    ctx.flash(
        "これまでのリンクを無効にしました。次のメールで新しいリンクが届きます。",
        "The links sent so far no longer work. The next mail carries a new one.",
    );
    let here = format!("/desk/requests/{}", request.number);
    Ok(ctx.redirect(back(&form, &here)))
}

/// Makes the draft and goes on in its editor.
pub(super) async fn draft_article(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let brought = look_over(&ctx, &form).await?;
    let mut tx = ctx.app.db.begin().await?;
    let request = find(&mut tx, &number).await?;
    let errors = bring(&ctx, &mut tx, &request, &form, brought).await?;
    if !errors.is_empty() {
        tx.commit().await?;
        return refused(&ctx, &form, &request, errors).await;
    }
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
