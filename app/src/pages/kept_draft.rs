//! The line that tells that what was being written is back. The browser shows it; nothing is kept without it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::islands::keep_draft::KeepDraft;

/// Stands inside a form with `data-draft`.
pub(super) fn kept_draft(locale: Locale) -> AnyView {
    view! {
        <div class="draft-restored small muted" role="status">
            <span hidden>
                {locale.t("書きかけの内容を元に戻しました。", "What you were writing is back.")}
                " "
                <button class="button button-quiet button-small" type="button">{locale.t("消す", "Clear it")}</button>
            </span>
            <KeepDraft />
        </div>
    }
    .into_any()
}

/// Stands on the page that says that a form was taken: what was kept of it is forgotten.
pub(super) fn draft_done(name: &'static str) -> AnyView {
    view! {
        <div hidden data-draft-done=name>
            <KeepDraft />
        </div>
    }
    .into_any()
}
