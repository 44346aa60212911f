//! BM25F, one concept at a time: the parts of an article are weighed together before repetition is saturated, so
//! that a word in the title and the body is one finding, not two.

use std::sync::Arc;

use app::i18n::Locale;
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::concept::{Concept, Nature, Variant};
use super::docs::Docs;
use super::postings::Together;
use super::ranking::Ranking;
use super::snapshot::{DocNumber, Snapshot};
use super::terms::{Strength, Term};
use super::title::TELLING;
use crate::search::schema::Part;

/// How much hits have to hold of what others may have by chance, where nothing else is known.
const LEAST_BY_CHANCE: f32 = 0.5;

/// One document that holds something of what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub doc: DocNumber,
    pub score: f32,
    /// The weight of the concepts that make it a hit, and of all that it does not hold by chance.
    pub held: f32,
    pub vouched: f32,
    /// The weight of the words among them, and of the characters where there is no word.
    pub said: f32,
}

/// The outcome of ranking, before it is cut and ordered.
#[derive(Debug, Default)]
pub struct Ranked {
    /// In no order.
    pub hits: Vec<Hit>,
    /// What each concept weighs: how rare it is times how much it counts.
    pub weights: Vec<f32>,
    /// What it would hold if everything asked for were in the index; characters and echoes aside.
    pub asked: f32,
    /// The same with the characters where there is no word.
    pub sayable: f32,
    /// Whether anything was found that says what is asked for, rather than only that something is.
    pub is_telling: bool,
}

/// What one thing that was asked for adds to a document's score.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The folded word as it was typed.
    pub surface: String,
    /// How much it counts, and how rare it is: its weight is the one times the other.
    pub importance: f32,
    pub rarity: f32,
    /// The strengths of all findings together.
    pub strength: f32,
    /// Its weight times that strength, saturated.
    pub contribution: f32,
    pub findings: Vec<Finding>,
}

/// A term of the index that satisfies it, in one part of the document.
#[derive(Clone, Debug)]
pub struct Finding {
    pub term: String,
    pub part: Part,
    pub frequency: u32,
    /// The weighted, length-normalised frequency.
    pub strength: f32,
}

/// A concept that stands somewhere.
struct Heard {
    nature: Nature,
    /// Whether it counts as something that was said.
    says: bool,
    weight: f32,
    /// In how many documents that may be found.
    documents: usize,
    saying: Saying,
}

/// Who says something, hidden documents among them.
enum Saying {
    /// A word by itself, and how well it satisfies what was asked for.
    Word(Arc<Term>, f32),
    /// Any of several, or several together.
    Any(Vec<Strength>),
}

/// Ranks the documents of one language.
pub struct Ranker<'a> {
    pub snapshot: &'a Snapshot,
    pub ranking: &'a Ranking,
    /// The language in which the documents are written.
    pub written: Locale,
    /// The documents that may be found.
    pub among: &'a Arc<Docs>,
}

