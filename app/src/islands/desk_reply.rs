//! Keeps what a CRE types, tells who else is writing, and finds articles without leaving the reply.

use leptos::prelude::*;

/// Listens to the form `#reply`. `message` and `version` are what the writer has read; `writing` is what the page said
/// when it was drawn.
#[island]
pub fn DeskReply(number: i64, message: i64, version: i64, writing: String) -> impl IntoView {
    let saved = RwSignal::new(String::new());
    let writing = RwSignal::new(writing);
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        super::desk_talk::listen(number, message, version, super::desk_talk::Lines { saved, writing, news });
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (number, message, version);
    view! {
        <div class="reply-lines small" role="status">
            <span class="muted">{move || saved.get()}</span>
            <span class="reply-writing">{move || writing.get()}</span>
            <strong>{move || news.get()}</strong>
        </div>
    }
}
