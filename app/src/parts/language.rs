//! The same page in the other language.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::{i18n::Locale, model::shell::Alternate};

/// A link to each other language, in that language's own name.
#[component]
pub fn LanguageSwitch(locale: Locale, alternates: Vec<Alternate>) -> AnyView {
    alternates
        .into_iter()
        .filter(|other| other.locale != locale)
        .map(|other| {
            let tag = other.locale.tag();
            view! {
                <a class="nav-link" href=other.href hreflang=tag lang=tag>
                    <Icon name=IconName::Globe />
                    <span>{other.locale.name()}</span>
                </a>
            }
        })
        .collect_view()
        .into_any()
}
