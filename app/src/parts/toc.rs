//! The headings of an article, from three on.

use leptos::prelude::*;

use crate::i18n::Locale;

/// One heading: its anchor without `#`, its text and its level (2 or 3).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TocEntry {
    pub anchor: String,
    pub text: String,
    pub level: u8,
}

/// Nothing for fewer than three headings. Open on wide screens beside the text, folded above it on narrow ones.
#[component]
pub fn Toc(locale: Locale, entries: Vec<TocEntry>) -> AnyView {
    if entries.len() < 3 {
        return ().into_any();
    }
    let lines = entries
        .into_iter()
        .map(|entry| {
            let class = (entry.level > 2).then_some("toc-sub");
            view! { <li class=class><a href=format!("#{}", entry.anchor)>{entry.text}</a></li> }
        })
        .collect_view();
    view! {
        <nav class="toc" aria-labelledby="toc-title">
            <p class="toc-title" id="toc-title">{locale.t("目次", "On this page")}</p>
            <ol>{lines}</ol>
        </nav>
    }
    .into_any()
}
