//! Views of the same thing, each with its own address.

use leptos::prelude::*;

use super::Count;

/// One view: text, address, and how many there are in it.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    pub text: String,
    pub href: String,
    pub count: Option<i64>,
    pub here: bool,
}

/// Tabs that are links.
#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=tab.here.then_some("page")>
                        {tab.text}
                        {tab.count.map(|n| view! { <Count n /> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{tabs}</ul></nav> }.into_any()
}
