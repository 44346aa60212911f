//! What the import keeps of itself: which file became which translation, and in which state.

use crate::intake::uploads::Attachment;
use crate::knowledge::{By, Result};
use crate::storage::{Conn, Tx, all, first, run};
use app::i18n::Locale;
use std::collections::HashMap;

use super::plan::Known;

/// A translation that came from a file of this source.
#[derive(Clone, Debug)]
pub(super) struct Imported {
    pub(super) article_id: i64,
    pub(super) translation_id: i64,
    pub(super) hash: String,
    /// The newest revision.
    pub(super) head_id: Option<i64>,
    /// Whether the newest revision is the import's own, not an editor's.
    pub(super) untouched: bool,
}

/// By path (without the source's name) and locale.
pub(super) type Memory = HashMap<(String, Locale), Imported>;

#[derive(sqlx::FromRow)]
struct Row {
    path: String,
    locale: String,
    article_id: i64,
    content_hash: String,
    translation_id: i64,
    slug: String,
    head_revision_id: Option<i64>,
    author_id: Option<i64>,
}

/// Everything that an import of `source` has to know of the database.
pub(super) async fn remember(conn: &mut Conn, source: &str) -> Result<(Memory, Known)> {
    let rows = all!(
        conn,
        Row,
        "SELECT imported.path, imported.locale, imported.article_id, imported.content_hash,
                translation.id AS translation_id, translation.slug, translation.head_revision_id, revision.author_id
         FROM imported
         JOIN translation ON translation.article_id = imported.article_id AND translation.locale = imported.locale
         LEFT JOIN revision ON revision.id = translation.head_revision_id
         WHERE imported.path LIKE $1",
        format!("{}/%", source.replace(['%', '_'], "_"))
    )?;
    let mut memory = Memory::new();
    let mut known = Known::default();
    let mut own = std::collections::HashSet::new();
    let prefix = format!("{source}/");
    for row in rows {
        let (Some(path), Some(locale)) = (row.path.strip_prefix(&prefix), Locale::from_tag(&row.locale))
        else {
            continue;
        };
        own.insert(row.translation_id);
        known.slugs.insert((path.to_owned(), locale), row.slug);
        let imported = Imported {
            article_id: row.article_id,
            translation_id: row.translation_id,
            hash: row.content_hash,
            head_id: row.head_revision_id,
            untouched: row.author_id.is_none(),
        };
        memory.insert((path.to_owned(), locale), imported);
    }
    let slugs = all!(conn, (i64, String, String), "SELECT id, locale, slug FROM translation")?;
    known.taken = slugs
        .into_iter()
        .filter(|(id, _, _)| !own.contains(id))
        .filter_map(|(_, locale, slug)| Some((Locale::from_tag(&locale)?, slug)))
        .collect();
    Ok((memory, known))
}

/// Notes that a file is this translation now.
pub(super) async fn note(
    tx: &mut Tx,
    now: i64,
    path: &str,
    locale: Locale,
    article_id: i64,
    hash: &str,
) -> Result<()> {
    run!(
        tx,
        "INSERT INTO imported (path, locale, article_id, content_hash, imported_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (path, locale) DO UPDATE SET article_id = excluded.article_id,
             content_hash = excluded.content_hash, imported_at = excluded.imported_at",
        path,
        locale.tag(),
        article_id,
        hash,
        now
    )?;
    Ok(())
}

/// Gives a translation the day on which it was written.
pub(super) async fn date(tx: &mut Tx, by: &By<'_>, translation_id: i64, published_at: i64) -> Result<()> {
    let day = published_at.min(by.now);
    run!(
        tx,
        "UPDATE translation SET published_at = $1 WHERE id = $2 AND published_at IS NOT NULL",
        day,
        translation_id
    )?;
    Ok(())
}

/// A file that an article has already, so that its address stays.
pub(super) async fn attached(
    tx: &mut Tx,
    article_id: i64,
    sha256: &str,
    name: &str,
) -> Result<Option<Attachment>> {
    Ok(first!(
        tx,
        Attachment,
        "SELECT id, key, name, media_type, size, width, height FROM attachment
         WHERE article_id = $1 AND sha256 = $2 AND name = $3 ORDER BY id LIMIT 1",
        article_id,
        sha256,
        name
    )?)
}

/// The target that a path is answered with.
pub(super) async fn redirect_target(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    Ok(first!(conn, (String,), "SELECT target FROM redirect WHERE path = $1", path)?.map(|row| row.0))
}
