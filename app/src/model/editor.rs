//! Writing an article: the form, what it becomes, its revisions, and the words that lead to it.

use super::desk_articles::TranslationState;
use super::form::{Choice, FieldErrors};
use super::time::Moment;
use crate::i18n::Locale;

/// The frame around every page about one article at the desk.
#[derive(Clone, Debug, Default)]
pub struct ArticleFrame {
    /// `None` for one that has not been saved yet.
    pub id: Option<i64>,
    /// The language that is being written.
    pub written: Locale,
    pub title: String,
    pub ja: TranslationState,
    pub en: TranslationState,
    pub revisions: i64,
    pub phrases: i64,
    /// Where customers read it; `None` unless it is published.
    pub public_href: Option<String>,
    /// "Version 7 · 12 June, Midori".
    pub about: String,
}

impl ArticleFrame {
    pub fn state(&self) -> TranslationState {
        self.written.t(self.ja, self.en)
    }

    /// Where a language of the article is written.
    pub fn edit_href(&self, locale: Locale) -> String {
        match self.id {
            Some(id) => format!("/desk/articles/{id}/{}/edit", locale.tag()),
            None => format!("/desk/articles/new?locale={}", locale.tag()),
        }
    }

    /// A page about this translation.
    pub fn href(&self, page: &str) -> String {
        match self.id {
            Some(id) => format!("/desk/articles/{id}/{}/{page}", self.written.tag()),
            None => "/desk/articles".into(),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct EditorPage {
    pub frame: ArticleFrame,
    pub csrf: String,
    pub fields: EditorFields,
    pub errors: FieldErrors,
    pub categories: Vec<Choice>,
    /// Who can be its owner.
    pub people: Vec<Choice>,
    /// What the text becomes; safe HTML.
    pub preview: String,
    /// The article in the other language, where there is one: what is translated from.
    pub other: Option<OtherLanguage>,
    /// What the customer wrote whose request the article was made from: for whoever writes, and no part of the text.
    pub asked: Option<CustomersWords>,
    /// Lines that are about to be published and are a customer's words: publishing is asked back.
    pub verbatim: Vec<String>,
    /// It is saved, and lies in no category.
    pub unshelved: Option<Unshelved>,
    /// Somebody saved in between.
    pub conflict: Option<ConflictNote>,
    /// Something that was done to the form without saving it: a picture put into the text.
    pub notice: Option<String>,
    pub image_hint: String,
    pub image_types: String,
}

/// An article that lies in no category.
#[derive(Clone, Debug, Default)]
pub struct Unshelved {
    /// Customers can read it.
    pub live: bool,
    /// The category that most of its neighbours lie in.
    pub proposed: Option<Choice>,
}

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditorFields {
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub body: String,
    /// A category's id, or empty.
    pub category: String,
    /// Separated by commas.
    pub tags: String,
    /// A person's id, or empty.
    pub owner: String,
    pub note: String,
    /// The revision that the text was begun on, or empty.
    pub base: String,
    pub was: ShelfAsRead,
}

/// What belongs to no revision, as it was when the editor was opened: only what was changed since is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfAsRead {
    pub slug: String,
    pub category: String,
    pub tags: String,
    pub owner: String,
}

#[derive(Clone, Debug, Default)]
pub struct OtherLanguage {
    pub locale: Locale,
    pub title: String,
    pub html: String,
}

/// A request's words, without names and addresses.
#[derive(Clone, Debug, Default)]
pub struct CustomersWords {
    /// The number of the request.
    pub request: i64,
    pub phrases: Vec<String>,
}

/// Both versions of a text that two people changed at once.
#[derive(Clone, Debug, Default)]
pub struct ConflictNote {
    pub number: i64,
    pub author: String,
    pub when: Moment,
    /// From theirs to mine.
    pub diff: Vec<DiffPart>,
}

/// One revision after the other, and what changed between two.
#[derive(Clone, Debug, Default)]
pub struct RevisionsPage {
    pub frame: ArticleFrame,
    pub csrf: String,
    pub revisions: Vec<RevisionLine>,
    /// The two that are compared, by number.
    pub from: i64,
    pub to: i64,
    pub diff: Vec<DiffPart>,
}

#[derive(Clone, Debug, Default)]
pub struct RevisionLine {
    pub number: i64,
    pub title: String,
    pub author: String,
    pub note: String,
    pub when: Moment,
    /// What customers read.
    pub live: bool,
    /// The newest.
    pub head: bool,
}

/// A titled part of a comparison: the title, the summary, the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffPart {
    pub title: String,
    pub lines: Vec<DiffLine>,
}

/// One line; its runs are (text, changed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    Same(String),
    Old(Vec<(String, bool)>),
    New(Vec<(String, bool)>),
    /// So many lines that are the same in both.
    Gap(usize),
}

/// Customers' own words that lead to the article.
#[derive(Clone, Debug, Default)]
pub struct PhrasesPage {
    pub frame: ArticleFrame,
    pub csrf: String,
    pub phrases: Vec<PhraseLine>,
    /// How many more were learned from what was solved: counted, and never shown.
    pub learned: i64,
    /// What was typed and could not be taken.
    pub typed: String,
    pub errors: FieldErrors,
}

#[derive(Clone, Debug, Default)]
pub struct PhraseLine {
    pub id: i64,
    pub locale: Locale,
    pub phrase: String,
    /// The request it came from.
    pub request: Option<i64>,
}
