//! `/desk/account` and `/{locale}/account`: one's own name, language, password and sessions.

use super::desk::{read_in, weak_password};
use super::{Ctx, Error, Form, Page, Result, Visitor, cookies};
use crate::app_state::App;
use crate::identity::{
    AccountChange, ListedSession, PASSWORD_MIN, PasswordProblem, browser_name, change_account,
    change_password, revoke_session, revoke_sessions, sessions_of,
};
use crate::limits::Limit;
use app::i18n::Locale;
use app::model::account::{AccountPage, SessionLine};
use app::model::form::FieldErrors;
use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use std::collections::BTreeMap;

/// Names longer than this do not fit beside a reply.
pub(super) const NAME_MAX: usize = 100;

/// The address of the page that this request belongs to.
fn base(ctx: &Ctx) -> String {
    if at_desk(ctx) { "/desk/account".to_owned() } else { format!("/{}/account", ctx.locale.tag()) }
}

fn at_desk(ctx: &Ctx) -> bool {
    ctx.uri.path().starts_with("/desk")
}

pub async fn show(ctx: Ctx) -> Result {
    let person = ctx.person()?;
    let typed = (person.name.clone(), person.locale.tag().to_owned(), person.single_keys);
    draw(&ctx, StatusCode::OK, typed, FieldErrors::default()).await
}

pub async fn store(ctx: Ctx, form: Form) -> Result {
    let person = ctx.person()?.clone();
    let name = form.line("name");
    let single_keys = if at_desk(&ctx) { form.has("single_keys") } else { person.single_keys };
    let locale = Locale::from_tag(form.raw("language")).unwrap_or(person.locale);
    let typed = (form.raw("name").to_owned(), locale.tag().to_owned(), single_keys);
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(&ctx, StatusCode::OK, typed, FieldErrors::default()).await;
    }
    // The customers' side is taken along by its address.
    if form.raw("step") == "edit" {
        return draw(&ctx, StatusCode::OK, typed, FieldErrors::default()).await;
    }
    let mut errors = FieldErrors::default();
    if name.is_empty() && person.role.is_staff() {
        errors.add("name", ctx.locale.t("名前を入力してください。", "Enter your name."));
    }
    if name.chars().count() > NAME_MAX {
        errors.add(
            "name",
            ctx.locale.t("名前は100文字以内にしてください。", "Keep the name to 100 characters."),
        );
    }
    if !errors.is_empty() {
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await;
    }
    let mut tx = ctx.app.db.begin().await?;
    change_account(&mut tx, &person, &AccountChange { name, locale, single_keys }, ctx.now).await?;
    tx.commit().await?;
    ctx.cookies.set(cookies::LOCALE, locale.tag(), Some(cookies::YEAR));
    let said = Ctx { locale, ..ctx };
    said.flash("保存しました。", "Saved.");
    Ok(said.redirect(&base(&said)))
}

pub async fn store_password(ctx: Ctx, form: Form) -> Result {
    let Visitor::Signed(session) = &ctx.visitor else { return Err(Error::SignIn) };
    let person = &session.person;
    if !person.has_password {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Err(refused) = ctx.app.limits.check(Limit::Password, person.email.as_str()) {
        status = refused.status();
        errors.add("present", refused.message(ctx.locale));
    } else {
        let (present, new) = (form.raw("present"), form.raw("password"));
        match change_password(&ctx.app, person, session.id, present, new, ctx.now).await? {
            Ok(()) => {
                ctx.app.limits.give_back(Limit::Password, person.email.as_str());
                ctx.flash(
                    "パスワードを変えました。ほかのブラウザーからはサインアウトしました。",
                    "The password has been changed. Other browsers have been signed out.",
                );
                return Ok(ctx.redirect(&base(&ctx)));
            }
            Err(PasswordProblem::Weak(weak)) => errors.add("password", weak_password(ctx.locale, weak)),
            Err(PasswordProblem::Present | PasswordProblem::Link) => errors.add(
                "present",
                ctx.locale.t("いまのパスワードが違います。", "The present password is not right."),
            ),
        }
    }
    let typed = (person.name.clone(), person.locale.tag().to_owned(), person.single_keys);
    draw(&ctx, status, typed, errors).await
}

/// Ends one of one's own sessions; anybody else's is not found.
pub async fn end_session(ctx: Ctx, id: SessionId, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    if !revoke_session(&mut tx, id.0, ctx.person()?.id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.flash("そのブラウザーからサインアウトしました。", "The session has ended.");
    Ok(ctx.redirect(&base(&ctx)))
}

pub async fn end_others(ctx: Ctx, _form: Form) -> Result {
    let Visitor::Signed(session) = &ctx.visitor else { return Err(Error::SignIn) };
    let mut tx = ctx.app.db.begin().await?;
    revoke_sessions(&mut tx, session.person.id, Some(session.id), ctx.now).await?;
    tx.commit().await?;
    ctx.flash("ほかのすべてのブラウザーからサインアウトしました。", "All other sessions have ended.");
    Ok(ctx.redirect(&base(&ctx)))
}

/// The session in an address that may or may not begin with a locale.
pub struct SessionId(i64);

impl FromRequestParts<App> for SessionId {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let path = Path::<BTreeMap<String, String>>::from_request_parts(parts, app).await;
        let Path(params) = path.map_err(|_| Error::NotFound)?;
        params.get("id").and_then(|id| id.parse().ok()).map(Self).ok_or(Error::NotFound)
    }
}

/// Sessions as a page shows them; `here` is the one that asks.
pub(super) fn session_lines(ctx: &Ctx, sessions: Vec<ListedSession>, here: Option<i64>) -> Vec<SessionLine> {
    sessions
        .into_iter()
        .map(|session| SessionLine {
            id: session.id,
            browser: browser_name(&session.user_agent, ctx.locale),
            seen: ctx.moment(session.seen_at),
            since: ctx.moment(session.created_at),
            here: here == Some(session.id),
        })
        .collect()
}

async fn draw(
    ctx: &Ctx,
    status: StatusCode,
    typed: (String, String, bool),
    errors: FieldErrors,
) -> Result<Response> {
    let Visitor::Signed(session) = &ctx.visitor else { return Err(Error::SignIn) };
    let person = &session.person;
    let sessions = sessions_of(&mut ctx.app.db.read().await?, person.id, ctx.now).await?;
    let (name, language, single_keys) = typed;
    let locale = ctx.locale;
    let page = Page {
        has_errors: !errors.is_empty(),
        written_in: Some(app::pages::account::written_in(at_desk(ctx).then(|| base(ctx)))),
        ..Page::new(locale.t("アカウント", "Account"))
    };
    let model = AccountPage {
        csrf: ctx.csrf_token(),
        base: base(ctx),
        email: person.email.clone(),
        name,
        language,
        single_keys: at_desk(ctx).then_some(single_keys),
        password: person.has_password.then_some(PASSWORD_MIN),
        sessions: session_lines(ctx, sessions, Some(session.id)),
        errors,
    };
    Ok(ctx.page_with(status, page, move || app::pages::account::account(locale, model)))
}
