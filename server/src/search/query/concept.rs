//! From the tokens of a query to the things it asks for: each with the terms of the index that would satisfy it.

use std::collections::HashMap;
use std::ops::Range;

use super::dictionary::{Dictionary, Neighbour};
use super::meanings::Stretch;
use super::pieces::{Halves, divided};
use super::ranking::Ranking;
use crate::search::analysis::{self, Kind, Token};

/// A paragraph asks for no more than this many things; the weightiest stay.
const MOST_CONCEPTS: usize = 64;

/// What a concept is of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Word,
    /// A piece of a compound that the index knows whole, or the whole of pieces: says the same thing twice.
    Echo,
    /// Characters of Japanese beside the words.
    Characters,
    /// The same of a katakana word that stands nowhere, and the rest of a code whose number stands nowhere: what others
    /// have in common with it may be chance.
    Chance,
}

/// One thing that a query asks for.
#[derive(Clone, Debug)]
pub struct Concept {
    /// The folded word as it was typed.
    pub surface: String,
    pub nature: Nature,
    /// How much it counts, beside how rare it is.
    pub importance: f32,
    /// Any of these satisfies it.
    pub variants: Vec<Variant>,
    /// Which word of the query it is.
    pub position: u32,
    /// Where it stands in the normalised query.
    pub span: Range<usize>,
    /// The word it was taken for, when the typed one is in no article.
    pub correction: Option<String>,
}

/// A term of the index that satisfies a concept, or several that do so together, and how well (0 to 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    pub terms: Vec<String>,
    pub weight: f32,
}

impl Variant {
    pub fn of(term: String, weight: f32) -> Self {
        Self { terms: vec![term], weight }
    }
}

/// What may be guessed beyond the words as typed.
#[derive(Clone, Copy, Debug)]
pub struct Guessing {
    /// The last word may still be growing.
    pub complete_last: bool,
    /// Slips of the keyboard.
    pub typos: bool,
}

/// Resolves tokens against one language of the index.
pub struct Resolver<'a> {
    pub dictionary: &'a Dictionary<'a>,
    pub ranking: &'a Ranking,
    pub guessing: Guessing,
    /// Where words begin that are written as names; those are no slips of other words.
    pub names: &'a [usize],
}

