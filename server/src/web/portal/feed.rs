//! `/{locale}/feed.atom`: what was published last.

use super::home::feed_path;
use crate::knowledge::{article_path, newest};
use crate::web::{Ctx, Result};
use crate::when;
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

const ENTRIES: i64 = 30;

pub async fn show(ctx: Ctx) -> Result {
    let make = || async {
        let lines = newest(&mut ctx.app.db.read().await?, ctx.locale, ENTRIES).await?;
        let own = ctx.absolute(&feed_path(ctx.locale));
        let home = ctx.absolute(&format!("/{}", ctx.locale.tag()));
        let name = ctx.settings.portal_name.get(ctx.locale);
        let entries = lines.iter().map(|line| {
            let address = ctx.absolute(&article_path(ctx.locale, &line.slug));
            Entry {
                title: Text::plain(line.title.clone()),
                id: address.clone(),
                updated: moment(line.published_at),
                published: Some(moment(line.published_at)),
                links: vec![Link { href: address, rel: "alternate".into(), ..Link::default() }],
                summary: Some(Text::plain(line.about())),
                ..Entry::default()
            }
        });
        let feed = Feed {
            title: Text::plain(name),
            id: own.clone(),
            updated: moment(lines.first().map_or(0, |line| line.published_at)),
            lang: Some(ctx.locale.tag().into()),
            authors: vec![Person { name: name.to_owned(), ..Person::default() }],
            generator: Some(Generator { value: "Kotae".into(), ..Generator::default() }),
            links: vec![
                Link { href: own, rel: "self".into(), ..Link::default() },
                Link { href: home, rel: "alternate".into(), ..Link::default() },
            ],
            entries: entries.collect(),
            ..Feed::default()
        };
        Ok(feed.to_string())
    };
    ctx.cached_text("application/atom+xml; charset=utf-8", make).await
}

fn moment(ms: i64) -> FixedDateTime {
    when::machine(ms).parse().unwrap_or_default()
}
