//! `/desk/search`: what customers search for, and what is to be done about it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::search_terms::{AddPhrase, SearchTermsPage, TermRow, TermTab, TermView};
use crate::parts::{
    Button, ButtonKind, Card, Column, Csrf, Empty, Hidden, IconName, LinkButton, Radios, Select, Tab, Table,
    Tabs, Time,
};

pub fn search_terms(locale: Locale, page: SearchTermsPage) -> AnyView {
    let tabs = page
        .tabs
        .into_iter()
        .map(|TermTab { view, count, href }| Tab {
            text: title(locale, view).to_owned(),
            href,
            count: Some(count),
            here: view == page.view,
        })
        .collect();
    let adding = page
        .adding
        .map(|adding| add_phrase(locale, page.view, page.weeks.clone(), page.language.clone(), adding));
    let list =
        if page.terms.is_empty() { empty(locale, page.fewest) } else { table(locale, page.view, page.terms) };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("検索", "Search")}</h1>
                <p class="lead">
                    {locale.t("お客様が何を探し、そのあとどうしたか。", "What customers look for, and what they do next.")}
                </p>
                <form class="filters page-actions" method="get" action="/desk/search">
                    <Hidden name="view" value=page.view.code() />
                    <Select locale name="weeks" label=locale.t("期間", "Period") choices=page.week_choices selected=page.weeks />
                    <Select
                        locale
                        name="language"
                        label=locale.t("言語", "Language")
                        choices=page.language_choices
                        selected=page.language
                    />
                    <Button small=true>{locale.t("表示", "Show")}</Button>
                    <LinkButton href=page.synonyms_href kind=ButtonKind::Quiet small=true icon=IconName::List>
                        {locale.t("同義語", "Synonyms")}
                    </LinkButton>
                </form>
            </header>
            <div class="stack">
                {adding}
                <p><a href="/desk/search/judgements">{locale.t("判定リスト：検索が正しい記事を見つけているか", "Judgement list: does search find the right articles?")}</a></p>
                <Tabs label=locale.t("検索語の表示", "Views of the terms") tabs />
                <p class="muted small">{about(locale, page.view)}</p>
                {list}
                {page.more.then(|| view! {
                    <p class="muted small">{locale.t("多いものから50件を表示しています。", "The 50 most frequent are shown.")}</p>
                })}
                <p class="muted small">
                    {match locale {
                        Locale::Ja => format!("{}人以上が入力した語だけを表示します。メールアドレスと長い番号は記録しません。", page.fewest),
                        Locale::En => format!("Only terms that at least {} different visitors typed are shown. Addresses and long numbers are never recorded.", page.fewest),
                    }}
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn title(locale: Locale, view: TermView) -> &'static str {
    match view {
        TermView::Top => locale.t("多い検索", "Most searched"),
        TermView::Nothing => locale.t("結果なし", "No results"),
        TermView::Unopened => locale.t("開かれない", "Not opened"),
        TermView::Asked => locale.t("探してから質問", "Searched, then asked"),
        TermView::Reformulated => locale.t("言い換え", "Reworded"),
    }
}

/// What the view says, and what helps.
fn about(locale: Locale, view: TermView) -> &'static str {
    match view {
        TermView::Top => locale.t(
            "よく探されていることです。答えがすぐ開けるかを確かめてください。",
            "What is looked for most. Check that the answer is one click away.",
        ),
        TermView::Nothing => locale.t(
            "合う記事がなかった語です。記事を書くか、答えになる記事の検索フレーズに加えてください。",
            "No article fitted. Write one, or add the term to the article that answers it.",
        ),
        TermView::Unopened => locale.t(
            "結果は出たのに、開いた人が3割に満たない語です。題名や要約が言葉に合っていないのかもしれません。",
            "There were results, and fewer than three in ten opened one. Titles and summaries may use other words.",
        ),
        TermView::Asked => locale.t(
            "検索したあと30分以内に質問が送られた語です。",
            "A request was sent within half an hour of the search.",
        ),
        TermView::Reformulated => locale.t(
            "何も開かず、5分以内に別の語で探し直された語です。",
            "Nothing was opened, and something else was typed within five minutes.",
        ),
    }
}

fn empty(locale: Locale, fewest: i64) -> AnyView {
    view! {
        <Empty title=locale.t("この表示に当てはまる語はありません", "No terms in this view") icon=IconName::Search>
            <p>
                {match locale {
                    Locale::Ja => format!("{fewest}人以上が同じ語で検索すると、ここに現れます。"),
                    Locale::En => format!("A term appears here once {fewest} different visitors have typed it."),
                }}
            </p>
        </Empty>
    }
    .into_any()
}

/// The name of the figure that a view is about.
fn figure_name(locale: Locale, view: TermView) -> &'static str {
    match view {
        TermView::Top | TermView::Unopened => locale.t("開いた人", "Opened"),
        TermView::Nothing => locale.t("結果なし", "No results"),
        TermView::Asked => locale.t("質問した人", "Asked"),
        TermView::Reformulated => locale.t("言い換えた人", "Reworded"),
    }
}

