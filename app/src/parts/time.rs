//! A moment, written for people and for machines.

use leptos::prelude::*;

/// `text` is written for the reader ("3 hours ago"), `datetime` for machines (RFC 3339), `title` is the exact
/// moment in the reader's time zone.
#[component]
pub fn Time(
    #[prop(into)] datetime: String,
    #[prop(into)] text: String,
    #[prop(optional, into)] title: Option<String>,
) -> AnyView {
    view! { <time datetime=datetime title=title>{text}</time> }.into_any()
}
