//! `/desk/password`: a new password by a link.

use super::read_in;
use crate::clock::MINUTE;
use crate::identity::{
    LinkPurpose, LinkState, PASSWORD_MIN, PasswordProblem, WeakPassword, look_at_link, normalise_email,
    reset_password,
};
use crate::web::portal::sign_in::ask_for_link;
use crate::web::session::{address_sent_to, start_session};
use crate::web::{Ctx, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::FieldErrors;
use app::model::sign_in::{LinkForm, LinkSent, LinkTrouble, NewPasswordForm};
use app::pages::desk_sign_in as pages;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn show(ctx: Ctx) -> Result {
    Ok(draw(ctx, StatusCode::OK, LinkForm::default()))
}

pub async fn send(ctx: Ctx, form: Form) -> Result {
    if let Some(ctx) = read_in(&ctx, &form) {
        let typed = LinkForm { email: form.raw("email").to_owned(), ..LinkForm::default() };
        return Ok(draw(ctx, StatusCode::OK, typed));
    }
    let email = normalise_email(form.raw("email"));
    if let Err((status, errors)) = ask_for_link(&ctx, LinkPurpose::Password, &email, "").await? {
        let again = LinkForm { email: form.raw("email").to_owned(), errors, ..LinkForm::default() };
        return Ok(draw(ctx, status, again));
    }
    Ok(ctx.redirect("/desk/password/sent"))
}

pub async fn sent(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let model = LinkSent {
        email: address_sent_to(&ctx),
        minutes: LinkPurpose::Password.lifetime() / MINUTE,
        again: "/desk/password".to_owned(),
        outbox: ctx.app.mailer.files(),
    };
    let page = Page::new(locale.t("メールをご確認ください", "Check your mail"));
    Ok(ctx.page(page, move || app::pages::sign_in::sent(locale, model)))
}

pub async fn open(ctx: Ctx, Path(token): Path<String>) -> Result {
    let state = look_at_link(&mut ctx.app.db.read().await?, LinkPurpose::Password, &token, ctx.now).await?;
    let (trouble, email) = match state {
        LinkState::Open(link) => {
            return Ok(draw_choice(ctx, StatusCode::OK, &link.email, FieldErrors::default()));
        }
        LinkState::Used(link) => (LinkTrouble::Used, link.email),
        LinkState::Expired(link) => (LinkTrouble::Expired, link.email),
        LinkState::Unknown => (LinkTrouble::Unknown, String::new()),
    };
    let form = LinkForm { email, trouble: Some(trouble), ..LinkForm::default() };
    Ok(draw(ctx, StatusCode::NOT_FOUND, form))
}

pub async fn choose(ctx: Ctx, Path(token): Path<String>, form: Form) -> Result {
    let password = form.raw("password");
    match reset_password(&ctx.app, &token, password, ctx.user_agent(), ctx.now).await? {
        Ok(signed) => {
            start_session(&ctx, &signed).await?;
            ctx.flash("新しいパスワードを設定しました。", "Your new password is set.");
            Ok(ctx.redirect("/desk"))
        }
        Err(PasswordProblem::Weak(weak)) => {
            let mut errors = FieldErrors::default();
            errors.add("password", weak_password(ctx.locale, weak));
            let email = form.raw("username").to_owned();
            Ok(draw_choice(ctx, StatusCode::UNPROCESSABLE_ENTITY, &email, errors))
        }
        // The page of the link says why.
        Err(PasswordProblem::Link | PasswordProblem::Present) => Ok(ctx.redirect(ctx.uri.path())),
    }
}

/// What is wrong with a chosen password, and what would be right.
pub(in crate::web) fn weak_password(locale: Locale, weak: WeakPassword) -> String {
    match weak {
        WeakPassword::TooShort => locale.t(
            format!("パスワードは{PASSWORD_MIN}文字以上にしてください。"),
            format!("Choose a password of at least {PASSWORD_MIN} characters."),
        ),
        WeakPassword::TooLong => locale
            .t("パスワードは200文字以内にしてください。", "Keep the password to 200 characters.")
            .to_owned(),
        WeakPassword::Guessable => locale
            .t(
                "名前やメールアドレス、同じ文字の繰り返しは使えません。",
                "Do not use your name, your address or one letter over and over.",
            )
            .to_owned(),
    }
}

fn draw(mut ctx: Ctx, status: StatusCode, mut form: LinkForm) -> Response {
    ctx.ensure_visitor();
    form.csrf = ctx.csrf_token();
    let locale = ctx.locale;
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(pages::written_in("/desk/password")),
        ..Page::new(locale.t("パスワードの再設定", "Set a new password"))
    };
    ctx.page_with(status, page, move || pages::forgotten(locale, form))
}

fn draw_choice(mut ctx: Ctx, status: StatusCode, email: &str, errors: FieldErrors) -> Response {
    ctx.ensure_visitor();
    let locale = ctx.locale;
    let page = Page {
        has_errors: !errors.is_empty(),
        ..Page::new(locale.t("新しいパスワード", "New password"))
    };
    let model = NewPasswordForm {
        csrf: ctx.csrf_token(),
        action: ctx.uri.path().to_owned(),
        email: email.to_owned(),
        shortest: PASSWORD_MIN,
        errors,
        ..NewPasswordForm::default()
    };
    ctx.page_with(status, page, move || pages::new_password(locale, model))
}
