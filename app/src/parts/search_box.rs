//! The search box: a plain form. Over articles an island in it completes what is typed.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::i18n::Locale;
use crate::islands::search_box::Completions;
use crate::model::search::LONGEST_QUERY;

/// A form that gets `action?q=…`. `large` is the one of the home page.
#[component]
pub fn SearchBox(
    locale: Locale,
    #[prop(into)] action: String,
    #[prop(optional, into)] value: String,
    #[prop(optional)] large: bool,
    /// Two boxes on one page need two ids.
    #[prop(default = "q")]
    id: &'static str,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
) -> AnyView {
    // A page may hold both: they are told apart by their names.
    let label = label.unwrap_or_else(|| {
        if large {
            locale.t("答えを探す", "Find an answer")
        } else {
            locale.t("記事を検索", "Search articles")
        }
        .into()
    });
    let placeholder =
        placeholder.or_else(|| large.then(|| example(locale).into())).unwrap_or_else(|| label.clone());
    let completes = action == format!("/{}/search", locale.tag());
    view! {
        <form
            class=if large { "search search-large" } else { "search" }
            role="search"
            aria-label=label.clone()
            method="get"
            action=action
        >
            <label class="visually-hidden" for=id>{label.clone()}</label>
            <Icon name=IconName::Search />
            <input
                class="search-input"
                type="search"
                id=id
                name="q"
                value=value
                placeholder=placeholder
                autocomplete="off"
                enterkeyhint="search"
                maxlength=LONGEST_QUERY.to_string()
            />
            <button class="search-button" type="submit">
                <span>{locale.t("検索", "Search")}</span>
            </button>
            {completes.then(|| view! { <Completions /> })}
        </form>
    }
    .into_any()
}

fn example(locale: Locale) -> &'static str {
    locale.t("例：請求書の宛名を変えたい", "For example: change the name on my invoice")
}
