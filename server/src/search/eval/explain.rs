//! Why hits rank where they do.

use app::i18n::Locale;

use super::throw_away;
use crate::search::document::{IndexedArticle, Viewer};
use crate::search::index::{everything, phrases};
use crate::search::query::{Explained, Meanings, Ranking, SearchQuery, Snapshot};
use crate::search::recall::Memory;
use crate::search::synonyms::read_meanings;
use crate::storage::{Conn, Result};

/// So many hits are explained.
const EXPLAINED: usize = 10;

/// All that a portal's search answers from.
pub struct Knowledge {
    pub articles: Vec<IndexedArticle>,
    memory: Memory,
    meanings: Meanings,
}

impl Knowledge {
    /// What is published now, what solved requests taught, and the synonyms.
    pub async fn read(conn: &mut Conn) -> Result<Self> {
        let articles = everything(conn).await?;
        let memory = Memory::of(phrases(conn).await?);
        Ok(Self { articles, memory, meanings: read_meanings(conn).await? })
    }

    /// An index of it in memory, and the synonyms.
    pub(super) fn snapshot(self) -> tantivy::Result<(Snapshot, Meanings)> {
        Ok((throw_away(self.articles)?.remembering(self.memory.into()), self.meanings))
    }

    /// Explains the hits of one query that anybody may ask, each with its address.
    pub fn explain(
        self,
        text: &str,
        locale: Locale,
        ranking: &Ranking,
    ) -> tantivy::Result<Vec<(String, Explained)>> {
        let (snapshot, meanings) = self.snapshot()?;
        let explained = explain(&snapshot, text, locale, ranking, &meanings)?;
        Ok(explained.into_iter().map(|explained| (explained.hit.slug.clone(), explained)).collect())
    }
}

pub(super) fn explain(
    snapshot: &Snapshot,
    text: &str,
    locale: Locale,
    ranking: &Ranking,
    meanings: &Meanings,
) -> tantivy::Result<Vec<Explained>> {
    snapshot.explain(&query(text, locale, EXPLAINED), ranking, meanings)
}

/// A question that anybody may ask.
pub(super) fn query(text: &str, locale: Locale, per_page: usize) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        locale,
        viewer: Viewer::Anonymous,
        category: None,
        page: 1,
        per_page,
        excerpts: false,
    }
}
