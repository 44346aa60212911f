//! The key that does it.

use leptos::prelude::*;

/// A key, small and quiet beside the action that it triggers.
#[component]
pub fn Kbd(#[prop(into)] key: String) -> AnyView {
    view! { <kbd class="kbd">{key}</kbd> }.into_any()
}

/// A table of keys and what they do.
#[component]
pub fn KeyList(keys: Vec<(&'static str, &'static str)>) -> AnyView {
    let rows = keys
        .into_iter()
        .map(|(key, action)| view! { <div><dt><Kbd key=key /></dt><dd>{action}</dd></div> })
        .collect_view();
    view! { <dl class="key-list">{rows}</dl> }.into_any()
}
