//! Search: the page of results, and the search part of the JSON API.

use crate::i18n::Locale;
use crate::parts::Segment;
use serde::{Deserialize, Serialize};

/// Characters of a query; what comes after them is not searched for.
pub const LONGEST_QUERY: usize = 1000;

/// The page of results.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// What was searched for, as it was typed.
    pub query: String,
    /// More was typed than [`LONGEST_QUERY`].
    pub cut: bool,
    pub hits: Vec<SearchHit>,
    /// On all pages.
    pub total: i64,
    /// From 1.
    pub page: i64,
    pub pages: i64,
    /// The page's address without its number.
    pub base: String,
    /// The way through the categories of the hits; empty when there is nothing to choose.
    pub facets: Vec<Facet>,
    pub did_you_mean: Option<Offer>,
    /// Nothing fits well; the hits are the nearest there is.
    pub nearest: bool,
    /// No hit says just so what was asked for in quotes.
    pub unquoted: bool,
    /// Where nothing fits: what the same words find in the other language, if anything.
    pub elsewhere: Option<Elsewhere>,
    /// The form, with what was searched for filled in.
    pub ask_href: String,
    pub categories_href: String,
}

/// The same search in the other language.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    pub articles: i64,
    pub href: String,
}

/// One category with the hits in it and below it.
#[derive(Clone, Debug, Default)]
pub struct Facet {
    pub name: String,
    pub href: String,
    pub n: i64,
    pub here: bool,
}

/// Another query that may have been meant.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    pub text: String,
    pub href: String,
}

/// One article found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchHit {
    pub article_id: i64,
    /// The language it is written in, which may not be the one searched in.
    pub locale: Locale,
    pub title: Vec<Segment>,
    /// The stretch of the text that says most of what was searched for.
    pub excerpt: Vec<Segment>,
    /// Its shelf: 「お支払い › 請求書」. Empty for an article on none.
    pub path: String,
    pub href: String,
}

/// What `GET /api/v1/search` answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchAnswer {
    pub query: String,
    pub hits: Vec<SearchHit>,
    /// On all pages.
    pub total: i64,
    /// From 1.
    pub page: i64,
    pub pages: i64,
    /// To narrow the hits by: the way down to the chosen category, and those right below it that have any.
    pub categories: Vec<CategoryCount>,
    /// The query with its slips corrected, where something seems mistyped.
    pub did_you_mean: Option<String>,
    /// Nothing fits well; the hits are the nearest there is.
    pub nearest: bool,
    /// Something was asked for in quotes that no hit says just so; the hits have its words.
    pub unquoted: bool,
}

/// A category with how many hits lie in it and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CategoryCount {
    pub slug: String,
    pub name: String,
    pub hits: i64,
}

/// What `GET /api/v1/suggest` answers: articles for what is being typed, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Completions {
    pub articles: Vec<Completion>,
}

/// One article offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Completion {
    /// The language it is written in.
    pub locale: Locale,
    pub title: Vec<Segment>,
    pub path: String,
    pub href: String,
}
