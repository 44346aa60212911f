//! Words for the same thing, as CRE keep them per language. They are applied to queries, so that no index is rebuilt.
//!
//! [`store`] has the rows, [`wording`] what may be kept; [`preview`] tells which searches a change would change, and
//! [`mined`] what else may be a synonym: what customers typed when their first word led nowhere.

mod mined;
mod preview;
mod store;
mod wording;

pub use mined::{Mined, dismiss_synonym, mined_synonyms};
pub use preview::{Compared, Effect, Tried, preview_synonym, preview_without};
pub(super) use store::read_meanings;
pub use store::{Synonym, add_synonym, change_synonym, find_synonym, remove_synonym, synonyms};
pub use wording::{Wording, WordingError};
