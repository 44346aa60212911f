//! `/{locale}/r/{token}`: the private link. Whoever holds it reads the thread and writes in it; a revoked or guessed
//! one opens nothing, and nobody is told which of the two it was.
//!
//! The portal's referrer policy, `same-origin`, keeps the token from every other site. `no-referrer` would do no more,
//! and would make browsers send `Origin: null` with the reply form, which the CSRF check rightly refuses.

use super::requests::{Thread, answer_reply, thread_page};
use crate::desk;
use crate::web::{Ctx, Error, Form, Result};
use app::model::request::ReplyForm;
use axum::extract::Path;
use axum::http::StatusCode;

async fn thread(ctx: &Ctx, token: &str) -> Result<Thread> {
    let mut conn = ctx.app.db.read().await?;
    let request = desk::request_by_link(&mut conn, &ctx.app, token).await?.ok_or(Error::DeadLink)?;
    Ok(Thread {
        request,
        path: format!("/{}/r/{token}", ctx.locale.tag()),
        file_query: format!("?r={token}"),
        link: None,
    })
}

pub async fn show(mut ctx: Ctx, Path((_, token)): Path<(String, String)>) -> Result {
    ctx.ensure_visitor();
    let thread = thread(&ctx, &token).await?;
    let reply = ReplyForm { submit_key: ctx.app.chance.token(), ..ReplyForm::default() };
    thread_page(&ctx, StatusCode::OK, thread, reply).await
}

pub async fn reply(ctx: Ctx, Path((_, token)): Path<(String, String)>, form: Form) -> Result {
    let thread = thread(&ctx, &token).await?;
    answer_reply(ctx, form, thread).await
}