impl Resolver<'_> {
    /// The concepts of a query, in its order. A word that stands in no article keeps its concept, without variants:
    /// what was asked for and is not there must count against a match. `stretches` are what else it means.
    pub fn resolve(&self, tokens: &[Token], stretches: &[Stretch]) -> tantivy::Result<Vec<Concept>> {
        let last = tokens.iter().rposition(|token| matches!(token.kind, Kind::Word | Kind::Part));
        let mut concepts: Vec<Concept> = Vec::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut whole: Option<Range<usize>> = None;
        let mut unknown: Vec<Range<usize>> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            if let Some(&earlier) = seen.get(token.term.as_str()) {
                // Saying it again stresses it, a little each time.
                let concept = &mut concepts[earlier];
                concept.importance = (concept.importance * 1.15).min(1.5);
                continue;
            }
            let concept = match token.kind {
                Kind::Bigram => self.characters(tokens, index)?,
                Kind::Unigram => lone(tokens, index).then(|| plain(token, Nature::Characters, 1.0)),
                Kind::Whole => {
                    let open = self.guessing.complete_last && ends_query(tokens, token);
                    let mut words = self.whole(token, tokens, open)?;
                    let last = words.pop();
                    whole = last.as_ref().map(|last| words.first().unwrap_or(last).span.start..last.span.end);
                    unknown.extend(last.is_none().then(|| token.span.clone()));
                    concepts.extend(words);
                    last
                }
                // A splinter of a katakana word that was not converted.
                Kind::Word if whole.as_ref().is_some_and(|whole| token.span.end <= whole.end) => None,
                Kind::Part if whole.as_ref().is_some_and(|whole| token.span.end <= whole.end) => {
                    Some(plain(token, Nature::Echo, self.ranking.piece))
                }
                Kind::Word | Kind::Part => {
                    let open = self.guessing.complete_last && Some(index) == last;
                    let understood = stretches.iter().any(|stretch| stretch.explains(&token.span));
                    let (concept, more) = self.word(token, open, understood)?;
                    concepts.extend(more);
                    Some(concept)
                }
            };
            if let Some(concept) = concept {
                seen.insert(token.term.as_str(), concepts.len());
                concepts.push(concept);
            }
        }
        for code in &unknown {
            self.leave_to_chance(&mut concepts, code)?;
        }
        self.join_neighbours(&mut concepts)?;
        for stretch in stretches {
            self.mean(&mut concepts, stretch);
        }
        if concepts.len() > MOST_CONCEPTS {
            self.keep_weightiest(&mut concepts)?;
        }
        Ok(concepts)
    }

    /// A pair of characters; one of kanji that the index does not have stays, without variants. One of katakana says
    /// something only beside another: what ソフ of an unknown word has in common with ソフト is chance.
    fn characters(&self, tokens: &[Token], index: usize) -> tantivy::Result<Option<Concept>> {
        let token = &tokens[index];
        if self.ranking.bigram <= 0.0 {
            return Ok(None);
        }
        if self.dictionary.articles_with(&token.term)? == 0 {
            let absent = plain(token, Nature::Characters, self.ranking.bigram);
            let is_katakana = token.surface.chars().any(analysis::is_katakana);
            return Ok((!is_katakana).then(|| Concept { variants: Vec::new(), ..absent }));
        }
        let mut neighbours = katakana_neighbours(tokens, index).peekable();
        let mut alone = neighbours.peek().is_some();
        for neighbour in neighbours {
            alone = alone && self.dictionary.articles_with(&neighbour.term)? == 0;
        }
        if alone {
            return Ok(None);
        }
        Ok(Some(match katakana_around(tokens, token) {
            Some(word) if self.dictionary.articles_with(&word.term)? == 0 => {
                let mut pair = plain(token, Nature::Chance, self.ranking.bigram);
                // Who has the word in the other script has all of its pairs, and nobody else by chance.
                if let Some(other) = self.in_other_script(&word.surface, 0)?
                    && !self.is_rather_a_slip(word, &other)?
                {
                    let term = analysis::term_of(&other.surface);
                    pair.variants = vec![Variant::of(term, self.ranking.respelling)];
                    pair.nature = Nature::Characters;
                }
                pair
            }
            _ => plain(token, Nature::Characters, self.ranking.bigram),
        }))
    }

    /// Whether a word that stands nowhere is near to one that is more common than its like in the `other` script.
    fn is_rather_a_slip(&self, word: &Token, other: &Neighbour) -> tantivy::Result<bool> {
        let nearest = self.correct(&mut plain(word, Nature::Word, 1.0))?;
        Ok(nearest.is_some_and(|nearest| nearest.articles >= other.articles))
    }

    /// A word, completed and corrected where that is called for; and the two words it was when it was written as one.
    /// One that has other meanings is `understood` as it is.
    fn word(&self, token: &Token, open: bool, understood: bool) -> tantivy::Result<(Concept, Vec<Concept>)> {
        let stop = is_stop(token);
        // One letter that was just begun may be any word: it is to turn away nothing that fits the words before it.
        let begun = open && token.surface.len() == 1 && token.position > 0;
        let importance = if stop || begun { self.ranking.stop_word } else { 1.0 };
        let mut concept = plain(token, Nature::Word, importance);
        let articles = self.dictionary.articles_with(&token.term)?;
        let known = articles > 0;
        if !known {
            concept.variants.clear();
        }
        if open {
            let weight = if known { self.ranking.completion_of_word } else { self.ranking.completion };
            if weight > 0.0 {
                self.complete(&mut concept, weight)?;
            }
        }
        if understood {
            return Ok((concept, Vec::new()));
        }
        if !known {
            self.spell_kana(&mut concept)?;
        }
        let is_meant = stop || self.names.contains(&token.span.start) || analysis::is_everyday(&token.term);
        let may_be_slip = self.guessing.typos && !is_meant;
        if let Some(other) = self.in_other_script(&concept.surface, articles)? {
            let nearest = if may_be_slip && !known { self.correct(&mut concept)? } else { None };
            if nearest.is_none_or(|nearest| nearest.articles < other.articles) {
                concept.correction = None;
            }
            concept.add(analysis::term_of(&other.surface), self.ranking.respelling);
            return Ok((concept, Vec::new()));
        }
        if !concept.variants.is_empty() {
            if may_be_slip {
                self.doubt(&mut concept)?;
            }
            return Ok((concept, Vec::new()));
        }
        let halves = self.halves(token)?;
        if !may_be_slip {
            return Ok(match halves {
                Some(halves) => divided(concept, halves),
                None => (concept, Vec::new()),
            });
        }
        let nearest = self.correct(&mut concept)?;
        // `templte` is a slip of a common word rather than made of `temp` and a rare `lte`.
        let is_slip = |halves: &Halves| nearest.as_ref().is_some_and(|nearest| nearest.outweighs(halves));
        if let Some(halves) = halves.filter(|halves| !is_slip(halves)) {
            return Ok(divided(concept, halves));
        }
        if nearest.is_none() && open {
            self.complete_slip(&mut concept)?;
        }
        Ok((concept, Vec::new()))
    }

    /// A compound in one piece, if the index knows it, or the word in kana that it spells (`pasuwa-do`); of a run of kana
    /// its words.
    fn whole(&self, token: &Token, tokens: &[Token], open: bool) -> tantivy::Result<Vec<Concept>> {
        if token.surface.starts_with(analysis::is_cjk) {
            return self.unconverted(token, tokens, open);
        }
        let mut concept = plain(token, Nature::Word, 1.0);
        if self.dictionary.articles_with(&token.term)? == 0 {
            concept.variants.clear();
            self.spell_kana(&mut concept)?;
        }
        Ok(Some(concept).filter(|concept| !concept.variants.is_empty()).into_iter().collect())
    }

    /// Whatever was asked for by a stretch of the query is satisfied by its other meanings too; not as well.
    fn mean(&self, concepts: &mut Vec<Concept>, stretch: &Stretch) {
        let growing = if stretch.growing { self.ranking.completion } else { 1.0 };
        let variants = stretch
            .meanings
            .iter()
            .map(|terms| Variant { terms: (*terms).clone(), weight: self.ranking.synonym * growing });
        let mut asked = concepts.iter_mut().filter(|concept| stretch.touches(&concept.span)).peekable();
        if asked.peek().is_some() {
            asked.for_each(|concept| variants.clone().for_each(|variant| concept.hold(variant)));
        } else {
            concepts.push(Concept {
                surface: stretch.surface.clone(),
                nature: Nature::Word,
                importance: 1.0,
                variants: variants.collect(),
                position: stretch.position,
                span: stretch.span.clone(),
                correction: None,
            });
        }
    }

    fn keep_weightiest(&self, concepts: &mut Vec<Concept>) -> tantivy::Result<()> {
        let mut weighed = Vec::with_capacity(concepts.len());
        for concept in concepts.drain(..) {
            let mut articles = 0;
            for variant in &concept.variants {
                articles += self.articles_with_all(&variant.terms)?;
            }
            // Words that are nowhere go first, then those that are everywhere.
            let weight =
                if articles == 0 { 0.0 } else { concept.importance / (1.0 + articles as f32).ln_1p() };
            weighed.push((weight, concept));
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        weighed.truncate(MOST_CONCEPTS);
        concepts.extend(weighed.into_iter().map(|(_, concept)| concept));
        concepts.sort_by_key(|concept| concept.span.start);
        Ok(())
    }

    /// In how many articles all of these stand, at the most.
    pub(super) fn articles_with_all(&self, terms: &[String]) -> tantivy::Result<u32> {
        let mut least = u32::MAX;
        for term in terms {
            least = least.min(self.dictionary.articles_with(term)?);
        }
        Ok(least)
    }
}

