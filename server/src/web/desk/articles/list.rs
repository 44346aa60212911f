//! `/desk/articles`.

use crate::knowledge::{Listed, Listing, ROWS, Tree, article_tags};
use crate::web::desk::categories::category_choices;
use crate::web::{Ctx, Page, Result};
use crate::when;
use app::model::desk_articles::{
    ArticleFilter, ArticleRow, ArticleSort, ArticleView, ArticlesPage, TranslationState,
};
use app::model::form::Choice;
use app::model::shell::Place;
use app::model::time::Moment;

pub async fn show(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let filter = ArticleFilter {
        view: ArticleView::from_code(&ctx.query("view")),
        text: ctx.query("q"),
        category: ctx.query("category"),
        tag: ctx.query("tag"),
        sort: ArticleSort::from_code(&ctx.query("sort")),
    };
    let mut conn = ctx.app.db.read().await?;
    let tree = Tree::load(&mut conn).await?;
    let mut listing = Listing {
        view: filter.view,
        text: filter.text.clone(),
        categories: filter.category.parse().ok().map(|id| tree.below(id)),
        tag: filter.tag.clone(),
        sort: filter.sort,
        page: ctx.query("page").parse().unwrap_or(1).max(1),
    };
    let views = listing.counts(&mut conn).await?;
    let total = views.iter().find(|(view, _)| *view == filter.view).map_or(0, |(_, n)| *n);
    let pages = ((total + ROWS - 1) / ROWS).max(1);
    listing.page = listing.page.min(pages);
    let rows = listing.rows(&mut conn, locale).await?;
    let tags = article_tags(&mut conn).await?;
    drop(conn);
    let model = ArticlesPage {
        categories: category_choices(&tree, locale),
        tags: tags.into_iter().map(|tag| Choice::new(tag.clone(), tag)).collect(),
        views,
        rows: rows.into_iter().map(|row| line(&ctx, &tree, &row)).collect(),
        total,
        page: listing.page,
        pages,
        filter,
    };
    let page = Page::new(locale.t("記事", "Articles")).at(Place::Articles);
    Ok(ctx.page(page, || app::pages::desk_articles::articles(locale, model)))
}

fn line(ctx: &Ctx, tree: &Tree, row: &Listed) -> ArticleRow {
    let (title, locale) = row.title(ctx.locale);
    ArticleRow {
        id: row.id,
        title: title.to_owned(),
        locale,
        category: row.category_id.map(|id| tree.path_name(id, ctx.locale)).unwrap_or_default(),
        ja: TranslationState::of(row.ja_head, row.ja_live),
        en: TranslationState::of(row.en_head, row.en_live),
        solved: row.solved,
        unsolved: row.unsolved,
        changed: moment(ctx, row.updated_at),
    }
}

/// Near for the reader, exact when pointed at.
pub(super) fn moment(ctx: &Ctx, ms: i64) -> Moment {
    let zone = ctx.settings.zone();
    Moment {
        datetime: when::machine(ms),
        text: when::short(&zone, ctx.locale, ms, ctx.now),
        title: Some(when::exact_in(&zone, &ctx.zone_name(), ctx.locale, ms)),
    }
}
