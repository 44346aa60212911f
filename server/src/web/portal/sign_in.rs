//! `/{locale}/sign-in`: a link by mail, a button that uses it.

use crate::clock::MINUTE;
use crate::identity::{
    LinkPurpose, LinkState, LinkWish, Role, is_email, look_at_link, normalise_email, safe_next,
    sign_in_by_link, wish_for_link,
};
use crate::limits::Limit;
use crate::web::session::{address_sent_to, remember_address, start_session};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::model::form::FieldErrors;
use app::model::shell::WrittenIn;
use app::model::sign_in::{LinkForm, LinkOpen, LinkSent, LinkTrouble};
use app::pages::sign_in as pages;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn show(ctx: Ctx) -> Result {
    let next = ctx.query("next");
    if let Some(person) = ctx.visitor.person() {
        return Ok(ctx.redirect(&onward(&ctx, &safe_next(&next, Some(person.role)))));
    }
    Ok(draw(
        ctx,
        StatusCode::OK,
        LinkForm { next: safe_next(&next, Some(Role::Customer)), ..LinkForm::default() },
    ))
}

/// Takes the wish down; the answer is the same whether or not the address is known.
pub async fn send(ctx: Ctx, form: Form) -> Result {
    let email = normalise_email(form.raw("email"));
    let next = safe_next(form.raw("next"), Some(Role::Customer));
    let again = |errors| LinkForm {
        email: form.raw("email").to_owned(),
        next: next.clone(),
        errors,
        ..LinkForm::default()
    };
    // Taken along to the other language, or looked at again.
    if form.raw("step") == "edit" {
        return Ok(draw(ctx, StatusCode::OK, again(FieldErrors::default())));
    }
    if let Err((status, errors)) = ask_for_link(&ctx, LinkPurpose::SignIn, &email, &next).await? {
        return Ok(draw(ctx, status, again(errors)));
    }
    Ok(ctx.redirect(&format!("/{}/sign-in/sent", ctx.locale.tag())))
}

/// Checks an address and takes the wish for a link down; shared with the desk's forgotten passwords.
pub(in crate::web) async fn ask_for_link(
    ctx: &Ctx,
    purpose: LinkPurpose,
    email: &str,
    next: &str,
) -> Result<std::result::Result<(), (StatusCode, FieldErrors)>> {
    let mut errors = FieldErrors::default();
    if !is_email(email) {
        let message = if email.is_empty() {
            ctx.locale.t("メールアドレスを入力してください。", "Enter your e-mail address.")
        } else {
            ctx.locale.t(
                "メールアドレスを「name@example.com」の形で入力してください。",
                "Enter an e-mail address like name@example.com.",
            )
        };
        errors.add("email", message);
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, errors)));
    }
    let limits = &ctx.app.limits;
    // Counted before anybody looks whether the address is known.
    let counted =
        limits.check(Limit::MailLink, ctx.client).and_then(|()| limits.check(Limit::MailLink, email));
    if let Err(refused) = counted {
        errors.add("email", refused.message(ctx.locale));
        return Ok(Err((refused.status(), errors)));
    }
    let wish = LinkWish {
        purpose,
        email: email.to_owned(),
        locale: ctx.locale,
        next: next.to_owned(),
        seed: ctx.app.chance.token(),
    };
    let mut tx = ctx.app.db.begin().await?;
    wish_for_link(&mut tx, ctx.now, wish).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    remember_address(ctx, email);
    Ok(Ok(()))
}

pub async fn sent(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let model = LinkSent {
        email: address_sent_to(&ctx),
        minutes: LinkPurpose::SignIn.lifetime() / MINUTE,
        again: format!("/{}/sign-in", locale.tag()),
        outbox: ctx.app.mailer.files(),
    };
    let page = Page::new(locale.t("メールをご確認ください", "Check your mail"));
    Ok(ctx.page(page, move || pages::sent(locale, model)))
}

/// Opening the link uses nothing up: scanners of mail do that too.
pub async fn open(mut ctx: Ctx, Path((_, token)): Path<(String, String)>) -> Result {
    let state = look_at_link(&mut ctx.app.db.read().await?, LinkPurpose::SignIn, &token, ctx.now).await?;
    let (trouble, link) = match state {
        LinkState::Open(link) => {
            ctx.ensure_visitor();
            let locale = ctx.locale;
            let model =
                LinkOpen { csrf: ctx.csrf_token(), action: ctx.uri.path().to_owned(), email: link.email };
            let page = Page::new(locale.t("サインイン", "Sign in"));
            return Ok(ctx.page(page, move || pages::open(locale, model)));
        }
        // Opened once more by whom it let in, or reached by a second click on the button.
        LinkState::Used(link) if is_in(&ctx, &link.email) => {
            let next = safe_next(&link.next, ctx.visitor.role());
            return Ok(ctx.redirect(&onward(&ctx, &next)));
        }
        LinkState::Used(link) => (LinkTrouble::Used, Some(link)),
        LinkState::Expired(link) => (LinkTrouble::Expired, Some(link)),
        LinkState::Unknown => (LinkTrouble::Unknown, None),
    };
    Ok(refuse(ctx, trouble, link.map(|link| (link.email, link.next)).unwrap_or_default()))
}

pub async fn enter(
    ctx: Ctx,
    Path((_, token)): Path<(String, String)>,
    form: std::result::Result<Form, Error>,
) -> Result {
    if let Err(error) = form {
        let mut conn = ctx.app.db.read().await?;
        return match look_at_link(&mut conn, LinkPurpose::SignIn, &token, ctx.now).await? {
            // The first of two clicks let them in, and changed whom forms are good for.
            LinkState::Used(link) if is_in(&ctx, &link.email) => Ok(ctx.redirect(ctx.uri.path())),
            _ => Err(error),
        };
    }
    match sign_in_by_link(&ctx.app, &token, ctx.user_agent(), ctx.now).await? {
        Some(signed) => {
            start_session(&ctx, &signed).await?;
            ctx.flash("サインインしました。", "You are signed in.");
            let next = safe_next(&signed.next, Some(signed.person.role));
            Ok(ctx.redirect(&onward(&ctx, &next)))
        }
        // Somebody was faster, it is late, or the person has been disabled.
        None => {
            match look_at_link(&mut ctx.app.db.read().await?, LinkPurpose::SignIn, &token, ctx.now).await? {
                LinkState::Open(_) => Ok(refuse(ctx, LinkTrouble::Unknown, Default::default())),
                _ => Ok(ctx.redirect(ctx.uri.path())),
            }
        }
    }
}

fn is_in(ctx: &Ctx, email: &str) -> bool {
    ctx.visitor.person().is_some_and(|person| person.email == email)
}

/// Where people go after signing in, unless they came from somewhere.
fn onward(ctx: &Ctx, next: &str) -> String {
    if next.is_empty() { format!("/{}/requests", ctx.locale.tag()) } else { next.to_owned() }
}

fn refuse(ctx: Ctx, trouble: LinkTrouble, (email, next): (String, String)) -> Response {
    let form = LinkForm { email, next, trouble: Some(trouble), ..LinkForm::default() };
    draw(ctx, Error::NotFound.status(), form)
}

fn draw(mut ctx: Ctx, status: StatusCode, mut form: LinkForm) -> Response {
    ctx.ensure_visitor();
    form.csrf = ctx.csrf_token();
    let locale = ctx.locale;
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(WrittenIn::addressed(pages::FORM)),
        ..Page::new(locale.t("サインイン", "Sign in"))
    };
    ctx.page_with(status, page, move || pages::form(locale, form))
}
