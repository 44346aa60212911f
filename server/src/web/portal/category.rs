//! `/{locale}/categories` and `/{locale}/categories/{slug}`: what stands on the shelves.

use super::home::{cards, feed_path, link};
use crate::knowledge::{PER_PAGE, Tree, articles_in, category_path};
use crate::web::{Ctx, Error, Page, Result};
use app::i18n::Locale;
use app::model::category::{CategoriesPage, CategoryGroup, CategoryLine, CategoryPage};
use app::model::shell::Place;
use app::parts::Crumb;
use axum::extract::Path;

/// Every category that has something to read.
pub async fn index(ctx: Ctx) -> Result {
    let load = || async {
        let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
        let groups = cards(&tree, None, ctx.locale).into_iter().map(|card| {
            let id = tree.children(None).find(|node| category_path(ctx.locale, &node.slug) == card.href);
            CategoryGroup { children: cards(&tree, id.map(|node| node.id), ctx.locale), card }
        });
        Ok(CategoriesPage { crumbs: vec![home_crumb(ctx.locale)], groups: groups.collect() })
    };
    ctx.cached_page(load, |model| {
        let path = |locale: Locale| format!("/{}/categories", locale.tag());
        let page = Page {
            canonical: Some(path(ctx.locale)),
            alternates: Locale::ALL.map(|locale| (locale, path(locale))).to_vec(),
            feed: Some(feed_path(ctx.locale)),
            ..Page::new(ctx.locale.t("カテゴリー", "Categories"))
        };
        (page, app::pages::category::categories(ctx.locale, model))
    })
    .await
}

pub async fn show(ctx: Ctx, Path((_, slug)): Path<(String, String)>) -> Result {
    let page = match ctx.query("page").as_str() {
        "" => 1,
        number => number.parse().ok().filter(|page| *page >= 1).ok_or(Error::NotFound)?,
    };
    let load = || async {
        let mut conn = ctx.app.db.read().await?;
        let tree = Tree::load(&mut conn).await?;
        let node = tree.by_slug(&slug).ok_or(Error::NotFound)?;
        let total = tree.total(node.id);
        let pages = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
        if page > pages {
            return Err(Error::NotFound);
        }
        let lines = articles_in(&mut conn, ctx.locale, node.id, &tree.below(node.id), page).await?;
        let articles = lines.iter().map(|line| CategoryLine {
            link: link(line, ctx.locale),
            about: line.about(),
            path: line
                .category_id
                .filter(|id| *id != node.id)
                .map(|id| tree.path_name(id, ctx.locale))
                .unwrap_or_default(),
        });
        let above = tree.path(node.id);
        Ok(CategoryPage {
            crumbs: crumbs(&tree, above.iter().rev().nth(1).map(|node| node.id), ctx.locale),
            name: node.name(ctx.locale).to_owned(),
            about: node.description(ctx.locale).to_owned(),
            children: cards(&tree, Some(node.id), ctx.locale),
            articles: articles.collect(),
            total,
            page,
            pages,
            base: category_path(ctx.locale, &node.slug),
            ask_href: Place::Ask.href(ctx.locale),
        })
    };
    ctx.cached_page(load, |model| {
        let path = |locale: Locale| {
            let base = category_path(locale, &slug);
            if page > 1 { format!("{base}?page={page}") } else { base }
        };
        let about = Page {
            description: Some(model.about.clone()).filter(|about| !about.is_empty()),
            canonical: Some(path(ctx.locale)),
            alternates: Locale::ALL.map(|locale| (locale, path(locale))).to_vec(),
            feed: Some(feed_path(ctx.locale)),
            ..Page::new(model.name.clone())
        };
        (about, app::pages::category::category(ctx.locale, model))
    })
    .await
}

/// From the home page down to a category, itself included.
pub(super) fn crumbs(tree: &Tree, category: Option<i64>, locale: Locale) -> Vec<Crumb> {
    let mut crumbs = vec![home_crumb(locale)];
    let path = category.map(|id| tree.path(id)).unwrap_or_default();
    crumbs.extend(
        path.into_iter().map(|node| Crumb::new(node.name(locale), category_path(locale, &node.slug))),
    );
    crumbs
}

fn home_crumb(locale: Locale) -> Crumb {
    Crumb::new(locale.t("ホーム", "Home"), format!("/{}", locale.tag()))
}
