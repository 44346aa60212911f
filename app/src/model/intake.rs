//! The intake's part of the JSON API: what the form asks for while somebody writes.

use crate::i18n::Locale;
use serde::{Deserialize, Serialize};

/// A request as far as it is written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SuggestRequest {
    /// The language of the form.
    pub locale: Locale,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
}

/// The articles that may answer it, the likeliest first. Empty when none is likely enough.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SuggestAnswer {
    pub matches: Vec<SuggestedArticle>,
}

/// One suggestion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SuggestedArticle {
    pub article_id: i64,
    pub title: String,
    /// The language it is written in.
    pub locale: Locale,
}

/// Which article is read in place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OpenRequest {
    /// The language of the form.
    pub locale: Locale,
    pub article_id: i64,
}

/// An article to read in place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OpenAnswer {
    pub title: String,
    /// Rendered and safe.
    pub html: String,
    /// The article's own page.
    pub href: String,
}
