//! The second look at the best hits: how well the title as a whole is what was asked for.

use app::i18n::Locale;
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::concept::{Concept, Nature};
use super::postings::Together;
use super::snapshot::{DocNumber, Snapshot};
use crate::search::schema::{Part, TITLE_WORDS};

/// Concepts of less importance are stop words, which titles are not counted by.
pub const TELLING: f32 = 0.3;

/// How a title and a query fit each other; each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TitleFit {
    /// How much of what was asked for stands in the title, by weight.
    pub of_query: f32,
    /// How much of the title was asked for, by words.
    pub of_title: f32,
    /// How many neighbours of the query are neighbours in the title.
    pub order: f32,
}

impl TitleFit {
    /// Whether the title may be just what was asked for.
    pub fn is_whole(self) -> bool {
        self.of_query > 0.9 && self.of_title > 0.9
    }

    /// 1 for the exact title, near 0 for one common word of a long one.
    pub fn both(self) -> f32 {
        self.of_query * self.of_title
    }
}

/// Where one document's title holds which concept.
#[derive(Default)]
struct Found {
    /// Position in the title, index of the concept.
    places: Vec<(u32, usize)>,
    words: u64,
}

/// Looks at the titles of `docs` (ascending). Characters are left aside: words say it better here.
pub fn fit(
    snapshot: &Snapshot,
    written: Locale,
    concepts: &[Concept],
    weights: &[f32],
    docs: &[DocNumber],
) -> tantivy::Result<Vec<TitleFit>> {
    let field = snapshot.fields.text(written).part(Part::Title);
    let mut found: Vec<Found> = docs.iter().map(|_| Found::default()).collect();
    let mut places = Vec::new();
    for (start, segment, index) in snapshot.indexes(field)? {
        let end = start + segment.max_doc();
        let range = docs.partition_point(|doc| *doc < start)..docs.partition_point(|doc| *doc < end);
        if range.is_empty() {
            continue;
        }
        let words = segment.fast_fields().u64(TITLE_WORDS)?;
        for index in range.clone() {
            found[index].words = words.first(docs[index] - start).unwrap_or_default();
        }
        for (number, concept) in concepts.iter().enumerate() {
            if matches!(concept.nature, Nature::Characters | Nature::Chance) {
                continue;
            }
            for variant in &concept.variants {
                let record = IndexRecordOption::WithFreqsAndPositions;
                let Some(mut postings) = Together::open(index, &variant.terms, record)? else { continue };
                for at in range.clone() {
                    let doc = docs[at] - start;
                    postings.seek(doc);
                    if postings.doc() == TERMINATED {
                        break;
                    }
                    if postings.doc() == doc {
                        postings.positions(&mut places);
                        let length = variant.terms.len() as u32;
                        let covered = places.iter().flat_map(|place| *place..place + length);
                        found[at].places.extend(covered.map(|place| (place, number)));
                    }
                }
            }
        }
    }
    let fits = found.into_iter().map(|found| found.fit(concepts, weights)).collect();
    Ok(fits)
}

impl Found {
    fn fit(mut self, concepts: &[Concept], weights: &[f32]) -> TitleFit {
        self.places.sort_unstable();
        self.places.dedup();
        let words = |n: &usize| concepts[*n].nature == Nature::Word;
        let asked: f32 = (0..concepts.len()).filter(words).map(|n| weights[n]).sum();
        let mut held: Vec<usize> = self.places.iter().map(|(_, n)| *n).collect();
        held.sort_unstable();
        held.dedup();
        let held: f32 = held.iter().filter(|n| words(n)).map(|n| weights[*n]).sum();
        let telling = |n: usize| concepts[n].importance > TELLING;
        let mut positions: Vec<u32> =
            self.places.iter().filter(|(_, n)| telling(*n)).map(|(place, _)| *place).collect();
        positions.dedup();
        TitleFit {
            of_query: share(held, asked),
            of_title: share(positions.len() as f32, self.words as f32),
            order: self.order(concepts),
        }
    }

    /// The share of the query's neighbouring words that stand side by side, in that order, in the title.
    fn order(&self, concepts: &[Concept]) -> f32 {
        let words: Vec<usize> = (0..concepts.len()).filter(|n| concepts[*n].nature == Nature::Word).collect();
        if words.len() < 2 {
            return 0.0;
        }
        let side_by_side = words.windows(2).filter(|pair| {
            let places = |n: usize| self.places.iter().filter(move |(_, m)| *m == n).map(|(place, _)| *place);
            places(pair[0]).any(|before| places(pair[1]).any(|after| after == before + 1))
        });
        side_by_side.count() as f32 / (words.len() - 1) as f32
    }
}

fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}
