//! "Before you send" with JavaScript: notes which of the offered answers were unfolded.

use leptos::prelude::*;

use crate::i18n::Locale;

/// Draws nothing. Listens to every `<details data-article="ID">` of the page.
#[island]
pub fn NoteRead(locale: Locale, session: String, csrf: String) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::talk::note_unfolded(locale, session, csrf);
    #[cfg(not(feature = "hydrate"))]
    let _ = (locale, session, csrf);
    view! { <span hidden></span> }
}
