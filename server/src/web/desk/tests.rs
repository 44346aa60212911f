//! The desk's pages, asked for as a browser would.

mod audit;
mod audit_words;
mod brought;
mod files;
mod inbox;
mod language;
mod replicas;
mod reply;
mod request;
mod rules;
mod settings;
mod suggestions;
mod taken_along;

use crate::app_state::App;
use crate::desk::Opened;
use crate::identity::Person;
use crate::testing::{open, question};

/// A question that has come in.
async fn ask(app: &App, customer: &Person, subject: &str, body: &str) -> anyhow::Result<Opened> {
    open(app, question(app, customer, subject, body)).await
}
