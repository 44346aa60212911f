//! The error page. A form that could not be taken comes back with every word in it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::error::{ErrorPage, KeptField};
use crate::parts::Csrf;

pub fn error(locale: Locale, page: ErrorPage) -> AnyView {
    let again = (!page.kept.is_empty()).then(|| resend(locale, page.action, page.csrf, page.kept));
    let home = format!("/{}", locale.tag());
    let search = format!("/{}/search", locale.tag());
    view! {
        <div class="page narrow">
            <h1>{page.title}</h1>
            <p>{page.message}</p>
            {again}
            <p class="actions">
                <a class="button secondary" href=home>{locale.t("ホームへ", "Home")}</a>
                <a class="button secondary" href=search>{locale.t("記事を検索", "Search the articles")}</a>
            </p>
        </div>
    }
    .into_any()
}

/// Long or multi-line texts are shown so that they can be read and copied; the rest travels hidden.
fn resend(locale: Locale, action: String, csrf: String, kept: Vec<KeptField>) -> AnyView {
    let fields = kept
        .into_iter()
        .map(|KeptField { name, value }| {
            if value.contains('\n') || value.chars().count() > 40 {
                let id = format!("kept-{name}");
                view! {
                    <div class="field">
                        <label for=id.clone()>{locale.t("入力した内容", "What you typed")}</label>
                        <textarea id=id name=name rows="8">{value}</textarea>
                    </div>
                }
                .into_any()
            } else {
                view! { <input type="hidden" name=name value=value /> }.into_any()
            }
        })
        .collect_view();
    view! {
        <form method="post" action=action>
            <Csrf token=csrf />
            {fields}
            <button class="button" type="submit">{locale.t("もう一度送信する", "Send again")}</button>
        </form>
    }
    .into_any()
}
