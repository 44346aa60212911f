//! Routing that learns: from the requests that CRE tagged, assigned and answered, where the next one belongs.
//!
//! A text becomes hashed [`features`], those a sparse vector ([`vectors`]). For each question (which article, which
//! tags, who) a [`head`] mixes a [`model`] with the votes of the nearest earlier texts ([`neighbours`]), and the
//! [`track`] of its earlier guesses says how confident one must be before anything is offered. A [`Router`] does so for
//! one language, and [`alike`] tells how similar texts must be to be about the same; docs/search.md has its figures.
//!
//! At the desk, [`history`] reads from the database what was decided about each request, [`Suggestions`] keeps a router
//! a language up with it, and [`offer`] tells what may be shown. Everything is learned in this process; nothing is
//! downloaded, and what was learned is not stored.

mod alike;
mod eval;
mod examples;
mod features;
mod head;
mod history;
mod memory;
mod model;
mod neighbours;
mod offer;
mod router;
mod scatter;
mod service;
#[cfg(test)]
pub(crate) mod tests;
mod track;
mod vectors;

pub(crate) use features::Counts;
pub(crate) use model::{Model, Shape, Truth};
pub(crate) use neighbours::Neighbours;
pub(crate) use scatter::scattered;
pub(crate) use vectors::{Space, Vector};

pub use eval::{RoutingReport, evaluate};
pub use examples::{Examples, ExamplesError};
pub use offer::{Kind, Likely, Offer, SimilarRequest, note, offer, precision};
pub use service::Suggestions;
