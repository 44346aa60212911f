//! Removing what has ended: a job that comes back every hour.

use crate::app_state::App;
use crate::clock::DAY;
use crate::jobs::JobError;
use crate::storage::run;

/// How long an ended session or link is kept: long enough to tell its owner that it was used or has expired.
const KEPT: i64 = 30 * DAY;

pub async fn clean_up(app: &App) -> Result<(), JobError> {
    let before = app.clock.now() - KEPT;
    app.limits.forget_idle();
    let mut tx = app.db.begin().await?;
    run!(tx, "DELETE FROM session WHERE expires_at < $1 OR revoked_at < $1", before)?;
    run!(tx, "DELETE FROM mail_link WHERE expires_at < $1", before)?;
    Ok(tx.commit().await?)
}
