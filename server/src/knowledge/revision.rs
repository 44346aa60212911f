//! Revisions: what was written, by whom, with what note. None is ever changed or overwritten.

use super::{By, KnowledgeError, Result};
use crate::storage::{Conn, Tx, first, run, value};
use serde_json::json;

/// What an editor wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Why it changed, for colleagues.
    pub note: String,
}

/// How a save ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    Saved {
        revision_id: i64,
        number: i64,
    },
    /// Title, summary and body are those of the newest revision: nothing was written.
    Unchanged {
        revision_id: i64,
        number: i64,
    },
    /// Somebody saved in between: nothing was written, and theirs is here.
    Conflict(Box<Conflict>),
}

/// The revision that a save did not know of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Conflict {
    pub revision_id: i64,
    pub number: i64,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub note: String,
    pub author_id: Option<i64>,
    pub created_at: i64,
}

/// Writes a new revision on top of `base`, the id of the newest one when the editor was opened (`None`: there was
/// none). Never overwrites silently: if another came in between, nothing is written and [`Saving::Conflict`] has it.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a translation.
pub async fn save_revision(
    tx: &mut Tx,
    by: &By<'_>,
    translation_id: i64,
    base: Option<i64>,
    draft: &Draft,
) -> Result<Saving> {
    let (article_id, locale) = lock(tx, by, translation_id).await?;
    let head = head(tx, translation_id).await?;
    if head.as_ref().map(|head| head.revision_id) != base {
        // Without a head there is nothing to lose: a base that is gone is no conflict.
        if let Some(head) = head {
            return Ok(Saving::Conflict(Box::new(head)));
        }
    }
    if let Some(head) = &head
        && (&head.title, &head.summary) == (&draft.title, &draft.summary)
        // Files end their last line, editors do not: nobody can see the difference.
        && head.body.trim_end() == draft.body.trim_end()
    {
        return Ok(Saving::Unchanged { revision_id: head.revision_id, number: head.number });
    }
    let number = head.map_or(0, |head| head.number) + 1;
    let revision_id = value!(
        tx,
        i64,
        "INSERT INTO revision (translation_id, number, title, summary, body, author_id, note, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        translation_id,
        number,
        draft.title.as_str(),
        draft.summary.as_str(),
        draft.body.as_str(),
        by.person_id(),
        draft.note.as_str(),
        by.now
    )?;
    run!(tx, "UPDATE translation SET head_revision_id = $1 WHERE id = $2", revision_id, translation_id)?;
    by.changed(tx, article_id).await?;
    let detail = json!({ "locale": locale, "number": number, "title": draft.title });
    by.audit(tx, "article.save", "article", article_id, &detail).await?;
    Ok(Saving::Saved { revision_id, number })
}

/// Shows the newest revision to readers. Tells whether that changed anything.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a translation, or before its first revision.
pub async fn publish(tx: &mut Tx, by: &By<'_>, translation_id: i64) -> Result<bool> {
    let (article_id, locale) = lock(tx, by, translation_id).await?;
    let head = head(tx, translation_id).await?.ok_or(KnowledgeError::NotFound)?;
    let touched = run!(
        tx,
        "UPDATE translation SET live_revision_id = $1, published_at = $2
         WHERE id = $3 AND (live_revision_id IS NULL OR live_revision_id <> $1)",
        head.revision_id,
        by.now,
        translation_id
    )?;
    if touched > 0 {
        by.changed(tx, article_id).await?;
        let detail = json!({ "locale": locale, "number": head.number, "title": head.title });
        by.audit(tx, "article.publish", "article", article_id, &detail).await?;
    }
    Ok(touched > 0)
}

/// Takes a translation from readers; its revisions stay. Tells whether it was published.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a translation.
pub async fn unpublish(tx: &mut Tx, by: &By<'_>, translation_id: i64) -> Result<bool> {
    let (article_id, locale) = lock(tx, by, translation_id).await?;
    let touched = run!(
        tx,
        "UPDATE translation SET live_revision_id = NULL WHERE id = $1 AND live_revision_id IS NOT NULL",
        translation_id
    )?;
    if touched > 0 {
        by.changed(tx, article_id).await?;
        by.audit(tx, "article.unpublish", "article", article_id, &json!({ "locale": locale })).await?;
    }
    Ok(touched > 0)
}

/// Notes the time of the change, and with it holds the row until the commit, so that of two who save at once the
/// second sees the first. Gives the article's id and the locale's tag.
async fn lock(tx: &mut Tx, by: &By<'_>, translation_id: i64) -> Result<(i64, String)> {
    let row = first!(
        tx,
        (i64, String),
        "UPDATE translation SET updated_at = $1 WHERE id = $2 RETURNING article_id, locale",
        by.now,
        translation_id
    )?;
    row.ok_or(KnowledgeError::NotFound)
}

async fn head(conn: &mut Conn, translation_id: i64) -> Result<Option<Conflict>> {
    let row = first!(
        conn,
        Conflict,
        "SELECT revision.id AS revision_id, revision.number, revision.title, revision.summary, revision.body,
                revision.note, revision.author_id, revision.created_at
         FROM translation JOIN revision ON revision.id = translation.head_revision_id
         WHERE translation.id = $1",
        translation_id
    )?;
    Ok(row)
}
