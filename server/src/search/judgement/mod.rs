//! The judgement list: for this question, this is the right article. CRE keep it; [`evaluate`] asks search every
//! question and notes where its article came, so that a change that makes search worse is seen.

mod evaluate;
mod history;
mod list;
#[cfg(test)]
mod tests;

pub use evaluate::{Cause, ROUNDS_COMPARED, evaluate, evaluate_daily, evaluate_since, wish};
pub use history::{Round, Worse, below_their_best, rounds, worse};
pub use list::{Added, Judged, Judgement, MOST, add, judgements, remove};
