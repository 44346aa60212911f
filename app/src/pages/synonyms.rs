//! `/desk/search/synonyms`: words for the same thing, and what they change.

mod edit;
mod list;

pub use edit::{edit, written_in};
pub use list::list;

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::parts::Tag;

/// Words with what joins them: `bill = invoice`, `bill → invoice`. Joined in words for who hears them.
fn wording(locale: Locale, words: Vec<String>, meanings: Vec<String>) -> AnyView {
    let row = |words: Vec<String>, mark: &'static str, said: &'static str| {
        words
            .into_iter()
            .enumerate()
            .map(|(n, name)| {
                let mark = (n > 0).then(|| joint(mark, said));
                view! { <>{mark}<Tag name /></> }
            })
            .collect_view()
    };
    let comma = locale.t("、", ", ");
    let each_other = locale.t("と", " and ");
    let both_ways = meanings.is_empty();
    let first = if both_ways { row(words, "=", each_other) } else { row(words, "·", comma) };
    let then = (!both_ways).then(|| {
        let also = locale.t("で次も探す：", " also finds ");
        view! { <>{joint("→", also)}{row(meanings, "·", comma)}</> }
    });
    view! { <span class="wording">{first}{then}</span> }.into_any()
}

/// A mark for the eye, a word for the ear.
fn joint(mark: &'static str, said: &'static str) -> AnyView {
    view! {
        <span class="wording-joint">
            <span aria-hidden="true">{mark}</span>
            <span class="visually-hidden">{said}</span>
        </span>
    }
    .into_any()
}
