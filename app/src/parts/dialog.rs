//! A question before something that cannot be taken back, and panels that open in place. Both are `<details>`:
//! they open without JavaScript, and nothing is hidden behind them but what they name.

use leptos::prelude::*;

use super::{ButtonKind, Icon, IconName};

/// A button that opens a small panel under it. The children are the panel: usually a sentence and a form.
#[component]
pub fn Disclosure(
    #[prop(into)] label: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconName>,
    /// Opens to the left, for buttons at the right edge.
    #[prop(optional)]
    end: bool,
    #[prop(optional)] open: bool,
    children: Children,
) -> AnyView {
    view! {
        <details class=if end { "disclosure disclosure-end" } else { "disclosure" } open=open>
            <summary class=kind.class(small)>
                {icon.map(|name| view! { <Icon name /> })}
                <span>{label}</span>
                <Icon name=IconName::ChevronDown />
            </summary>
            <div class="disclosure-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// A titled part of a page that is folded: an answer that is readable in place, an advanced setting.
#[component]
pub fn Fold(
    #[prop(into)] title: String,
    #[prop(optional)] open: bool,
    #[prop(optional, into)] class: String,
    children: Children,
) -> AnyView {
    view! {
        <details class=format!("fold {class}") open=open>
            <summary>
                <Icon name=IconName::ChevronRight />
                <span>{title}</span>
            </summary>
            <div class="fold-body">{children()}</div>
        </details>
    }
    .into_any()
}
