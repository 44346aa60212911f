//! What changed between two texts, line by line, the changed words marked.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::editor::{DiffLine, DiffPart},
};

/// Every part under its title; a part that is the same in both is left out.
pub(super) fn diff(locale: Locale, parts: Vec<DiffPart>) -> AnyView {
    let parts: Vec<DiffPart> = parts
        .into_iter()
        .filter(|part| part.lines.iter().any(|line| matches!(line, DiffLine::Old(_) | DiffLine::New(_))))
        .collect();
    if parts.is_empty() {
        return view! { <p class="muted">{locale.t("違いはありません。", "There is no difference.")}</p> }
            .into_any();
    }
    parts
        .into_iter()
        .map(|part| {
            let lines = part.lines.into_iter().map(|each| line(locale, each)).collect_view();
            view! {
                <div class="stack stack-s">
                    <h3 class="side-title">{part.title.clone()}</h3>
                    <div class="diff" role="region" tabindex="0" aria-label=part.title>{lines}</div>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

fn line(locale: Locale, line: DiffLine) -> AnyView {
    match line {
        DiffLine::Same(text) => {
            view! { <div><span aria-hidden="true">" "</span><span>{text}</span></div> }.into_any()
        }
        DiffLine::Gap(n) => {
            let words = match locale {
                Locale::Ja => format!("… 同じ行が {n} 行 …"),
                Locale::En => format!("… {n} lines the same …"),
            };
            view! { <p class="diff-gap">{words}</p> }.into_any()
        }
        DiffLine::Old(runs) => {
            let runs = runs
                .into_iter()
                .map(
                    |(text, changed)| {
                        if changed { view! { <del>{text}</del> }.into_any() } else { text.into_any() }
                    },
                )
                .collect_view();
            view! {
                <div class="diff-old">
                    <span aria-hidden="true">"−"</span>
                    <span><span class="visually-hidden">{locale.t("削除：", "Removed: ")}</span>{runs}</span>
                </div>
            }
            .into_any()
        }
        DiffLine::New(runs) => {
            let runs = runs
                .into_iter()
                .map(
                    |(text, changed)| {
                        if changed { view! { <ins>{text}</ins> }.into_any() } else { text.into_any() }
                    },
                )
                .collect_view();
            view! {
                <div class="diff-new">
                    <span aria-hidden="true">"+"</span>
                    <span><span class="visually-hidden">{locale.t("追加：", "Added: ")}</span>{runs}</span>
                </div>
            }
            .into_any()
        }
    }
}
