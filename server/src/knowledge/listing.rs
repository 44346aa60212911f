//! The articles as the desk lists them: drafts included.

use super::Result;
use crate::storage::{Conn, all, ids, one};
use app::i18n::Locale;
use app::model::desk_articles::{ArticleSort, ArticleView};
use sqlx::AssertSqlSafe;

/// How many rows a page has.
pub const ROWS: i64 = 50;

/// What is listed.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    pub view: ArticleView,
    /// Words of title or text; empty for all.
    pub text: String,
    /// Only on these shelves; `None` for all articles.
    pub categories: Option<Vec<i64>>,
    /// A tag's name; empty for all.
    pub tag: String,
    pub sort: ArticleSort,
    /// From 1.
    pub page: i64,
}

/// One article. The ids of each translation's revisions are (newest, published).
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    pub id: i64,
    pub category_id: Option<i64>,
    pub ja_title: Option<String>,
    pub en_title: Option<String>,
    pub ja_head: Option<i64>,
    pub ja_live: Option<i64>,
    pub en_head: Option<i64>,
    pub en_live: Option<i64>,
    pub solved: i64,
    pub unsolved: i64,
    pub updated_at: i64,
}

impl Listed {
    /// The title to show, and its language.
    pub fn title(&self, locale: Locale) -> (&str, Locale) {
        let of = |locale: Locale| locale.t(&self.ja_title, &self.en_title).as_deref();
        match (of(locale), of(locale.other())) {
            (Some(title), _) => (title, locale),
            (None, Some(title)) => (title, locale.other()),
            (None, None) => ("—", locale),
        }
    }
}

const FROM: &str = "
    FROM article
    LEFT JOIN translation ja ON ja.article_id = article.id AND ja.locale = 'ja'
    LEFT JOIN revision ja_text ON ja_text.id = ja.head_revision_id
    LEFT JOIN translation en ON en.article_id = article.id AND en.locale = 'en'
    LEFT JOIN revision en_text ON en_text.id = en.head_revision_id
    WHERE ($1 = '' OR LOWER(ja_text.title) LIKE $1 ESCAPE '\\' OR LOWER(en_text.title) LIKE $1 ESCAPE '\\'
           OR LOWER(ja_text.body) LIKE $1 ESCAPE '\\' OR LOWER(en_text.body) LIKE $1 ESCAPE '\\')
      AND ($2 = '' OR EXISTS (SELECT 1 FROM article_tag JOIN tag ON tag.id = article_tag.tag_id
                              WHERE article_tag.article_id = article.id AND tag.name = $2))";

/// What narrows to a view.
fn in_view(view: ArticleView) -> &'static str {
    match view {
        ArticleView::All => "TRUE",
        ArticleView::Published => "(ja.live_revision_id IS NOT NULL OR en.live_revision_id IS NOT NULL)",
        ArticleView::Draft => {
            "((ja.head_revision_id IS NOT NULL AND ja.live_revision_id IS NULL)
              OR (en.head_revision_id IS NOT NULL AND en.live_revision_id IS NULL))"
        }
        ArticleView::Changed => {
            "(ja.live_revision_id <> ja.head_revision_id OR en.live_revision_id <> en.head_revision_id)"
        }
        ArticleView::NoJapanese => "ja.head_revision_id IS NULL",
        ArticleView::NoEnglish => "en.head_revision_id IS NULL",
    }
}

impl Listing {
    /// `%words%` with the pattern's own signs taken as they are.
    fn pattern(&self) -> String {
        let words = self.text.to_lowercase();
        if words.is_empty() {
            return words;
        }
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    }

    fn shelves(&self) -> String {
        match &self.categories {
            Some(list) => format!("article.category_id IN ({})", ids(list.iter().copied())),
            None => "TRUE".to_owned(),
        }
    }

    /// The rows of the page, in the reader's language where they are sorted by title.
    pub async fn rows(&self, conn: &mut Conn, locale: Locale) -> Result<Vec<Listed>> {
        let (view, shelves) = (in_view(self.view), self.shelves());
        let order = match self.sort {
            ArticleSort::Changed => "updated_at DESC",
            ArticleSort::Solved => "solved DESC",
            ArticleSort::Title => locale.t(
                "COALESCE(ja_text.title, en_text.title, '')",
                "LOWER(COALESCE(en_text.title, ja_text.title, ''))",
            ),
        };
        let sql = format!(
            "SELECT article.id, article.category_id, ja_text.title AS ja_title, en_text.title AS en_title,
                    ja.head_revision_id AS ja_head, ja.live_revision_id AS ja_live,
                    en.head_revision_id AS en_head, en.live_revision_id AS en_live,
                    (SELECT COUNT(*) FROM article_feedback
                     WHERE article_feedback.article_id = article.id AND article_feedback.solved)
                    + (SELECT COUNT(*) FROM article_use WHERE article_use.article_id = article.id) AS solved,
                    (SELECT COUNT(*) FROM article_feedback
                     WHERE article_feedback.article_id = article.id AND NOT article_feedback.solved) AS unsolved,
                    CASE WHEN COALESCE(ja.updated_at, 0) > COALESCE(en.updated_at, article.created_at)
                         THEN ja.updated_at ELSE COALESCE(en.updated_at, article.created_at) END AS updated_at
             {FROM} AND {view} AND {shelves}
             ORDER BY {order}, article.id DESC LIMIT $3 OFFSET $4"
        );
        let rows = all!(
            conn,
            Listed,
            AssertSqlSafe(sql.clone()),
            self.pattern(),
            self.tag.as_str(),
            ROWS,
            (self.page - 1).max(0) * ROWS
        )?;
        Ok(rows)
    }

    /// How many articles each view has with the rest of the filter.
    pub async fn counts(&self, conn: &mut Conn) -> Result<Vec<(ArticleView, i64)>> {
        let count = |view: ArticleView| {
            format!("CAST(COALESCE(SUM(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS BIGINT)", in_view(view))
        };
        let columns: Vec<String> = ArticleView::ALL.into_iter().map(count).collect();
        let sql = format!("SELECT {} {FROM} AND {}", columns.join(", "), self.shelves());
        let row = one!(
            conn,
            (i64, i64, i64, i64, i64, i64),
            AssertSqlSafe(sql.clone()),
            self.pattern(),
            self.tag.as_str()
        )?;
        Ok(ArticleView::ALL.into_iter().zip([row.0, row.1, row.2, row.3, row.4, row.5]).collect())
    }
}

/// The tags that articles have, by name.
pub async fn article_tags(conn: &mut Conn) -> Result<Vec<String>> {
    let rows = all!(
        conn,
        (String,),
        "SELECT name FROM tag WHERE EXISTS (SELECT 1 FROM article_tag WHERE article_tag.tag_id = tag.id)
         ORDER BY name"
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
