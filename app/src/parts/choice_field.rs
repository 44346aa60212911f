//! Radios and checkboxes.

use leptos::prelude::*;

use super::form::{error_line, hint as hint_line, optional_mark};
use crate::{i18n::Locale, model::form::Choice};

/// One of a few, all in sight. `cards` draws them as large cards side by side (the kinds of a request); the first
/// control has the field's name as its id, so that the error summary's link lands there.
#[component]
pub fn Radios(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] selected: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] cards: bool,
    #[prop(optional)] legend_hidden: bool,
) -> AnyView {
    group(Group {
        locale,
        name,
        legend,
        choices,
        selected: vec![selected],
        error,
        hint,
        optional,
        cards,
        legend_hidden,
        kind: "radio",
    })
}

/// Any of a few.
#[component]
pub fn Checkboxes(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional)] selected: Vec<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> AnyView {
    group(Group {
        locale,
        name,
        legend,
        choices,
        selected,
        error,
        hint,
        optional,
        cards: false,
        legend_hidden: false,
        kind: "checkbox",
    })
}

/// A single yes or no. It sends `value` ("true" unless given) when ticked, nothing otherwise.
#[component]
pub fn Checkbox(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] id: Option<String>,
) -> AnyView {
    let id = id.unwrap_or_else(|| name.clone());
    let class = if error.is_some() { "field field-invalid" } else { "field" };
    let error_text = error_line(locale, &id, error);
    let choice = Choice { value: value.unwrap_or_else(|| "true".into()), label, hint };
    view! {
        <div class=class>
            {error_text}
            {one(&name, &id, "checkbox", choice, checked)}
        </div>
    }
    .into_any()
}

struct Group {
    locale: Locale,
    name: String,
    legend: String,
    choices: Vec<Choice>,
    selected: Vec<String>,
    error: Option<String>,
    hint: Option<String>,
    optional: bool,
    cards: bool,
    legend_hidden: bool,
    kind: &'static str,
}

fn group(group: Group) -> AnyView {
    let Group { locale, name, legend, choices, selected, error, hint, optional, cards, legend_hidden, kind } =
        group;
    let described =
        [(hint.as_ref().is_some_and(|hint| !hint.is_empty()), "hint"), (error.is_some(), "error")]
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, part)| format!("{name}-{part}"))
            .collect::<Vec<_>>()
            .join(" ");
    let class = if error.is_some() { "field field-invalid" } else { "field" };
    let entries = choices
        .into_iter()
        .enumerate()
        .map(|(n, choice)| {
            let id = if n == 0 { name.clone() } else { format!("{name}-{n}") };
            let checked = selected.contains(&choice.value);
            one(&name, &id, kind, choice, checked)
        })
        .collect_view();
    view! {
        <fieldset class=class aria-describedby=(!described.is_empty()).then_some(described)>
            <legend class=if legend_hidden { "visually-hidden" } else { "label" }>{legend}{optional.then(|| optional_mark(locale))}</legend>
            {hint_line(&name, hint)}
            {error_line(locale, &name, error)}
            <div class=if cards { "choices choice-cards" } else { "choices" }>{entries}</div>
        </fieldset>
    }
    .into_any()
}

/// The control, its label beside it, and the label's hint under it.
fn one(name: &str, id: &str, kind: &'static str, choice: Choice, checked: bool) -> AnyView {
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-about"));
    view! {
        <div class="choice">
            <input
                type=kind
                id=id.to_owned()
                name=name.to_owned()
                value=choice.value
                checked=checked
                aria-describedby=hint_id.clone()
            />
            <label for=id.to_owned()>{choice.label}</label>
            {choice.hint.map(|hint| view! { <p class="choice-hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
