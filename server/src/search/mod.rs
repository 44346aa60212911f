//! Search: text analysis, index, query, suggestions, evaluation.
//!
//! The index follows the database and can be thrown away at any time; see docs/search.md. [`Search`] is what the
//! rest of the portal asks.

mod analysed;
pub mod analysis;
mod analyst;
pub mod analytics;
mod cleanup;
mod document;
pub mod eval;
mod fallback;
mod index;
pub mod judgement;
mod log;
mod query;
mod recall;
mod said;
mod schema;
mod service;
pub mod synonyms;
mod telling;
#[cfg(test)]
mod tests;

pub use analyst::Analyst;
pub use cleanup::clean_up;
pub use document::{Audience, IndexedArticle, Taught, Viewer, Who};
pub(crate) use eval::throw_away;
pub use index::{Follower, everything, forget};
pub use log::{Deed, Noted, SearchLog, erase_searches, term};
pub(crate) use query::katakana;
pub use query::{
    Explained, Match, Ranking, Reason, Related, Request, SearchHit, SearchQuery, SearchResults, Snapshot,
    Suggestion,
};
pub use recall::{Memory, Phrase};
pub use schema::{Fields, Part, SCHEMA_VERSION};
pub use service::Search;
