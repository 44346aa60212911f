//! Articles that could answer a request: for a CRE who looks for one while replying.

use super::Request;
use crate::app_state::App;
use crate::knowledge::article_path;
use crate::search::{Request as Asked, SearchQuery, Viewer};
use crate::storage::{Conn, Result, first};
use app::i18n::Locale;
use app::parts::Segment;

/// A published article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: i64,
    pub title: String,
    pub summary: String,
    /// Its path.
    pub href: String,
}

type Row = (i64, String, String, String, String);

fn answer((id, title, summary, locale, slug): Row) -> Answer {
    let locale = Locale::from_tag(&locale).unwrap_or_default();
    Answer { id, title, summary, href: article_path(locale, &slug) }
}

/// An article that readers can see, in this language or in the other.
pub async fn published_article(conn: &mut Conn, id: i64, locale: Locale) -> Result<Option<Answer>> {
    let row = first!(
        conn,
        Row,
        "SELECT t.article_id, r.title, r.summary, t.locale, t.slug
         FROM translation t JOIN revision r ON r.id = t.live_revision_id
         WHERE t.article_id = $1 ORDER BY CASE WHEN t.locale = $2 THEN 0 ELSE 1 END LIMIT 1",
        id,
        locale.tag()
    )?;
    Ok(row.map(answer))
}

/// Published articles for some words, in this language first; without words, those that are near what the customer
/// wrote.
pub async fn find_articles(app: &App, request: &Request, query: &str, limit: usize) -> Result<Vec<Answer>> {
    if query.trim().is_empty() {
        return near_articles(app, request, limit).await;
    }
    let search = SearchQuery {
        text: query.chars().take(200).collect(),
        locale: request.locale,
        viewer: Viewer::Staff,
        category: None,
        page: 1,
        per_page: limit,
        excerpts: true,
    };
    let found = app.search.search(&app.db, &search).await?;
    let words =
        |segments: &[Segment]| segments.iter().map(|segment| segment.text.as_str()).collect::<String>();
    let answers = found.hits.iter().map(|hit| Answer {
        id: hit.article_id,
        title: words(&hit.title),
        summary: words(&hit.excerpt),
        href: article_path(hit.locale, &hit.slug),
    });
    Ok(answers.collect())
}

/// What the intake would have shown for this request.
async fn near_articles(app: &App, request: &Request, limit: usize) -> Result<Vec<Answer>> {
    let mut conn = app.db.read().await?;
    let body = first!(
        conn,
        (String,),
        "SELECT body FROM message WHERE request_id = $1 AND kind = 'reply' ORDER BY id LIMIT 1",
        request.id
    )?;
    let asked = Asked {
        subject: &request.subject,
        description: body.as_ref().map_or("", |row| row.0.as_str()),
        locale: request.locale,
        viewer: &Viewer::Staff,
    };
    let answers = app.search.matching(&asked, limit).into_iter().map(|found| Answer {
        id: found.article_id,
        title: found.title,
        summary: found.summary,
        href: article_path(found.locale, &found.slug),
    });
    Ok(answers.collect())
}
