//! The same page in the other language: a link where the address says the language, a button where it is remembered.

use leptos::prelude::*;

use super::{Csrf, Hidden};
use super::{Icon, IconName};
use crate::{
    i18n::Locale,
    model::shell::{Alternate, LanguageForm},
};

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

/// A button for each other language, in that language's own name.
#[component]
pub fn LanguageButtons(locale: Locale, form: LanguageForm, #[prop(into)] csrf: String) -> AnyView {
    let buttons = form
        .offered
        .into_iter()
        .filter(|other| *other != locale)
        .map(|other| {
            let tag = other.tag();
            view! {
                <button class="nav-link" type="submit" name="locale" value=tag lang=tag>
                    <Icon name=IconName::Globe />
                    <span>{other.name()}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="inline-form" method="post" action="/locale">
            <Csrf token=csrf />
            <Hidden name="next" value=form.next />
            {buttons}
        </form>
    }
    .into_any()
}
