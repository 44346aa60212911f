//! Learning from outcomes: what solved people's requests teaches search how its articles are asked for.
//!
//! [`evidence`] notes what was typed and which article proved to answer it; [`weigh`] decides, as a pure function, what
//! of that an article learns; [`settle`] is the job that does both and tells the index. [`eval`] plays labelled
//! requests as traffic through the same functions. What is learned is matched ([`crate::search`]) and never shown.

mod erase;
mod eval;
mod evidence;
mod once;
mod settle;
#[cfg(test)]
mod tests;
mod weigh;

pub use erase::erase;
pub use eval::{LearningReport, Point, evaluate};
pub use evidence::{Evidence, Source};
pub use settle::{learned_of, settle, take_back, wish};
pub use weigh::{Learned, weigh};
