//! Buttons, and links that look like them. A button changes something; a link goes somewhere.

use leptos::prelude::*;

use super::{Icon, IconName};

/// How much a button asks to be pressed. At most one `Primary` per form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    Primary,
    #[default]
    Secondary,
    /// No frame: beside other things, in rows of tables.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    pub(super) fn class(self, small: bool) -> String {
        let kind = match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        };
        if small { format!("{kind} button-small") } else { kind.into() }
    }
}

/// A button that submits its form. `name` and `value` tell the form's buttons apart; `form` and `formaction` let it
/// stand outside its form or post elsewhere; `key` is the single key that presses it at the desk.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] form: Option<String>,
    #[prop(optional, into)] formaction: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] key: Option<String>,
    /// Skips the browser's own checks: for buttons that must work on a half-filled form.
    #[prop(optional)]
    novalidate: bool,
    children: Children,
) -> AnyView {
    view! {
        <button
            type="submit"
            class=kind.class(small)
            id=id
            name=name
            value=value
            form=form
            formaction=formaction
            formnovalidate=novalidate
            data-key=key.clone()
            aria-keyshortcuts=key
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>{children()}</span>
        </button>
    }
    .into_any()
}

/// A link with the weight of a button: to a form, to the next step.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional, into)] key: Option<String>,
    children: Children,
) -> AnyView {
    view! {
        <a class=kind.class(small) href=href data-key=key.clone() aria-keyshortcuts=key>
            {icon.map(|name| view! { <Icon name /> })}
            <span>{children()}</span>
        </a>
    }
    .into_any()
}

/// A form of one button that posts: delete, publish, undo, sign out.
#[component]
pub fn PostButton(
    #[prop(into)] action: String,
    #[prop(into)] csrf: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] key: Option<String>,
    children: Children,
) -> AnyView {
    view! {
        <form class="inline-form" method="post" action=action>
            <super::Csrf token=csrf />
            <button
                type="submit"
                class=kind.class(small)
                name=name
                value=value
                data-key=key.clone()
                aria-keyshortcuts=key
            >
                {icon.map(|name| view! { <Icon name /> })}
                <span>{children()}</span>
            </button>
        </form>
    }
    .into_any()
}
