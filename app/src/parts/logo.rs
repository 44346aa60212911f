//! The mark and the wordmark: 「。」, the full stop that closes the question.

use leptos::prelude::*;

use crate::model::shell::PortalLook;

/// The ring alone.
#[component]
pub fn Mark() -> AnyView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <circle cx="12" cy="12" r="7.5" fill="none" stroke="currentColor" stroke-width="4" />
        </svg>
    }
    .into_any()
}

/// The portal's logo, or the ring, with the portal's name beside it.
#[component]
pub fn Logo(portal: PortalLook, #[prop(into)] href: String) -> AnyView {
    let picture = match portal.logo_url {
        Some(src) => view! { <img class="logo-image" src=src alt="" height="28" /> }.into_any(),
        None => view! { <Mark /> }.into_any(),
    };
    view! {
        <a class="logo" href=href>
            {picture}
            <span class="logo-name">{portal.name}</span>
        </a>
    }
    .into_any()
}
