//! `/desk/invitation/{token}`: accepting an invitation.

use super::password::weak_password;
use super::read_in;
use crate::identity::{
    AcceptProblem, LinkPurpose, LinkState, MailLink, PASSWORD_MIN, Role, accept_invitation, look_at_link,
};
use crate::web::session::start_session;
use crate::web::{Ctx, Form, Page, Result};
use app::model::form::FieldErrors;
use app::model::sign_in::{LinkTrouble, NewPasswordForm};
use app::pages::desk_sign_in as pages;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn show(ctx: Ctx, Path(token): Path<String>) -> Result {
    match look(&ctx, &token).await? {
        LinkState::Open(link) => {
            let name = link.name.clone();
            Ok(draw(ctx, StatusCode::OK, &link, name, FieldErrors::default()))
        }
        LinkState::Used(_) => Ok(dead(ctx, LinkTrouble::Used)),
        LinkState::Expired(_) => Ok(dead(ctx, LinkTrouble::Expired)),
        LinkState::Unknown => Ok(dead(ctx, LinkTrouble::Unknown)),
    }
}

pub async fn accept(ctx: Ctx, Path(token): Path<String>, form: Form) -> Result {
    let LinkState::Open(link) = look(&ctx, &token).await? else { return Ok(ctx.redirect(ctx.uri.path())) };
    let (name, password) = (form.line("name"), form.raw("password"));
    if let Some(ctx) = read_in(&ctx, &form) {
        let typed = form.raw("name").to_owned();
        return Ok(draw(ctx, StatusCode::OK, &link, typed, FieldErrors::default()));
    }
    let mut errors = FieldErrors::default();
    if name.is_empty() {
        errors.add("name", ctx.locale.t("名前を入力してください。", "Enter your name."));
    } else if name.chars().count() > 100 {
        errors.add(
            "name",
            ctx.locale.t("名前は100文字以内にしてください。", "Keep the name to 100 characters."),
        );
    }
    if errors.is_empty() {
        let agent = ctx.user_agent();
        match accept_invitation(&ctx.app, &token, &name, password, ctx.locale, agent, ctx.now).await? {
            Ok(signed) => {
                start_session(&ctx, &signed).await?;
                ctx.flash("登録が済みました。", "You have joined the desk.");
                return Ok(ctx.redirect("/desk"));
            }
            Err(AcceptProblem::Weak(weak)) => errors.add("password", weak_password(ctx.locale, weak)),
            // Disabled in the meantime, or accepted in another window.
            Err(AcceptProblem::Link) => return Ok(dead(ctx, LinkTrouble::Used)),
        }
    }
    Ok(draw(ctx, StatusCode::UNPROCESSABLE_ENTITY, &link, name, errors))
}

async fn look(ctx: &Ctx, token: &str) -> Result<LinkState> {
    let mut conn = ctx.app.db.read().await?;
    Ok(look_at_link(&mut conn, LinkPurpose::Invitation, token, ctx.now).await?)
}

fn draw(mut ctx: Ctx, status: StatusCode, link: &MailLink, name: String, errors: FieldErrors) -> Response {
    ctx.ensure_visitor();
    let locale = ctx.locale;
    let page = Page {
        has_errors: !errors.is_empty(),
        written_in: Some(pages::written_in(ctx.uri.path())),
        ..Page::new(locale.t("デスクへようこそ", "Welcome to the desk"))
    };
    let model = NewPasswordForm {
        csrf: ctx.csrf_token(),
        action: ctx.uri.path().to_owned(),
        email: link.email.clone(),
        name: Some(name),
        role: link.role.unwrap_or(Role::Cre).label(locale).to_owned(),
        shortest: PASSWORD_MIN,
        errors,
    };
    ctx.page_with(status, page, move || pages::new_password(locale, model))
}

fn dead(ctx: Ctx, trouble: LinkTrouble) -> Response {
    let locale = ctx.locale;
    let page = Page::new(locale.t("この招待は使えません", "This invitation does not work"));
    ctx.page_with(StatusCode::NOT_FOUND, page, move || pages::dead_invitation(locale, trouble))
}