/// The names of the columns that every view has.
struct Names {
    visitors: &'static str,
    searches: &'static str,
    instead: &'static str,
    last: &'static str,
}

impl Names {
    fn of(locale: Locale) -> Self {
        Self {
            visitors: locale.t("人数", "Visitors"),
            searches: locale.t("回数", "Searches"),
            instead: locale.t("次に探した語", "Typed instead"),
            last: locale.t("最後", "Last"),
        }
    }
}

fn table(locale: Locale, view: TermView, terms: Vec<TermRow>) -> AnyView {
    let names = Names::of(locale);
    let mut columns = vec![
        Column::new(locale.t("検索語", "Term")),
        Column::num(names.visitors),
        Column::num(names.searches),
        Column::num(figure_name(locale, view)),
    ];
    if view == TermView::Reformulated {
        columns.push(Column::new(names.instead));
    }
    columns.push(Column::new(names.last));
    columns.push(Column::new(""));
    let caption = title(locale, view);
    let rows = terms.into_iter().map(|term| row(locale, view, term)).collect_view();
    view! { <Table caption columns stacked=true>{rows}</Table> }.into_any()
}

fn row(locale: Locale, view: TermView, row: TermRow) -> AnyView {
    let names = Names::of(locale);
    let figure = match view {
        TermView::Top | TermView::Unopened => row.opened,
        TermView::Nothing => row.nothing,
        TermView::Asked => row.asked,
        TermView::Reformulated => row.reformulated,
    };
    let instead = (view == TermView::Reformulated).then(|| {
        let text = row.instead.unwrap_or_else(|| locale.t("さまざま", "various").to_owned());
        view! { <td data-label=names.instead>{text}</td> }
    });
    view! {
        <tr>
            <th scope="row"><a href=row.results_href>{row.term}</a></th>
            <td class="num" data-label=names.visitors>{row.visitors}</td>
            <td class="num" data-label=names.searches>{row.searches}</td>
            <td class="num" data-label=figure_name(locale, view)>{figure}</td>
            {instead}
            <td class="nowrap" data-label=names.last><Time datetime=row.last.datetime text=row.last.text title=row.last.title.unwrap_or_default() /></td>
            <td>
                <div class="row-actions row-actions-many">
                    <LinkButton href=row.write_href kind=ButtonKind::Quiet small=true icon=IconName::Pen>
                        {locale.t("記事を書く", "Write the article")}
                    </LinkButton>
                    <LinkButton href=row.synonym_href kind=ButtonKind::Quiet small=true icon=IconName::Plus>
                        {locale.t("同義語にする", "Add a synonym")}
                    </LinkButton>
                    <LinkButton href=row.phrase_href kind=ButtonKind::Quiet small=true icon=IconName::Plus>
                        {locale.t("記事に加える", "Add to an article")}
                    </LinkButton>
                    <LinkButton href=row.judge_href kind=ButtonKind::Quiet small=true icon=IconName::Check>
                        {locale.t("判定に加える", "Judge")}
                    </LinkButton>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

fn add_phrase(locale: Locale, view: TermView, weeks: String, language: String, adding: AddPhrase) -> AnyView {
    let AddPhrase { csrf, term, query, articles, back, error } = adding;
    let none = articles.is_empty();
    let title =
        locale.t(format!("「{term}」はどの記事で答えますか"), format!("Which article answers “{term}”?"));
    let choose = if none {
        view! { <p>{locale.t("合う記事がありません。別の言葉で探してください。", "No article fits. Look with other words.")}</p> }
            .into_any()
    } else {
        view! {
            <form class="form" method="post" action="/desk/search/phrases" novalidate>
                <Csrf token=csrf />
                <Hidden name="term" value=term.clone() />
                <Hidden name="q" value=query.clone() />
                <Hidden name="language" value=language.clone() />
                <Hidden name="view" value=view.code() />
                <Hidden name="weeks" value=weeks.clone() />
                <Radios locale name="article" legend=locale.t("記事", "Article") choices=articles error />
                <div class="toolbar">
                    <Button kind=ButtonKind::Primary>{locale.t("検索フレーズに加える", "Add as a search phrase")}</Button>
                    <LinkButton href=back.clone() kind=ButtonKind::Quiet>{locale.t("やめる", "Cancel")}</LinkButton>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Card title=title>
            <p class="muted small">
                {locale.t("加えた語はその記事の検索に使われ、お客様には表示されません。", "The term is matched when customers search, and never shown.")}
            </p>
            <div class="stack">
                <form class="inline-form" method="get" action="/desk/search">
                    <Hidden name="view" value=view.code() />
                    <Hidden name="weeks" value=weeks />
                    <Hidden name="language" value=language />
                    <Hidden name="phrase" value=term />
                    <label class="visually-hidden" for="article-q">{locale.t("ほかの記事を探す", "Look for another article")}</label>
                    <input class="input" type="search" id="article-q" name="q" value=query maxlength="200" />
                    <Button small=true>{locale.t("記事を探す", "Find")}</Button>
                </form>
                {choose}
            </div>
        </Card>
    }
    .into_any()
}
