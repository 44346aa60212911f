//! The help centre: its shelves, and its articles through the importer.

use super::data::{Category, Demo};
use crate::app_state::App;
use crate::clock::DAY;
use crate::identity::Actor;
use crate::import::{ImportOptions, PlanOptions, Source, import};
use crate::knowledge::{self, By, CategoryText, NewCategory, upsert_category};
use crate::storage::{Conn, Tx, all, run};
use anyhow::{Context, bail};
use app::i18n::Locale;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/demo/articles");

/// The articles by slug.
pub(super) struct Articles(BTreeMap<String, Article>);

struct Article {
    id: i64,
    titles: HashMap<Locale, String>,
    /// `None` for a draft.
    published_at: Option<i64>,
}

impl Articles {
    /// How many articles there are, counting a translation as the same.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn ids(&self) -> Vec<i64> {
        self.0.values().filter(|article| article.published_at.is_some()).map(|article| article.id).collect()
    }

    pub fn id(&self, slug: &str) -> anyhow::Result<i64> {
        self.0.get(slug).map(|article| article.id).with_context(|| format!("no article {slug}"))
    }

    pub fn title(&self, slug: &str, locale: Locale) -> anyhow::Result<&str> {
        let title = self.0.get(slug).and_then(|article| article.titles.get(&locale));
        title.map(String::as_str).with_context(|| format!("no article {slug} in {locale:?}"))
    }

    /// The article, if readers could find it at that time.
    pub fn published(&self, slug: &str, at: i64) -> Option<i64> {
        self.0
            .get(slug)
            .filter(|article| article.published_at.is_some_and(|since| since <= at))
            .map(|article| article.id)
    }
}

pub(super) async fn seed(app: &App, data: &Demo, now: i64) -> anyhow::Result<Articles> {
    shelves(app, &data.categories, now).await?;
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    let mut source = Source::memory("demo", files);
    let options = ImportOptions {
        plan: PlanOptions { locale_from_folder: true, category_from_folder: true, ..PlanOptions::default() },
        ..ImportOptions::default()
    };
    let report = import(&app.db, &app.clock, &app.chance, &mut source, &options, &mut |_| {}).await?;
    if !report.problems.is_empty() {
        bail!("the demo's own articles are not whole: {report:?}");
    }
    let mut tx = app.db.begin().await?;
    for fix in &data.fixes {
        publish_at(&mut tx, &fix.article, now - fix.days_ago * DAY).await?;
    }
    let articles = read(&mut tx).await?;
    let by = By::new(now, Actor::Program("demo"));
    for kept in &data.phrases {
        let article = articles.id(&kept.article)?;
        for phrase in &kept.phrases {
            knowledge::add_phrase(&mut tx, &by, article, kept.locale, phrase, None).await?;
        }
    }
    tx.commit().await?;
    Ok(articles)
}

async fn shelves(app: &App, categories: &[Category], now: i64) -> anyhow::Result<()> {
    let by = By::new(now, Actor::Program("demo"));
    let mut tx = app.db.begin().await?;
    for category in categories {
        let parent_id = match &category.parent {
            None => None,
            Some(slug) => knowledge::category_by_slug(&mut tx, slug).await?,
        };
        let text = |locale: Locale| CategoryText {
            locale,
            name: locale.t(&category.name.ja, &category.name.en).clone(),
            description: locale.t(&category.description.ja, &category.description.en).clone(),
        };
        let new = NewCategory {
            slug: category.slug.clone(),
            parent_id,
            icon: category.icon.clone(),
            position: category.position,
            texts: Locale::ALL.map(text).to_vec(),
        };
        upsert_category(&mut tx, &by, &new).await?;
    }
    Ok(tx.commit().await?)
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, Cow<'static, [u8]>)>) {
    for file in folder.files() {
        files.push((file.path().to_string_lossy().replace('\\', "/"), Cow::Borrowed(file.contents())));
    }
    folder.dirs().for_each(|inner| collect(inner, files));
}

/// The history knows when an article that ended a class of requests came out.
async fn publish_at(tx: &mut Tx, slug: &str, at: i64) -> anyhow::Result<()> {
    run!(
        tx,
        "UPDATE translation SET published_at = $1 WHERE slug = $2 AND live_revision_id IS NOT NULL",
        at,
        slug
    )?;
    Ok(())
}

async fn read(conn: &mut Conn) -> anyhow::Result<Articles> {
    let rows = all!(
        conn,
        (String, i64, String, String, Option<i64>),
        "SELECT t.slug, t.article_id, t.locale, r.title,
                CASE WHEN t.live_revision_id IS NULL THEN NULL ELSE t.published_at END
         FROM translation t JOIN revision r ON r.id = t.head_revision_id ORDER BY t.slug"
    )?;
    let mut articles = BTreeMap::new();
    for (slug, id, locale, title, published_at) in rows {
        let article = articles.entry(slug).or_insert(Article { id, titles: HashMap::new(), published_at });
        if let Some(locale) = Locale::from_tag(&locale) {
            article.titles.insert(locale, title);
        }
    }
    Ok(Articles(articles))
}
