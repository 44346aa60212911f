//! Taking a request in: once, however often the form is sent.

use crate::desk::{self, NewRequest};
use crate::identity::person_or_new;
use crate::intake::{IntakeSession, hours};
use crate::limits::Limit;
use crate::storage::first;
use crate::web::portal::attachments::Attached;
use crate::web::portal::once::stored_key;
use crate::web::{Ctx, Result};
use app::model::ask::AskForm;
use app::model::words::RequestKind;

/// Where the receipt of a form that was taken before is shown.
pub(super) async fn receipt_of(ctx: &Ctx, visitor: &str, submit_key: &str) -> Result<Option<String>> {
    let mut conn = ctx.app.db.read().await?;
    let row = first!(
        conn,
        (i64, i64),
        "SELECT id, link_version FROM request WHERE submit_key = $1",
        stored_key(visitor, submit_key)
    )?;
    Ok(row.map(|(id, link_version)| receipt(ctx, id, link_version)))
}

fn receipt(ctx: &Ctx, id: i64, link_version: i64) -> String {
    format!("/{}/ask/sent/{}", ctx.locale.tag(), desk::private_link(&ctx.app, id, link_version))
}

/// Opens the request and goes on with its receipt. Everything happens in one transaction: after a failure the same
/// form can be sent again.
pub(super) async fn send(
    ctx: &Ctx,
    visitor: &str,
    ask: &AskForm,
    attached: &Attached,
    session: &IntakeSession,
) -> Result {
    let app = &ctx.app;
    let email = ctx
        .visitor
        .person()
        .map_or_else(|| crate::identity::normalise_email(&ask.email), |person| person.email.clone());
    app.limits.check(Limit::Submit, ctx.client)?;
    app.limits.check(Limit::Submit, email.as_str())?;
    let submit_key = stored_key(visitor, &ask.submit_key);
    let mut tx = app.db.begin().await?;
    let customer = match ctx.visitor.person() {
        Some(person) => person.clone(),
        None => person_or_new(&mut tx, &email, &ask.name, ctx.locale, ctx.now).await?,
    };
    let area_id = match ask.area.parse::<i64>() {
        Ok(id) => first!(tx, (i64,), "SELECT id FROM category WHERE id = $1", id)?.map(|(id,)| id),
        Err(_) => None,
    };
    let reply_by = hours::reply_moment(&ctx.settings, ctx.locale, ctx.now);
    let new = NewRequest {
        kind: RequestKind::from_code(&ask.kind).unwrap_or_default(),
        subject: &ask.subject,
        body: &ask.body,
        locale: ctx.locale,
        customer: &customer,
        area_id,
        submit_key: Some(&submit_key),
        attachment_ids: &attached.ids(),
        intake_session_id: Some(session.id),
        reply_by: reply_by.as_deref(),
        now: ctx.now,
        mail: true,
    };
    let opened = desk::open_request(app, &mut tx, new).await?;
    tx.commit().await?;
    app.work.notify_one();
    Ok(ctx.redirect(&receipt(ctx, opened.id, opened.link_version)))
}
