//! A request that somebody at the desk solved or closed without a word: its customer is told, a little later, so that a
//! slip can be undone first.

use super::change::By;
use super::notify;
use super::request::{find_request, lock};
use crate::app_state::App;
use crate::clock::MINUTE;
use crate::identity::find_person;
use crate::jobs::{Job, JobError, enqueue};
use crate::storage::{Conn, Result, Tx, value};
use app::model::words::RequestStatus;

/// How long it can be undone before the customer hears of it.
pub const UNDO_TIME: i64 = 10 * MINUTE;

/// After a change that nothing is written with: wants the customer told if the request is over with it. `before` is the
/// status that it had.
pub(super) async fn changed(tx: &mut Tx, id: i64, before: RequestStatus, by: By<'_>, now: i64) -> Result<()> {
    if !matches!(by, By::Staff(_)) || before.is_over() {
        return Ok(());
    }
    let Some(request) = find_request(tx, id).await? else { return Ok(()) };
    match request.solved_at {
        Some(solved_at) if request.status.is_over() => {
            enqueue(tx, &Job::TellSolved { request_id: id, solved_at }, now + UNDO_TIME).await
        }
        _ => Ok(()),
    }
}

/// Tells the customer, unless the request was opened or solved again since, or they have had mail about it.
pub async fn tell_solved(app: &App, request_id: i64, solved_at: i64) -> std::result::Result<(), JobError> {
    let mut tx = app.db.begin().await?;
    let Some(request) = lock(&mut tx, request_id).await? else { return Ok(()) };
    if !request.status.is_over() || request.solved_at != Some(solved_at) {
        return Ok(());
    }
    let Some(customer) = find_person(&mut tx, request.customer_id).await? else { return Ok(()) };
    if has_mail_since(&mut tx, request_id, &customer.email, solved_at).await? {
        return Ok(());
    }
    notify::over(app, &mut tx, &request, &customer, app.clock.now()).await?;
    tx.commit().await?;
    app.work.notify_one();
    Ok(())
}

async fn has_mail_since(conn: &mut Conn, request_id: i64, address: &str, since: i64) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM mail WHERE request_id = $1 AND recipient = $2 AND created_at >= $3";
    Ok(value!(conn, i64, sql, request_id, address, since)? > 0)
}
