//! An article without a category: customers find it by searching, and nowhere else. Said beside the editor, in the way of
//! nobody who means it so.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{editor::Unshelved, figures::Tone},
    parts::*,
};

/// The name of the button that puts the article into the category that is its value.
pub const SHELVE: &str = "shelve";

pub(super) fn warning(locale: Locale, page: Unshelved) -> AnyView {
    let Unshelved { live, proposed } = page;
    let title = locale.t("カテゴリーが選ばれていません", "No category is chosen");
    let words = if live {
        locale.t(
            "公開中ですが、カテゴリーの一覧には出ていません。検索では見つかります。",
            "It is published, and in no list of articles. Searching finds it.",
        )
    } else {
        locale.t(
            "このまま公開すると、検索では見つかりますが、カテゴリーの一覧には出ません。",
            "Published like this, it is found by searching, and in no list of articles.",
        )
    };
    let proposed = proposed.map(|category| {
        let text = locale.t(
            format!("「{}」に入れる", category.label),
            format!("Put it into “{}”", category.label),
        );
        view! {
            <Button small=true icon=IconName::Folder name=SHELVE value=category.value novalidate=true>{text}</Button>
        }
    });
    let live = if live { Tone::Warn } else { Tone::Plain };
    view! {
        <Notice tone=live title>
            <p>{words}</p>
            <p class="row">
                {proposed}
                <a href="#category">{locale.t("カテゴリーを選ぶ", "Choose a category")}</a>
            </p>
        </Notice>
    }
    .into_any()
}
