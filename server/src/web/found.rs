//! What search finds, as pages and the API tell it.

use crate::knowledge::{Node, Tree, article_path};
use crate::search::{self, SearchResults};
use app::i18n::Locale;
use app::model::search::{Completion, SearchHit};
use std::collections::HashMap;

/// The categories by which hits can be narrowed, with how many lie in each: the way down to the chosen one, and those right
/// below it that have any.
pub fn narrowing<'a>(
    results: &SearchResults,
    tree: &'a Tree,
    chosen: Option<i64>,
) -> impl Iterator<Item = (&'a Node, usize)> {
    let counts: HashMap<i64, usize> = results.categories.iter().copied().collect();
    let way = chosen.map(|id| tree.path(id)).unwrap_or_default();
    let listed = way.into_iter().chain(tree.children(chosen));
    let counted = listed.map(move |node| (node, counts.get(&node.id).copied().unwrap_or_default()));
    counted.filter(move |(node, hits)| *hits > 0 || Some(node.id) == chosen)
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
