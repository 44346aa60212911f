//! The error page. A form that could not be taken comes back with every word in it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::error::{ErrorPage, KeptField};
use crate::parts::{Button, ButtonKind, Csrf, Hidden, IconName, LinkButton, TextArea};

pub fn error(locale: Locale, page: ErrorPage) -> AnyView {
    let again = (!page.kept.is_empty()).then(|| match page.action {
        Some(action) => resend(locale, action, page.csrf, page.kept),
        None => kept(locale, page.kept),
    });
    let home = format!("/{}", locale.tag());
    let search = format!("/{}/search", locale.tag());
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{page.title}</h1>
                <p class="lead">{page.message}</p>
            </header>
            <div class="stack stack-l">
                {page
                    .sign_in
                    .map(|href| {
                        view! {
                            <p>
                                <a class="button button-primary" href=href target="_blank">
                                    {locale.t("新しいタブでサインイン", "Sign in, in a new tab")}
                                </a>
                            </p>
                        }
                    })}
                {again}
                <p class="row">
                    <LinkButton href=search icon=IconName::Search>
                        {locale.t("記事を検索", "Search the articles")}
                    </LinkButton>
                    <LinkButton href=home kind=ButtonKind::Quiet>{locale.t("ホームへ", "Home")}</LinkButton>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// The texts, each to be read and copied, and nothing to send them with.
fn kept(locale: Locale, kept: Vec<KeptField>) -> AnyView {
    kept.into_iter()
        .filter(|field| is_text(&field.value))
        .map(|field| text(locale, field))
        .collect_view()
        .into_any()
}

fn text(locale: Locale, KeptField { name, value }: KeptField) -> AnyView {
    let id = format!("kept-{name}");
    let label = locale.t("入力した内容", "What you typed");
    view! { <TextArea locale id name label value /> }.into_any()
}

/// Somebody's sentences; a long word without a space is a key of ours.
fn is_text(value: &str) -> bool {
    let has_words = value.chars().any(|c| !c.is_ascii_graphic());
    value.contains('\n') || (has_words && value.chars().count() > 40)
}

/// Long or multi-line texts are shown so that they can be read and copied; the rest travels hidden.
fn resend(locale: Locale, action: String, csrf: String, kept: Vec<KeptField>) -> AnyView {
    let fields = kept
        .into_iter()
        .map(|field| {
            if is_text(&field.value) {
                return text(locale, field);
            }
            let KeptField { name, value } = field;
            view! { <Hidden name value /> }.into_any()
        })
        .collect_view();
    view! {
        <form class="form" method="post" action=action>
            <Csrf token=csrf />
            {fields}
            <div class="form-actions">
                <Button kind=ButtonKind::Primary icon=IconName::Send>
                    {locale.t("もう一度送信する", "Send again")}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
