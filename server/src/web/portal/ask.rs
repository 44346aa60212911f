//! `/{locale}/ask`: the form. Whatever goes wrong, it comes back with every word in it.

mod before;
mod check;
mod read;
mod send;
mod sent;
#[cfg(test)]
mod tests;

pub use read::show as read_article;
pub use sent::show as show_sent;

use super::attachments;
use crate::intake::{self, IntakeSession, hours, spam};
use crate::limits::Limit;
use crate::web::{Ctx, Error, Form, Page, Result};
use app::model::ask::{AskForm, AskPage};
use app::model::form::{Choice, FieldErrors};
use app::model::shell::{Place, WrittenIn};
use app::model::words::RequestKind;
use axum::http::{StatusCode, header};
use axum::response::Response;

/// The empty form, or with what the address already says: `?subject=…&body=…&kind=…&area=…`.
pub async fn show(mut ctx: Ctx) -> Result {
    ctx.ensure_visitor();
    let kind = RequestKind::from_code(&ctx.query("kind")).unwrap_or_default();
    let session = match open_session(&ctx).await {
        Ok(session) => session.key,
        // Asking goes on where the visit cannot be noted.
        Err(Error::Unavailable(_)) => String::new(),
        Err(error) => return Err(error),
    };
    let form = AskForm {
        kind: kind.code().to_owned(),
        subject: ctx.query("subject").chars().take(check::SUBJECT).collect(),
        body: ctx.query("body").chars().take(check::BODY).collect(),
        area: ctx.query("area"),
        session,
        submit_key: ctx.app.chance.token(),
        opened: spam::opened_mark(&ctx.app.secret, ctx.now),
        ..AskForm::default()
    };
    Ok(form_page(&ctx, StatusCode::OK, form, FieldErrors::default()).await)
}

/// Sends, or offers the best matches first, or shows what is to be mended.
pub async fn submit(mut ctx: Ctx, form: Form) -> Result {
    ctx.ensure_visitor();
    let mut ask = check::read(&ctx, &form);
    let error = match answer(&ctx, &form, &mut ask).await {
        Err(error @ (Error::Unavailable(_) | Error::TooMany(_))) => error,
        other => return other,
    };
    let mut errors = FieldErrors::default();
    errors.add("", error.message(ctx.locale));
    let mut page = form_page(&ctx, error.status(), ask, errors).await;
    if let Error::TooMany(seconds) = error {
        page.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(page)
}

async fn answer(ctx: &Ctx, form: &Form, ask: &mut AskForm) -> Result {
    let visitor = ctx.visitor_hash().ok_or(Error::BadRequest)?;
    // A second click, or a reload of what was already taken.
    if let Some(path) = send::receipt_of(ctx, &visitor, &ask.submit_key).await? {
        return Ok(ctx.redirect(&path));
    }
    if attachments::has_new(form) {
        ctx.app.limits.check(Limit::Submit, ctx.client)?;
    }
    let attached = attachments::take(ctx, form, &visitor).await?;
    ask.kept = attached.shown();
    let session = current_session(ctx, &visitor, ask).await?;
    if let Some(article_id) = form.number("solved") {
        return before::solved(ctx, &visitor, ask, &session, article_id).await;
    }
    match form.raw("step") {
        "edit" => return Ok(form_page(ctx, StatusCode::OK, ask.clone(), FieldErrors::default()).await),
        "unsolved" => {
            before::unsolved(ctx, &visitor, &session).await?;
            return Ok(form_page(ctx, StatusCode::OK, ask.clone(), FieldErrors::default()).await);
        }
        _ => {}
    }
    let mut errors = check::problems(ctx, ask);
    for message in &attached.refused {
        errors.add("attachments", message.clone());
    }
    if errors.is_empty() && !form.raw("website").is_empty() {
        // A person's browser may have filled in the field that robots fall for: the page comes back without it.
        errors.add(
            "",
            ctx.locale.t(
                "見えない欄に自動入力されていたため、送信を止めました。欄は空にしましたので、もう一度送信してください。",
                "A hidden field had been filled in, perhaps by your browser. We have emptied it; please send again.",
            ),
        );
    }
    if !errors.is_empty() {
        return Ok(form_page(ctx, StatusCode::UNPROCESSABLE_ENTITY, ask.clone(), errors).await);
    }
    let human = spam::is_human_pace(&ctx.app.secret, &ask.opened, ctx.now);
    if form.raw("step") != "send" || !human {
        let answers = before::offer(ctx, ask, &session).await?;
        if !answers.is_empty() || !human {
            return before::page(ctx, ask, answers).await;
        }
    }
    send::send(ctx, &visitor, ask, &attached, &session).await
}

async fn open_session(ctx: &Ctx) -> Result<IntakeSession> {
    let visitor = ctx.visitor_hash().ok_or(Error::BadRequest)?;
    let mut tx = ctx.app.db.begin().await?;
    let session = intake::open(&ctx.app, &mut tx, &visitor, ctx.locale, ctx.now).await?;
    tx.commit().await?;
    Ok(session)
}

/// The visit that the form names; one that could not be noted when it was opened begins now.
async fn current_session(ctx: &Ctx, visitor: &str, ask: &mut AskForm) -> Result<IntakeSession> {
    let mut conn = ctx.app.db.read().await?;
    let found = intake::find(&mut conn, &ask.session, visitor).await?;
    drop(conn);
    let session = match found {
        Some(session) => session,
        None => open_session(ctx).await?,
    };
    ask.session.clone_from(&session.key);
    Ok(session)
}

/// The form, filled with what there is. It needs no database to be drawn.
async fn form_page(ctx: &Ctx, status: StatusCode, form: AskForm, errors: FieldErrors) -> Response {
    let model = AskPage {
        csrf: ctx.csrf_token(),
        replies_to: ctx.visitor.person().map(|person| person.email.clone()),
        areas: areas(ctx).await,
        upload: attachments::upload_field(ctx),
        hours: hours::hours_line(&ctx.settings, ctx.locale),
        expected: hours::expected_reply(&ctx.settings, ctx.locale, ctx.now, ctx.now),
        form,
        errors,
    };
    let locale = ctx.locale;
    let page = Page {
        has_errors: !model.errors.is_empty(),
        written_in: Some(WrittenIn::addressed(app::pages::ask::FORM)),
        ..Page::new(locale.t("質問する", "Ask us")).at(Place::Ask)
    };
    ctx.page_with(status, page, move || app::pages::ask::form(locale, model))
}

/// The categories at the top of the tree; none where they cannot be read.
async fn areas(ctx: &Ctx) -> Vec<Choice> {
    match ctx.app.tree().await {
        Ok(tree) => {
            tree.children(None).map(|node| Choice::new(node.id.to_string(), node.name(ctx.locale))).collect()
        }
        Err(error) => {
            tracing::warn!(%error, "the form is shown without product areas");
            Vec::new()
        }
    }
}
