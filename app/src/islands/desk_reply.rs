//! Keeps what a CRE types, tells who else is writing, and finds articles without leaving the reply.

use leptos::prelude::*;

/// Listens to the form `#reply`. `message` and `version` are what the writer has read; `writing` is what the page said
/// when it was drawn, `unsaved` what it says when a draft could not be saved.
#[island]
pub fn DeskReply(number: i64, message: i64, version: i64, writing: String, unsaved: String) -> impl IntoView {
    let saved = RwSignal::new(String::new());
    let writing = RwSignal::new(writing);
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let lines = super::desk_talk::Lines { saved, writing, news };
        super::desk_talk::listen(number, message, version, lines, unsaved.clone());
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (number, message, version, unsaved);
    view! {
        <div class="reply-lines small" role="status">
            <span class="muted">{move || saved.get()}</span>
            <span class="reply-writing">{move || writing.get()}</span>
            <strong>{move || news.get()}</strong>
        </div>
    }
}
