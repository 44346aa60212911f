//! Beyond the words as typed: what they may grow into, what they are slips of, what was written as one.

use super::concept::{Concept, Nature, Resolver, Variant, is_stop, plain};
use super::slips;
use crate::search::analysis::{self, Kind, Token};

const MOST_COMPLETIONS: usize = 24;
const MOST_CORRECTIONS: usize = 3;
/// A word in so few articles may itself be a slip that somebody published.
pub(super) const RARE: u32 = 1;
/// How many times more articles a neighbour must be in to be offered beside a rare word.
const FAR_MORE_COMMON: u32 = 12;
/// What may follow a word that was typed in kana (をのはがにへでとも), as the folded run has it.
const PARTICLES: [char; 9] = ['ヲ', 'ノ', 'ハ', 'ガ', 'ニ', 'ヘ', 'デ', 'ト', 'モ'];

impl Resolver<'_> {
    pub(super) fn complete(&self, concept: &mut Concept, weight: f32) -> tantivy::Result<()> {
        if concept.surface.len() < 2 {
            return Ok(());
        }
        for (word, _) in self.dictionary.completions(&concept.surface, MOST_COMPLETIONS)? {
            concept.add(analysis::term_of(&word), weight);
        }
        Ok(())
    }

    /// The nearest words of the index, for a word that is in no article; of a plural, also those near its singular.
    pub(super) fn correct(&self, concept: &mut Concept) -> tantivy::Result<()> {
        let singular = concept.surface.strip_suffix('s').map(str::to_owned);
        let spellings = std::iter::once(concept.surface.clone()).chain(singular);
        for spelling in spellings {
            for letters in 1..=slips::letters(&spelling) {
                let neighbours = self.dictionary.neighbours(&spelling, letters, MOST_CORRECTIONS)?;
                for neighbour in &neighbours {
                    let weight = self.ranking.typo[usize::from(neighbour.distance > 1.0)];
                    concept.add(analysis::term_of(&neighbour.surface), weight);
                }
                if let Some(best) = neighbours.first() {
                    concept.correction = Some(best.surface.clone());
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Beside a word that hardly occurs: its common neighbour, if that is much more common.
    pub(super) fn common_neighbour(&self, concept: &mut Concept, articles: u32) -> tantivy::Result<()> {
        if slips::letters(&concept.surface) == 0 {
            return Ok(());
        }
        let neighbours = self.dictionary.neighbours(&concept.surface, 1, MOST_CORRECTIONS)?;
        let common = neighbours.iter().find(|n| n.articles >= articles.max(1) * FAR_MORE_COMMON);
        if let Some(neighbour) = common {
            concept.add(analysis::term_of(&neighbour.surface), self.ranking.typo[1]);
        }
        Ok(())
    }

    /// A run of hiragana that begins with a word which the index has in katakana, the longest such word (ぱすわーど;
    /// ごみは, which the dictionary cuts wrongly); or that may still grow into one, or is one but for a slip.
    pub(super) fn unconverted(
        &self,
        token: &Token,
        tokens: &[Token],
        open: bool,
    ) -> tantivy::Result<Option<Concept>> {
        let mut concept = plain(token, Nature::Word, 1.0);
        concept.variants.clear();
        let ends: Vec<usize> =
            token.surface.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).collect();
        for end in ends.into_iter().rev() {
            let word = &token.surface[..end];
            if self.dictionary.articles_with_word(word)? > 0 && !analysis::is_stop_word(word) {
                concept.add(analysis::term_of(word), 1.0);
                concept.surface = word.to_owned();
                // A kana takes as many bytes in either script.
                concept.span.end = (concept.span.start + end).min(token.span.end);
                return Ok(Some(concept));
            }
        }
        if open {
            self.complete(&mut concept, self.ranking.completion)?;
        }
        if concept.variants.is_empty() && self.guessing.typos && !self.speaks(token, tokens)? {
            self.correct_kana(&mut concept)?;
        }
        Ok(Some(concept).filter(|concept| !concept.variants.is_empty()))
    }

    /// Whether a run of hiragana is made of words that are known: grammar, for the most part.
    fn speaks(&self, run: &Token, tokens: &[Token]) -> tantivy::Result<bool> {
        let inside = |token: &&Token| {
            token.kind == Kind::Word && run.span.start <= token.span.start && token.span.end <= run.span.end
        };
        for token in tokens.iter().filter(inside) {
            let known = is_stop(token) || self.dictionary.articles_with(&token.term)? > 0;
            if known {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes a run of hiragana for the katakana word that it nearly is, with or without a particle after it.
    fn correct_kana(&self, concept: &mut Concept) -> tantivy::Result<()> {
        self.correct(concept)?;
        let particle = concept.surface.chars().next_back().filter(|c| PARTICLES.contains(c));
        if let (None, Some(particle)) = (&concept.correction, particle) {
            concept.surface.pop();
            concept.span.end = concept.span.end.saturating_sub(particle.len_utf8());
            self.correct(concept)?;
        }
        Ok(())
    }

    /// `passwordreset`: the two words of the index that it is made of, the most common such pair.
    pub(super) fn halves(&self, token: &Token) -> tantivy::Result<Vec<Concept>> {
        let surface = &token.surface;
        let mut best: Option<(u32, usize)> = None;
        if surface.len() < 6 || !surface.bytes().all(|b| b.is_ascii_lowercase()) {
            return Ok(Vec::new());
        }
        for at in 3..=surface.len() - 3 {
            let left = self.dictionary.articles_with_word(&surface[..at])?;
            if left == 0 {
                continue;
            }
            let common = left.min(self.dictionary.articles_with_word(&surface[at..])?);
            if common > best.map_or(0, |(common, _)| common) {
                best = Some((common, at));
            }
        }
        let Some((_, at)) = best else { return Ok(Vec::new()) };
        let half = |part: &str| Concept {
            surface: part.to_owned(),
            nature: Nature::Word,
            importance: self.ranking.respelling,
            variants: vec![Variant::of(analysis::term_of(part), 1.0)],
            position: token.position,
            span: token.span.clone(),
            correction: None,
        };
        Ok(vec![half(&surface[..at]), half(&surface[at..])])
    }
}
