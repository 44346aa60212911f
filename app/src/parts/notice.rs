//! A few sentences that stand out of the page, and the one sentence about what just happened.

use leptos::prelude::*;

use super::{ButtonKind, Icon, IconName, PostButton};
use crate::model::{figures::Tone, shell::Flash};

/// Words to notice. `Bad` and `Warn` are read out at once by a screen reader when `live`.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional)] live: bool,
    children: Children,
) -> AnyView {
    view! {
        <div class=format!("notice notice-{}", tone.class()) role=live.then_some("status")>
            <Icon name=tone_icon(tone) />
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// What the last action did, above the page, with its undo.
#[component]
pub fn FlashBanner(flash: Flash, #[prop(into)] csrf: String) -> AnyView {
    let action = flash.action.map(|action| {
        if action.post {
            view! { <PostButton action=action.href csrf kind=ButtonKind::Quiet small=true>{action.label}</PostButton> }
                .into_any()
        } else {
            view! { <a class="button button-quiet button-small" href=action.href>{action.label}</a> }.into_any()
        }
    });
    view! {
        <div class=format!("flash flash-{}", flash.tone.class()) role="status">
            <Icon name=tone_icon(flash.tone) />
            <p>{flash.message}</p>
            {action}
        </div>
    }
    .into_any()
}

fn tone_icon(tone: Tone) -> IconName {
    match tone {
        Tone::Plain | Tone::Accent => IconName::Info,
        Tone::Good => IconName::CheckCircle,
        Tone::Warn | Tone::Bad => IconName::Alert,
    }
}
