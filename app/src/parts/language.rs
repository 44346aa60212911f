//! The same page in the other language: a link where the address says the language, a button where it is remembered or
//! where somebody may have begun to write.

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

/// One language that a half-written form can be taken to, and how the form is told.
#[derive(Clone, Debug)]
pub struct LanguageStep {
    pub locale: Locale,
    /// Where the form is sent.
    pub action: String,
    pub name: &'static str,
    pub value: &'static str,
}

/// Sends the form with the id `form` to itself in each other language, which takes it up where it was left. `enter` is
/// the name and value of what Enter presses in it, and where that goes.
#[component]
pub fn LanguageTakeover(
    locale: Locale,
    steps: Vec<LanguageStep>,
    form: &'static str,
    enter: Option<((&'static str, &'static str), String)>,
) -> AnyView {
    let buttons = steps
        .into_iter()
        .filter(|step| step.locale != locale)
        .map(|step| {
            view! {
                <button
                    class="nav-link"
                    type="submit"
                    form=form
                    formaction=step.action
                    formnovalidate
                    name=step.name
                    value=step.value
                    lang=step.locale.tag()
                >
                    <Icon name=IconName::Globe />
                    <span>{step.locale.name()}</span>
                </button>
            }
        })
        .collect_view();
    let (button, action) = enter.unzip();
    let (name, value) = button.unzip();
    view! {
        // The Enter key presses the first button of a form in the whole document: that must not be a language.
        <button class="visually-hidden" type="submit" form=form formaction=action name=name value=value tabindex="-1" aria-hidden="true">
            {locale.t("送信する", "Send")}
        </button>
        {buttons}
    }
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
