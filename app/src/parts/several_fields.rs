//! One line of text several times over, each completed from a list.

use leptos::prelude::*;

use super::form::{error_line, hint as hint_line, optional_mark};
use crate::i18n::Locale;

/// Lines for new entries, beside those that are filled; another look at the form has as many again.
const SPARE: usize = 2;

/// Names that there are already (tags, organizations), so that nobody has to remember how they are spelled: the
/// browser completes each from `known`, and takes others too. The first line has the field's name as its id.
#[component]
pub fn SeveralFields(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    values: Vec<String>,
    known: Vec<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
) -> AnyView {
    let list = format!("{name}-known");
    let class = if error.is_some() { "field field-invalid" } else { "field" };
    let invalid = error.as_ref().map(|_| "true");
    let described = [(hint.is_some(), "hint"), (error.is_some(), "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{name}-{part}"))
        .collect::<Vec<_>>()
        .join(" ");
    let lines = values
        .into_iter()
        .chain(std::iter::repeat_n(String::new(), SPARE))
        .enumerate()
        .map(|(n, value)| {
            let id = if n == 0 { name.clone() } else { format!("{name}-{n}") };
            let label = format!("{legend} {}", n + 1);
            view! {
                <input class="input" type="text" id=id name=name.clone() value=value list=list.clone() autocomplete="off"
                    aria-label=label aria-invalid=invalid />
            }
        })
        .collect_view();
    let known = known.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <fieldset
            class=class
            aria-describedby=(!described.is_empty()).then_some(described)
        >
            <legend class="label">{legend.clone()}{optional.then(|| optional_mark(locale))}</legend>
            {hint_line(&name, hint)}
            {error_line(locale, &name, error)}
            <div class="several">{lines}</div>
            <datalist id=list>{known}</datalist>
        </fieldset>
    }
    .into_any()
}
