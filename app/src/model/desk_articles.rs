//! The list of articles at the desk.

use super::form::Choice;
use super::time::Moment;
use crate::i18n::Locale;

#[derive(Clone, Debug, Default)]
pub struct ArticlesPage {
    pub filter: ArticleFilter,
    pub categories: Vec<Choice>,
    pub tags: Vec<Choice>,
    /// One view of the list after the other, with how many there are in it.
    pub views: Vec<(ArticleView, i64)>,
    pub rows: Vec<ArticleRow>,
    /// With the filter.
    pub total: i64,
    pub page: i64,
    pub pages: i64,
}

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    pub view: ArticleView,
    /// Words of title or text.
    pub text: String,
    /// A category's id, or empty.
    pub category: String,
    pub tag: String,
    pub sort: ArticleSort,
}

impl ArticleFilter {
    /// The list's address with this filter.
    pub fn href(&self) -> String {
        let pairs = [
            ("view", self.view.code()),
            ("q", &self.text),
            ("category", &self.category),
            ("tag", &self.tag),
            ("sort", self.sort.code()),
        ];
        let query: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() { "/desk/articles".into() } else { format!("/desk/articles?{}", query.join("&")) }
    }
}

/// Percent-encodes a query's value: everything but letters, digits and `-_.~`.
fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleView {
    #[default]
    All,
    Published,
    /// Some translation has been written and not published.
    Draft,
    /// Published, with newer words that are not.
    Changed,
    NoJapanese,
    NoEnglish,
}

impl ArticleView {
    pub const ALL: [Self; 6] =
        [Self::All, Self::Published, Self::Draft, Self::Changed, Self::NoJapanese, Self::NoEnglish];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Changed => "changed",
            Self::NoJapanese => "no-ja",
            Self::NoEnglish => "no-en",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.code() == code).unwrap_or_default()
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::All => locale.t("すべて", "All"),
            Self::Published => locale.t("公開中", "Published"),
            Self::Draft => locale.t("下書き", "Drafts"),
            Self::Changed => locale.t("未公開の変更あり", "With unpublished changes"),
            Self::NoJapanese => locale.t("日本語なし", "No Japanese"),
            Self::NoEnglish => locale.t("英語なし", "No English"),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleSort {
    /// The last changed first.
    #[default]
    Changed,
    Title,
    /// The one that solved most first.
    Solved,
}

impl ArticleSort {
    const ALL: [Self; 3] = [Self::Changed, Self::Title, Self::Solved];

    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "",
            Self::Title => "title",
            Self::Solved => "solved",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default)]
pub struct ArticleRow {
    pub id: i64,
    pub title: String,
    /// The language of the title.
    pub locale: Locale,
    pub category: String,
    pub ja: TranslationState,
    pub en: TranslationState,
    /// How often readers said that it solved it, and requests were solved with it.
    pub solved: i64,
    /// How often readers said that it did not.
    pub unsolved: i64,
    pub changed: Moment,
}

/// Where a translation stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TranslationState {
    #[default]
    None,
    Draft,
    Published,
    /// Published, with newer words that are not.
    Changed,
}

impl TranslationState {
    pub fn of(head: Option<i64>, live: Option<i64>) -> Self {
        match (head, live) {
            (None, _) => Self::None,
            (Some(_), None) => Self::Draft,
            (Some(head), Some(live)) if head == live => Self::Published,
            (Some(_), Some(_)) => Self::Changed,
        }
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::None => locale.t("なし", "None"),
            Self::Draft => locale.t("下書き", "Draft"),
            Self::Published => locale.t("公開中", "Published"),
            Self::Changed => locale.t("公開中（変更あり）", "Published, changed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_address() {
        let filter = ArticleFilter {
            view: ArticleView::NoEnglish,
            text: "宛名 & 100%".into(),
            ..ArticleFilter::default()
        };
        assert_eq!(filter.href(), "/desk/articles?view=no-en&q=%E5%AE%9B%E5%90%8D%20%26%20100%25");
        assert_eq!(ArticleFilter::default().href(), "/desk/articles");
    }
}
