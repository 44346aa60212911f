//! Tags: labels that articles share with requests.

use super::{By, Result};
use crate::storage::{Conn, Tx, all, run, value};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

/// The id of a tag, made if there is none of that name. Names are NFKC, trimmed and lower case.
pub async fn tag_id(tx: &mut Tx, name: &str) -> Result<Option<i64>> {
    let name = normalise(name);
    if name.is_empty() {
        return Ok(None);
    }
    // The update that changes nothing makes RETURNING speak for a row that was there already.
    let id = value!(
        tx,
        i64,
        "INSERT INTO tag (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
        name.as_str()
    )?;
    Ok(Some(id))
}

fn normalise(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect()
}

/// The tags of an article, by name.
pub async fn tags_of(conn: &mut Conn, article_id: i64) -> Result<Vec<String>> {
    let rows = all!(
        conn,
        (String,),
        "SELECT tag.name FROM article_tag JOIN tag ON tag.id = article_tag.tag_id
         WHERE article_tag.article_id = $1 ORDER BY tag.name",
        article_id
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Gives an article exactly these tags. Tells whether that changed anything.
pub async fn set_tags(tx: &mut Tx, by: &By<'_>, article_id: i64, tags: &[String]) -> Result<bool> {
    let mut wanted: Vec<String> =
        tags.iter().map(|tag| normalise(tag)).filter(|tag| !tag.is_empty()).collect();
    wanted.sort();
    wanted.dedup();
    let mut before = tags_of(tx, article_id).await?;
    before.sort();
    if before == wanted {
        return Ok(false);
    }
    run!(tx, "DELETE FROM article_tag WHERE article_id = $1", article_id)?;
    for name in &wanted {
        let Some(id) = tag_id(tx, name).await? else { continue };
        run!(tx, "INSERT INTO article_tag (article_id, tag_id) VALUES ($1, $2)", article_id, id)?;
    }
    by.changed(tx, article_id).await?;
    let detail = json!({ "before": before, "after": wanted });
    by.audit(tx, "article.tag", "article", article_id, &detail).await?;
    Ok(true)
}
