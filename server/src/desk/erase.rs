//! Requests that go with their customer.

use crate::storage::{Conn, Result, Tx, all, ids, run};

/// The ids of a customer's requests.
pub async fn request_ids_of(conn: &mut Conn, customer: i64) -> Result<Vec<i64>> {
    let rows = all!(conn, (i64,), "SELECT id FROM request WHERE customer_id = $1 ORDER BY id", customer)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Deletes requests with everything that hangs on them: threads, files, tags, drafts of replies, what was suggested,
/// their search phrases, judgements and mails.
pub async fn erase_requests(tx: &mut Tx, requests: &[i64]) -> Result<()> {
    let list = ids(requests.iter().copied());
    let files = format!(
        "DELETE FROM attachment WHERE message_id IN (SELECT id FROM message WHERE request_id IN ({list}))"
    );
    run!(tx, sqlx::AssertSqlSafe(files.as_str()))?;
    let requests = format!("DELETE FROM request WHERE id IN ({list})");
    run!(tx, sqlx::AssertSqlSafe(requests.as_str()))?;
    Ok(())
}
