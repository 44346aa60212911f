//! Beyond the words as typed: what they may grow into, and what they are slips of.

use super::concept::{Concept, Nature, Resolver, Variant, is_stop, plain};
use super::dictionary::Neighbour;
use super::pieces::Halves;
use super::readings::{self, Word};
use super::{romaji, slips};
use crate::search::analysis::{self, Kind, Token};

const MOST_COMPLETIONS: usize = 24;
const MOST_CORRECTIONS: usize = 3;
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
/// What may follow a word that was typed in kana (をのはがにへでとも), as the folded run has it.
const PARTICLES: [char; 9] = ['ヲ', 'ノ', 'ハ', 'ガ', 'ニ', 'ヘ', 'デ', 'ト', 'モ'];
/// What else may follow a word in kanji that was not converted (する, した, される, だ, な, や, か). Anything else makes another
/// word of it: かんりょう is no 管理.
const ENDINGS: [char; 7] = ['シ', 'ス', 'サ', 'ダ', 'ナ', 'ヤ', 'カ'];

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
        if word.chars().nth(1).is_some() && self.dictionary.articles_with_word(&word)? > 0 {
            concept.add(analysis::term_of(&word), self.ranking.respelling);
        }
        self.convert(concept, readings::read_as(&word), self.ranking.respelling)
    }

    /// Adds those of these words that stand in the index.
    fn convert<'w>(
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
        if slips::letters(&concept.surface) > 0 && concept.surface.is_ascii() {
            for word in self.dictionary.completions_of_slip(&concept.surface, MOST_CORRECTIONS)? {
                concept.add(analysis::term_of(&word), self.ranking.typo[1]);
            }
        }
        Ok(())
    }

    /// A run of hiragana that is, or begins with, a word which the index has in katakana or in kanji, the longest such word
    /// (ぱすわーど; てんぷする; ごみは, which the dictionary cuts wrongly); or that may still grow into one, or is one but
    /// for a slip. A particle may stand before it (をとうろく).
    pub(super) fn unconverted(
        &self,
        token: &Token,
        tokens: &[Token],
        open: bool,
    ) -> tantivy::Result<Option<Concept>> {
        let run = plain(token, Nature::Word, 1.0);
        // What follows a kanji is its okurigana (見せたい), or begins with a particle.
        let follows_kanji = tokens
            .iter()
            .any(|other| other.span.end == token.span.start && other.surface.ends_with(analysis::is_kanji));
        let behind_particle = token.surface.strip_prefix(PARTICLES).filter(|_| token.span.start > 0);
        for from in
            [Some(0), behind_particle.map(|rest| token.surface.len() - rest.len())].into_iter().flatten()
        {
            let may_be_kanji = from > 0 || !follows_kanji;
            if let Some(concept) = self.unconverted_from(&run, from, may_be_kanji, open)? {
                return Ok(Some(concept));
            }
        }
        let mut concept = Concept { variants: Vec::new(), ..run };
        if let Some(abbreviation) = self.dictionary.by_letters(&token.surface)? {
            concept.add(analysis::term_of(&abbreviation.surface), self.ranking.respelling);
        } else if self.guessing.typos && !self.speaks(token, tokens)? {
            self.correct_kana(&mut concept)?;
        }
        Ok(Some(concept).filter(|concept| !concept.variants.is_empty()))
    }

    /// What a run of hiragana says from so many bytes on.
    fn unconverted_from(
        &self,
        run: &Concept,
        from: usize,
        may_be_kanji: bool,
        open: bool,
    ) -> tantivy::Result<Option<Concept>> {
        let rest = &run.surface[from..];
        // A kana takes as many bytes in either script.
        let start = (run.span.start + from).min(run.span.end);
        let of_bytes = |bytes: usize| Concept {
            surface: rest[..bytes].to_owned(),
            variants: Vec::new(),
            span: start..(start + bytes).min(run.span.end),
            ..run.clone()
        };
        // The longest stretch first, down to two kana.
        for (at, last) in rest.char_indices().rev().take_while(|(at, _)| *at > 0) {
            let end = at + last.len_utf8();
            let word = &rest[..end];
            let mut concept = of_bytes(end);
            if self.dictionary.articles_with_word(word)? > 0 && !analysis::is_stop_word(word) {
                concept.add(analysis::term_of(word), 1.0);
            }
            let is_whole = |next| PARTICLES.contains(&next) || ENDINGS.contains(&next);
            if may_be_kanji && rest[end..].chars().next().is_none_or(is_whole) {
                self.convert(&mut concept, readings::read_as(word), self.ranking.respelling)?;
            }
            if open && end == rest.len() && concept.variants.is_empty() {
                self.complete(&mut concept, self.ranking.completion)?;
                let grown = readings::beginning(rest).take(if may_be_kanji { MOST_COMPLETIONS } else { 0 });
                self.convert(&mut concept, grown, self.ranking.completion)?;
            }
            if !concept.variants.is_empty() {
                return Ok(Some(concept));
            }
        }
        Ok(None)
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
}

impl Neighbour {
    /// Whether a word is likelier to be a slip of this one than to be made of two.
    pub(super) fn outweighs(&self, halves: &Halves) -> bool {
        self.distance <= 1.0 && self.articles > halves.articles
    }
}
