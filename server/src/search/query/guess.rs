//! Beyond the words as typed: what they may grow into, and what they are slips of.

use super::concept::{Concept, Resolver, Variant};
use super::dictionary::Neighbour;
use super::pieces::Halves;
use super::readings::{self, Word};
use super::{romaji, slips};
use crate::search::analysis;

pub(super) const MOST_COMPLETIONS: usize = 24;
const MOST_CORRECTIONS: usize = 3;
/// Shorter beginnings are near to those of many words: `csat` is no slip of `cate`.
const LEAST_OF_SLIP: usize = 5;
/// A word in so few articles may itself be a slip that somebody published.
const RARE: u32 = 3;
/// How many times more articles a neighbour must be in to be searched for beside a rare word, and to be named as what may
/// have been meant where the rare word is one that somebody wrote.
const FAR_MORE_COMMON: u32 = 12;
const HARDLY_BY_CHANCE: u32 = 40;
/// A word in more articles is searched for as it is written, and so is one whose like in the other script is not so many
/// times more usual.
const SELDOM: u32 = 60;
const MORE_USUAL: u32 = 4;

impl Resolver<'_> {
    pub(super) fn complete(&self, concept: &mut Concept, weight: f32) -> tantivy::Result<()> {
        for (word, _) in self.dictionary.completions(&concept.surface, MOST_COMPLETIONS)? {
            concept.add(analysis::term_of(&word), weight);
        }
        Ok(())
    }

    /// The nearest words of the index, for a word that is in no article; of a plural, also those near its singular. Gives
    /// the nearest of all.
    pub(super) fn correct(&self, concept: &mut Concept) -> tantivy::Result<Option<Neighbour>> {
        if self.is_turned_round(&concept.surface)? {
            return Ok(None);
        }
        let singular = concept.surface.strip_suffix('s').map(str::to_owned);
        let spellings = std::iter::once(concept.surface.clone()).chain(singular);
        for spelling in spellings {
            for letters in 1..=slips::letters(&spelling) {
                let neighbours = self.dictionary.neighbours(&spelling, letters)?;
                for neighbour in neighbours.iter().take(MOST_CORRECTIONS) {
                    let weight = self.ranking.typo[usize::from(neighbour.distance > 1.0)];
                    concept.add(analysis::term_of(&neighbour.surface), weight);
                }
                if let Some(best) = neighbours.first() {
                    concept.correction = Some(best.surface.clone());
                    return Ok(Some(best.clone()));
                }
            }
        }
        Ok(None)
    }

    /// `undelete`: a word of the index with its meaning turned round is a slip of no other.
    fn is_turned_round(&self, surface: &str) -> tantivy::Result<bool> {
        for word in slips::turned_round(surface) {
            if self.dictionary.articles_with_word(word)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A word that was typed in Latin letters: `purojekuto`, `tenpu`.
    pub(super) fn spell_kana(&self, concept: &mut Concept) -> tantivy::Result<()> {
        let Some(word) = romaji::katakana(&concept.surface).map(|kana| analysis::to_katakana(&kana)) else {
            return Ok(());
        };
        if word.chars().nth(1).is_some() {
            if self.dictionary.articles_with_word(&word)? > 0 {
                concept.add(analysis::term_of(&word), self.ranking.respelling);
            } else if let Some(marked) = self.dictionary.with_long_vowels(&word)? {
                concept.add(analysis::term_of(&marked.surface), self.ranking.respelling);
            }
        }
        self.convert(concept, readings::read_as(&word), self.ranking.respelling)
    }

    /// Adds those of these words that stand in the index.
    pub(super) fn convert<'w>(
        &self,
        concept: &mut Concept,
        words: impl IntoIterator<Item = &'w Word>,
        weight: f32,
    ) -> tantivy::Result<()> {
        for word in words {
            if self.articles_with_all(&word.terms)? > 0 {
                concept.hold(Variant { terms: word.terms.clone(), weight });
            }
        }
        Ok(())
    }

    /// The word in the other script for one that stands in so many `articles`, where that is the usual one: Slack for スラック.
    pub(super) fn in_other_script(&self, surface: &str, articles: u32) -> tantivy::Result<Option<Neighbour>> {
        if articles > SELDOM || analysis::is_stop_word(surface) {
            return Ok(None);
        }
        let other = self.dictionary.in_other_script(surface)?;
        let is_usual = |other: &&Neighbour| other.articles >= articles * MORE_USUAL;
        Ok(other.as_ref().as_ref().filter(is_usual).cloned())
    }

    /// A word that hardly occurs, beside one a slip away that is far more common: what is searched for are both. It may be
    /// a slip that somebody published, or be found by chance, through a stem or as the beginning of something else.
    pub(super) fn doubt(&self, concept: &mut Concept) -> tantivy::Result<()> {
        if slips::letters(&concept.surface) == 0 {
            return Ok(());
        }
        let mut articles = 0;
        for term in concept.variants.iter().flat_map(|variant| &variant.terms) {
            articles = articles.max(self.dictionary.articles_with(term)?);
        }
        if articles > RARE {
            return Ok(());
        }
        let neighbours = self.dictionary.neighbours(&concept.surface, 1)?;
        let far_more = neighbours.iter().filter(|n| n.articles >= articles.max(1) * FAR_MORE_COMMON);
        let Some(meant) = far_more.max_by_key(|neighbour| neighbour.articles) else { return Ok(()) };
        let term = analysis::term_of(&meant.surface);
        if concept.variants.iter().any(|variant| variant.terms == [term.as_str()]) {
            return Ok(());
        }
        concept.add(term, self.ranking.typo[0]);
        let is_written = self.dictionary.articles_with_word(&concept.surface)? > 0;
        if !is_written || meant.articles >= articles * HARDLY_BY_CHANCE {
            concept.correction = Some(meant.surface.clone());
        }
        Ok(())
    }

    /// What a word may grow into whose beginning has a slip: `paswo`.
    pub(super) fn complete_slip(&self, concept: &mut Concept) -> tantivy::Result<()> {
        let is_long = concept.surface.len() >= LEAST_OF_SLIP;
        if is_long && slips::letters(&concept.surface) > 0 && concept.surface.is_ascii() {
            for word in self.dictionary.completions_of_slip(&concept.surface, MOST_CORRECTIONS)? {
                concept.add(analysis::term_of(&word), self.ranking.typo[1]);
            }
        }
        Ok(())
    }
}

impl Neighbour {
    /// Whether a word is likelier to be a slip of this one than to be made of two.
    pub(super) fn outweighs(&self, halves: &Halves) -> bool {
        self.distance <= 1.0 && self.articles > halves.articles
    }
}
