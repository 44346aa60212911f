//! Customers' own words for what an article answers: matched by search, never shown to customers.

use super::{By, Result};
use crate::storage::{Tx, first, run, value};
use app::i18n::Locale;
use serde_json::json;

/// The longest phrase that is kept, in characters.
const MAX: usize = 500;

/// Keeps a phrase for an article, once. `request_id` is the request it came from, if any: the phrase goes when that
/// does. Gives the phrase's id; `None` for an empty one or one that is there already.
pub async fn add_phrase(
    tx: &mut Tx,
    by: &By<'_>,
    article_id: i64,
    locale: Locale,
    phrase: &str,
    request_id: Option<i64>,
) -> Result<Option<i64>> {
    let phrase: String = phrase.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX).collect();
    let there = first!(
        tx,
        (i64,),
        "SELECT id FROM search_phrase WHERE article_id = $1 AND locale = $2 AND phrase = $3",
        article_id,
        locale.tag(),
        phrase.as_str()
    )?;
    if phrase.is_empty() || there.is_some() {
        return Ok(None);
    }
    let id = value!(
        tx,
        i64,
        "INSERT INTO search_phrase (article_id, locale, phrase, request_id, created_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        article_id,
        locale.tag(),
        phrase.as_str(),
        request_id,
        by.now
    )?;
    by.phrases_changed(tx, article_id).await?;
    // The phrase itself stays out of the log: it is a customer's words, and must be gone when they are.
    let detail = json!({ "locale": locale.tag(), "phrase_id": id });
    by.audit(tx, "article.phrase_add", "article", article_id, &detail).await?;
    Ok(Some(id))
}

/// Takes a phrase from an article. Tells whether it was there.
pub async fn remove_phrase(tx: &mut Tx, by: &By<'_>, article_id: i64, phrase_id: i64) -> Result<bool> {
    let gone =
        run!(tx, "DELETE FROM search_phrase WHERE id = $1 AND article_id = $2", phrase_id, article_id)? > 0;
    if gone {
        by.phrases_changed(tx, article_id).await?;
        let detail = json!({ "phrase_id": phrase_id });
        by.audit(tx, "article.phrase_remove", "article", article_id, &detail).await?;
    }
    Ok(gone)
}
