//! The list of articles at the desk.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{
        desk_articles::{ArticleFilter, ArticleRow, ArticleSort, ArticlesPage, TranslationState},
        figures::Tone,
    },
    parts::*,
};

pub fn articles(locale: Locale, page: ArticlesPage) -> AnyView {
    let filter = page.filter.clone();
    let tabs = page
        .views
        .iter()
        .map(|(view, n)| Tab {
            text: view.label(locale).into(),
            href: ArticleFilter { view: *view, ..filter.clone() }.href(),
            count: Some(*n),
            here: *view == filter.view,
        })
        .collect();
    let list = if page.rows.is_empty() {
        view! {
            <Empty title=locale.t("あてはまる記事がありません", "No article matches") icon=IconName::Book>
                <p class="row">
                    <LinkButton href="/desk/articles">{locale.t("絞り込みを解除する", "Clear the filters")}</LinkButton>
                    <LinkButton href="/desk/articles/new" icon=IconName::Plus>{locale.t("記事を書く", "New article")}</LinkButton>
                </p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            {table(locale, &filter, page.rows)}
            <Pagination locale base=filter.href() page=page.page pages=page.pages />
        }
        .into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("記事", "Articles")}</h1>
                <p class="muted small">{locale.count(page.total, "件", "article", "articles")}</p>
                <div class="page-actions">
                    <LinkButton href="/desk/articles/new" kind=ButtonKind::Primary icon=IconName::Plus key="n">
                        {locale.t("記事を書く", "New article")}
                    </LinkButton>
                </div>
            </header>
            <div class="stack">
                <Tabs label=locale.t("記事の表示", "Views of the articles") tabs />
                {filters(locale, &page.filter, page.categories, page.tags)}
                {list}
            </div>
        </div>
    }
    .into_any()
}

fn filters(
    locale: Locale,
    filter: &ArticleFilter,
    categories: Vec<crate::model::form::Choice>,
    tags: Vec<crate::model::form::Choice>,
) -> AnyView {
    let any = locale.t("すべて", "Any");
    view! {
        <form class="filters" method="get" action="/desk/articles">
            <Hidden name="view" value=filter.view.code() />
            <Hidden name="sort" value=filter.sort.code() />
            <TextField
                locale
                name="q"
                label=locale.t("題名・本文", "Title and text")
                value=filter.text.clone()
                kind="search"
                optional=true
                label_hidden=true
                placeholder=locale.t("題名・本文を検索", "Search titles and text")
                width="w-medium"
            />
            <Select
                locale
                name="category"
                label=locale.t("カテゴリー", "Category")
                empty=any
                choices=categories
                selected=filter.category.clone()
            />
            <Select locale name="tag" label=locale.t("タグ", "Tag") empty=any choices=tags selected=filter.tag.clone() />
            <Button icon=IconName::Filter>{locale.t("絞り込む", "Filter")}</Button>
        </form>
    }
    .into_any()
}

fn table(locale: Locale, filter: &ArticleFilter, rows: Vec<ArticleRow>) -> AnyView {
    let by = |sort: ArticleSort, way: &'static str| {
        let href = ArticleFilter { sort, ..filter.clone() }.href();
        (href, (filter.sort == sort).then_some(way))
    };
    let (title, title_now) = by(ArticleSort::Title, "ascending");
    let (solved, solved_now) = by(ArticleSort::Solved, "descending");
    let (changed, changed_now) = by(ArticleSort::Changed, "descending");
    let columns = vec![
        Column::new(locale.t("題名", "Title")).sorted(title, title_now),
        Column::new(locale.t("カテゴリー", "Category")),
        Column::new("日本語"),
        Column::new("English"),
        Column::num(locale.t("解決した", "Solved")).sorted(solved, solved_now),
        Column::num(locale.t("解決しない", "Not solved")),
        Column::new(locale.t("更新", "Changed")).sorted(changed, changed_now),
    ];
    let rows = rows.into_iter().map(|row| line(locale, row)).collect_view();
    view! { <Table caption=locale.t("記事の一覧", "Articles") columns stacked=true>{rows}</Table> }.into_any()
}

fn line(locale: Locale, row: ArticleRow) -> AnyView {
    let edit = |written: Locale| format!("/desk/articles/{}/{}/edit", row.id, written.tag());
    let lang = (row.locale != locale).then(|| row.locale.tag());
    let changed = row.changed;
    view! {
        <tr>
            <th scope="row" lang=lang><a href=edit(row.locale)>{row.title}</a></th>
            <td data-label=locale.t("カテゴリー", "Category")>{row.category}</td>
            <td data-label="日本語"><a class="state-link" href=edit(Locale::Ja)>{state(locale, row.ja)}</a></td>
            <td data-label="English"><a class="state-link" href=edit(Locale::En)>{state(locale, row.en)}</a></td>
            <td class="num" data-label=locale.t("解決した", "Solved")>{row.solved}</td>
            <td class="num" data-label=locale.t("解決しない", "Not solved")>{row.unsolved}</td>
            <td class="nowrap" data-label=locale.t("更新", "Changed")><Time datetime=changed.datetime text=changed.text title=changed.title.unwrap_or_default() /></td>
        </tr>
    }
    .into_any()
}

/// Where a translation stands, as a dot and a word.
pub(super) fn state(locale: Locale, state: TranslationState) -> AnyView {
    let tone = match state {
        TranslationState::None => Tone::Plain,
        TranslationState::Draft | TranslationState::Changed => Tone::Warn,
        TranslationState::Published => Tone::Good,
    };
    view! { <State tone text=state.label(locale) /> }.into_any()
}
