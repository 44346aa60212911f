//! What goes when a customer is erased.

use super::form::FieldErrors;

/// `/desk/people/{id}/erase`.
#[derive(Clone, Debug, Default)]
pub struct ErasePage {
    pub csrf: String,
    pub id: i64,
    pub title: String,
    pub email: String,
    pub requests: i64,
    pub messages: i64,
    pub files: i64,
    pub mails: i64,
    pub visits: i64,
    pub searches: i64,
    pub phrases: i64,
    /// Drafts made of their requests: they go.
    pub drafts: Vec<MadeOf>,
    /// Published articles made of them: they stay.
    pub articles: Vec<MadeOf>,
    /// The database is PostgreSQL, whose files are not ours to write over.
    pub postgres: bool,
    /// The address as it was typed, to confirm.
    pub confirm: String,
    pub errors: FieldErrors,
}

/// An article that began with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeOf {
    pub title: String,
    pub href: String,
    /// Of the title: `ja` or `en`.
    pub lang: String,
}
