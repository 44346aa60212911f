//! One line of text, and many.

use leptos::prelude::*;

use super::form::Frame;
use crate::i18n::Locale;

/// One line of text. `name` is also its id unless `id` is given. `kind` is the input's type (`text`, `email`,
/// `url`, `password`, `number`, `date`, `time`, `color`, `search`); `width` a class (`w-short`, `w-medium`).
#[component]
pub fn TextField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] width: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional, into)] step: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// A unit behind the control: "MB", 「時間」.
    #[prop(optional, into)]
    suffix: Option<String>,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] label_hidden: bool,
    /// The language of what is typed, where it is not the page's.
    #[prop(optional)]
    lang: Option<&'static str>,
) -> AnyView {
    let id = id.unwrap_or_else(|| name.clone());
    let frame = Frame { locale, id: id.clone(), label, hint, error, optional, label_hidden };
    let class = format!("input {}", width.unwrap_or_default());
    let spellcheck = matches!(kind, "email" | "url" | "password").then_some("false");
    let input = view! {
        <input
            class=class
            type=kind
            id=id
            name=name
            value=value
            lang=lang
            autocomplete=autocomplete
            inputmode=inputmode
            maxlength=maxlength.map(|n| n.to_string())
            min=min
            max=max
            step=step
            placeholder=placeholder
            spellcheck=spellcheck
            readonly=readonly
            autofocus=autofocus
            required=!optional
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        />
    };
    let control = match suffix {
        Some(suffix) => {
            view! { <div class="with-suffix">{input}<span class="suffix">{suffix}</span></div> }.into_any()
        }
        None => input.into_any(),
    };
    frame.around(control)
}

/// Many lines of text.
#[component]
pub fn TextArea(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(default = 6)] rows: u32,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// Fixed-width letters: Markdown, lists of codes.
    #[prop(optional)]
    code: bool,
    #[prop(optional)] label_hidden: bool,
    #[prop(optional)] lang: Option<&'static str>,
) -> AnyView {
    let id = id.unwrap_or_else(|| name.clone());
    let frame = Frame { locale, id: id.clone(), label, hint, error, optional, label_hidden };
    let control = view! {
        <textarea
            class=if code { "input input-code" } else { "input" }
            id=id
            name=name
            rows=rows.to_string()
            lang=lang
            maxlength=maxlength.map(|n| n.to_string())
            placeholder=placeholder
            required=!optional
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        >
            {leading_line_kept(value)}
        </textarea>
    };
    frame.around(control.into_any())
}

/// HTML drops a line break that comes first in a `<textarea>`; doubling it keeps what was typed.
fn leading_line_kept(value: String) -> String {
    if value.starts_with('\n') { format!("\n{value}") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_a_line_break_keeps_it() {
        assert_eq!(leading_line_kept("\nfirst".into()), "\n\nfirst");
        assert_eq!(leading_line_kept("first".into()), "first");
    }
}
