//! The search box that completes as one types.

#[cfg(feature = "hydrate")]
mod combobox;

use leptos::prelude::*;

/// The list under a box, at the end of its form. Until it wakes up, and where it never does, the form is a plain one
/// and claims to be nothing else. On waking it finds the boxes and the language of the page by itself.
#[island]
pub fn Completions() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    combobox::wake();
    view! {
        <ul class="search-options" role="listbox" hidden></ul>
        <p class="visually-hidden" role="status"></p>
    }
}
