//! Articles as readers see them now, in the form that the index wants.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use app::i18n::Locale;
use tantivy::TantivyDocument;

use crate::markdown;
use crate::search::analyst::Analyst;
use crate::search::document::{Audience, IndexedArticle, Taught, Who};
use crate::search::schema::Fields;
use crate::storage::{Conn, Result, all, ids};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    article_id: i64,
    locale: String,
    slug: String,
    title: String,
    summary: String,
    body: String,
    updated_at: i64,
    category_id: Option<i64>,
    audience: String,
}

#[derive(sqlx::FromRow)]
struct Learned {
    article_id: i64,
    locale: String,
    text: String,
    weight: i64,
    person_id: Option<i64>,
    visitor: Option<String>,
}

/// What CRE keep for an article, in their own words or, of a request, in its customer's.
#[derive(sqlx::FromRow)]
struct Kept {
    article_id: i64,
    locale: String,
    phrase: String,
    customer_id: Option<i64>,
}

impl Learned {
    fn taught(&self) -> Taught {
        let who = Who::of(self.person_id, self.visitor.as_deref());
        Taught { text: self.text.clone(), weight: self.weight, who }
    }
}

impl Kept {
    /// Weighs as much as a fresh outcome, and is its customer's all the same.
    fn taught(&self) -> Taught {
        Taught { text: self.phrase.clone(), weight: 1_000, who: Who::of(self.customer_id, None) }
    }
}

/// Published translations with all that is indexed of them, as they lie in the database.
pub struct Published {
    rows: Vec<Row>,
    tags: Vec<(i64, String)>,
    kept: Vec<Kept>,
    learned: Vec<Learned>,
    parents: HashMap<i64, Option<i64>>,
}

/// Reads the published translations of these articles; an article without any gives nothing.
pub async fn published(conn: &mut Conn, article_ids: &[i64]) -> Result<Published> {
    let list = ids(article_ids.iter().copied());
    let sql = format!(
        "SELECT t.id, t.article_id, t.locale, t.slug, r.title, r.summary, r.body, t.updated_at,
                a.category_id, a.audience
         FROM translation t JOIN article a ON a.id = t.article_id JOIN revision r ON r.id = t.live_revision_id
         WHERE t.article_id IN ({list}) ORDER BY t.article_id, t.id"
    );
    let rows = all!(conn, Row, sqlx::AssertSqlSafe(sql.as_str()))?;
    let sql = format!(
        "SELECT at.article_id, tag.name FROM article_tag at JOIN tag ON tag.id = at.tag_id
         WHERE at.article_id IN ({list}) ORDER BY tag.name"
    );
    let tags = all!(conn, (i64, String), sqlx::AssertSqlSafe(sql.as_str()))?;
    let sql = format!(
        "SELECT p.article_id, p.locale, p.phrase, r.customer_id FROM search_phrase p
         LEFT JOIN request r ON r.id = p.request_id WHERE p.article_id IN ({list}) ORDER BY p.id"
    );
    let kept = all!(conn, Kept, sqlx::AssertSqlSafe(sql.as_str()))?;
    let sql = format!(
        "SELECT e.article_id, e.locale, e.text, l.weight, e.person_id, e.visitor FROM learned_phrase l
         JOIN search_evidence e ON e.id = l.evidence_id WHERE e.article_id IN ({list}) ORDER BY e.id"
    );
    let learned = all!(conn, Learned, sqlx::AssertSqlSafe(sql.as_str()))?;
    let parents = all!(conn, (i64, Option<i64>), "SELECT id, parent_id FROM category")?.into_iter().collect();
    Ok(Published { rows, tags, kept, learned, parents })
}

impl Published {
    /// The articles in the form that the index wants. Renders their Markdown: not for the runtime's own threads.
    pub fn articles(&self) -> impl Iterator<Item = IndexedArticle> {
        self.rows.iter().filter_map(|row| self.article(row))
    }

    /// The same as documents of the index.
    pub fn documents(&self, fields: &Fields, analyst: &mut Analyst) -> impl Iterator<Item = TantivyDocument> {
        self.rows.iter().filter_map(move |row| {
            let document = || self.article(row).map(|article| analyst.document(fields, &article));
            spared(row.article_id, document).unwrap_or_else(|| {
                // What was being made of it may lie about half done.
                *analyst = Analyst::default();
                None
            })
        })
    }

