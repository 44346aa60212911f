//! The tree of categories, three deep at most.

use super::{By, KnowledgeError, Result, slugify};
use crate::storage::{Conn, Tx, all, first, run, value};
use app::i18n::Locale;
use serde_json::json;

/// How many levels the tree has at most.
pub const DEPTH: usize = 3;

/// A category's words in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryText {
    pub locale: Locale,
    pub name: String,
    pub description: String,
}

/// A category as it should be.
#[derive(Clone, Debug)]
pub struct NewCategory {
    /// Unique in the whole tree.
    pub slug: String,
    pub parent_id: Option<i64>,
    /// A name that `IconName::from_name` knows.
    pub icon: String,
    /// Order among its siblings.
    pub position: i64,
    /// Languages that are not named here keep what they have.
    pub texts: Vec<CategoryText>,
}

pub async fn category_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<i64>> {
    Ok(first!(conn, (i64,), "SELECT id FROM category WHERE slug = $1", slug)?.map(|row| row.0))
}

/// Makes the category of this slug, or makes it as it should be. Gives its id.
///
/// # Errors
/// [`KnowledgeError::TooDeep`] or [`KnowledgeError::BelowItself`] for a parent that it cannot have.
pub async fn upsert_category(tx: &mut Tx, by: &By<'_>, new: &NewCategory) -> Result<i64> {
    let slug = slugify(&new.slug);
    if let Some(id) = category_by_slug(tx, &slug).await? {
        edit_category(tx, by, id, new).await?;
        return Ok(id);
    }
    room_below(tx, None, new.parent_id).await?;
    if slug.is_empty() {
        return Err(KnowledgeError::SlugTaken(slug));
    }
    let id = value!(
        tx,
        i64,
        "INSERT INTO category (parent_id, slug, icon, position, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        new.parent_id,
        slug.as_str(),
        new.icon.as_str(),
        new.position,
        by.now
    )?;
    write_texts(tx, id, &new.texts).await?;
    let detail = json!({ "slug": slug, "names": names(&new.texts) });
    by.tree_changed(tx, id).await?;
    by.audit(tx, "category.create", "category", id, &detail).await?;
    Ok(id)
}

/// Makes a category as it should be: words, icon, order, parent. Its slug stays. Tells whether anything changed.
///
/// # Errors
/// As [`upsert_category`]; [`KnowledgeError::NotFound`] without such a category.
pub async fn edit_category(tx: &mut Tx, by: &By<'_>, id: i64, new: &NewCategory) -> Result<bool> {
    let row = first!(
        tx,
        (Option<i64>, String, i64),
        "SELECT parent_id, icon, position FROM category WHERE id = $1",
        id
    )?;
    let (parent_id, icon, position) = row.ok_or(KnowledgeError::NotFound)?;
    let same = parent_id == new.parent_id && icon == new.icon && position == new.position;
    let words_differ = differing(tx, id, &new.texts).await?;
    if same && !words_differ {
        return Ok(false);
    }
    if parent_id != new.parent_id {
        room_below(tx, Some(id), new.parent_id).await?;
    }
    run!(
        tx,
        "UPDATE category SET parent_id = $1, icon = $2, position = $3 WHERE id = $4",
        new.parent_id,
        new.icon.as_str(),
        new.position,
        id
    )?;
    write_texts(tx, id, &new.texts).await?;
    articles_changed(tx, by, id).await?;
    by.tree_changed(tx, id).await?;
    let detail = json!({ "names": names(&new.texts), "parent": new.parent_id, "position": new.position });
    by.audit(tx, "category.edit", "category", id, &detail).await?;
    Ok(true)
}

/// Moves a category up (-1) or down (1) among its siblings. Tells whether it moved.
pub async fn move_category(tx: &mut Tx, by: &By<'_>, id: i64, step: i64) -> Result<bool> {
    let siblings: Vec<i64> = all!(
        tx,
        (i64,),
        "SELECT id FROM category
         WHERE COALESCE(parent_id, 0) = (SELECT COALESCE(parent_id, 0) FROM category WHERE id = $1)
         ORDER BY position, id",
        id
    )?
    .into_iter()
    .map(|row| row.0)
    .collect();
    let at = siblings.iter().position(|sibling| *sibling == id).ok_or(KnowledgeError::NotFound)?;
    let Some(to) = at.checked_add_signed(step.signum() as isize).filter(|to| *to < siblings.len()) else {
        return Ok(false);
    };
    let mut order = siblings;
    order.swap(at, to);
    for (position, sibling) in (1_i64..).zip(&order) {
        run!(tx, "UPDATE category SET position = $1 WHERE id = $2", position, *sibling)?;
    }
    by.tree_changed(tx, id).await?;
    by.audit(tx, "category.move", "category", id, &json!({ "step": step.signum() })).await?;
    Ok(true)
}

