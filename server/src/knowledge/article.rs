//! An article and its translations: making them, shelving them, moving their address.

use super::redirect::{article_path, drop_redirect};
use super::slug::{holder, is_made_of, slug_for, slugify};
use super::{By, KnowledgeError, Result, add_redirect};
use crate::storage::{Conn, Tx, first, run, value};
use app::i18n::Locale;
use serde_json::json;

/// What an article has before it has words.
#[derive(Clone, Debug, Default)]
pub struct NewArticle {
    pub category_id: Option<i64>,
    pub owner_id: Option<i64>,
}

/// Makes an article without a translation; nobody sees it yet.
pub async fn create_article(tx: &mut Tx, by: &By<'_>, new: &NewArticle) -> Result<i64> {
    let id = value!(
        tx,
        i64,
        "INSERT INTO article (category_id, owner_id, created_at) VALUES ($1, $2, $3) RETURNING id",
        new.category_id,
        new.owner_id,
        by.now
    )?;
    by.changed(tx, id).await?;
    by.audit(tx, "article.create", "article", id, &json!({})).await?;
    Ok(id)
}

/// Begins a translation, empty and unpublished, under a slug from [`super::slug_for`]. Gives its id.
///
/// # Errors
/// [`KnowledgeError::SlugTaken`] if another article of the locale has the slug.
pub async fn create_translation(
    tx: &mut Tx,
    by: &By<'_>,
    article_id: i64,
    locale: Locale,
    slug: &str,
) -> Result<i64> {
    if holder(tx, locale, slug).await?.is_some() {
        return Err(KnowledgeError::SlugTaken(slug.to_owned()));
    }
    let id = value!(
        tx,
        i64,
        "INSERT INTO translation (article_id, locale, slug, updated_at) VALUES ($1, $2, $3, $4) RETURNING id",
        article_id,
        locale.tag(),
        slug,
        by.now
    )?;
    // What is written here now wins over what once moved away from here.
    drop_redirect(tx, &article_path(locale, slug)).await?;
    by.changed(tx, article_id).await?;
    Ok(id)
}

/// Moves a translation to another slug; its old address leads to the new one if it was ever public. Tells whether
/// that changed anything.
///
/// # Errors
/// [`KnowledgeError::SlugTaken`] if another article of the locale has the slug or it is empty,
/// [`KnowledgeError::NotFound`] without such a translation.
pub async fn change_slug(tx: &mut Tx, by: &By<'_>, translation_id: i64, slug: &str) -> Result<bool> {
    let row = first!(
        tx,
        (i64, String, String, Option<i64>),
        "SELECT article_id, locale, slug, published_at FROM translation WHERE id = $1",
        translation_id
    )?;
    let (article_id, tag, old, published_at) = row.ok_or(KnowledgeError::NotFound)?;
    let locale = Locale::from_tag(&tag).ok_or(KnowledgeError::NotFound)?;
    let slug = slugify(slug);
    if slug == old {
        return Ok(false);
    }
    if slug.is_empty() || holder(tx, locale, &slug).await?.is_some() {
        return Err(KnowledgeError::SlugTaken(slug));
    }
    run!(
        tx,
        "UPDATE translation SET slug = $1, updated_at = $2 WHERE id = $3",
        slug.as_str(),
        by.now,
        translation_id
    )?;
    let new_path = article_path(locale, &slug);
    drop_redirect(tx, &new_path).await?;
    if published_at.is_some() {
        add_redirect(tx, by, &article_path(locale, &old), &new_path).await?;
    }
    by.changed(tx, article_id).await?;
    let detail = json!({ "locale": tag, "before": old, "after": slug });
    by.audit(tx, "article.slug", "article", article_id, &detail).await?;
    Ok(true)
}

/// Gives a translation that was never public, and whose slug was made of its title `before`, one of its title now: the
/// draft of a request begins with its customer's subject, and no address is to keep that.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a translation.
pub async fn slug_follows_title(
    tx: &mut Tx,
    by: &By<'_>,
    translation_id: i64,
    before: &str,
    title: &str,
) -> Result<bool> {
    let row = first!(
        tx,
        (i64, String, String),
        "SELECT article_id, locale, slug FROM translation WHERE id = $1 AND published_at IS NULL",
        translation_id
    )?;
    let Some((article_id, tag, slug)) = row else { return Ok(false) };
    if before == title || !is_made_of(&slug, before) {
        return Ok(false);
    }
    let locale = Locale::from_tag(&tag).ok_or(KnowledgeError::NotFound)?;
    let slug = slug_for(tx, locale, title, Some(article_id)).await?;
    change_slug(tx, by, translation_id, &slug).await
}

/// Puts an article on another shelf, or on none. Tells whether that changed anything.
pub async fn set_category(
    tx: &mut Tx,
    by: &By<'_>,
    article_id: i64,
    category_id: Option<i64>,
) -> Result<bool> {
    let before = shelf_and_owner(tx, article_id).await?.0;
    if before == category_id {
        return Ok(false);
    }
    run!(tx, "UPDATE article SET category_id = $1 WHERE id = $2", category_id, article_id)?;
    by.changed(tx, article_id).await?;
    let detail = json!({ "before": before, "after": category_id });
    by.audit(tx, "article.category", "article", article_id, &detail).await?;
    Ok(true)
}

/// Gives an article to somebody who keeps it true. Tells whether that changed anything.
pub async fn set_owner(tx: &mut Tx, by: &By<'_>, article_id: i64, owner_id: Option<i64>) -> Result<bool> {
    let before = shelf_and_owner(tx, article_id).await?.1;
    if before == owner_id {
        return Ok(false);
    }
    run!(tx, "UPDATE article SET owner_id = $1 WHERE id = $2", owner_id, article_id)?;
    by.changed(tx, article_id).await?;
    let detail = json!({ "before": before, "after": owner_id });
    by.audit(tx, "article.owner", "article", article_id, &detail).await?;
    Ok(true)
}

async fn shelf_and_owner(conn: &mut Conn, article_id: i64) -> Result<(Option<i64>, Option<i64>)> {
    let row = first!(
        conn,
        (Option<i64>, Option<i64>),
        "SELECT category_id, owner_id FROM article WHERE id = $1",
        article_id
    )?;
    row.ok_or(KnowledgeError::NotFound)
}

/// Takes an article away with everything of it. Only one that customers cannot see: unpublish it first.
///
/// # Errors
/// [`KnowledgeError::NotEmpty`] while a translation is published, [`KnowledgeError::NotFound`] without the article.
pub async fn delete_article(tx: &mut Tx, by: &By<'_>, article_id: i64) -> Result<()> {
    let live = first!(
        tx,
        (i64,),
        "SELECT id FROM translation WHERE article_id = $1 AND live_revision_id IS NOT NULL",
        article_id
    )?;
    if live.is_some() {
        return Err(KnowledgeError::NotEmpty);
    }
    if run!(tx, "DELETE FROM article WHERE id = $1", article_id)? == 0 {
        return Err(KnowledgeError::NotFound);
    }
    by.changed(tx, article_id).await?;
    by.audit(tx, "article.delete", "article", article_id, &json!({})).await?;
    Ok(())
}
