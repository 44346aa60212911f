//! `/{locale}/search`: results as a plain page.

use crate::knowledge::{Node, PER_PAGE, Tree};
use crate::limits::Limit;
use crate::markdown;
use crate::search::{Deed, Noted, SearchQuery, SearchResults};
use crate::web::{Ctx, Error, Page, Result, found};
use app::i18n::Locale;
use app::model::search::{Elsewhere, Facet, Offer, SearchPage};
use app::model::shell::Place;
use app::pages::search::in_quotes;
use url::form_urlencoded::Serializer;

#[cfg(test)]
mod tests;

/// More than this says what a request is about, rather than names it.
const SUBJECT_CHARS: usize = 60;

pub async fn show(mut ctx: Ctx) -> Result {
    ctx.app.limits.check(Limit::Search, ctx.client)?;
    let (text, cut) = ctx.search_words();
    let page = usize::try_from(ctx.page_number()).unwrap_or(1);
    let tree = ctx.app.tree().await?;
    let category = match ctx.query("category").as_str() {
        "" => None,
        slug => Some(tree.by_slug(slug).ok_or(Error::NotFound)?.id),
    };
    let query = SearchQuery {
        text: text.clone(),
        locale: ctx.locale,
        viewer: ctx.viewer(),
        category,
        page,
        per_page: usize::try_from(PER_PAGE).unwrap_or(20),
        excerpts: true,
    };
    let results = ctx.app.search.search(&ctx.app.db, &query).await?;
    if page == 1 && category.is_none() && !text.is_empty() {
        note(&mut ctx, &text, &results).await;
    }
    let about = describe(ctx.locale, &text);
    let elsewhere = elsewhere(&ctx, &query, &results).await?;
    let model = SearchPage { cut, elsewhere, ..model(ctx.locale, text, &results, &tree, category) };
    Ok(ctx.page(about, || app::pages::search::search(ctx.locale, model)))
}

/// Where nothing fits, what the visitor would find in the other language; of what they may see, as its page counts it.
async fn elsewhere(ctx: &Ctx, query: &SearchQuery, results: &SearchResults) -> Result<Option<Elsewhere>> {
    let other = ctx.locale.other();
    let found = !results.nearest && !results.hits.is_empty();
    if found || query.text.is_empty() || !ctx.settings.locales.contains(&other) {
        return Ok(None);
    }
    let query =
        SearchQuery { locale: other, category: None, page: 1, per_page: 1, excerpts: false, ..query.clone() };
    let there = ctx.app.search.search(&ctx.app.db, &query).await?;
    let articles = if there.nearest { 0 } else { there.total as i64 };
    let href = address(other, &query.text, None);
    Ok((articles > 0).then_some(Elsewhere { articles, href }))
}

/// Writes down what was searched for.
async fn note(ctx: &mut Ctx, text: &str, results: &SearchResults) {
    let machine = match ctx.machine_hash().await {
        Ok(machine) => machine,
        Err(error) => {
            // What cannot be told apart is not counted; searching goes on.
            tracing::warn!(%error, "a search cannot be noted");
            return;
        }
    };
    ctx.ensure_visitor();
    ctx.app.search.log.note(Noted {
        at: ctx.now,
        locale: ctx.locale,
        query: text.to_owned(),
        visitor: ctx.visitor_hash(),
        machine,
        deed: Deed::Searched { hits: if results.nearest { 0 } else { results.total as i64 } },
    });
}

fn describe(locale: Locale, text: &str) -> Page {
    let title = match text {
        "" => locale.t("記事を検索", "Search the articles").to_owned(),
        text => {
            let quoted = in_quotes(locale, text);
            locale.t(format!("{quoted}の検索結果"), format!("Results for {quoted}"))
        }
    };
    // With nothing searched for, the page is one large box.
    let body_class = if text.is_empty() { "searching" } else { "" };
    Page { search_query: text.to_owned(), body_class, ..Page::new(title) }
}

fn model(
    locale: Locale,
    text: String,
    results: &SearchResults,
    tree: &Tree,
    category: Option<i64>,
) -> SearchPage {
    let slug = category.and_then(|id| tree.get(id)).map(|node| node.slug.as_str());
    SearchPage {
        hits: results.hits.iter().map(|hit| found::hit(hit, tree, locale)).collect(),
        total: results.total as i64,
        page: results.page as i64,
        pages: results.pages as i64,
        base: address(locale, &text, slug),
        facets: facets(locale, &text, results, tree, category),
        did_you_mean: results
            .did_you_mean
            .as_ref()
            .map(|meant| Offer { text: meant.clone(), href: address(locale, meant, None) }),
        nearest: results.nearest,
        unquoted: results.unquoted,
        ask_href: ask_href(locale, &text),
        categories_href: format!("/{}/categories", locale.tag()),
        query: text,
        cut: false,
        elsewhere: None,
    }
}

/// The form with what was typed: as the subject, or where that is more than one, as the request under its beginning.
fn ask_href(locale: Locale, text: &str) -> String {
    let form = Place::Ask.href(locale);
    if text.chars().count() <= SUBJECT_CHARS {
        return with_query(&form, &[("subject", text)]);
    }
    with_query(&form, &[("subject", &markdown::excerpt(text, SUBJECT_CHARS)), ("body", text)])
}

/// All, the way down to the chosen category, and what lies right below it; only where there are hits.
fn facets(
    locale: Locale,
    text: &str,
    results: &SearchResults,
    tree: &Tree,
    chosen: Option<i64>,
) -> Vec<Facet> {
    let all = Facet {
        name: locale.t("すべて", "All").to_owned(),
        href: address(locale, text, None),
        n: results.everywhere as i64,
        here: chosen.is_none(),
    };
    let facet = |(node, hits): (&Node, usize)| Facet {
        name: node.name(locale).to_owned(),
        href: address(locale, text, Some(&node.slug)),
        n: hits as i64,
        here: Some(node.id) == chosen,
    };
    std::iter::once(all).chain(found::narrowing(results, tree, chosen).map(facet)).collect()
}

/// The address of a search, without a page number.
fn address(locale: Locale, text: &str, category: Option<&str>) -> String {
    let path = format!("/{}/search", locale.tag());
    match category {
        None => with_query(&path, &[("q", text)]),
        Some(slug) => with_query(&path, &[("q", text), ("category", slug)]),
    }
}

fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    format!("{path}?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
}
