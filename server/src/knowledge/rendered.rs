//! Articles as HTML: drawn once a revision, because a revision never changes and its id is never given again.

use super::reading::image_sizes;
use super::{Article, Result};
use crate::markdown::{Profile, RenderOptions, Rendered, render};
use crate::storage::Conn;
use app::i18n::Locale;
use std::sync::Arc;

/// At the most.
const BYTES: u64 = 8 * 1024 * 1024;

/// Cheap to clone; clones share one cache.
#[derive(Clone, Debug)]
pub struct RenderedArticles(moka::sync::Cache<i64, Arc<Rendered>>);

impl Default for RenderedArticles {
    fn default() -> Self {
        let weigh = |_: &i64, rendered: &Arc<Rendered>| {
            u32::try_from(rendered.html.len() + rendered.plain_text.len() + 512).unwrap_or(u32::MAX)
        };
        Self(moka::sync::Cache::builder().max_capacity(BYTES).weigher(weigh).build())
    }
}

impl RenderedArticles {
    /// The article's text, drawn in the language that it is written in.
    pub async fn of(&self, conn: &mut Conn, article: &Article) -> Result<Arc<Rendered>> {
        if let Some(rendered) = self.0.get(&article.revision_id) {
            return Ok(rendered);
        }
        let drawn = draw(conn, Some(article.id), article.locale, &article.title, &article.body).await?;
        let rendered = Arc::new(drawn);
        self.0.insert(article.revision_id, Arc::clone(&rendered));
        Ok(rendered)
    }
}

/// What an editor's text will look like. `article_id` knows the pictures that hang on the article already.
pub async fn render_preview(
    conn: &mut Conn,
    article_id: Option<i64>,
    locale: Locale,
    title: &str,
    body: &str,
) -> Result<Rendered> {
    draw(conn, article_id, locale, title, body).await
}

async fn draw(
    conn: &mut Conn,
    article_id: Option<i64>,
    locale: Locale,
    title: &str,
    body: &str,
) -> Result<Rendered> {
    let sizes = match article_id {
        Some(id) => image_sizes(conn, id).await?,
        None => Vec::new(),
    };
    let image_size = |address: &str| {
        let key = address.strip_prefix("/files/")?.split('/').next()?;
        sizes.iter().find(|(known, ..)| known == key).map(|(_, width, height)| (*width, *height))
    };
    let options =
        RenderOptions { locale, profile: Profile::Article, title: Some(title), image_size: &image_size };
    Ok(render(body, &options))
}
