//! What search finds, as pages and the API tell it.

use crate::knowledge::{Tree, article_path};
use crate::search;
use app::i18n::Locale;
use app::model::search::{Completion, SearchHit};

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
