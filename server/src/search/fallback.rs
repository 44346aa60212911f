//! Search without an index: the words of a query as substrings, titles before bodies. Plain, and only for the
//! seconds until the index is built.

use app::i18n::Locale;
use app::parts::Segment;

use super::analysis::{self, Kind};
use super::document::Viewer;
use super::query::{SearchHit, SearchQuery, SearchResults, Suggestion};
use crate::storage::{Conn, Result, all, value};

/// More words than this make the query no better and much slower.
const MOST_WORDS: usize = 6;
/// A summary is shown where an excerpt would be.
const EXCERPT_CHARS: usize = 160;

#[derive(sqlx::FromRow)]
struct Row {
    article_id: i64,
    translation_id: i64,
    locale: String,
    slug: String,
    title: String,
    summary: String,
    updated_at: i64,
    category_id: Option<i64>,
}

/// The published translations that this visitor is shown: own language, or the only one there is; of one category and
/// those below it, or of all.
const VISIBLE: &str = "FROM translation t JOIN article a ON a.id = t.article_id
    JOIN revision r ON r.id = t.live_revision_id
    WHERE (t.locale = $1 OR NOT EXISTS (SELECT 1 FROM translation own WHERE own.article_id = t.article_id
             AND own.locale = $1 AND own.live_revision_id IS NOT NULL))
      AND (a.audience = 'public' OR $2 OR (a.audience = 'customers' AND $3))
      AND (CAST($4 AS BIGINT) IS NULL OR a.category_id IN (
             WITH RECURSIVE below (id) AS (
               SELECT CAST($4 AS BIGINT) UNION SELECT c.id FROM category c JOIN below b ON c.parent_id = b.id)
             SELECT id FROM below))";

/// A page of results; no counts by category and no corrections.
pub async fn search(conn: &mut Conn, query: &SearchQuery) -> Result<SearchResults> {
    let words = words(&query.text);
    if words.is_empty() {
        return Ok(SearchResults { page: 1, pages: 1, ..SearchResults::default() });
    }
    let per_page = query.per_page.max(1);
    let page = query.page.max(1);
    let total = count(conn, query, query.category, &words).await?;
    let everywhere = if query.category.is_some() { count(conn, query, None, &words).await? } else { total };
    let rows = rows(conn, query, &words, per_page, (page - 1) * per_page).await?;
    Ok(SearchResults {
        hits: rows.into_iter().map(|row| hit(row, query.excerpts)).collect(),
        total,
        everywhere,
        page,
        pages: total.div_ceil(per_page).max(1),
        ..SearchResults::default()
    })
}

/// Articles for what is being typed.
pub async fn suggest(
    conn: &mut Conn,
    text: &str,
    locale: Locale,
    viewer: &Viewer,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let words = words(text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let query = SearchQuery {
        text: String::new(),
        locale,
        viewer: viewer.clone(),
        category: None,
        page: 1,
        per_page: limit,
        excerpts: false,
    };
    let rows = rows(conn, &query, &words, limit, 0).await?;
    let suggestion = |row: Row| Suggestion {
        article_id: row.article_id,
        locale: Locale::from_tag(&row.locale).unwrap_or(locale),
        slug: row.slug,
        title: vec![Segment { text: row.title, hit: false }],
        category_path: row.category_id.into_iter().collect(),
    };
    Ok(rows.into_iter().map(suggestion).collect())
}

async fn count(
    conn: &mut Conn,
    query: &SearchQuery,
    category: Option<i64>,
    words: &[String],
) -> Result<usize> {
    let sql = format!("SELECT COUNT(*) {VISIBLE} AND ({})", matches(words, "r.body"));
    let (tag, staff, signed_in, patterns) = arguments(query, words);
    let count = value!(
        conn,
        i64,
        sqlx::AssertSqlSafe(sql.as_str()),
        tag,
        staff,
        signed_in,
        category,
        &patterns[0],
        &patterns[1],
        &patterns[2],
        &patterns[3],
        &patterns[4],
        &patterns[5]
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

async fn rows(
    conn: &mut Conn,
    query: &SearchQuery,
    words: &[String],
    limit: usize,
    offset: usize,
) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT t.article_id, t.id AS translation_id, t.locale, t.slug, r.title, r.summary, t.updated_at, a.category_id
         {VISIBLE} AND ({})
         ORDER BY {} DESC, t.id LIMIT {limit} OFFSET {offset}",
        matches(words, "r.body"),
        score(words)
    );
    let (tag, staff, signed_in, patterns) = arguments(query, words);
    all!(
        conn,
        Row,
        sqlx::AssertSqlSafe(sql.as_str()),
        tag,
        staff,
        signed_in,
        query.category,
        &patterns[0],
        &patterns[1],
        &patterns[2],
        &patterns[3],
        &patterns[4],
        &patterns[5]
    )
}

/// `$1` locale, `$2` staff, `$3` signed in, `$4` category, `$5` and on the patterns; absent words repeat the first.
fn arguments(query: &SearchQuery, words: &[String]) -> (&'static str, bool, bool, [String; MOST_WORDS]) {
    let staff = query.viewer == Viewer::Staff;
    let signed_in = query.viewer != Viewer::Anonymous;
    let patterns = std::array::from_fn(|index| {
        let word = words.get(index).unwrap_or(&words[0]);
        format!("%{}%", word.replace(['%', '_', '\\'], " "))
    });
    (query.locale.tag(), staff, signed_in, patterns)
}

fn matches(words: &[String], body: &str) -> String {
    let one = |index: usize| {
        let pattern = format!("${}", index + 5);
        format!("LOWER(r.title) LIKE {pattern} OR LOWER({body}) LIKE {pattern}")
    };
    // Every placeholder has to occur: PostgreSQL types them by their use.
    (0..MOST_WORDS.max(words.len())).map(one).collect::<Vec<_>>().join(" OR ")
}

fn score(words: &[String]) -> String {
    let one = |index: usize| {
        let pattern = format!("${}", index + 5);
        format!(
            "(CASE WHEN LOWER(r.title) LIKE {pattern} THEN 3 ELSE 0 END
             + CASE WHEN LOWER(r.body) LIKE {pattern} THEN 1 ELSE 0 END)"
        )
    };
    (0..words.len()).map(one).collect::<Vec<_>>().join(" + ")
}

/// The words that carry the query, in lower case; all of them when none does.
fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(300).collect();
    let tokens = analysis::analyse(&text);
    let words = |stop: bool| -> Vec<String> {
        let plain = tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part));
        plain
            .filter(|token| stop || !analysis::is_stop_word(&token.surface))
            .map(|token| token.surface.clone())
            .take(MOST_WORDS)
            .collect()
    };
    let telling = words(false);
    if telling.is_empty() { words(true) } else { telling }
}

fn hit(row: Row, quoted: bool) -> SearchHit {
    let excerpt: String = row.summary.chars().take(if quoted { EXCERPT_CHARS } else { 0 }).collect();
    SearchHit {
        article_id: row.article_id,
        translation_id: row.translation_id,
        locale: Locale::from_tag(&row.locale).unwrap_or_default(),
        slug: row.slug,
        title: vec![Segment { text: row.title, hit: false }],
        excerpt: if excerpt.is_empty() { Vec::new() } else { vec![Segment { text: excerpt, hit: false }] },
        category_path: row.category_id.into_iter().collect(),
        updated_at: row.updated_at,
        score: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_carry_a_query_are_looked_for() {
        assert_eq!(words("How do I reset my password?"), ["reset", "password"]);
        assert_eq!(words("the who"), ["the", "who"]);
        assert!(words("   ").is_empty());
    }
}
