//! "Before you send" with JavaScript: notes which of the offered answers were unfolded.

use leptos::prelude::*;

/// Draws nothing. Listens to every `<details data-article="ID">` of the page.
#[island]
pub fn NoteRead() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::talk::note_unfolded();
    view! { <span hidden></span> }
}
