//! One choice out of a list that drops down.

use leptos::prelude::*;

use super::form::Frame;
use crate::{i18n::Locale, model::form::Choice};

/// A select. `empty` is the first entry with an empty value ("Anyone", 「選んでください」).
#[component]
pub fn Select(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] selected: String,
    #[prop(optional, into)] empty: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] form: Option<String>,
    #[prop(optional)] label_hidden: bool,
) -> AnyView {
    let id = id.unwrap_or_else(|| name.clone());
    let frame = Frame { locale, id: id.clone(), label, hint, error, optional, label_hidden };
    let entries = choices
        .into_iter()
        .map(|choice| {
            let here = choice.value == selected;
            view! { <option value=choice.value selected=here>{choice.label}</option> }
        })
        .collect_view();
    let control = view! {
        <select
            class="input select"
            id=id
            name=name
            form=form
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        >
            {empty.map(|text| view! { <option value="">{text}</option> })}
            {entries}
        </select>
    };
    frame.around(control.into_any())
}
