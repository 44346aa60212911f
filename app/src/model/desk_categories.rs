//! The tree of categories at the desk.

use super::form::{Choice, FieldErrors};

#[derive(Clone, Debug, Default)]
pub struct CategoryTree {
    pub csrf: String,
    pub rows: Vec<CategoryRow>,
}

#[derive(Clone, Debug, Default)]
pub struct CategoryRow {
    pub id: i64,
    /// From 0.
    pub depth: usize,
    pub slug: String,
    pub icon: String,
    pub name: String,
    /// In the other language; empty where it is missing.
    pub other_name: String,
    /// On this very shelf, drafts included.
    pub articles: i64,
    pub first: bool,
    pub last: bool,
    /// Nothing stands in it: it can be deleted.
    pub empty: bool,
    /// Another level fits below.
    pub can_hold: bool,
}

#[derive(Clone, Debug, Default)]
pub struct CategoryForm {
    /// `None` for a new one.
    pub id: Option<i64>,
    pub csrf: String,
    pub errors: FieldErrors,
    pub name_ja: String,
    pub name_en: String,
    pub about_ja: String,
    pub about_en: String,
    pub slug: String,
    pub icon: String,
    /// A category's id, or empty.
    pub parent: String,
    pub parents: Vec<Choice>,
}
