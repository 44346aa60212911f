//! `/desk/search/synonyms`: words for the same thing, and what they change.

use super::form::{Choice, FieldErrors};

#[derive(Clone, Debug, Default)]
pub struct SynonymsPage {
    /// The language whose synonyms these are, by its tag.
    pub language: String,
    pub languages: Vec<LanguageTab>,
    pub synonyms: Vec<SynonymRow>,
    pub suggestions: Vec<SynonymSuggestion>,
    pub csrf: String,
    pub new_href: String,
    /// Different visitors below which nothing is suggested.
    pub fewest: i64,
}

/// The synonyms of one language: how many there are, and where.
#[derive(Clone, Debug, Default)]
pub struct LanguageTab {
    pub name: String,
    pub count: i64,
    pub href: String,
    pub here: bool,
}

/// Words that mean each other; or, where there are meanings, words that mean those too.
#[derive(Clone, Debug, Default)]
pub struct SynonymRow {
    pub id: i64,
    pub words: Vec<String>,
    pub meanings: Vec<String>,
    pub href: String,
}

/// Customers typed a word, and then another that they found something by.
#[derive(Clone, Debug, Default)]
pub struct SynonymSuggestion {
    pub word: String,
    pub meaning: String,
    /// Different visitors, and those of them who then opened a result.
    pub visitors: i64,
    pub opened: i64,
    /// Where it can be looked at before it is added.
    pub href: String,
}

/// A synonym that is being written; what was typed is kept.
#[derive(Clone, Debug, Default)]
pub struct SynonymForm {
    pub id: Option<i64>,
    pub language: String,
    pub language_choices: Vec<Choice>,
    pub way: Way,
    /// One a line.
    pub words: String,
    pub meanings: String,
    pub errors: FieldErrors,
    pub preview: Option<SynonymPreview>,
    /// Back to the list.
    pub back: String,
    pub csrf: String,
}

/// Which way a synonym is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Both,
    One,
}

impl Way {
    pub fn code(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::One => "one",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Both, Self::One].into_iter().find(|way| way.code() == code)
    }
}

/// Which searches a synonym changes.
#[derive(Clone, Debug, Default)]
pub struct SynonymPreview {
    /// It is in use: shown is what it does, not what it would do.
    pub in_use: bool,
    /// How many of customers' searches were tried, and how many come out otherwise.
    pub searches: i64,
    pub changed: i64,
    pub effects: Vec<SynonymEffect>,
}

/// One search, without and with the change.
#[derive(Clone, Debug, Default)]
pub struct SynonymEffect {
    pub query: String,
    /// How many visitors searched for it; `None` for the synonym's own words when nobody has.
    pub visitors: Option<i64>,
    pub before: ComparedResults,
    pub after: ComparedResults,
}

/// The results of a search: how many there are, and the first of them.
#[derive(Clone, Debug, Default)]
pub struct ComparedResults {
    pub total: i64,
    pub first: Vec<ComparedHit>,
}

/// A result; `new` where it was not among the first before.
#[derive(Clone, Debug, Default)]
pub struct ComparedHit {
    pub title: String,
    pub new: bool,
}
