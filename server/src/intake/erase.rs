//! Visits that lose their words with their customer, and go on being counted.

use crate::chance::Chance;
use crate::erasure::Traces;
use crate::storage::{Result, Tx, ids, run};

/// Takes the words from a customer's visits and ties them to nobody's browser; visits of one browser stay together, so
/// that what is not settled yet is settled alike. Uploads that wait go. A visit that led to somebody else's request is
/// theirs.
pub async fn erase_visits(tx: &mut Tx, chance: &Chance, traces: &Traces) -> Result<()> {
    let list = ids(traces.requests.iter().copied());
    let blank = format!(
        "UPDATE intake_session SET typed = '', visitor = $2
         WHERE visitor = $1 AND (request_id IS NULL OR request_id IN ({list}))"
    );
    for visitor in &traces.visitors {
        run!(tx, sqlx::AssertSqlSafe(blank.as_str()), visitor.as_str(), chance.token())?;
        run!(
            tx,
            "DELETE FROM attachment WHERE uploader = $1 AND message_id IS NULL AND article_id IS NULL",
            visitor.as_str()
        )?;
    }
    Ok(())
}
