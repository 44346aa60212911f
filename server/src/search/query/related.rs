//! Articles like this one: found by its own most telling words.

use std::collections::HashMap;

use app::i18n::Locale;
use tantivy::TantivyDocument;

use super::concept::{Concept, Guessing, Nature, Variant};
use super::dictionary::Dictionary;
use super::rank::Ranker;
use super::ranking::Ranking;
use super::run::Asking;
use super::snapshot::{DocNumber, Snapshot};
use crate::search::analysis::{self, Kind, Token};
use crate::search::document::Viewer;
use crate::search::schema;

/// How much of the body is read: what an article is about stands at its beginning.
const BODY_CHARS: usize = 2_000;
/// So many words speak for an article.
const TELLING_WORDS: usize = 20;
/// What a word of the title counts beside one of the body.
const TITLE: f32 = 4.0;
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
        let asking = Asking { snapshot: self, ranking, locale, viewer, guessing };
        let Some((number, written)) = self.find(article_id, &asking)? else { return Ok(Vec::new()) };
        let concepts = self.telling_words(&self.document(number)?, written)?;
        let mut among = self.visible(viewer, locale, written)?;
        among.remove(number);
        let ranker = Ranker { snapshot: self, ranking, written, among: &among };
        let ranked = ranker.rank(&concepts)?;
        let mut hits = ranked.hits;
        hits.retain(|hit| hit.held >= LEAST_SHARE * ranked.obtainable);
        hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.doc.cmp(&b.doc)));
        hits.truncate(limit);
        let related = |hit: &super::rank::Hit| {
            let document = self.document(hit.doc)?;
            Ok(Related {
                article_id: schema::stored_number(&document, self.fields.article_id),
                locale: written,
                slug: schema::stored_text(&document, self.fields.slug).to_owned(),
                title: schema::stored_text(&document, self.fields.title).to_owned(),
            })
        };
        hits.iter().map(related).collect()
    }

    /// The translation of an article that visitors of this language are shown.
    fn find(&self, article_id: i64, asking: &Asking) -> tantivy::Result<Option<(DocNumber, Locale)>> {
        let term = tantivy::Term::from_field_i64(self.fields.article_id, article_id);
        let translations = self.holding_any(self.fields.article_id, &[term.serialized_value_bytes()])?;
        for written in [asking.locale, asking.locale.other()] {
            let mut visible = self.visible(asking.viewer, asking.locale, written)?;
            visible.intersect(&translations);
            if let Some(number) = (0..self.bound() as DocNumber).find(|doc| visible.contains(*doc)) {
                return Ok(Some((number, written)));
            }
        }
        Ok(None)
    }

    fn telling_words(&self, document: &TantivyDocument, written: Locale) -> tantivy::Result<Vec<Concept>> {
        let body: String = schema::stored_text(document, self.fields.body).chars().take(BODY_CHARS).collect();
        let texts = [
            (schema::stored_text(document, self.fields.title), TITLE),
            (schema::stored_text(document, self.fields.summary), 2.0),
            (body.as_str(), 1.0),
        ];
        let mut counted: HashMap<String, (f32, Token)> = HashMap::new();
        for (text, weight) in texts {
            for token in analysis::analyse(text) {
                let word = matches!(token.kind, Kind::Word | Kind::Whole);
                if word && !analysis::is_stop_word(&token.surface) {
                    counted.entry(token.term.clone()).or_insert((0.0, token)).0 += weight;
                }
            }
        }
        let dictionary = Dictionary::new(self, self.fields.text(written));
        let mut weighed = Vec::with_capacity(counted.len());
        for (term, (count, token)) in counted {
            let articles = dictionary.articles_with(&term)?;
            // A word that stands here alone leads nowhere.
            if articles > 1 {
                let telling = (1.0 + count).ln() * (self.bound() as f32 / articles as f32).ln_1p();
                weighed.push((telling, count, token));
            }
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.term.cmp(&b.2.term)));
        weighed.truncate(TELLING_WORDS);
        let concept = |(_, count, token): (f32, f32, Token)| Concept {
            surface: token.surface,
            nature: Nature::Word,
            importance: (1.0 + count).ln(),
            variants: vec![Variant { term: token.term, weight: 1.0 }],
            position: token.position,
            span: token.span,
            correction: None,
        };
        Ok(weighed.into_iter().map(concept).collect())
    }
}
