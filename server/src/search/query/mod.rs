//! Questions to the index: search, suggestions while typing, matches for a request, related articles.
//!
//! A query is parsed ([`parse`]), resolved against the words of the index ([`concept`], with [`dictionary`],
//! [`guess`], [`unconverted`] and [`slips`]) and against what else they mean ([`meanings`]), ranked ([`rank`]), looked at again by title
//! ([`title`]), confirmed by the words of the first hits ([`telling`]) and cut into a page with excerpts
//! ([`highlight`]).

mod candidates;
mod concept;
mod dictionary;
mod docs;
mod guess;
mod highlight;
mod kept;
mod letters;
mod matching;
mod meanings;
mod meant;
mod page;
mod parse;
mod phrase;
mod pieces;
mod postings;
mod rank;
mod ranking;
mod readings;
mod related;
mod remembered;
mod romaji;
mod run;
pub(in crate::search) mod slips;
mod snapshot;
mod sound;
mod stored;
mod telling;
mod terms;
mod title;
mod unconverted;

pub use matching::{LEAST_CONFIDENCE, Match, Request};
pub(in crate::search) use meanings::Meanings;
pub use page::{Explained, SearchHit, SearchQuery, SearchResults, Suggestion};
pub(in crate::search) use parse::Parsed;
pub use rank::Reason;
pub use ranking::Ranking;
pub use related::Related;
pub(crate) use romaji::katakana;
pub use snapshot::Snapshot;
