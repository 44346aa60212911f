//! The words that tell what documents are about: frequent in them, rare elsewhere.

use std::collections::{HashMap, HashSet};

use app::i18n::Locale;

use super::concept::{Concept, Nature, Variant};
use super::dictionary::Dictionary;
use super::snapshot::{DocNumber, Snapshot};
use crate::search::telling::TellingWords;

/// The most telling words of these documents, each document with its weight; `known` terms are left out. As concepts
/// whose importance grows with how often the documents say them.
pub fn telling_words(
    snapshot: &Snapshot,
    written: Locale,
    docs: &[(DocNumber, f32)],
    known: &HashSet<&str>,
    limit: usize,
) -> tantivy::Result<Vec<Concept>> {
    let articles = docs.iter().map(|(doc, _)| snapshot.stored(*doc)).collect::<tantivy::Result<Vec<_>>>()?;
    let mut counted: HashMap<&str, f32> = HashMap::new();
    for (article, (_, weight)) in articles.iter().zip(docs) {
        for (term, count) in TellingWords::read(&article.telling).filter(|(term, _)| !known.contains(term)) {
            *counted.entry(term).or_default() += weight * count as f32;
        }
    }
    let dictionary = Dictionary::new(snapshot, written);
    let mut weighed = Vec::with_capacity(counted.len());
    for (term, count) in counted {
        let articles = dictionary.articles_with(term)?;
        // A word that stands in one article alone leads to no other.
        if articles > 1 {
            let importance = count.ln_1p();
            let telling = importance * (snapshot.bound() as f32 / articles as f32).ln_1p();
            weighed.push((telling, importance, term));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(b.2)));
    weighed.truncate(limit);
    let concept = |(_, importance, term): (f32, f32, &str)| Concept {
        surface: term.to_owned(),
        nature: Nature::Word,
        importance,
        variants: vec![Variant::of(term.to_owned(), 1.0)],
        position: 0,
        span: 0..0,
        correction: None,
    };
    Ok(weighed.into_iter().map(concept).collect())
}