    fn article(&self, row: &Row) -> Option<IndexedArticle> {
        let locale = Locale::from_tag(&row.locale)?;
        let other = locale.other();
        let has_other =
            self.rows.iter().any(|own| own.article_id == row.article_id && own.locale == other.tag());
        let text = markdown::read(&row.body, locale, &row.title);
        let tags = self.tags.iter().filter(|(article, _)| *article == row.article_id);
        let kept =
            self.kept.iter().filter(|kept| kept.article_id == row.article_id && kept.locale == row.locale);
        let (taught, phrases): (Vec<&Kept>, Vec<&Kept>) = kept.partition(|kept| kept.customer_id.is_some());
        let learned = self
            .learned
            .iter()
            .filter(|learned| learned.article_id == row.article_id && learned.locale == row.locale);
        Some(IndexedArticle {
            article_id: row.article_id,
            translation_id: row.id,
            locale,
            serves: if has_other { vec![locale] } else { vec![locale, other] },
            slug: row.slug.clone(),
            title: row.title.clone(),
            headings: text.headings,
            summary: row.summary.clone(),
            body: text.plain,
            tags: tags.map(|(_, tag)| tag.clone()).collect(),
            phrases: phrases.into_iter().map(|kept| kept.phrase.clone()).collect(),
            learned: learned.map(Learned::taught).chain(taught.into_iter().map(Kept::taught)).collect(),
            category_path: path(&self.parents, row.category_id),
            audience: audience(&row.audience),
            updated_at: row.updated_at,
        })
    }
}

/// Makes something of one article; `None` when that panics. One that a mistake of ours lets nobody read must not keep all
/// others out of the index.
fn spared<T>(article_id: i64, make: impl FnOnce() -> T) -> Option<T> {
    let made = catch_unwind(AssertUnwindSafe(make)).ok();
    if made.is_none() {
        tracing::error!(article_id, "an article cannot be indexed: reading it panics");
    }
    made
}

/// Every published translation: for evaluation, which wants them all at once.
pub async fn everything(conn: &mut Conn) -> Result<Vec<IndexedArticle>> {
    const BATCH: i64 = 500;
    let mut articles = Vec::new();
    let mut after = 0;
    loop {
        let ids = article_ids_after(conn, after, BATCH).await?;
        let Some(last) = ids.last() else { return Ok(articles) };
        after = *last;
        articles.extend(published(conn, &ids).await?.articles());
    }
}

/// The ids of the next articles after one, in order, published or not.
pub async fn article_ids_after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<i64>> {
    let rows = all!(conn, (i64,), "SELECT id FROM article WHERE id > $1 ORDER BY id LIMIT $2", after, limit)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// From the root of the tree to the shelf. A loop, which no function makes, ends here all the same.
fn path(parents: &HashMap<i64, Option<i64>>, shelf: Option<i64>) -> Vec<i64> {
    let mut path = Vec::new();
    let mut at = shelf;
    while let Some(id) = at.filter(|id| !path.contains(id)) {
        path.push(id);
        at = parents.get(&id).copied().flatten();
    }
    path.reverse();
    path
}

/// A word that is not known here opens nothing: staff alone find the article.
fn audience(word: &str) -> Audience {
    match word {
        "public" => Audience::Public,
        "customers" => Audience::Customers,
        _ => Audience::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_cannot_be_read_is_left_out() {
        assert_eq!(spared(1, || "read"), Some("read"));
        assert_eq!(spared::<&str>(2, || panic!("a mistake")), None);
    }

    #[test]
    fn a_path_runs_from_the_root_and_survives_a_loop() {
        let parents = HashMap::from([(1, None), (2, Some(1)), (3, Some(2)), (8, Some(9)), (9, Some(8))]);
        assert_eq!(path(&parents, Some(3)), [1, 2, 3]);
        assert_eq!(path(&parents, None), Vec::<i64>::new());
        assert_eq!(path(&parents, Some(8)), [9, 8]);
    }

    #[test]
    fn an_unknown_audience_is_for_staff_alone() {
        assert_eq!(audience("partners"), Audience::Internal);
    }
}
