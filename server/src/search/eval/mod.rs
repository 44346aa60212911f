//! Evaluation: how good the production analysis and ranking are on judged collections and on the portal's own titles.

mod collection;
mod metrics;

pub use collection::{Collection, CollectionError, Report};
pub use metrics::{Judgements, Measures};
