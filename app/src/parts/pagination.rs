//! The way through a long list.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::i18n::Locale;

/// Pages are counted from 1. `base` is the list's address with all its filters and without `page`
/// (`/ja/search?q=invoice`). Nothing is drawn for a single page.
#[component]
pub fn Pagination(locale: Locale, #[prop(into)] base: String, page: i64, pages: i64) -> AnyView {
    if pages <= 1 {
        return ().into_any();
    }
    let join = if base.contains('?') { '&' } else { '?' };
    let href = |n: i64| if n == 1 { base.clone() } else { format!("{base}{join}page={n}") };
    let numbers = page_numbers(page, pages)
        .into_iter()
        .map(|number| match number {
            None => view! { <li class="gap" aria-hidden="true">"…"</li> }.into_any(),
            Some(n) => {
                let here = (n == page).then_some("page");
                let label = match locale {
                    Locale::Ja => format!("{n} ページ目"),
                    Locale::En => format!("Page {n}"),
                };
                view! { <li><a href=href(n) aria-current=here aria-label=label>{n}</a></li> }.into_any()
            }
        })
        .collect_view();
    let previous = (page > 1).then(|| {
        view! {
            <a class="pagination-step" rel="prev" href=href(page - 1)>
                <Icon name=IconName::ChevronLeft />
                <span>{locale.t("前へ", "Previous")}</span>
            </a>
        }
    });
    let next = (page < pages).then(|| {
        view! {
            <a class="pagination-step" rel="next" href=href(page + 1)>
                <span>{locale.t("次へ", "Next")}</span>
                <Icon name=IconName::ChevronRight />
            </a>
        }
    });
    view! {
        <nav class="pagination" aria-label=locale.t("ページ送り", "Pages")>
            {previous}
            <ol>{numbers}</ol>
            {next}
        </nav>
    }
    .into_any()
}

/// The first, the last, and those around the page; `None` stands for those left out.
fn page_numbers(page: i64, pages: i64) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> = Vec::new();
    let mut last = 0;
    for n in 1..=pages {
        if n == 1 || n == pages || (n - page).abs() <= 1 {
            if n - last == 2 {
                shown.push(Some(n - 1));
            } else if n - last > 2 {
                shown.push(None);
            }
            shown.push(Some(n));
            last = n;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::page_numbers;

    #[test]
    fn few_pages_are_all_named() {
        assert_eq!(page_numbers(2, 4), [Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn many_pages_leave_out_the_far_ones_but_never_a_single_one() {
        assert_eq!(page_numbers(4, 9), [Some(1), Some(2), Some(3), Some(4), Some(5), None, Some(9)]);
        assert_eq!(page_numbers(9, 9), [Some(1), None, Some(8), Some(9)]);
    }
}
