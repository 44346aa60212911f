//! Requests as tests open them.

use crate::app_state::App;
use crate::desk::{NewRequest, Opened, Replied, StaffReply, open_request, staff_reply};
use crate::identity::Person;
use crate::storage::Tx;
use app::model::words::RequestKind;

/// A question of somebody, without mail, files or key.
pub fn question<'a>(app: &App, customer: &'a Person, subject: &'a str, body: &'a str) -> NewRequest<'a> {
    NewRequest {
        kind: RequestKind::Question,
        subject,
        body,
        locale: customer.locale,
        customer,
        area_id: None,
        submit_key: None,
        attachment_ids: &[],
        intake_session_id: None,
        reply_by: None,
        now: app.clock.now(),
        mail: false,
    }
}

/// Opens a request in a transaction of its own.
pub async fn open(app: &App, new: NewRequest<'_>) -> anyhow::Result<Opened> {
    let mut tx = app.db.begin().await?;
    let opened = open_request(app, &mut tx, new).await?;
    tx.commit().await?;
    Ok(opened)
}

/// What somebody at the desk answers in public, without mail, files, key or a word about the request's properties.
pub fn reply<'a>(app: &App, request_id: i64, author: &'a Person, body: &'a str) -> StaffReply<'a> {
    StaffReply {
        request_id,
        author,
        note: false,
        body,
        attachment_ids: &[],
        submit_key: None,
        status: None,
        also: None,
        article_id: None,
        seen: None,
        now: app.clock.now(),
        mail: false,
    }
}

/// Answers a request with the article that solves it, as the desk does; gives the event to undo it by. Nothing is
/// mailed.
pub async fn solve(
    app: &App,
    tx: &mut Tx,
    request_id: i64,
    cre: &Person,
    article_id: i64,
) -> anyhow::Result<Option<i64>> {
    let answer = reply(app, request_id, cre, "It is in the article.");
    match staff_reply(app, tx, StaffReply { article_id: Some(article_id), ..answer }).await? {
        Replied::Sent { event_id, .. } => Ok(event_id),
        other => anyhow::bail!("the answer was not sent: {other:?}"),
    }
}
