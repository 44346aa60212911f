//! What readers see of the articles: published revisions of public articles, and nothing else.

use super::redirect::{moved_to, source};
use super::{Result, article_path};
use crate::storage::{self, Conn, all, first, ids, value};
use app::i18n::Locale;
use sqlx::AssertSqlSafe;

/// How many articles a page of a list has.
pub const PER_PAGE: i64 = 20;

/// A published translation, in whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub id: i64,
    /// The language that it is written in, which may not be the one asked for.
    pub locale: Locale,
    pub slug: String,
    pub revision_id: i64,
    pub number: i64,
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// When this revision was published (ms UTC): the last time that somebody vouched for it.
    pub published_at: i64,
    pub created_at: i64,
    pub category_id: Option<i64>,
    pub owner: Option<String>,
    /// Where it is published in each language: (locale, slug).
    pub published: Vec<(Locale, String)>,
}

/// What stands at an article's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Article(Box<Article>),
    /// It is read elsewhere in this language: the path.
    Elsewhere(String),
}

/// The published article at `/{locale}/articles/{slug}`. Its slug in the other language leads to it too; where it is
/// not translated, the other language's text stands in.
pub async fn article_by_slug(conn: &mut Conn, locale: Locale, slug: &str) -> Result<Option<Found>> {
    let id = first!(
        conn,
        (i64,),
        "SELECT article.id FROM translation JOIN article ON article.id = translation.article_id
         WHERE translation.slug = $1 AND article.audience = 'public'
           AND EXISTS (SELECT 1 FROM translation live WHERE live.article_id = article.id
                       AND live.live_revision_id IS NOT NULL)
         ORDER BY CASE WHEN translation.locale = $2 THEN 0 ELSE 1 END LIMIT 1",
        slug,
        locale.tag()
    )?;
    let Some((id,)) = id else { return Ok(None) };
    let published: Vec<(Locale, String)> = all!(
        conn,
        (String, String),
        "SELECT locale, slug FROM translation WHERE article_id = $1 AND live_revision_id IS NOT NULL ORDER BY locale",
        id
    )?
    .into_iter()
    .filter_map(|(tag, slug)| Some((Locale::from_tag(&tag)?, slug)))
    .collect();
    let in_locale = |wanted: Locale| published.iter().find(|(locale, _)| *locale == wanted);
    let Some((written, own_slug)) = in_locale(locale).or_else(|| in_locale(locale.other())).cloned() else {
        return Ok(None);
    };
    if own_slug != slug {
        return Ok(Some(Found::Elsewhere(article_path(locale, &own_slug))));
    }
    let row = first!(
        conn,
        Row,
        "SELECT revision.id AS revision_id, revision.number, revision.title, revision.summary, revision.body,
                COALESCE(translation.published_at, translation.updated_at) AS published_at, article.created_at,
                article.category_id, person.name AS owner
         FROM translation
         JOIN article ON article.id = translation.article_id
         JOIN revision ON revision.id = translation.live_revision_id
         LEFT JOIN person ON person.id = article.owner_id
         WHERE translation.article_id = $1 AND translation.locale = $2 AND article.audience = 'public'",
        id,
        written.tag()
    )?;
    Ok(row.map(|row| Found::Article(Box::new(row.article(id, written, own_slug, published)))))
}

/// The article that a link leads to, by an old address too. Which host it names is not asked: a portal may have several.
pub async fn article_at(conn: &mut Conn, address: &str) -> storage::Result<Option<i64>> {
    let Ok(path) = source(address) else { return Ok(None) };
    let moved = moved_to(conn, &path).await?.and_then(|path| source(&path).ok());
    let path = moved.unwrap_or(path);
    let Some((tag, slug)) = path.trim_start_matches('/').split_once("/articles/") else { return Ok(None) };
    let Some(locale) = Locale::from_tag(tag) else { return Ok(None) };
    let row = first!(
        conn,
        (i64,),
        "SELECT article_id FROM translation WHERE slug = $1 ORDER BY CASE WHEN locale = $2 THEN 0 ELSE 1 END LIMIT 1",
        slug,
        locale.tag()
    )?;
    Ok(row.map(|row| row.0))
}

#[derive(sqlx::FromRow)]
struct Row {
    revision_id: i64,
    number: i64,
    title: String,
    summary: String,
    body: String,
    published_at: i64,
    created_at: i64,
    category_id: Option<i64>,
    owner: Option<String>,
}

impl Row {
    fn article(self, id: i64, locale: Locale, slug: String, published: Vec<(Locale, String)>) -> Article {
        Article {
            id,
            locale,
            slug,
            revision_id: self.revision_id,
            number: self.number,
            title: self.title,
            summary: self.summary,
            body: self.body,
            published_at: self.published_at,
            created_at: self.created_at,
            category_id: self.category_id,
            owner: self.owner.filter(|name| !name.is_empty()),
            published,
        }
    }
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    pub id: i64,
    pub category_id: Option<i64>,
    locale: String,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// The beginning of the Markdown where there is no summary.
    pub beginning: String,
    pub published_at: i64,
}

