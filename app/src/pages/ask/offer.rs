//! An article that may already be the answer: unfolded, all of it, with the button that ends the search.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::ask::Answer;
use crate::parts::{Button, Icon, IconName};

pub(super) fn offer(locale: Locale, answer: Answer, open: bool) -> AnyView {
    let lang = (answer.locale != locale).then(|| answer.locale.tag());
    view! {
        <details class="fold suggestion" data-article=answer.article_id.to_string() open=open>
            <summary>
                <Icon name=IconName::ChevronRight />
                <span lang=lang>{answer.title}</span>
            </summary>
            <div class="fold-body">
                <div class="prose prose-compact answer" lang=lang inner_html=answer.html></div>
                <div class="suggestion-actions">
                    <Button small=true icon=IconName::Check name="solved" value=answer.article_id.to_string()>
                        {locale.t("これで解決した", "This solved it")}
                    </Button>
                    <a class="small" href=answer.href target="_blank" rel="noopener">
                        {locale.t("記事を別のタブで開く", "Open the article in a new tab")}
                    </a>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// Where articles appear while somebody writes: nothing to see until the island brings the first. It draws them after
/// the `<template>`, so that they look alike on both pages.
pub(super) fn while_writing(locale: Locale) -> AnyView {
    let loading = format!(r#"<p class="muted">{}</p>"#, locale.t("読み込んでいます…", "Loading…"));
    let empty = Answer { locale, html: loading, ..Answer::default() };
    view! {
        <section class="suggestions" id="suggestions" aria-labelledby="suggestions-title" hidden>
            <h2 id="suggestions-title">{heading(locale)}</h2>
            <p>{locale.t("書いている内容に近い記事です。", "Articles close to what you are writing.")}</p>
            <div></div>
            <template>{offer(locale, empty, false)}</template>
        </section>
    }
    .into_any()
}

pub(super) fn heading(locale: Locale) -> &'static str {
    locale.t("もう答えがあるかもしれません", "The answer may be here already")
}
