//! Small words with a colour: states, priorities, kinds, tags.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::{
    i18n::Locale,
    model::{
        figures::Tone,
        words::{Priority, RequestKind, RequestStatus},
    },
};

/// A small word on a tint.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> AnyView {
    view! { <span class=format!("badge badge-{}", tone.class())>{children()}</span> }.into_any()
}

/// A state: a dot in the tone's colour and the word. `solid` dots are states that are over.
#[component]
pub fn State(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> AnyView {
    view! { <span class=format!("state state-{}", tone.class())>{text}</span> }.into_any()
}

/// A request's status. `customer` says it from the customer's side.
#[component]
pub fn StatusChip(locale: Locale, status: RequestStatus, #[prop(optional)] customer: bool) -> AnyView {
    let tone = match status {
        RequestStatus::New => Tone::Accent,
        RequestStatus::Open => Tone::Accent,
        RequestStatus::Waiting => Tone::Warn,
        RequestStatus::Solved => Tone::Good,
        RequestStatus::Closed => Tone::Plain,
    };
    let text = if customer { status.customer_label(locale) } else { status.label(locale) };
    view! {
        <span class=format!("badge badge-{} status status-{}", tone.class(), status.code())>
            <span class="status-ring" aria-hidden="true"></span>
            {text}
        </span>
    }
    .into_any()
}

/// A request's priority. Normal is not worth ink: nothing is drawn.
#[component]
pub fn PriorityChip(locale: Locale, priority: Priority) -> AnyView {
    let (tone, icon) = match priority {
        Priority::Normal => return ().into_any(),
        Priority::Low => (Tone::Plain, IconName::ChevronDown),
        Priority::High => (Tone::Warn, IconName::ChevronUp),
        Priority::Urgent => (Tone::Bad, IconName::Alert),
    };
    view! {
        <span class=format!("badge badge-{}", tone.class())>
            <Icon name=icon />
            <span class="visually-hidden">{locale.t("優先度：", "Priority: ")}</span>
            {priority.label(locale)}
        </span>
    }
    .into_any()
}

/// What kind of request it is.
#[component]
pub fn KindChip(locale: Locale, kind: RequestKind) -> AnyView {
    view! {
        <span class="kind">
            <Icon name=kind_icon(kind) />
            {kind.label(locale)}
        </span>
    }
    .into_any()
}

/// The icon of a kind of request.
pub fn kind_icon(kind: RequestKind) -> IconName {
    match kind {
        RequestKind::Question => IconName::Question,
        RequestKind::Problem => IconName::Alert,
        RequestKind::Idea => IconName::Idea,
        RequestKind::Praise => IconName::Heart,
    }
}

/// A tag; a link where there is something behind it.
#[component]
pub fn Tag(#[prop(into)] name: String, #[prop(optional_no_strip, into)] href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a class="tag" href=href>{name}</a> }.into_any(),
        None => view! { <span class="tag">{name}</span> }.into_any(),
    }
}

/// A count beside a word: of a view, a facet, a tab.
#[component]
pub fn Count(n: i64) -> AnyView {
    view! { <span class="count">{n}</span> }.into_any()
}
