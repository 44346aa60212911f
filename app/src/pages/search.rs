//! The results of a search: what was found, or plainly that nothing was; and the way on when nothing is right.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{
        figures::Tone,
        search::{Elsewhere, Facet, LONGEST_QUERY, Offer, SearchHit, SearchPage},
    },
    parts::*,
};

/// A query of more characters stands on lines of its own in the page's heading, a few of which are seen.
const HEADING_CHARS: usize = 24;

pub fn search(locale: Locale, page: SearchPage) -> AnyView {
    if page.query.is_empty() {
        return blank(locale, page.categories_href);
    }
    if page.nearest || page.hits.is_empty() {
        return nothing(locale, page);
    }
    let facets = (page.facets.len() > 1).then(|| facets(locale, page.facets));
    let class = if facets.is_some() { "with-side side-first" } else { "" };
    let heading = heading(page.query, locale.t(["", "の検索結果"], ["Results for ", ""]), locale);
    view! {
        <div class="page">
            <header class="page-head">
                {heading}
                {page.cut.then(|| cut(locale))}
                <p class="muted" role="status">
                    {locale.count(page.total, "件の記事が見つかりました", "article found", "articles found")}
                </p>
                {page.unquoted.then(|| unquoted(locale))}
                {page.did_you_mean.map(|offer| did_you_mean(locale, offer))}
            </header>
            <div class=class>
                <div>
                    <ol class="results">{hits(locale, page.hits)}</ol>
                    <Pagination locale base=page.base page=page.page pages=page.pages />
                    {ask_panel(locale, locale.t("この中に答えがありませんでしたか", "Not what you were looking for?"), page.ask_href)}
                </div>
                {facets}
            </div>
        </div>
    }
    .into_any()
}

/// Before anything was searched for.
fn blank(locale: Locale, categories_href: String) -> AnyView {
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{locale.t("記事を検索", "Search the articles")}</h1>
                <p class="lead">{locale.t(
                    "言葉でも、文章でも、エラーコードでも検索できます。",
                    "Words, a whole sentence or an error code: all of them work.",
                )}</p>
            </header>
            <SearchBox locale action=format!("/{}/search", locale.tag()) large=true />
            {browse(locale, categories_href)}
        </div>
    }
    .into_any()
}

fn browse(locale: Locale, href: String) -> AnyView {
    view! { <p class="way-on"><a href=href>{locale.t("カテゴリーから探す", "Browse the categories")}</a></p> }
        .into_any()
}

/// Nothing fits: said plainly, with the nearest there is.
fn nothing(locale: Locale, page: SearchPage) -> AnyView {
    let lead = if page.hits.is_empty() {
        locale.t("別の言い方や、短い言葉でもお試しください。", "Other or fewer words may help.")
    } else {
        locale.t(
            "近い言葉で見つかったものを表示しています。別の言い方でもお試しください。",
            "These are the nearest matches. Other words may help, too.",
        )
    };
    let heading =
        heading(page.query, locale.t(["", "に合う記事はありません"], ["Nothing found for ", ""]), locale);
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                {heading}
                {page.cut.then(|| cut(locale))}
                <p class="lead" role="status">{lead}</p>
                {page.elsewhere.map(|there| elsewhere(locale, there))}
                {page.did_you_mean.map(|offer| did_you_mean(locale, offer))}
            </header>
            {(!page.hits.is_empty()).then(|| view! { <ol class="results">{hits(locale, page.hits)}</ol> })}
            {browse(locale, page.categories_href)}
            {ask_panel(locale, locale.t("お探しの記事がないときは", "If there is no article for it"), page.ask_href)}
        </div>
    }
    .into_any()
}

