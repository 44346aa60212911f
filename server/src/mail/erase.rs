//! Mails that go with their customer.

use crate::app_state::App;
use crate::jobs::{JobError, drop_links};
use crate::storage::{Result, Tx, all, ids, run};
use std::io::ErrorKind;

/// Deletes the mails to an address and about these requests, and the wishes for links that are still to go there. Gives
/// the names of the files in the outbox folder that may hold them.
pub async fn erase(tx: &mut Tx, email: &str, requests: &[i64]) -> Result<Vec<String>> {
    let theirs = format!("recipient = $1 OR request_id IN ({})", ids(requests.iter().copied()));
    let sql = format!("SELECT id, created_at FROM mail WHERE {theirs} ORDER BY id");
    let rows = all!(tx, (i64, i64), sqlx::AssertSqlSafe(sql.as_str()), email)?;
    let sql = format!("DELETE FROM mail WHERE {theirs}");
    run!(tx, sqlx::AssertSqlSafe(sql.as_str()), email)?;
    drop_links(tx, email).await?;
    Ok(rows.into_iter().map(|(id, created_at)| super::deliver::file_name(created_at, id)).collect())
}

/// Removes files from the outbox folder: the job. One that is not there was sent, or never written.
pub async fn remove_files(app: &App, files: &[String]) -> std::result::Result<(), JobError> {
    let folder = app.config.data.join("outbox");
    for name in files {
        match tokio::fs::remove_file(folder.join(name)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(JobError::Retry(format!("the outbox folder: {error}")));
            }
            _ => {}
        }
    }
    Ok(())
}
