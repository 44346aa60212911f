//! Search: text analysis, index, query, suggestions, evaluation.
//!
//! The index follows the database and can be thrown away at any time; see docs/search.md.

pub mod analysis;
mod document;
mod query;
mod schema;

pub use document::{Audience, IndexedArticle, Viewer};
pub use query::{
    Match, Ranking, Reason, Related, Request, SearchHit, SearchQuery, SearchResults, Segment, Snapshot, Suggestion,
};
pub use schema::{Fields, Part, SCHEMA_VERSION};
