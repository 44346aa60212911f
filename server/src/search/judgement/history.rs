//! How evaluation went over time, and what got worse.

use app::i18n::Locale;

use super::evaluate::{BEST_OF, CAUSES_APART, Cause};
use crate::storage::{Conn, Result, all, first};

/// One evaluation of a language's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: i64,
    /// Milliseconds UTC.
    pub at: i64,
    /// Why it was made, and what else had changed since the one before.
    pub causes: Vec<Cause>,
    pub questions: i64,
    /// For so many the right article came first; was among the first three.
    pub first: i64,
    pub among_three: i64,
    /// Mean reciprocal rank, 0 to 1, an article after the tenth place counting nothing.
    pub mrr: f64,
    /// For so many the article came further down than in the round before.
    pub worse: i64,
}

/// A question whose article came further down than in the round before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worse {
    pub question: String,
    pub article_id: i64,
    /// The article's title in this language or the other; empty for one that is not published.
    pub article: String,
    /// From 1.
    pub was: i64,
    /// `None`: no longer among those looked at.
    pub is: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    at: i64,
    cause: String,
    questions: i64,
    first: i64,
    among_three: i64,
    mrr: i64,
    worse: i64,
}

/// The newest rounds of a language, the newest first.
pub async fn rounds(conn: &mut Conn, locale: Locale, limit: i64) -> Result<Vec<Round>> {
    let rows = all!(
        conn,
        Row,
        "SELECT id, at, cause, questions, first, among_three, mrr, worse FROM judgement_round
         WHERE locale = $1 ORDER BY id DESC LIMIT $2",
        locale.tag(),
        limit
    )?;
    let round = |row: Row| Round {
        id: row.id,
        at: row.at,
        causes: row.cause.split(CAUSES_APART).filter_map(Cause::from_code).collect(),
        questions: row.questions,
        first: row.first,
        among_three: row.among_three,
        mrr: row.mrr as f64 / 1_000_000.0,
        worse: row.worse,
    };
    Ok(rows.into_iter().map(round).collect())
}

/// What got worse in a round since the one before, the deepest fall first. Places are kept of the newest
/// [`super::ROUNDS_COMPARED`]; of older rounds nothing is known any more.
pub async fn worse(conn: &mut Conn, locale: Locale, round: i64) -> Result<Vec<Worse>> {
    let sql = "SELECT id FROM judgement_round WHERE locale = $1 AND id < $2 ORDER BY id DESC LIMIT 1";
    match first!(conn, (i64,), sql, locale.tag(), round)? {
        Some((before,)) => worse_between(conn, locale, before, round).await,
        None => Ok(Vec::new()),
    }
}

/// What got worse from one round to another, the deepest fall first.
pub(super) async fn worse_between(
    conn: &mut Conn,
    locale: Locale,
    before: i64,
    after: i64,
) -> Result<Vec<Worse>> {
    let earlier = format!("p.round_id = {before}");
    worse_than(conn, locale, &earlier, after).await
}

/// What stands further down in the newest round than it did at its best in [`BEST_OF`] before, the deepest fall first.
pub async fn below_their_best(conn: &mut Conn, locale: Locale) -> Result<Vec<Worse>> {
    let sql = "SELECT id, at FROM judgement_round WHERE locale = $1 ORDER BY id DESC LIMIT 1";
    let Some((newest, at)) = first!(conn, (i64, i64), sql, locale.tag())? else { return Ok(Vec::new()) };
    let since = at - BEST_OF;
    let earlier = format!(
        "p.round_id IN (SELECT id FROM judgement_round WHERE locale = $2 AND id < {newest} AND at >= {since})"
    );
    worse_than(conn, locale, &earlier, newest).await
}

/// What stands further down in a round than at its best among `earlier` places (a condition on `p`).
async fn worse_than(conn: &mut Conn, locale: Locale, earlier: &str, round: i64) -> Result<Vec<Worse>> {
    let sql = format!(
        "SELECT j.question, j.article_id,
                COALESCE((SELECT r.title FROM translation t JOIN revision r ON r.id = t.live_revision_id
                          WHERE t.article_id = j.article_id
                          ORDER BY CASE WHEN t.locale = $2 THEN 0 ELSE 1 END LIMIT 1), ''),
                was.place, now.place
         FROM (SELECT p.judgement_id, MIN(p.place) AS place FROM judgement_place p
               WHERE p.place IS NOT NULL AND {earlier} GROUP BY p.judgement_id) was
         JOIN judgement_place now ON now.judgement_id = was.judgement_id AND now.round_id = $1
         JOIN judgement j ON j.id = was.judgement_id
         WHERE now.place IS NULL OR now.place > was.place
         ORDER BY COALESCE(now.place, 1000) - was.place DESC, j.id"
    );
    let rows = all!(
        conn,
        (String, i64, String, i64, Option<i64>),
        sqlx::AssertSqlSafe(sql.as_str()),
        round,
        locale.tag()
    )?;
    Ok(rows
        .into_iter()
        .map(|(question, article_id, article, was, is)| Worse { question, article_id, article, was, is })
        .collect())
}
