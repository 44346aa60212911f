//! What the rules of the knowledge refuse.

use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    #[error("categories are {} deep at most", super::DEPTH)]
    TooDeep,
    #[error("a category cannot stand below itself")]
    BelowItself,
    #[error("the category still holds articles or other categories")]
    NotEmpty,
    /// Another article of that locale, or another category, has it.
    #[error("the slug {0:?} is taken")]
    SlugTaken(String),
    #[error("the redirect from {0:?} would lead back to itself")]
    RedirectLoop(String),
    /// A redirect wants a path of this portal as its source, and a path or an http(s) address as its target.
    #[error("{0:?} is not an address that a redirect can have")]
    RedirectAddress(String),
    /// No such article, translation, revision or category.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

pub type Result<T> = std::result::Result<T, KnowledgeError>;
