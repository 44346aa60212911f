//! `/{locale}/articles/{slug}`: an article, and "did this solve it?".

use super::category::crumbs;
use super::home::feed_path;
use crate::knowledge::{Article, Feedback, Found, Tree, add_feedback, article_by_slug, article_path};
use crate::limits::Limit;
use crate::markdown::{Rendered, excerpt};
use crate::search::Related;
use crate::web::{Ctx, Error, Form, Page, Result};
use crate::when;
use app::i18n::Locale;
use app::model::article::{ArticlePage, FeedbackForm, NoReason, ThanksPage};
use app::model::link::ArticleLink;
use app::model::shell::Place;
use app::model::time::Moment;
use app::parts::TocEntry;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

const RELATED: usize = 4;

pub async fn show(ctx: Ctx, Path((_, slug)): Path<(String, String)>) -> Result {
    let ticket = ctx.app.pages.ticket();
    let article = match find(&ctx, &slug).await? {
        Found::Article(article) => article,
        // Which language has which slug may change any day: not for ever.
        Found::Elsewhere(path) => return Ok(Redirect::temporary(&path).into_response()),
    };
    let mut conn = ctx.app.db.read().await?;
    let rendered = ctx.app.articles.of(&mut conn, &article).await?;
    let tree = Tree::load(&mut conn).await?;
    drop(conn);
    let page = describe(&ctx, &article, &rendered);
    let model = model(&ctx, &article, &rendered, &tree);
    Ok(ctx.cached_view(ticket, || (page, app::pages::article::article(ctx.locale, model))))
}

async fn find(ctx: &Ctx, slug: &str) -> Result<Found> {
    // Some systems take addresses apart into letters and marks; ours are composed.
    let slug: String = slug.nfkc().collect();
    let mut conn = ctx.app.db.read().await?;
    article_by_slug(&mut conn, ctx.locale, &slug).await?.ok_or(Error::NotFound)
}

fn model(ctx: &Ctx, article: &Article, rendered: &Rendered, tree: &Tree) -> ArticlePage {
    let zone = ctx.settings.zone();
    let path = article_path(ctx.locale, &article.slug);
    let toc = rendered.headings.iter().filter(|heading| heading.level <= 3);
    ArticlePage {
        crumbs: crumbs(tree, article.category_id, ctx.locale),
        title: article.title.clone(),
        written: article.locale,
        html: rendered.html.clone(),
        toc: toc
            .map(|heading| TocEntry {
                anchor: heading.id.clone(),
                text: heading.text.clone(),
                level: heading.level,
            })
            .collect(),
        reviewed: Moment {
            datetime: when::machine(article.published_at),
            text: when::date(&zone, ctx.locale, article.published_at),
            title: None,
        },
        owner: article.owner.clone(),
        version: article.number,
        related: related(ctx, article.id),
        feedback: FeedbackForm {
            action: format!("{path}/feedback"),
            csrf: ctx.shared_csrf_token(),
            ask_href: Place::Ask.href(ctx.locale),
        },
        edit_href: ctx
            .visitor
            .is_staff()
            .then(|| format!("/desk/articles/{}/{}/edit", article.id, article.locale.tag())),
    }
}

/// Articles about the same thing, by their words.
fn related(ctx: &Ctx, article_id: i64) -> Vec<ArticleLink> {
    let viewer = ctx.viewer();
    let related = ctx.app.search.related(article_id, ctx.locale, &viewer, RELATED);
    let link = |found: &Related| ArticleLink {
        title: found.title.clone(),
        href: article_path(ctx.locale, &found.slug),
        locale: found.locale,
    };
    related.iter().map(link).collect()
}

/// The head of the document. An article that stands in for a missing translation points to where it is at home.
fn describe(ctx: &Ctx, article: &Article, rendered: &Rendered) -> Page {
    let description = match article.summary.as_str() {
        "" => excerpt(&rendered.plain_text, 160),
        summary => summary.to_owned(),
    };
    let home = article_path(article.locale, &article.slug);
    let alternates: Vec<(Locale, String)> =
        article.published.iter().map(|(locale, slug)| (*locale, article_path(*locale, slug))).collect();
    let untranslated = Locale::ALL
        .into_iter()
        .filter(|locale| !article.published.iter().any(|(published, _)| published == locale))
        .map(|locale| (locale, article_path(locale, &article.slug)))
        .collect();
    let json_ld = json!({
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": article.title,
        "description": description,
        "inLanguage": article.locale.tag(),
        // An imported article is older than its row.
        "datePublished": when::machine(article.created_at.min(article.published_at)),
        "dateModified": when::machine(article.published_at),
        "mainEntityOfPage": ctx.absolute(&home),
        "publisher": { "@type": "Organization", "name": ctx.settings.portal_name.get(ctx.locale) },
    });
    Page {
        description: Some(description).filter(|text| !text.is_empty()),
        alternates,
        untranslated,
        canonical: Some(home),
        kind: Some("article"),
        feed: Some(feed_path(ctx.locale)),
        json_ld: Some(json_ld.to_string()),
        ..Page::new(article.title.clone())
    }
}

/// Yes or no, with one reason and a few words on a no; then thanks.
pub async fn feedback(ctx: Ctx, Path((_, slug)): Path<(String, String)>, form: Form) -> Result {
    let Found::Article(article) = find(&ctx, &slug).await? else { return Err(Error::NotFound) };
    let path = article_path(ctx.locale, &article.slug);
    let solved = match form.raw("solved") {
        "yes" => true,
        "no" => false,
        _ => return Ok(ctx.redirect(&path)),
    };
    ctx.app.limits.check(Limit::Submit, ctx.client)?;
    let feedback =
        Feedback { solved, reason: NoReason::from_code(form.raw("reason")), comment: form.text("comment") };
    let mut tx = ctx.app.db.begin().await?;
    add_feedback(&mut tx, ctx.now, article.id, article.locale, &feedback).await?;
    tx.commit().await?;
    Ok(ctx.redirect(&format!("{path}/thanks?solved={}", form.raw("solved"))))
}

pub async fn thanks(ctx: Ctx, Path((_, slug)): Path<(String, String)>) -> Result {
    let Found::Article(article) = find(&ctx, &slug).await? else { return Err(Error::NotFound) };
    let model = ThanksPage {
        solved: ctx.query("solved") != "no",
        article: ArticleLink {
            title: article.title.clone(),
            href: article_path(ctx.locale, &article.slug),
            locale: article.locale,
        },
        ask_href: Place::Ask.href(ctx.locale),
        // Somebody who was not helped may be by one of these.
        related: if ctx.query("solved") == "no" { related(&ctx, article.id) } else { Vec::new() },
    };
    let page = Page::new(ctx.locale.t("ありがとうございます", "Thank you"));
    Ok(ctx.page(page, || app::pages::article::thanks(ctx.locale, model)))
}
