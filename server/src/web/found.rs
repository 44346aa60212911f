//! What search finds, as pages and the API tell it.

use crate::app_state::App;
use crate::knowledge::{Tree, article_path};
use crate::search::{self, Request, SearchQuery, SearchResults};
use app::i18n::Locale;
use app::model::search::{Completion, SearchHit};

/// From so many characters on a query is a paragraph.
const PARAGRAPH: usize = 60;

/// Whether no article fits a query, what there is being the nearest. A paragraph holds many words that its answer does
/// not: it is judged as the form judges a request, and what would be offered there is an answer here, too.
pub fn nothing_fits(app: &App, query: &SearchQuery, results: &SearchResults) -> bool {
    if !results.nearest || query.text.chars().count() < PARAGRAPH {
        return results.nearest;
    }
    let request =
        Request { subject: "", description: &query.text, locale: query.locale, viewer: &query.viewer };
    let offered = app.search.matching(&request, 1);
    !offered.iter().any(|likely| results.hits.iter().any(|hit| hit.article_id == likely.article_id))
}

/// One article found.
pub fn hit(hit: &search::SearchHit, tree: &Tree, locale: Locale) -> SearchHit {
    SearchHit {
        article_id: hit.article_id,
        locale: hit.locale,
        title: hit.title.clone(),
        excerpt: hit.excerpt.clone(),
        path: shelf(&hit.category_path, tree, locale),
        href: article_path(locale, &hit.slug),
    }
}

/// One article offered while a query is typed.
pub fn completion(suggestion: search::Suggestion, tree: &Tree, locale: Locale) -> Completion {
    Completion {
        locale: suggestion.locale,
        path: shelf(&suggestion.category_path, tree, locale),
        href: article_path(locale, &suggestion.slug),
        title: suggestion.title,
    }
}

fn shelf(category_path: &[i64], tree: &Tree, locale: Locale) -> String {
    category_path.last().map(|id| tree.path_name(*id, locale)).unwrap_or_default()
}