/// What was searched for, in quotes and between these words. All of it is there to be read; of a whole paragraph a few
/// lines are seen.
fn heading(query: String, [before, after]: [&'static str; 2], locale: Locale) -> AnyView {
    let is_long = query.chars().count() > HEADING_CHARS;
    let quoted = in_quotes(locale, &query);
    if is_long {
        view! { <h1>{before}<span class="asked">{quoted}</span>{after}</h1> }.into_any()
    } else {
        view! { <h1>{format!("{before}{quoted}{after}")}</h1> }.into_any()
    }
}

/// What was typed, in quotes; once, if it was typed in quotes.
pub fn in_quotes(locale: Locale, query: &str) -> String {
    let pairs = [('"', '"'), ('“', '”'), ('「', '」')];
    let is_quoted = pairs.iter().any(|(open, close)| {
        query
            .strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inside| !inside.contains(*close))
    });
    if is_quoted { query.to_owned() } else { locale.t(format!("「{query}」"), format!("“{query}”")) }
}

/// More was typed than is searched for.
fn cut(locale: Locale) -> AnyView {
    view! {
        <Notice tone=Tone::Warn>
            <p>{locale.t(
                format!("検索できるのは{LONGEST_QUERY}文字までです。はじめの{LONGEST_QUERY}文字で探しました。"),
                format!("A search takes up to {LONGEST_QUERY} characters. We looked for the first {LONGEST_QUERY}."),
            )}</p>
        </Notice>
    }
    .into_any()
}

/// There are articles for the same words in the other language.
fn elsewhere(locale: Locale, there: Elsewhere) -> AnyView {
    let lang = locale.other().tag();
    let articles = locale.count(there.articles, "件", "article", "articles");
    let link = view! {
        <a href=there.href hreflang=lang>
            {locale.t(format!("英語の記事が{articles}"), format!("{articles} in Japanese"))}
        </a>
    };
    let [before, after] = locale.t(["", "あります。"], ["The same words find ", "."]);
    view! { <p>{before}{link}{after}</p> }.into_any()
}

/// What stood in quotes stands nowhere just so.
fn unquoted(locale: Locale) -> AnyView {
    view! {
        <p class="muted">{locale.t(
            "引用符の中と同じ書き方の記事はないため、同じ言葉を含む記事を表示しています。",
            "No article has the quoted text word for word. These have its words.",
        )}</p>
    }
    .into_any()
}

fn did_you_mean(locale: Locale, offer: Offer) -> AnyView {
    view! {
        <p>
            {locale.t("もしかして：", "Did you mean: ")}
            <a href=offer.href>{offer.text}</a>
        </p>
    }
    .into_any()
}

fn hits(locale: Locale, hits: Vec<SearchHit>) -> AnyView {
    hits.into_iter()
        .map(|hit| {
            let lang = (hit.locale != locale).then(|| hit.locale.tag());
            view! {
                <li class="result">
                    <h2 class="result-title" lang=lang><a href=hit.href><Highlight segments=hit.title /></a></h2>
                    {(!hit.path.is_empty()).then(|| view! { <p class="result-path">{hit.path}</p> })}
                    {(!hit.excerpt.is_empty()).then(|| view! {
                        <p class="result-excerpt" lang=lang><Highlight segments=hit.excerpt /></p>
                    })}
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn facets(locale: Locale, facets: Vec<Facet>) -> AnyView {
    let lines = facets
        .into_iter()
        .map(|facet| {
            let here = facet.here.then_some("true");
            view! { <li><a href=facet.href aria-current=here><span>{facet.name}</span><Count n=facet.n /></a></li> }
        })
        .collect_view();
    view! {
        <aside class="facets" aria-label=locale.t("絞り込み", "Filters")>
            <nav aria-labelledby="facet-category">
                <h2 class="side-title" id="facet-category">{locale.t("カテゴリー", "Category")}</h2>
                <ul class="facet-list">{lines}</ul>
            </nav>
        </aside>
    }
    .into_any()
}

/// The way on when nothing was right.
fn ask_panel(locale: Locale, title: &'static str, href: String) -> AnyView {
    view! {
        <aside class="ask-panel" aria-labelledby="ask-instead">
            <div>
                <h2 id="ask-instead">{title}</h2>
                <p>{locale.t(
                    "入力した言葉はそのまま引き継がれます。",
                    "The words you searched for are filled in for you.",
                )}</p>
            </div>
            <LinkButton href icon=IconName::Pen>{locale.t("この内容で質問する", "Ask us about it")}</LinkButton>
        </aside>
    }
    .into_any()
}