impl Ranker<'_> {
    /// Scores every document that holds at least this share, by weight, of those concepts that stand anywhere.
    pub fn rank(&self, concepts: &[Concept], least_share: f32) -> tantivy::Result<Ranked> {
        let population = self.among.count() as f32;
        let mut sums = vec![0.0_f32; self.snapshot.bound()];
        let mut ranked = Ranked::default();
        let mut heard = Vec::with_capacity(concepts.len());
        for concept in concepts {
            if concept.importance <= 0.0 {
                ranked.weights.push(0.0);
                continue;
            }
            let saying = self.listen(&concept.variants, &mut sums)?;
            let documents = self.count(&saying)?;
            let weight = concept.importance * rarity(population, documents as f32);
            ranked.weights.push(weight);
            if concept.nature == Nature::Word {
                ranked.asked += weight;
            }
            let says = concept.nature == Nature::Word || is_of_splinters(concept, concepts);
            if says {
                ranked.sayable += weight;
            }
            if documents > 0 {
                ranked.is_telling |= concept.importance > TELLING;
                heard.push(Heard { nature: concept.nature, says, weight, documents, saying });
            }
        }
        ranked.hits = self.hits(heard, least_share)?;
        Ok(ranked)
    }

    /// The documents that hold at least this share by weight. What may be found by chance makes no hit beside anything
    /// better; where there is nothing better, half of it does.
    fn hits(&self, mut heard: Vec<Heard>, least_share: f32) -> tantivy::Result<Vec<Hit>> {
        let by_chance = heard.iter().all(|heard| heard.nature == Nature::Chance);
        let counts = |heard: &&Heard| by_chance || heard.nature != Nature::Chance;
        let obtainable: f32 = heard.iter().filter(counts).map(|heard| heard.weight).sum();
        let least = obtainable * if by_chance { LEAST_BY_CHANCE } else { least_share };
        // The weightiest first: who says nothing but what weighs too little even together is no hit, and of such words, which
        // are those of every other article, nothing is noted down for others.
        heard.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut together = 0.0;
        let too_light = heard.iter().rev().take_while(|heard| {
            together += heard.weight;
            together < least
        });
        let too_light = heard.len() - too_light.count();
        // Where a document's hit is, counted from 1; a row of whole hits would take longer to clear than to fill.
        let mut places = vec![0_u32; self.snapshot.bound()];
        let most: usize = heard[..too_light].iter().map(|heard| heard.documents).sum();
        let mut hits: Vec<Hit> = Vec::with_capacity(most.min(places.len()));
        for (number, Heard { nature, says, weight, saying, .. }) in heard.iter().enumerate() {
            let vouched = if *nature == Nature::Chance { 0.0 } else { *weight };
            let said = if *says { *weight } else { 0.0 };
            for Strength { doc, strength } in self.found(saying)? {
                let place = &mut places[doc as usize];
                if *place == 0 {
                    if number >= too_light {
                        continue;
                    }
                    hits.push(Hit { doc, score: 0.0, held: 0.0, vouched: 0.0, said: 0.0 });
                    *place = hits.len() as u32;
                }
                let hit = &mut hits[*place as usize - 1];
                hit.score += weight * saturate(strength, self.ranking.saturation);
                hit.held += if by_chance { *weight } else { vouched };
                hit.vouched += vouched;
                hit.said += said;
            }
        }
        hits.retain(|hit| hit.held >= least);
        Ok(hits)
    }

    /// Who says any of these. `sums` is a row of zeros for the documents, and is left so.
    fn listen(&self, variants: &[Variant], sums: &mut [f32]) -> tantivy::Result<Saying> {
        // Nearly always it is a word by itself, which is known already.
        if let [variant] = variants
            && let [term] = variant.terms.as_slice()
        {
            return Ok(Saying::Word(self.snapshot.term(self.written, term)?, variant.weight));
        }
        let mut saying: Vec<Strength> = Vec::new();
        for variant in variants {
            self.each(variant, |doc, strength| {
                let sum = &mut sums[doc as usize];
                if *sum == 0.0 {
                    saying.push(Strength { doc, strength: 0.0 });
                }
                *sum += strength;
            })?;
        }
        for said in &mut saying {
            said.strength = std::mem::take(&mut sums[said.doc as usize]);
        }
        Ok(Saying::Any(saying))
    }

    /// How many of the documents that say it may be found.
    fn count(&self, saying: &Saying) -> tantivy::Result<usize> {
        match saying {
            Saying::Word(term, _) => {
                let weighed = term.weighed(self.snapshot, self.written, self.ranking)?;
                Ok(weighed.count_among(self.among))
            }
            Saying::Any(_) => Ok(self.found(saying)?.count()),
        }
    }

    /// The documents among these that may be found, each once, with how strongly they say it.
    fn found<'b>(&'b self, saying: &'b Saying) -> tantivy::Result<impl Iterator<Item = Strength> + 'b> {
        let (strengths, weight) = match saying {
            Saying::Word(term, weight) => {
                (&*term.weighed(self.snapshot, self.written, self.ranking)?.strengths, *weight)
            }
            Saying::Any(strengths) => (strengths.as_slice(), 1.0),
        };
        let visible = strengths.iter().filter(|said| self.among.contains(said.doc));
        Ok(visible.map(move |said| Strength { doc: said.doc, strength: weight * said.strength }))
    }

    /// Calls back with every document that says a variant, and how strongly.
    fn each(&self, variant: &Variant, mut said: impl FnMut(DocNumber, f32)) -> tantivy::Result<()> {
        let [term] = variant.terms.as_slice() else {
            return self.gather(variant, &mut |doc, _, _, strength| said(doc, strength));
        };
        let term = self.snapshot.term(self.written, term)?;
        for strength in &term.weighed(self.snapshot, self.written, self.ranking)?.strengths {
            said(strength.doc, variant.weight * strength.strength);
        }
        Ok(())
    }

    /// What the score of a document is made of that [`Ranker::rank`] gave it; `weights` are those of the concepts, from
    /// there.
    pub fn explain(
        &self,
        concepts: &[Concept],
        weights: &[f32],
        wanted: DocNumber,
    ) -> tantivy::Result<Vec<Reason>> {
        let mut reasons = Vec::new();
        for (concept, weight) in concepts.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            let mut findings = Vec::new();
            for variant in &concept.variants {
                self.gather(variant, &mut |doc, part, frequency, strength| {
                    if doc == wanted {
                        findings.push(Finding { term: variant.terms.join(" "), part, frequency, strength });
                    }
                })?;
            }
            if findings.is_empty() {
                continue;
            }
            let strength = findings.iter().map(|finding| finding.strength).sum();
            reasons.push(Reason {
                surface: concept.surface.clone(),
                importance: concept.importance,
                rarity: weight / concept.importance,
                strength,
                contribution: weight * saturate(strength, self.ranking.saturation),
                findings,
            });
        }
        Ok(reasons)
    }

    /// Whether any of these is a word of few customers alone.
    fn is_private(&self, terms: &[String]) -> tantivy::Result<bool> {
        for term in terms {
            if self.snapshot.term(self.written, term)?.is_private {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Calls back with every finding of a variant, its words together in one part: document, part, frequency, strength.
    fn gather(
        &self,
        variant: &Variant,
        found: &mut dyn FnMut(DocNumber, Part, u32, f32),
    ) -> tantivy::Result<()> {
        let lengths = self.snapshot.lengths(self.written)?;
        let fields = self.snapshot.fields.text(self.written);
        for part in Part::ALL.into_iter().filter(|part| self.ranking.part(*part) > 0.0) {
            if part == Part::Learned && self.is_private(&variant.terms)? {
                continue;
            }
            let field = fields.part(part);
            for (start, segment, index) in self.snapshot.indexes(field)? {
                let record = IndexRecordOption::WithFreqs;
                let Some(mut postings) = Together::open(index, &variant.terms, record)? else { continue };
                let norms = segment.get_fieldnorms_reader(field)?;
                let weight = variant.weight * self.ranking.part(part);
                while postings.doc() != TERMINATED {
                    let doc = start + postings.doc();
                    if self.among.contains(doc) {
                        let norm = lengths.norm(self.ranking, part, norms.fieldnorm(postings.doc()));
                        let frequency = postings.frequency();
                        found(doc, part, frequency, weight * frequency as f32 / norm);
                    }
                    postings.advance();
                }
            }
        }
        Ok(())
    }
}

/// Whether a pair of characters says what no word does: it touches a word of one character, which segmentation leaves where
/// it knows no better. Others say what words say, and whether those stand side by side.
fn is_of_splinters(pair: &Concept, concepts: &[Concept]) -> bool {
    let is_splinter = |word: &Concept| {
        word.nature == Nature::Word
            && word.span.start < pair.span.end
            && pair.span.start < word.span.end
            && word.surface.chars().nth(1).is_none()
    };
    pair.nature == Nature::Characters && concepts.iter().any(is_splinter)
}

/// How much a concept says that stands in so many documents (BM25's idf, never below zero).
fn rarity(population: f32, documents: f32) -> f32 {
    (1.0 + (population - documents + 0.5).max(0.5) / (documents + 0.5)).ln()
}

/// From strength to score: each repetition adds less; one plain occurrence is about 1.
fn saturate(strength: f32, saturation: f32) -> f32 {
    strength * (1.0 + saturation) / (strength + saturation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more_and_none_weighs_nothing() {
        assert!(rarity(1000.0, 1.0) > rarity(1000.0, 10.0));
        assert!(rarity(1000.0, 1000.0) > 0.0);
        assert!(rarity(0.0, 0.0).is_finite());
    }

    #[test]
    fn repetition_helps_less_each_time() {
        let gain = |n: f32| saturate(n + 1.0, 1.2) - saturate(n, 1.2);
        assert!(gain(1.0) > gain(2.0) && gain(2.0) > gain(10.0));
    }
}
