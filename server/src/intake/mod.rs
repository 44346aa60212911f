//! The intake: what customers send in, and what is offered to them before they do.
//!
//! A visit to the form is a [`IntakeSession`]; [`settle`] decides how it ended, [`figures`] counts that.

pub mod answers;
mod erase;
pub mod figures;
pub mod hours;
pub mod interval;
mod mask;
mod session;
mod settle;
pub mod spam;
#[cfg(test)]
mod tests;
pub mod uploads;

pub use erase::erase_visits;
pub use session::{
    IntakeSession, Stage, find, note_left, note_opened, note_shown, note_solved, note_unsolved, open,
};
pub use settle::{Outcome, settle, tidy};
