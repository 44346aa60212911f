//! What search finds, as pages and the API tell it.

use super::{Ctx, Error};
use crate::identity::Person;
use crate::knowledge::{Tree, article_path};
use crate::search::{self, Viewer};
use app::i18n::Locale;
use app::model::link::ArticleLink;
use app::model::search::{Completion, SearchHit};

/// Whose eyes a search looks with.
pub fn viewer(person: Option<&Person>) -> Viewer {
    match person {
        None => Viewer::Anonymous,
        Some(person) if person.role.is_staff() => Viewer::Staff,
        Some(person) => Viewer::Customer { organization: person.organization_id },
    }
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

impl Ctx {
    /// The articles that are most like one, as far as this visitor may read them.
    pub fn related(&self, article_id: i64) -> Vec<ArticleLink> {
        const SHOWN: usize = 4;
        let viewer = viewer(self.visitor.person());
        let related = self.app.search.related(article_id, self.locale, &viewer, SHOWN);
        let link = |article: &search::Related| ArticleLink {
            title: article.title.clone(),
            href: article_path(self.locale, &article.slug),
            locale: article.locale,
        };
        related.iter().map(link).collect()
    }

    /// The page number in the address; 1 without one.
    pub fn page_number(&self) -> Result<usize, Error> {
        match self.query("page").as_str() {
            "" => Ok(1),
            number => number.parse().ok().filter(|page| *page >= 1).ok_or(Error::NotFound),
        }
    }
}
