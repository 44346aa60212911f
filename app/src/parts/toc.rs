//! The headings of an article, from three on.

use leptos::prelude::*;

use super::Fold;
use crate::i18n::Locale;

/// One heading: its anchor without `#`, its text and its level (2 or 3).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TocEntry {
    pub anchor: String,
    pub text: String,
    pub level: u8,
}

/// Nothing for fewer than three headings. Open on wide screens beside the text, folded above it on narrow ones: there
/// the answer comes first. It is written twice, because no style sheet opens a fold in every browser.
#[component]
pub fn Toc(locale: Locale, entries: Vec<TocEntry>) -> AnyView {
    if entries.len() < 3 {
        return ().into_any();
    }
    let title = locale.t("目次", "On this page");
    view! {
        <nav class="toc toc-beside" aria-labelledby="toc-title">
            <p class="toc-title" id="toc-title">{title}</p>
            {lines(&entries)}
        </nav>
        <nav class="toc toc-folded" aria-label=title>
            <Fold title>{lines(&entries)}</Fold>
        </nav>
    }
    .into_any()
}

fn lines(entries: &[TocEntry]) -> AnyView {
    let lines = entries
        .iter()
        .map(|entry| {
            let class = (entry.level > 2).then_some("toc-sub");
            view! { <li class=class><a href=format!("#{}", entry.anchor)>{entry.text.clone()}</a></li> }
        })
        .collect_view();
    view! { <ol>{lines}</ol> }.into_any()
}
