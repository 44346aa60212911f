//! All mistakes of a form in one place, before the form.

use leptos::prelude::*;

use crate::{i18n::Locale, model::form::FieldErrors};

/// Nothing when there is no error. It takes focus when the page opens, so that a screen reader reads it first.
#[component]
pub fn ErrorSummary(
    locale: Locale,
    errors: FieldErrors,
    /// The form has a password, which no page gives back.
    #[prop(optional)]
    password: bool,
) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let title = match errors.0.len() {
        1 => locale.t("入力内容を 1か所ご確認ください", "There is a problem").to_owned(),
        n => match locale {
            Locale::Ja => format!("入力内容を {n}か所ご確認ください"),
            Locale::En => format!("There are {n} problems"),
        },
    };
    let lines = errors
        .0
        .into_iter()
        .map(|error| {
            // An error about no field in particular has nowhere to link to.
            if error.field.is_empty() {
                view! { <li>{error.message}</li> }.into_any()
            } else {
                view! { <li><a href=format!("#{}", error.field)>{error.message}</a></li> }.into_any()
            }
        })
        .collect_view();
    let kept = if password {
        locale.t("パスワードはもう一度入力してください。", "Enter the password once more.")
    } else {
        locale.t("入力した内容は残っています。", "What you typed has been kept.")
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">{title}</h2>
            <ul>{lines}</ul>
            <p class="small">{kept}</p>
        </div>
    }
    .into_any()
}