/// Takes an empty category away.
///
/// # Errors
/// [`KnowledgeError::NotEmpty`] while an article or another category stands in it.
pub async fn delete_category(tx: &mut Tx, by: &By<'_>, id: i64) -> Result<()> {
    let held = value!(
        tx,
        i64,
        "SELECT (SELECT COUNT(*) FROM article WHERE category_id = $1) + (SELECT COUNT(*) FROM category WHERE parent_id = $1)",
        id
    )?;
    if held > 0 {
        return Err(KnowledgeError::NotEmpty);
    }
    let slug = first!(tx, (String,), "DELETE FROM category WHERE id = $1 RETURNING slug", id)?;
    let (slug,) = slug.ok_or(KnowledgeError::NotFound)?;
    by.tree_changed(tx, id).await?;
    by.audit(tx, "category.delete", "category", id, &json!({ "slug": slug })).await?;
    Ok(())
}

/// Whether `id` (with everything below it) can stand below `parent`.
async fn room_below(conn: &mut Conn, id: Option<i64>, parent: Option<i64>) -> Result<()> {
    let tree = all!(conn, (i64, Option<i64>), "SELECT id, parent_id FROM category")?;
    let parent_of = |of: i64| tree.iter().find(|(id, _)| *id == of).and_then(|(_, parent)| *parent);
    let mut above = 0;
    let mut at = parent;
    while let Some(here) = at {
        if Some(here) == id {
            return Err(KnowledgeError::BelowItself);
        }
        if !tree.iter().any(|(id, _)| *id == here) {
            return Err(KnowledgeError::NotFound);
        }
        above += 1;
        if above >= DEPTH {
            return Err(KnowledgeError::TooDeep);
        }
        at = parent_of(here);
    }
    let height = id.map_or(1, |id| height(&tree, id, DEPTH));
    if above + height > DEPTH { Err(KnowledgeError::TooDeep) } else { Ok(()) }
}

/// How many levels a category has, itself included.
fn height(tree: &[(i64, Option<i64>)], of: i64, most: usize) -> usize {
    if most == 0 {
        return 1;
    }
    let below =
        tree.iter().filter(|(_, parent)| *parent == Some(of)).map(|(id, _)| height(tree, *id, most - 1));
    1 + below.max().unwrap_or(0)
}

async fn write_texts(tx: &mut Tx, id: i64, texts: &[CategoryText]) -> Result<()> {
    for text in texts {
        run!(
            tx,
            "INSERT INTO category_text (category_id, locale, name, description) VALUES ($1, $2, $3, $4)
             ON CONFLICT (category_id, locale) DO UPDATE SET name = excluded.name, description = excluded.description",
            id,
            text.locale.tag(),
            text.name.as_str(),
            text.description.as_str()
        )?;
    }
    Ok(())
}

async fn differing(conn: &mut Conn, id: i64, texts: &[CategoryText]) -> Result<bool> {
    let rows = all!(
        conn,
        (String, String, String),
        "SELECT locale, name, description FROM category_text WHERE category_id = $1",
        id
    )?;
    Ok(texts.iter().any(|text| {
        !rows.iter().any(|(locale, name, description)| {
            locale == text.locale.tag() && *name == text.name && *description == text.description
        })
    }))
}

/// The index keeps the names of the shelves an article stands on.
async fn articles_changed(tx: &mut Tx, by: &By<'_>, id: i64) -> Result<()> {
    run!(
        tx,
        "INSERT INTO change (entity, entity_id, at)
         SELECT 'article', article.id, CAST($2 AS BIGINT) FROM article
         WHERE category_id = $1
            OR category_id IN (SELECT id FROM category WHERE parent_id = $1)
            OR category_id IN (SELECT id FROM category WHERE parent_id IN (SELECT id FROM category WHERE parent_id = $1))",
        id,
        by.now
    )?;
    Ok(())
}

fn names(texts: &[CategoryText]) -> serde_json::Value {
    texts
        .iter()
        .map(|text| (text.locale.tag().to_owned(), json!(text.name)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
