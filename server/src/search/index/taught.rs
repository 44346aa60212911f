//! The phrases that articles are asked for by, as search remembers them: what solved requests taught, what CRE added,
//! and the titles that they compete with.

use app::i18n::Locale;

use crate::search::recall::Phrase;
use crate::storage::{Conn, Result, all};

/// The newest and weightiest; more would make learning slow and answers no better.
const MOST: i64 = 20_000;

/// All phrases of each language; none of one in which no article has any.
pub async fn phrases(conn: &mut Conn) -> Result<[Vec<Phrase>; Locale::ALL.len()]> {
    let mut found = [Vec::new(), Vec::new()];
    for locale in Locale::ALL {
        found[locale as usize] = phrases_in(conn, locale).await?;
    }
    Ok(found)
}

/// Of articles that are published in this language: drafts are not found, and must not take the belief of others.
async fn phrases_in(conn: &mut Conn, locale: Locale) -> Result<Vec<Phrase>> {
    let mut rows = all!(
        conn,
        (i64, String, i64),
        "SELECT p.article_id, p.phrase, CAST(1000 AS BIGINT) FROM search_phrase p
         JOIN translation t ON t.article_id = p.article_id AND t.locale = p.locale
         WHERE p.locale = $1 AND t.live_revision_id IS NOT NULL ORDER BY p.id DESC LIMIT $2",
        locale.tag(),
        MOST
    )?;
    rows.extend(all!(
        conn,
        (i64, String, i64),
        "SELECT e.article_id, e.text, l.weight FROM learned_phrase l
         JOIN search_evidence e ON e.id = l.evidence_id
         JOIN translation t ON t.article_id = e.article_id AND t.locale = e.locale
         WHERE e.locale = $1 AND t.live_revision_id IS NOT NULL ORDER BY l.weight DESC, e.id DESC LIMIT $2",
        locale.tag(),
        MOST
    )?);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    // An article without phrases must not lose to one that has some for being silent.
    let titles = all!(
        conn,
        (i64, String, i64),
        "SELECT t.article_id, r.title, CAST(1000 AS BIGINT)
         FROM translation t JOIN revision r ON r.id = t.live_revision_id
         WHERE t.locale = $1 ORDER BY t.article_id LIMIT $2",
        locale.tag(),
        MOST
    )?;
    let phrase = |is_title: bool| {
        move |(article_id, text, weight): (i64, String, i64)| Phrase {
            article_id,
            text,
            weight: weight as f32 / 1000.0,
            is_title,
        }
    };
    Ok(titles.into_iter().map(phrase(true)).chain(rows.into_iter().map(phrase(false))).collect())
}
