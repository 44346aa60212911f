//! Asking: one column of questions with the answers that may already be there beside it, a last offer before sending,
//! and the receipt.

mod before;
mod form;
mod offer;
mod sent;
mod solved;

pub use before::before;
pub use form::form;
pub use sent::sent;
pub use solved::solved;

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::ask::{AskForm, KeptFile};
use crate::parts::{Hidden, Icon, IconName};

/// The id of the form with all that was written, on every page that has it.
pub const FORM: &str = "ask";

/// What the words of the form are kept under in the browser until it has been taken.
const DRAFT: &str = "ask";

/// Where every form of this folder posts to.
fn action(locale: Locale) -> String {
    format!("/{}/ask", locale.tag())
}

/// All that was typed, for a page that does not show it in fields.
fn hidden_fields(form: &AskForm) -> AnyView {
    form.fields().into_iter().map(|(name, value)| view! { <Hidden name value /> }).collect_view().into_any()
}

/// Files that came with an earlier try, each with a box to take it out again.
pub(super) fn kept_files(locale: Locale, kept: Vec<KeptFile>) -> AnyView {
    if kept.is_empty() {
        return ().into_any();
    }
    let rows = kept
        .into_iter()
        .map(|KeptFile { key, name, size }| {
            let id = format!("remove-{key}");
            let which = locale.t(format!("：{name}"), format!(": {name}"));
            view! {
                <li class="row row-between">
                    <Hidden name="kept" value=key.clone() />
                    <span class="row">
                        <Icon name=IconName::Attach />
                        <span class="clip">{name}</span>
                        <span class="muted small nowrap">{size}</span>
                    </span>
                    <span class="choice">
                        <input type="checkbox" id=id.clone() name="remove" value=key />
                        <label for=id>
                            {locale.t("外す", "Leave out")} <span class="visually-hidden">{which}</span>
                        </label>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <p class="label" id="kept-label">{locale.t("添付済みのファイル", "Files attached so far")}</p>
            <ul class="plain stack stack-s kept-files" aria-labelledby="kept-label">{rows}</ul>
        </div>
    }
    .into_any()
}
