//! A category: the categories inside it, and its articles with their summaries.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{
        category::{CategoriesPage, CategoryGroup, CategoryLine, CategoryPage},
        home::CategoryCard,
        shell::Place,
    },
    parts::*,
};

pub fn category(locale: Locale, page: CategoryPage) -> AnyView {
    let inside = (!page.children.is_empty()).then(|| inside(locale, page.children));
    let about = (!page.about.is_empty()).then(|| view! { <p class="lead">{page.about}</p> });
    let list = if page.articles.is_empty() {
        nothing_yet(locale, page.ask_href)
    } else {
        let lines = page.articles.into_iter().map(|line| article_line(locale, line)).collect_view();
        view! {
            <ol class="results">{lines}</ol>
            <Pagination locale base=page.base page=page.page pages=page.pages />
        }
        .into_any()
    };
    let class = if inside.is_some() { "with-side side-first" } else { "" };
    view! {
        <div class="page">
            <Breadcrumb locale steps=page.crumbs />
            <header class="page-head">
                <h1>{page.name}</h1>
                {about}
                <p class="muted small">{locale.count(page.total, "件の記事", "article", "articles")}</p>
            </header>
            <div class=class>
                <div>{list}</div>
                {inside}
            </div>
        </div>
    }
    .into_any()
}

fn nothing_yet(locale: Locale, ask_href: String) -> AnyView {
    view! {
        <Empty title=locale.t("まだ記事がありません", "No articles here yet") icon=IconName::Book>
            <p>{locale.t("お探しのことは、お気軽にお問い合わせください。", "Ask us, and we will answer you in person.")}</p>
            <LinkButton href=ask_href icon=IconName::Pen>{locale.t("質問する", "Ask us")}</LinkButton>
        </Empty>
    }
    .into_any()
}

fn inside(locale: Locale, children: Vec<CategoryCard>) -> AnyView {
    let lines = children
        .into_iter()
        .map(|child| view! { <li><a href=child.href><span>{child.name}</span><Count n=child.articles /></a></li> })
        .collect_view();
    view! {
        <aside class="facets">
            <nav aria-labelledby="facet-sub">
                <h2 class="side-title" id="facet-sub">{locale.t("この中のカテゴリー", "Inside this category")}</h2>
                <ul class="facet-list">{lines}</ul>
            </nav>
        </aside>
    }
    .into_any()
}

fn article_line(locale: Locale, line: CategoryLine) -> AnyView {
    let lang = line.link.lang(locale);
    view! {
        <li class="result">
            <h2 class="result-title" lang=lang><a href=line.link.href>{line.link.title}</a></h2>
            {(!line.path.is_empty()).then(|| view! { <p class="result-path">{line.path}</p> })}
            {(!line.about.is_empty()).then(|| view! { <p class="result-excerpt" lang=lang>{line.about}</p> })}
        </li>
    }
    .into_any()
}

/// Every category there is, with those right below it.
pub fn categories(locale: Locale, page: CategoriesPage) -> AnyView {
    let empty = page.groups.is_empty();
    let groups = page
        .groups
        .into_iter()
        .map(|CategoryGroup { card, children }| {
            let children = (!children.is_empty()).then(|| {
                let links = children
                    .into_iter()
                    .map(|child| view! { <li><a href=child.href><span>{child.name}</span><Count n=child.articles /></a></li> })
                    .collect_view();
                view! { <ul class="link-list">{links}</ul> }
            });
            view! {
                <section class="section">
                    <h2 class="row">
                        <Icon name=IconName::from_name(&card.icon) />
                        <a href=card.href>{card.name}</a>
                        <Count n=card.articles />
                    </h2>
                    {(!card.about.is_empty()).then(|| view! { <p class="muted small">{card.about}</p> })}
                    {children}
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale steps=page.crumbs />
            <header class="page-head">
                <h1>{locale.t("カテゴリー", "Categories")}</h1>
            </header>
            {empty.then(|| nothing_yet(locale, Place::Ask.href(locale)))}
            {groups}
        </div>
    }
    .into_any()
}
