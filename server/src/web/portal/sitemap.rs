//! `/sitemap.xml` and `/robots.txt`: what search engines may find.

use crate::knowledge::{Entry, Tree, article_path, category_path, count, entries};
use crate::web::{Ctx, Error, Result};
use crate::when;
use app::i18n::Locale;
use std::fmt::Write;

/// Articles a page of the map: far below what the protocol allows (50,000 addresses, 50 MB) with every language.
const ARTICLES: i64 = 5_000;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One map for a small portal; for a large one an index whose pages are `?page=1`, `?page=2` …
pub async fn show(ctx: Ctx) -> Result {
    let make = || async {
        let mut conn = ctx.app.db.read().await?;
        let pages = (count(&mut conn).await? + ARTICLES - 1) / ARTICLES;
        let page = match ctx.query("page").as_str() {
            "" if pages > 1 => return Ok(index(&ctx, pages)),
            "" => 1,
            number => number.parse().ok().filter(|page| (1..=pages).contains(page)).ok_or(Error::NotFound)?,
        };
        let mut map =
            format!(r#"{HEAD}<urlset xmlns="{NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">"#);
        if page == 1 {
            let locales = &ctx.settings.locales;
            let everywhere = |path: &dyn Fn(Locale) -> String| -> Vec<(Locale, String)> {
                locales.iter().map(|locale| (*locale, path(*locale))).collect()
            };
            add(&ctx, &mut map, &everywhere(&|locale| format!("/{}", locale.tag())), None);
            let tree = Tree::load(&mut conn).await?;
            for (_, node) in tree.walk() {
                if tree.total(node.id) > 0 {
                    add(&ctx, &mut map, &everywhere(&|locale| category_path(locale, &node.slug)), None);
                }
            }
        }
        for Entry { published } in entries(&mut conn, ARTICLES, (page - 1) * ARTICLES).await? {
            let offered = published.iter().filter(|(locale, ..)| ctx.settings.locales.contains(locale));
            let paths: Vec<(Locale, String)> =
                offered.clone().map(|(locale, slug, _)| (*locale, article_path(*locale, slug))).collect();
            let latest = offered.map(|(.., at)| *at).max();
            add(&ctx, &mut map, &paths, latest);
        }
        map.push_str("</urlset>\n");
        Ok(map)
    };
    ctx.cached_text("application/xml; charset=utf-8", make).await
}

fn index(ctx: &Ctx, pages: i64) -> String {
    let mut index = format!(r#"{HEAD}<sitemapindex xmlns="{NAMESPACE}">"#);
    for page in 1..=pages {
        let address = escape(&ctx.absolute(&format!("/sitemap.xml?page={page}")));
        let _ = write!(index, "<sitemap><loc>{address}</loc></sitemap>");
    }
    index.push_str("</sitemapindex>\n");
    index
}

/// One page in each of its languages; each names all of them.
fn add(ctx: &Ctx, map: &mut String, paths: &[(Locale, String)], changed: Option<i64>) {
    let addresses: Vec<(Locale, String)> =
        paths.iter().map(|(locale, path)| (*locale, escape(&ctx.absolute(path)))).collect();
    for (_, address) in &addresses {
        let _ = write!(map, "<url><loc>{address}</loc>");
        if let Some(changed) = changed {
            let _ = write!(map, "<lastmod>{}</lastmod>", when::machine(changed));
        }
        if addresses.len() > 1 {
            for (locale, other) in &addresses {
                let tag = locale.tag();
                let _ = write!(map, r#"<xhtml:link rel="alternate" hreflang="{tag}" href="{other}"/>"#);
            }
        }
        map.push_str("</url>");
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

pub async fn robots(ctx: Ctx) -> Result {
    let make = || async {
        let map = ctx.absolute("/sitemap.xml");
        Ok(format!("User-agent: *\nDisallow: /api/\nDisallow: /desk\nAllow: /\n\nSitemap: {map}\n"))
    };
    ctx.cached_text("text/plain; charset=utf-8", make).await
}
