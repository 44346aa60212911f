//! "Did this solve it?", and what people ask most now.

use super::Result;
use crate::clock::DAY;
use crate::storage::{Conn, Tx, all, run};
use app::i18n::Locale;
use app::model::article::NoReason;

/// What counts as now.
const NOW: i64 = 28 * DAY;

/// The longest comment that is kept, in characters.
pub const COMMENT: usize = 1_000;

/// What a reader said of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    pub solved: bool,
    pub reason: Option<NoReason>,
    pub comment: String,
}

pub async fn add_feedback(
    tx: &mut Tx,
    now: i64,
    article_id: i64,
    locale: Locale,
    feedback: &Feedback,
) -> Result<()> {
    let comment: String = feedback.comment.chars().take(COMMENT).collect();
    run!(
        tx,
        "INSERT INTO article_feedback (article_id, locale, solved, reason, comment, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        article_id,
        locale.tag(),
        feedback.solved,
        feedback.reason.filter(|_| !feedback.solved).map(NoReason::code),
        Some(comment).filter(|comment| !comment.is_empty() && !feedback.solved),
        now
    )?;
    Ok(())
}

/// The articles that people needed most in the last four weeks: how often each was said to have solved something,
/// solved a request, or was opened or named as the answer while somebody was asking. Most first.
pub async fn asked_most(conn: &mut Conn, now: i64, limit: i64) -> Result<Vec<i64>> {
    let rows = all!(
        conn,
        (i64, i64),
        "SELECT article_id, CAST(SUM(n) AS BIGINT) AS times FROM (
             SELECT article_id, COUNT(*) AS n FROM article_feedback
             WHERE solved AND created_at > $1 GROUP BY article_id
             UNION ALL
             SELECT article_id, COUNT(*) AS n FROM article_use WHERE at > $1 GROUP BY article_id
             UNION ALL
             SELECT article_id, COUNT(*) AS n FROM intake_opened WHERE at > $1 GROUP BY article_id
             UNION ALL
             SELECT solved_article_id AS article_id, COUNT(*) AS n FROM intake_session
             WHERE solved_article_id IS NOT NULL AND solved_at > $1 GROUP BY solved_article_id
         ) AS facts GROUP BY article_id ORDER BY times DESC, article_id LIMIT $2",
        now - NOW,
        limit
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
