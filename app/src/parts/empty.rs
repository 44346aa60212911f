//! A page with nothing on it yet says so, and what comes next.

use leptos::prelude::*;

use super::{Icon, IconName};

/// The children are the next steps: a sentence, buttons.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    let picture = match icon {
        Some(name) => view! { <Icon name /> },
        None => view! { <super::Mark /> },
    };
    view! {
        <div class="empty">
            {picture}
            <p class="empty-title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