impl Concept {
    pub(super) fn add(&mut self, term: String, weight: f32) {
        self.hold(Variant::of(term, weight));
    }

    /// Adds a variant, unless it is there already.
    pub(super) fn hold(&mut self, variant: Variant) {
        if self.variants.iter().all(|held| held.terms != variant.terms) {
            self.variants.push(variant);
        }
    }
}

pub(super) fn is_stop(token: &Token) -> bool {
    analysis::is_stop_word(&token.surface) || analysis::is_stop_word(&token.term)
}

pub(super) fn plain(token: &Token, nature: Nature, importance: f32) -> Concept {
    Concept {
        surface: token.surface.clone(),
        nature,
        importance,
        variants: vec![Variant::of(token.term.clone(), 1.0)],
        position: token.position,
        span: token.span.clone(),
        correction: None,
    }
}

/// Whether nothing that is searched for comes after a token.
fn ends_query(tokens: &[Token], token: &Token) -> bool {
    tokens.iter().all(|other| other.span.end <= token.span.end)
}

/// The word of katakana that a pair is of.
fn katakana_around<'a>(tokens: &'a [Token], pair: &Token) -> Option<&'a Token> {
    tokens.iter().find(|token| {
        matches!(token.kind, Kind::Word | Kind::Part)
            && token.span.start <= pair.span.start
            && pair.span.end <= token.span.end
            && token.surface.chars().all(analysis::is_katakana)
    })
}

/// The pairs of katakana that share a character with this one.
fn katakana_neighbours(tokens: &[Token], index: usize) -> impl Iterator<Item = &Token> {
    let katakana = |token: &Token| token.surface.chars().all(analysis::is_katakana);
    let token = &tokens[index];
    let around = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    around.filter_map(|at| tokens.get(at)).filter(move |other| {
        let overlap = other.span.start < token.span.end && token.span.start < other.span.end;
        other.kind == Kind::Bigram && overlap && katakana(token) && katakana(other)
    })
}

/// Whether a kanji stands alone in the query: neither does a pair of characters speak for it, nor is it the stem of a
/// longer word (良 of 良く).
fn lone(tokens: &[Token], index: usize) -> bool {
    let span = &tokens[index].span;
    !tokens.iter().any(|other| {
        let longer = other.span.start <= span.start && span.end <= other.span.end && other.span != *span;
        longer && matches!(other.kind, Kind::Bigram | Kind::Word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kanji_stands_alone_only_where_it_is_the_word() {
        let lone_kanji = |text: &str| {
            let tokens = analysis::analyse(text);
            let kanji = (0..tokens.len()).filter(|n| tokens[*n].kind == Kind::Unigram && lone(&tokens, *n));
            kanji.map(|n| tokens[n].surface.clone()).collect::<String>()
        };
        assert_eq!(lone_kanji("宛"), "宛");
        assert_eq!(lone_kanji("犬が寝る"), "犬");
        assert_eq!(lone_kanji("良くなった"), "");
        assert_eq!(lone_kanji("国民年金"), "");
    }
}
