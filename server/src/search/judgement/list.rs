//! Keeping the list: one right article for a question in a language.

use app::i18n::Locale;
use serde_json::json;

use crate::identity::{Actor, audit};
use crate::search::term;
use crate::storage::{Conn, Result, Tx, all, first, run};

/// So many judgements are listed and evaluated in one language.
pub const MOST: i64 = 2_000;

/// A judgement that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    pub locale: Locale,
    /// As a customer would type it.
    pub question: &'a str,
    pub article_id: i64,
    /// The request that asked it, if any: the judgement goes when that does.
    pub request_id: Option<i64>,
}

/// A judgement of the list, with where its article came last.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Judged {
    pub id: i64,
    pub question: String,
    pub article_id: i64,
    /// The article's title in this language or the other; empty for one that is not published.
    pub title: String,
    /// The last round has placed it.
    pub placed: bool,
    /// Its place in that round, from 1; `None` where it was not among those looked at.
    pub place: Option<i64>,
}

/// What came of adding one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    New,
    /// The question was judged before; now its article is this one.
    Changed,
    /// It was there just so.
    There,
}

/// Keeps a judgement; a question that is there already, in whatever spelling, gets this article. `None` for a question
/// without words.
pub async fn add(tx: &mut Tx, new: &Judgement<'_>, actor: &Actor<'_>, now: i64) -> Result<Option<Added>> {
    let question = new.question.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = term(&question);
    if folded.is_empty() {
        return Ok(None);
    }
    let there = first!(
        tx,
        (i64, i64),
        "SELECT id, article_id FROM judgement WHERE locale = $1 AND folded = $2",
        new.locale.tag(),
        folded.as_str()
    )?;
    let added = match there {
        Some((_, article)) if article == new.article_id => return Ok(Some(Added::There)),
        Some((id, _)) => {
            // Places of another article are no news of this one.
            run!(tx, "DELETE FROM judgement_place WHERE judgement_id = $1", id)?;
            run!(tx, "UPDATE judgement SET article_id = $2 WHERE id = $1", id, new.article_id)?;
            Added::Changed
        }
        None => {
            run!(
                tx,
                "INSERT INTO judgement (locale, question, folded, article_id, request_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                new.locale.tag(),
                question,
                folded,
                new.article_id,
                new.request_id,
                now
            )?;
            Added::New
        }
    };
    // The question may be a customer's: it stays out of the log.
    let detail = json!({ "locale": new.locale.tag() });
    audit(tx, now, actor, "judgement.add", "article", Some(new.article_id), &detail).await?;
    Ok(Some(added))
}

/// Takes a judgement from the list. Tells whether it was there.
pub async fn remove(tx: &mut Tx, id: i64, actor: &Actor<'_>, now: i64) -> Result<bool> {
    let row = first!(tx, (i64, String), "SELECT article_id, locale FROM judgement WHERE id = $1", id)?;
    let Some((article_id, locale)) = row else { return Ok(false) };
    run!(tx, "DELETE FROM judgement WHERE id = $1", id)?;
    let detail = json!({ "locale": locale });
    audit(tx, now, actor, "judgement.remove", "article", Some(article_id), &detail).await?;
    Ok(true)
}

/// The list of a language: what is found worst first, then the newest.
pub async fn judgements(conn: &mut Conn, locale: Locale) -> Result<Vec<Judged>> {
    all!(
        conn,
        Judged,
        "SELECT j.id, j.question, j.article_id,
                COALESCE((SELECT r.title FROM translation t JOIN revision r ON r.id = t.live_revision_id
                          WHERE t.article_id = j.article_id
                          ORDER BY CASE WHEN t.locale = $1 THEN 0 ELSE 1 END LIMIT 1), '') AS title,
                p.judgement_id IS NOT NULL AS placed, p.place
         FROM judgement j
         LEFT JOIN judgement_place p ON p.judgement_id = j.id
              AND p.round_id = (SELECT MAX(id) FROM judgement_round WHERE locale = $1)
         WHERE j.locale = $1
         ORDER BY CASE WHEN p.judgement_id IS NULL THEN 0 ELSE 1 END, COALESCE(p.place, 1000) DESC, j.id DESC
         LIMIT $2",
        locale.tag(),
        MOST
    )
}
