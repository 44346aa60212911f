//! Beginning and ending what a browser is signed in with.

use super::cookies;
use super::{Ctx, Form, Result, Visitor};
use crate::identity::{SignedIn, revoke_session};
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Seconds. The server ends a session long before; the cookie only must not be the first to go.
const COOKIE_AGE: i64 = 60 * 60 * 24 * 180;

impl Ctx {
    /// What the browser says it is.
    pub fn user_agent(&self) -> &str {
        self.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Gives the browser its new session, and ends the one that it had.
pub async fn start_session(ctx: &Ctx, signed: &SignedIn) -> Result<()> {
    end_session(ctx).await?;
    ctx.cookies.set(cookies::SESSION, &signed.token, Some(COOKIE_AGE));
    ctx.cookies.clear(cookies::ADDRESS);
    Ok(())
}

async fn end_session(ctx: &Ctx) -> Result<()> {
    if let Visitor::Signed(session) = &ctx.visitor {
        let mut tx = ctx.app.db.begin().await?;
        revoke_session(&mut tx, session.id, session.person.id, ctx.now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// `POST /sign-out`.
pub async fn sign_out(ctx: Ctx, _form: Form) -> Result {
    end_session(&ctx).await?;
    ctx.cookies.clear(cookies::SESSION);
    ctx.flash("サインアウトしました。", "You are signed out.");
    let to =
        if ctx.visitor.is_staff() { "/desk/sign-in".to_owned() } else { format!("/{}", ctx.locale.tag()) };
    Ok(ctx.redirect(&to))
}

/// Keeps the address that a link was asked for, for the page that says so: it stays out of the page's own address,
/// which ends up in logs.
pub fn remember_address(ctx: &Ctx, email: &str) {
    ctx.cookies.set(cookies::ADDRESS, &URL_SAFE_NO_PAD.encode(email), Some(600));
}

pub fn address_sent_to(ctx: &Ctx) -> String {
    let kept = ctx.cookies.read(&ctx.headers, cookies::ADDRESS).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(kept).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
