//! `/{locale}/requests/{number}`: one of one's own requests. Somebody else's does not exist.

use super::{Thread, reply as replies, thread_page};
use crate::desk::{self, By, Request};
use crate::storage::first;
use crate::web::{Ctx, Error, Form, Result};
use app::model::request::{LinkBox, ReplyForm};
use axum::extract::Path;
use axum::http::StatusCode;

/// The request of that number, if it is the signed-in customer's.
async fn own(ctx: &Ctx, number: &str) -> Result<Request> {
    let customer = ctx.person()?.id;
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    let mut conn = ctx.app.db.read().await?;
    let row = first!(
        conn,
        (i64,),
        "SELECT id FROM request WHERE number = $1 AND customer_id = $2",
        number,
        customer
    )?;
    let (id,) = row.ok_or(Error::NotFound)?;
    desk::find_request(&mut conn, id).await?.ok_or(Error::NotFound)
}

async fn thread(ctx: &Ctx, number: &str) -> Result<Thread> {
    let request = own(ctx, number).await?;
    let path = format!("/{}/requests/{}", ctx.locale.tag(), request.number);
    let link = desk::link_path(&ctx.app, ctx.locale, request.id, request.link_version);
    let link = LinkBox { url: ctx.absolute(&link), renew: format!("{path}/link") };
    Ok(Thread { request, path, file_query: String::new(), link: Some(link) })
}

pub async fn show(mut ctx: Ctx, Path((_, number)): Path<(String, String)>) -> Result {
    ctx.ensure_visitor();
    let thread = thread(&ctx, &number).await?;
    let reply = ReplyForm { submit_key: ctx.app.chance.token(), ..ReplyForm::default() };
    thread_page(&ctx, StatusCode::OK, thread, reply).await
}

pub async fn reply(ctx: Ctx, Path((_, number)): Path<(String, String)>, form: Form) -> Result {
    let thread = thread(&ctx, &number).await?;
    replies::answer(ctx, form, thread).await
}

/// Makes the private link stop working; the new one is on the page.
pub async fn renew_link(ctx: Ctx, Path((_, number)): Path<(String, String)>, _form: Form) -> Result {
    let request = own(&ctx, &number).await?;
    let by = By::Customer(Some(request.customer_id));
    let mut tx = ctx.app.db.begin().await?;
    desk::revoke_link(&mut tx, request.id, by, ctx.now).await?;
    tx.commit().await?;
    ctx.flash(
        "これまでのリンクを無効にし、新しいリンクを作りました。",
        "The old link no longer works; there is a new one.",
    );
    Ok(ctx.redirect(&format!("/{}/requests/{}", ctx.locale.tag(), request.number)))
}
