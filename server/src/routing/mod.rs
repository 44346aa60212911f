//! Routing that learns: from the requests that CRE tagged, assigned and answered, where the next one belongs.
//!
//! A text becomes hashed [`features`], those a sparse vector ([`vectors`]). A [`linear`] model and the votes of the
//! nearest earlier texts ([`neighbours`]) give each label a confidence, and the [`track`] of earlier guesses says how
//! confident one must be before anything is offered. Everything is learned in this process, one text at a time, from
//! the database; nothing is downloaded or stored. One [`Router`] serves one language. docs/search.md has the figures.

mod eval;
mod features;
mod linear;
mod neighbours;
mod router;
mod track;
mod vectors;

pub use eval::{Examples, ExamplesError, RoutingReport, evaluate};
pub use router::{Advice, Guess, Router};
