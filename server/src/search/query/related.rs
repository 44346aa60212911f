//! Articles like this one: found by its own most telling words.

use std::collections::HashSet;
use std::sync::Arc;

use app::i18n::Locale;

use super::concept::Guessing;
use super::meanings::Meanings;
use super::rank::Ranker;
use super::ranking::Ranking;
use super::run::Asking;
use super::snapshot::{DocNumber, Snapshot};
use super::telling::telling_words;
use crate::search::document::Viewer;

/// So many words speak for an article.
const TELLING_WORDS: usize = 20;
/// Below this share of the words in common, two articles are not related.
const LEAST_SHARE: f32 = 0.15;

/// An article related to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub article_id: i64,
    pub locale: Locale,
    pub slug: String,
    pub title: String,
}

impl Snapshot {
    /// Articles about the same thing as this one, as far as the viewer may see them; none if it is not indexed.
    pub fn related(
        &self,
        article_id: i64,
        locale: Locale,
        viewer: &Viewer,
        limit: usize,
    ) -> tantivy::Result<Vec<Related>> {
        let ranking = &Ranking::PRODUCTION;
        let guessing = Guessing { complete_last: false, typos: false };
        let asking = Asking {
            snapshot: self,
            ranking,
            meanings: &Meanings::default(),
            locale,
            viewer,
            guessing,
            text: "",
            literal: "",
            names: &[],
        };
        let Some((number, written)) = self.find(article_id, &asking)? else { return Ok(Vec::new()) };
        let concepts = telling_words(self, written, &[(number, 1.0)], &HashSet::new(), TELLING_WORDS)?;
        let mut among = self.visible(viewer, locale, written)?.as_ref().clone();
        among.remove(number);
        let ranker = Ranker { snapshot: self, ranking, written, among: &Arc::new(among) };
        let mut hits = ranker.rank(&concepts, LEAST_SHARE)?.hits;
        hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.doc.cmp(&b.doc)));
        hits.truncate(limit);
        let related = |hit: &super::rank::Hit| {
            let article = self.stored(hit.doc)?;
            let (slug, title) = (article.slug.clone(), article.title.clone());
            Ok(Related { article_id: article.article_id, locale: written, slug, title })
        };
        hits.iter().map(related).collect()
    }

    /// The translation of an article that visitors of this language are shown.
    fn find(&self, article_id: i64, asking: &Asking) -> tantivy::Result<Option<(DocNumber, Locale)>> {
        let term = tantivy::Term::from_field_i64(self.fields.article_id, article_id);
        let translations = self.holding_any(self.fields.article_id, &[term.serialized_value_bytes()])?;
        for written in [asking.locale, asking.locale.other()] {
            let visible = self.visible(asking.viewer, asking.locale, written)?;
            let mut numbers = 0..self.bound() as DocNumber;
            if let Some(number) = numbers.find(|doc| translations.contains(*doc) && visible.contains(*doc)) {
                return Ok(Some((number, written)));
            }
        }
        Ok(None)
    }
}
