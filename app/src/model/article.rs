//! An article as its readers see it.

use super::link::ArticleLink;
use super::time::Moment;
use crate::i18n::Locale;
use crate::parts::{Crumb, TocEntry};

#[derive(Clone, Debug, Default)]
pub struct ArticlePage {
    pub crumbs: Vec<Crumb>,
    pub title: String,
    /// The language of the text; another than the page's when the article is not translated.
    pub written: Locale,
    /// Rendered and safe.
    pub html: String,
    pub toc: Vec<TocEntry>,
    pub reviewed: Moment,
    pub owner: Option<String>,
    pub version: i64,
    pub related: Vec<ArticleLink>,
    pub feedback: FeedbackForm,
    /// For staff: where it is edited.
    pub edit_href: Option<String>,
}

/// "Did this solve it?"
#[derive(Clone, Debug, Default)]
pub struct FeedbackForm {
    pub action: String,
    pub csrf: String,
    pub ask_href: String,
}

/// After the answer to that question.
#[derive(Clone, Debug, Default)]
pub struct ThanksPage {
    pub solved: bool,
    pub article: ArticleLink,
    pub ask_href: String,
    pub related: Vec<ArticleLink>,
}

/// Why an article did not solve it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReason {
    Missing,
    Unclear,
    Wrong,
}

impl NoReason {
    pub const ALL: [Self; 3] = [Self::Missing, Self::Unclear, Self::Wrong];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unclear => "unclear",
            Self::Wrong => "wrong",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Missing => locale.t("知りたいことが書かれていない", "It does not say what I need"),
            Self::Unclear => locale.t("わかりにくい", "It is hard to understand"),
            Self::Wrong => locale.t("書いてあるとおりにならない", "It does not work as written"),
        }
    }
}