impl Line {
    /// The language that it is written in.
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.locale).unwrap_or_default()
    }

    /// The summary, or the first sentences.
    pub fn about(&self) -> String {
        if !self.summary.is_empty() {
            return self.summary.clone();
        }
        let options = crate::markdown::RenderOptions::article(self.locale(), &self.title);
        crate::markdown::excerpt(&crate::markdown::render(&self.beginning, &options).plain_text, 160)
    }
}

/// The columns of a [`Line`]; $1 is the reader's locale. Each article comes in that language, or where it has none of
/// it, in the other.
const LINES: &str = "
    SELECT article.id, article.category_id, translation.locale, translation.slug, revision.title, revision.summary,
           CASE WHEN revision.summary = '' THEN SUBSTR(revision.body, 1, 800) ELSE '' END AS beginning,
           COALESCE(translation.published_at, translation.updated_at) AS published_at
    FROM article
    JOIN translation ON translation.article_id = article.id
    JOIN revision ON revision.id = translation.live_revision_id
    WHERE article.audience = 'public'
      AND (translation.locale = $1 OR NOT EXISTS (
          SELECT 1 FROM translation own
          WHERE own.article_id = article.id AND own.locale = $1 AND own.live_revision_id IS NOT NULL))";

/// A page (from 1) of the articles in these categories, those of `first` before the others, then the newest first.
pub async fn articles_in(
    conn: &mut Conn,
    locale: Locale,
    first: i64,
    categories: &[i64],
    page: i64,
) -> Result<Vec<Line>> {
    let list = ids(categories.iter().copied());
    let rows = all!(
        conn,
        Line,
        AssertSqlSafe(format!(
            "{LINES} AND article.category_id IN ({list})
             ORDER BY CASE WHEN article.category_id = $2 THEN 0 ELSE 1 END, published_at DESC, article.id DESC
             LIMIT $3 OFFSET $4"
        )),
        locale.tag(),
        first,
        PER_PAGE,
        (page - 1).max(0) * PER_PAGE
    )?;
    Ok(rows)
}

/// The articles of these ids that can be read, in the order of the ids.
pub async fn lines_of(conn: &mut Conn, locale: Locale, wanted: &[i64]) -> Result<Vec<Line>> {
    let list = ids(wanted.iter().copied());
    let mut rows =
        all!(conn, Line, AssertSqlSafe(format!("{LINES} AND article.id IN ({list})")), locale.tag())?;
    rows.sort_by_key(|line| wanted.iter().position(|id| *id == line.id));
    Ok(rows)
}

/// The articles that were published last.
pub async fn newest(conn: &mut Conn, locale: Locale, limit: i64) -> Result<Vec<Line>> {
    let rows = all!(
        conn,
        Line,
        AssertSqlSafe(format!("{LINES} ORDER BY published_at DESC, article.id DESC LIMIT $2")),
        locale.tag(),
        limit
    )?;
    Ok(rows)
}

/// How many articles can be read, on shelves or not.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    let count = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM article WHERE audience = 'public' AND EXISTS (
             SELECT 1 FROM translation WHERE translation.article_id = article.id
             AND translation.live_revision_id IS NOT NULL)"
    )?;
    Ok(count)
}

/// One article as a map of the site lists it: each language's slug and when it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub published: Vec<(Locale, String, i64)>,
}

/// `limit` articles from `offset` on, in a fixed order.
pub async fn entries(conn: &mut Conn, limit: i64, offset: i64) -> Result<Vec<Entry>> {
    let rows = all!(
        conn,
        (i64, String, String, i64),
        "SELECT translation.article_id, translation.locale, translation.slug,
                COALESCE(translation.published_at, translation.updated_at)
         FROM translation
         WHERE translation.live_revision_id IS NOT NULL AND translation.article_id IN (
             SELECT article.id FROM article
             WHERE article.audience = 'public' AND EXISTS (
                 SELECT 1 FROM translation live
                 WHERE live.article_id = article.id AND live.live_revision_id IS NOT NULL)
             ORDER BY article.id LIMIT $1 OFFSET $2)
         ORDER BY translation.article_id, translation.locale",
        limit,
        offset
    )?;
    let mut entries: Vec<(i64, Entry)> = Vec::new();
    for (id, tag, slug, at) in rows {
        let Some(locale) = Locale::from_tag(&tag) else { continue };
        match entries.last_mut().filter(|(last, _)| *last == id) {
            Some((_, entry)) => entry.published.push((locale, slug, at)),
            None => entries.push((id, Entry { published: vec![(locale, slug, at)] })),
        }
    }
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// Width and height in pixels of an article's pictures, by the key in their address.
pub async fn image_sizes(conn: &mut Conn, article_id: i64) -> Result<Vec<(String, u32, u32)>> {
    let rows = all!(
        conn,
        (String, i64, i64),
        "SELECT key, width, height FROM attachment
         WHERE article_id = $1 AND width IS NOT NULL AND height IS NOT NULL",
        article_id
    )?;
    let pixels = |side: i64| u32::try_from(side).unwrap_or_default();
    Ok(rows.into_iter().map(|(key, width, height)| (key, pixels(width), pixels(height))).collect())
}
