//! `/desk/sign-in`: address and password.

use super::read_in;
use crate::identity::{Role, has_administrator, normalise_email, safe_next, sign_in_by_password};
use crate::limits::Limit;
use crate::web::session::start_session;
use crate::web::{Ctx, Form, Page, Result};
use app::model::form::FieldErrors;
use app::model::sign_in::PasswordForm;
use axum::http::StatusCode;

/// A path to go on with that is at the desk; anything else is the desk's first page.
fn onward(next: &str) -> String {
    let next = safe_next(next, Some(Role::Cre));
    if next.starts_with("/desk") { next } else { "/desk".to_owned() }
}

pub async fn show(ctx: Ctx) -> Result {
    let next = ctx.query("next");
    if ctx.visitor.is_staff() {
        return Ok(ctx.redirect(&onward(&next)));
    }
    draw(ctx, StatusCode::OK, PasswordForm { next, ..PasswordForm::default() }).await
}

pub async fn enter(ctx: Ctx, form: Form) -> Result {
    let typed = PasswordForm {
        email: form.raw("email").to_owned(),
        next: form.raw("next").to_owned(),
        ..PasswordForm::default()
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(ctx, StatusCode::OK, typed).await;
    }
    let email = normalise_email(form.raw("email"));
    let password = form.raw("password");
    let limits = &ctx.app.limits;
    let counted = limits
        .check(Limit::Password, ctx.client)
        .and_then(|()| limits.check(Limit::Password, email.as_str()));
    let mut errors = FieldErrors::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Err(refused) = counted {
        status = refused.status();
        errors.add("email", refused.message(ctx.locale));
    } else if let Some(signed) =
        sign_in_by_password(&ctx.app, &email, password, ctx.user_agent(), ctx.now).await?
    {
        // Somebody who knows the password may sign in as often as they like.
        limits.give_back(Limit::Password, ctx.client);
        limits.give_back(Limit::Password, email.as_str());
        start_session(&ctx, &signed).await?;
        return Ok(ctx.redirect(&onward(form.raw("next"))));
    } else {
        // Which of the two was wrong is nobody's business.
        errors.add(
            "email",
            ctx.locale.t(
                "メールアドレスかパスワードが違います。",
                "The e-mail address or the password is not right.",
            ),
        );
    }
    draw(ctx, status, PasswordForm { errors, ..typed }).await
}

async fn draw(mut ctx: Ctx, status: StatusCode, mut form: PasswordForm) -> Result {
    ctx.ensure_visitor();
    form.csrf = ctx.csrf_token();
    form.no_administrator = !has_administrator(&mut ctx.app.db.read().await?).await?;
    let locale = ctx.locale;
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::desk_sign_in::written_in("/desk/sign-in")),
        ..Page::new(locale.t("デスクにサインイン", "Sign in to the desk"))
    };
    Ok(ctx.page_with(status, page, move || app::pages::desk_sign_in::sign_in(locale, form)))
}
