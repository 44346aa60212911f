//! Forgetting a customer.

use std::collections::BTreeSet;

use super::evidence::hold_evidence;
use crate::erasure::Traces;
use crate::jobs::{Job, hasten};
use crate::knowledge::By;
use crate::storage::{Result, Tx, all, ids, run};

/// Deletes everything that was learned from a customer, and tells the index which articles lost something. What others
/// said weighs anew as soon as the job has run, which is due now.
pub async fn erase(tx: &mut Tx, by: &By<'_>, traces: &Traces) -> Result<()> {
    hold_evidence(tx).await?;
    let list = ids(traces.requests.iter().copied());
    let theirs = format!("person_id = $1 OR request_id IN ({list})");
    let sql = format!(
        "SELECT article_id FROM search_evidence WHERE {theirs}
         UNION SELECT article_id FROM search_phrase WHERE request_id IN ({list})"
    );
    let rows = all!(tx, (i64,), sqlx::AssertSqlSafe(sql.as_str()), traces.person)?;
    let mut articles: BTreeSet<i64> = rows.into_iter().map(|row| row.0).collect();
    let sql = format!("DELETE FROM search_evidence WHERE {theirs}");
    run!(tx, sqlx::AssertSqlSafe(sql.as_str()), traces.person)?;
    for visitor in &traces.visitors {
        let sql = "SELECT article_id FROM search_evidence WHERE visitor = $1 AND person_id IS NULL";
        articles.extend(all!(tx, (i64,), sql, visitor.as_str())?.into_iter().map(|row| row.0));
        let sql = "DELETE FROM search_evidence WHERE visitor = $1 AND person_id IS NULL";
        run!(tx, sql, visitor.as_str())?;
    }
    let sql = format!("DELETE FROM search_phrase WHERE request_id IN ({list})");
    run!(tx, sqlx::AssertSqlSafe(sql.as_str()))?;
    for article in articles {
        by.phrases_changed(tx, article).await?;
    }
    hasten(tx, &Job::LearnPhrases {}, by.now).await
}
