//! Where a page stands: the way from the top, in one line.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::i18n::Locale;

/// Text and address of one step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

impl Crumb {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The steps above this page; the page itself is the `h1` below and is not repeated.
#[component]
pub fn Breadcrumb(locale: Locale, steps: Vec<Crumb>) -> AnyView {
    let steps = steps
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <a href=step.href>{step.text}</a>
                    <Icon name=IconName::ChevronRight />
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="breadcrumb" aria-label=locale.t("現在の位置", "Breadcrumb")>
            <ol>{steps}</ol>
        </nav>
    }
    .into_any()
}
