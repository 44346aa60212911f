//! The form of one synonym, and which searches it changes.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::form::Choice;
use crate::model::shell::WrittenIn;
use crate::model::synonyms::{ComparedResults, SynonymEffect, SynonymForm, SynonymPreview, Way};
use crate::parts::{
    Badge, Breadcrumb, Button, ButtonKind, Crumb, Csrf, ErrorSummary, IconName, Radios, Select, TextArea,
};

const FORM: &str = "synonym";

/// A synonym as the language switch takes it along.
pub fn written_in(id: Option<i64>) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "save"))
}

fn action(id: Option<i64>) -> String {
    id.map_or_else(|| "/desk/search/synonyms".to_owned(), |id| format!("/desk/search/synonyms/{id}"))
}

pub fn edit(locale: Locale, form: SynonymForm) -> AnyView {
    let action = action(form.id);
    let title = match form.id {
        Some(_) => locale.t("同義語を編集", "Edit the synonym"),
        None => locale.t("同義語を追加", "Add a synonym"),
    };
    let crumbs = vec![
        Crumb::new(locale.t("検索", "Search"), "/desk/search"),
        Crumb::new(locale.t("同義語", "Synonyms"), form.back.clone()),
    ];
    let preview = match form.preview.clone() {
        Some(preview) => self::preview(locale, preview),
        None => view! {
            <p class="muted small">
                {locale.t(
                    "保存する前に、どの検索の結果がどう変わるかを見られます。見るだけでは何も変わりません。",
                    "Before saving, see which searches would have other results. Looking changes nothing.",
                )}
            </p>
        }
        .into_any(),
    };
    view! {
        <div class="page page-wide">
            <Breadcrumb locale steps=crumbs />
            <header class="page-head"><h1>{title}</h1></header>
            <div class="synonym-edit">
                <form class="form" id=FORM method="post" action=action novalidate>
                    <ErrorSummary locale errors=form.errors.clone() />
                    <Csrf token=form.csrf.clone() />
                    {fields(locale, &form)}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary name="do" value="save">{locale.t("保存する", "Save")}</Button>
                        <Button icon=IconName::Eye name="do" value="preview">{locale.t("変化を見る", "See what changes")}</Button>
                        <a href=form.back>{locale.t("やめる", "Cancel")}</a>
                    </div>
                </form>
                <div class="stack" id="preview">{preview}</div>
            </div>
        </div>
    }
    .into_any()
}

fn fields(locale: Locale, form: &SynonymForm) -> AnyView {
    let ways = vec![
        Choice::new(
            Way::Both.code(),
            locale.t("どの言葉からも、ほかの言葉を探す", "Each word finds the others"),
        ),
        Choice::new(Way::One.code(), locale.t("一方向", "One way")).with_hint(locale.t(
            "言葉で検索すると、一緒に探す言葉も探します。逆はしません。",
            "Searching for the words finds the others too, and not the other way round.",
        )),
    ];
    // What search is told stays in its language.
    let language = form.id.is_none().then(|| {
        view! {
            <Select locale name="language" label=locale.t("言語", "Language") choices=form.language_choices.clone()
                selected=form.language.clone() hint=locale.t("この言語で書かれた記事を探すときに使われます。", "Used when articles in this language are searched.") />
        }
    });
    let lang = Locale::from_tag(&form.language).unwrap_or(locale).tag();
    view! {
        {language}
        <Radios locale name="way" legend=locale.t("向き", "Which way") choices=ways selected=form.way.code() />
        <TextArea locale name="words" label=locale.t("言葉", "Words") rows=4 value=form.words.clone() lang
            error=form.errors.of("words")
            hint=locale.t("1行に1つ。二語以上からなる言葉も使えます。", "One a line; each may be several words.") />
        <TextArea locale name="meanings" label=locale.t("一緒に探す言葉", "Also find") rows=2 value=form.meanings.clone() lang optional=true
            error=form.errors.of("meanings")
            hint=locale.t("一方向のときだけ。記事で使われている言葉を、1行に1つ。", "One way only: the words that articles use, one a line.") />
    }
    .into_any()
}

fn preview(locale: Locale, preview: SynonymPreview) -> AnyView {
    let SynonymPreview { in_use, searches, changed, effects } = preview;
    let title = if in_use {
        locale.t("この同義語で変わっている検索", "Searches that it changes")
    } else {
        locale.t("変わる検索", "Searches that would change")
    };
    let summary = match locale {
        Locale::Ja => format!(
            "よくある検索{searches}件のうち{changed}件で、最初の3件が{}。",
            if in_use { "変わっています" } else { "変わります" }
        ),
        Locale::En => {
            let verb = if in_use { "have" } else { "would have" };
            format!("{changed} of the {searches} most frequent searches {verb} other first results.")
        }
    };
    let summary = (!effects.is_empty()).then(|| view! { <p>{summary}</p> });
    let none = effects.is_empty().then(|| {
        view! {
            <p>
                {locale.t(
                    "結果が変わる検索はありません。記事で使われている言葉になっているかを確かめてください。",
                    "No search comes out otherwise. Check that articles use one of these words.",
                )}
            </p>
        }
    });
    let rows = effects.into_iter().map(|one| effect(locale, one)).collect_view();
    view! {
        <section class="effects" role="status" aria-labelledby="preview-title">
            <h2 id="preview-title">{title}</h2>
            {summary}
            {none}
            <ol class="plain">{rows}</ol>
        </section>
    }
    .into_any()
}

fn effect(locale: Locale, effect: SynonymEffect) -> AnyView {
    let visitors = match (effect.visitors, locale) {
        (Some(n), Locale::Ja) => format!("{n}人が検索"),
        (Some(n), Locale::En) => format!("{n} visitors"),
        (None, _) => locale.t("この同義語の言葉", "a word of this synonym").to_owned(),
    };
    view! {
        <li class="effect">
            <h3>{locale.t(format!("「{}」", effect.query), format!("“{}”", effect.query))}" "<span class="muted small">{visitors}</span></h3>
            <div class="effect-sides">
                {side(locale, locale.t("同義語なし", "Without"), effect.before)}
                {side(locale, locale.t("同義語あり", "With"), effect.after)}
            </div>
        </li>
    }
    .into_any()
}

fn side(locale: Locale, title: &'static str, results: ComparedResults) -> AnyView {
    let count = match locale {
        Locale::Ja => format!("{}件", results.total),
        Locale::En if results.total == 1 => "1 article".to_owned(),
        Locale::En => format!("{} articles", results.total),
    };
    let hits = if results.first.is_empty() {
        view! { <p class="muted">{locale.t("合う記事なし", "No article fits")}</p> }.into_any()
    } else {
        let hits = results
            .first
            .into_iter()
            .map(|hit| {
                let new = hit.new.then(|| {
                    view! { " "<Badge tone=crate::model::figures::Tone::Good>{locale.t("新しい", "new")}</Badge> }
                });
                view! { <li>{hit.title}{new}</li> }
            })
            .collect_view();
        view! { <ol>{hits}</ol> }.into_any()
    };
    view! {
        <div class="effect-side">
            <p class="effect-label">{title}" "<span class="muted">{count}</span></p>
            {hits}
        </div>
    }
    .into_any()
}
