//! Why hits rank where they do.

use app::i18n::Locale;

use super::throw_away;
use crate::search::document::{IndexedArticle, Viewer};
use crate::search::query::{Explained, Ranking, SearchQuery, Snapshot};

/// So many hits are explained.
const EXPLAINED: usize = 10;

/// Explains the hits of one query over a portal's articles, each with its address. What solved requests taught beyond
/// the articles' own phrases is not asked, nor are synonyms.
pub fn explain_articles(
    articles: Vec<IndexedArticle>,
    text: &str,
    locale: Locale,
    ranking: &Ranking,
) -> tantivy::Result<Vec<(String, Explained)>> {
    let explained = explain(&throw_away(articles)?, text, locale, ranking)?;
    Ok(explained.into_iter().map(|explained| (explained.hit.slug.clone(), explained)).collect())
}

pub(super) fn explain(
    snapshot: &Snapshot,
    text: &str,
    locale: Locale,
    ranking: &Ranking,
) -> tantivy::Result<Vec<Explained>> {
    snapshot.explain(&query(text, locale, EXPLAINED), ranking)
}

/// A question that anybody may ask.
pub(super) fn query(text: &str, locale: Locale, per_page: usize) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        locale,
        viewer: Viewer::Anonymous,
        category: None,
        page: 1,
        per_page,
        excerpts: false,
    }
}
