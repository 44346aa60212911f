//! `/{locale}`: the home page.

use crate::desk::requests_of;
use crate::knowledge::{Line, Tree, article_path, asked_most, category_path, lines_of, newest};
use crate::web::{Ctx, Page, Result};
use app::i18n::Locale;
use app::model::home::{CategoryCard, HomePage, OwnRequest};
use app::model::link::ArticleLink;
use app::model::words::RequestStatus;

const CATEGORIES: usize = 8;
const ASKED: usize = 6;
const OWN: usize = 3;

pub async fn show(ctx: Ctx) -> Result {
    let load = || async {
        let mut conn = ctx.app.db.read().await?;
        let tree = Tree::load(&mut conn).await?;
        let asked = asked_most(&mut conn, ctx.now, 3 * ASKED as i64).await?;
        let mut lines = lines_of(&mut conn, ctx.locale, &asked).await?;
        let asked_most = lines.len() >= 3;
        if !asked_most {
            lines = newest(&mut conn, ctx.locale, ASKED as i64).await?;
        }
        lines.truncate(ASKED);
        let own = match ctx.visitor.person() {
            Some(person) => requests_of(&mut conn, person.id, 20).await?,
            None => Vec::new(),
        };
        let mut categories = cards(&tree, None, ctx.locale);
        let more = categories.len() > CATEGORIES;
        categories.truncate(CATEGORIES);
        Ok(HomePage {
            text: ctx.settings.home_text.get(ctx.locale).to_owned(),
            categories,
            all_categories: more.then(|| format!("/{}/categories", ctx.locale.tag())),
            asked: lines.iter().map(|line| link(line, ctx.locale)).collect(),
            asked_most,
            own: own
                .into_iter()
                .filter(|request| request.status != RequestStatus::Closed)
                .take(OWN)
                .map(|request| OwnRequest {
                    href: format!("/{}/requests/{}", ctx.locale.tag(), request.number),
                    subject: request.subject,
                    number: request.number,
                    status: request.status,
                })
                .collect(),
        })
    };
    ctx.cached_page(load, |model| {
        let path = |locale: Locale| format!("/{}", locale.tag());
        let page = Page {
            body_class: "home",
            canonical: Some(path(ctx.locale)),
            alternates: Locale::ALL.map(|locale| (locale, path(locale))).to_vec(),
            description: Some(model.text.clone()),
            feed: Some(feed_path(ctx.locale)),
            ..Page::new(ctx.settings.portal_name.get(ctx.locale))
        };
        (page, app::pages::home::home(ctx.locale, model))
    })
    .await
}

pub(super) fn feed_path(locale: Locale) -> String {
    format!("/{}/feed.atom", locale.tag())
}

/// The categories right below one that have something to read.
pub(super) fn cards(tree: &Tree, parent: Option<i64>, locale: Locale) -> Vec<CategoryCard> {
    tree.children(parent)
        .map(|node| CategoryCard {
            icon: node.icon.clone(),
            name: node.name(locale).to_owned(),
            about: node.description(locale).to_owned(),
            href: category_path(locale, &node.slug),
            articles: tree.total(node.id),
        })
        .filter(|card| card.articles > 0)
        .collect()
}

pub(super) fn link(line: &Line, locale: Locale) -> ArticleLink {
    ArticleLink { title: line.title.clone(), href: article_path(locale, &line.slug), locale: line.locale() }
}
