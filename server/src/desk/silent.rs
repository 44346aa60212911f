//! A request that somebody at the desk solved without a word: its customer is told, a little later, so that a slip can
//! be undone first.

use super::change::{By, solves};
use super::event::Change;
use super::notify;
use super::request::lock;
use crate::app_state::App;
use crate::clock::MINUTE;
use crate::identity::find_person;
use crate::jobs::{Job, JobError, enqueue};
use crate::storage::{Conn, Result, Tx, value};
use app::model::words::RequestStatus;

/// How long it can be undone before the customer hears of it.
const UNDO_TIME: i64 = 10 * MINUTE;

/// After changes that nothing is written with: wants the customer told, if they solved the request.
pub(super) async fn solved(tx: &mut Tx, id: i64, wanted: &[Change], by: By<'_>, now: i64) -> Result<()> {
    if !matches!(by, By::Staff(_)) || !wanted.iter().any(solves) {
        return Ok(());
    }
    enqueue(tx, &Job::TellSolved { request_id: id, solved_at: now }, now + UNDO_TIME).await
}

/// Tells the customer, unless the request was opened or solved again since, or they have had mail about it.
pub async fn tell_solved(app: &App, request_id: i64, solved_at: i64) -> std::result::Result<(), JobError> {
    let mut tx = app.db.begin().await?;
    let Some(request) = lock(&mut tx, request_id).await? else { return Ok(()) };
    if request.status != RequestStatus::Solved || request.solved_at != Some(solved_at) {
        return Ok(());
    }
    let Some(customer) = find_person(&mut tx, request.customer_id).await? else { return Ok(()) };
    if has_mail_since(&mut tx, request_id, &customer.email, solved_at).await? {
        return Ok(());
    }
    notify::solved(app, &mut tx, &request, &customer, app.clock.now()).await?;
    tx.commit().await?;
    app.work.notify_one();
    Ok(())
}

async fn has_mail_since(conn: &mut Conn, request_id: i64, address: &str, since: i64) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM mail WHERE request_id = $1 AND recipient = $2 AND created_at >= $3";
    Ok(value!(conn, i64, sql, request_id, address, since)? > 0)
}
