//! What wakes up on the form: the articles that may already answer it, while it is written.

mod note_read;
mod panel;
#[cfg(feature = "hydrate")]
mod talk;

pub use note_read::NoteRead;
pub use panel::AskSuggestions;
