//! `/api/v1/search` and `/api/v1/suggest`.

use crate::knowledge::Node;
use crate::limits::Limit;
use crate::search::SearchQuery;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Result, found};
use app::i18n::Locale;
use app::model::api::ErrorBody;
use app::model::search::{CategoryCount, Completions, SearchAnswer};
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;

/// Hits a page, unless `per_page` says otherwise, and at the most.
const PER_PAGE: usize = 20;
const MOST_PER_PAGE: usize = 50;
/// What fits under a box.
const COMPLETIONS: usize = 6;

pub fn table(table: &mut Table) {
    table.get("/api/v1/search", Access::Public, search).get("/api/v1/suggest", Access::Public, suggest);
}

/// Search the articles
///
/// A page of the articles that fit `q`, best first. Without a session, only what everybody may read is found.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    tag = "search",
    params(
        ("q" = Option<String>, Query, description = "What is looked for; words in any order, the last may be unfinished; up to 1000 characters"),
        ("locale" = Option<Locale>, Query, description = "The language searched in; without it, the visitor's own"),
        ("category" = Option<String>, Query, description = "Slug of a category: only what lies in it and below it"),
        ("page" = Option<i64>, Query, minimum = 1, description = "From 1, which is also meant without it"),
        ("per_page" = Option<i64>, Query, minimum = 1, maximum = 50, description = "Hits on a page; 20 without it"),
        ("excerpts" = Option<bool>, Query, description = "`false` leaves excerpts empty: titles and links alone come sooner"),
    ),
    responses(
        (status = 200, description = "A page of hits", body = SearchAnswer),
        (status = 400, description = "`locale` is not offered, `per_page` is out of range, or `excerpts` is neither `true` nor `false`", body = ErrorBody),
        (status = 404, description = "No such category", body = ErrorBody),
        (status = 429, description = "Too many searches from this network", body = ErrorBody,
            headers(("retry-after" = i64, description = "Seconds to wait"))),
    )
)]
pub(super) async fn search(ctx: Ctx) -> Result {
    ctx.app.limits.check(Limit::Search, ctx.client)?;
    let locale = locale(&ctx)?;
    let tree = ctx.app.tree().await?;
    let category = match ctx.query("category").as_str() {
        "" => None,
        slug => Some(tree.by_slug(slug).ok_or(Error::NotFound)?.id),
    };
    let per_page = match ctx.query("per_page").as_str() {
        "" => PER_PAGE,
        number => number.parse().ok().filter(|n| (1..=MOST_PER_PAGE).contains(n)).ok_or(Error::BadRequest)?,
    };
    let excerpts = match ctx.query("excerpts").as_str() {
        "" | "true" => true,
        "false" => false,
        _ => return Err(Error::BadRequest),
    };
    let query = SearchQuery {
        text: ctx.search_words().0,
        locale,
        viewer: ctx.viewer(),
        category,
        page: usize::try_from(ctx.page_number()).unwrap_or(1),
        per_page,
        excerpts,
    };
    let results = ctx.app.search.search(&ctx.app.db, &query).await?;
    let count = |(node, hits): (&Node, usize)| CategoryCount {
        slug: node.slug.clone(),
        name: node.name(locale).to_owned(),
        hits: hits as i64,
    };
    Ok(Json(SearchAnswer {
        hits: results.hits.iter().map(|hit| found::hit(hit, &tree, locale)).collect(),
        total: results.total as i64,
        page: results.page as i64,
        pages: results.pages as i64,
        categories: found::narrowing(&results, &tree, category).map(count).collect(),
        did_you_mean: results.did_you_mean.clone(),
        nearest: results.nearest,
        unquoted: results.unquoted,
        query: query.text,
    })
    .into_response())
}

/// Complete what is being typed
///
/// Up to six articles whose title fits the words so far, best first.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    operation_id = "suggest",
    tag = "search",
    params(
        ("q" = Option<String>, Query, description = "What has been typed so far"),
        ("locale" = Option<Locale>, Query, description = "The language searched in; without it, the visitor's own"),
    ),
    responses(
        (status = 200, description = "Articles to go to", body = Completions),
        (status = 400, description = "`locale` is not offered", body = ErrorBody),
        (status = 429, description = "Too many searches from this network", body = ErrorBody,
            headers(("retry-after" = i64, description = "Seconds to wait"))),
    )
)]
pub(super) async fn suggest(ctx: Ctx) -> Result {
    ctx.app.limits.check(Limit::Search, ctx.client)?;
    let locale = locale(&ctx)?;
    let viewer = ctx.viewer();
    let suggestions =
        ctx.app.search.suggest(&ctx.app.db, &ctx.search_words().0, locale, &viewer, COMPLETIONS).await?;
    let tree = ctx.app.tree().await?;
    let articles =
        suggestions.into_iter().map(|suggestion| found::completion(suggestion, &tree, locale)).collect();
    // Typing the same letters again within the minute asks nobody.
    Ok(([(header::CACHE_CONTROL, "private, max-age=60")], Json(Completions { articles })).into_response())
}

/// The language asked for, or the visitor's own.
fn locale(ctx: &Ctx) -> Result<Locale> {
    match ctx.query("locale").as_str() {
        "" => Ok(ctx.locale),
        tag => Locale::from_tag(tag)
            .filter(|locale| ctx.settings.locales.contains(locale))
            .ok_or(Error::BadRequest),
    }
}
