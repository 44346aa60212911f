//! The frame of every field, and the hidden fields that every form carries.

use leptos::prelude::*;

use crate::i18n::Locale;

/// What all kinds of fields have in common.
pub(super) struct Frame {
    pub locale: Locale,
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub error: Option<String>,
    pub optional: bool,
    /// Hides the label from sight; for the search boxes and filters whose purpose is plain to see.
    pub label_hidden: bool,
}

impl Frame {
    /// The ids of hint and error for `aria-describedby`.
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().filter(|hint| !hint.is_empty()).map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    pub fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    pub fn class(&self) -> &'static str {
        if self.error.is_some() { "field field-invalid" } else { "field" }
    }

    /// Label, hint and error above the control.
    pub fn around(self, control: AnyView) -> AnyView {
        let class = self.class();
        let label_class = if self.label_hidden { "visually-hidden" } else { "label" };
        view! {
            <div class=class>
                <label class=label_class for=self.id.clone()>
                    {self.label}
                    {self.optional.then(|| optional_mark(self.locale))}
                </label>
                {hint(&self.id, self.hint)}
                {error_line(self.locale, &self.id, self.error)}
                {control}
            </div>
        }
        .into_any()
    }
}

pub(super) fn optional_mark(locale: Locale) -> AnyView {
    view! { <span class="optional">{locale.t("任意", "(optional)")}</span> }.into_any()
}

pub(super) fn hint(id: &str, text: Option<String>) -> AnyView {
    text.filter(|text| !text.is_empty())
        .map(|text| view! { <p class="hint" id=format!("{id}-hint")>{text}</p> })
        .into_any()
}

pub(super) fn error_line(locale: Locale, id: &str, text: Option<String>) -> AnyView {
    text.map(|text| {
        view! {
            <p class="field-error" id=format!("{id}-error")>
                <span class="visually-hidden">{locale.t("エラー：", "Error: ")}</span>
                {text}
            </p>
        }
    })
    .into_any()
}

/// A titled part of a long form.
#[component]
pub fn FieldGroup(
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: Option<String>,
    children: Children,
) -> AnyView {
    view! {
        <fieldset class="field-group">
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="field-group-body">{children()}</div>
        </fieldset>
    }
    .into_any()
}

/// The token that proves that a post came from our own page.
#[component]
pub fn Csrf(#[prop(into)] token: String) -> AnyView {
    view! { <input type="hidden" name="csrf" value=token /> }.into_any()
}

/// Any other hidden field.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// A field that people neither see nor reach, and that robots fill in.
#[component]
pub fn Honeypot(locale: Locale, #[prop(into)] name: String) -> AnyView {
    view! {
        <div class="honeypot" aria-hidden="true">
            <label>
                {locale.t("この欄には何も入力しないでください", "Leave this field empty")}
                <input type="text" name=name tabindex="-1" autocomplete="off" />
            </label>
        </div>
    }
    .into_any()
}
