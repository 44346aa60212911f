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
    let asked = Asked::of(concepts, weights);
    Ok(found.into_iter().map(|found| found.fit(&asked)).collect())
}

/// What titles are held against.
struct Asked<'a> {
    concepts: &'a [Concept],
    weights: &'a [f32],
    /// Indexes of the concepts that are words, in their order, and what they weigh together.
    words: Vec<usize>,
    weight: f32,
}

impl<'a> Asked<'a> {
    fn of(concepts: &'a [Concept], weights: &'a [f32]) -> Self {
        let words: Vec<usize> = (0..concepts.len()).filter(|n| concepts[*n].nature == Nature::Word).collect();
        let weight = words.iter().map(|n| weights[*n]).sum();
        Self { concepts, weights, words, weight }
    }
}

impl Found {
    fn fit(mut self, asked: &Asked) -> TitleFit {
        self.places.sort_unstable();
        self.places.dedup();
        let holds = |word: usize| self.places.iter().any(|(_, n)| *n == word);
        let held: f32 = asked.words.iter().filter(|n| holds(**n)).map(|n| asked.weights[*n]).sum();
        let telling = self.places.iter().filter(|(_, n)| asked.concepts[*n].importance > TELLING);
        // By their places, which are in order.
        let (positions, _) = telling.fold((0, None), |(count, before), (place, _)| {
            (count + u32::from(before != Some(place)), Some(place))
        });
        TitleFit {
            of_query: share(held, asked.weight),
            of_title: share(positions as f32, self.words as f32),
            order: self.order(&asked.words),
        }
    }

    /// The share of the query's neighbouring words that stand side by side, in that order, in the title.
    fn order(&self, words: &[usize]) -> f32 {
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
