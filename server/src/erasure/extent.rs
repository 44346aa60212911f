//! What erasing a customer would take, for whoever is about to do it.

use super::Traces;
use crate::storage::{Conn, Result, all, ids, value};

/// An article that was made of one of the customer's requests.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MadeOf {
    pub article_id: i64,
    pub locale: String,
    pub title: String,
    /// It stays: readers know it. Otherwise it goes.
    pub published: bool,
}

/// How much there is of what goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    pub requests: i64,
    /// Words of both sides, notes among them.
    pub messages: i64,
    pub files: i64,
    pub mails: i64,
    /// Visits to the form, and searches of the same browsers.
    pub visits: i64,
    pub searches: i64,
    /// Wordings that search has learned or was given from their requests.
    pub phrases: i64,
    pub made_of: Vec<MadeOf>,
}

/// What there is of a customer.
pub async fn extent(conn: &mut Conn, person: i64, email: &str) -> Result<Extent> {
    let traces = Traces::of(conn, person).await?;
    let list = ids(traces.requests.iter().copied());
    let mut extent = Extent {
        requests: traces.requests.len() as i64,
        made_of: made_of(conn, &traces.requests).await?,
        ..Extent::default()
    };
    let of_requests = |sql: &str| sql.replace("{list}", &list);
    for (count, sql) in [
        (
            &mut extent.messages,
            "SELECT COUNT(*) FROM message WHERE kind <> 'event' AND request_id IN ({list})",
        ),
        (
            &mut extent.files,
            "SELECT COUNT(*) FROM attachment WHERE message_id IN (SELECT id FROM message WHERE request_id IN ({list}))",
        ),
        (&mut extent.visits, "SELECT COUNT(*) FROM intake_session WHERE request_id IN ({list})"),
        (&mut extent.phrases, "SELECT COUNT(*) FROM search_phrase WHERE request_id IN ({list})"),
    ] {
        *count = value!(conn, i64, sqlx::AssertSqlSafe(of_requests(sql)))?;
    }
    let sql = of_requests("SELECT COUNT(*) FROM mail WHERE recipient = $1 OR request_id IN ({list})");
    extent.mails = value!(conn, i64, sqlx::AssertSqlSafe(sql), email)?;
    let sql = "SELECT COUNT(*) FROM learned_phrase l JOIN search_evidence e ON e.id = l.evidence_id
               WHERE e.person_id = $1";
    extent.phrases += value!(conn, i64, sql, person)?;
    for visitor in &traces.visitors {
        let sql = "SELECT COUNT(*) FROM search_log WHERE visitor = $1";
        extent.searches += value!(conn, i64, sql, visitor.as_str())?;
    }
    Ok(extent)
}

/// The articles that were made of these requests, each with its title in the language it was written in first.
pub(super) async fn made_of(conn: &mut Conn, requests: &[i64]) -> Result<Vec<MadeOf>> {
    let sql = format!(
        "SELECT t.article_id, t.locale, r.title, EXISTS (
                SELECT 1 FROM translation live WHERE live.article_id = t.article_id
                AND live.live_revision_id IS NOT NULL) AS published
         FROM article_origin o JOIN translation t ON t.article_id = o.article_id
         JOIN revision r ON r.id = COALESCE(t.live_revision_id, t.head_revision_id)
         WHERE o.request_id IN ({}) AND t.id = (
                SELECT MIN(first.id) FROM translation first WHERE first.article_id = t.article_id)
         ORDER BY t.article_id",
        ids(requests.iter().copied())
    );
    all!(conn, MadeOf, sqlx::AssertSqlSafe(sql))
}
