//! From the tokens of a query to the things it asks for: each with the terms of the index that would satisfy it.

use std::collections::HashMap;
use std::ops::Range;

use super::dictionary::Dictionary;
use super::ranking::Ranking;
use crate::search::analysis::{self, Kind, Token};

/// A paragraph asks for no more than this many things; the weightiest stay.
const MOST_CONCEPTS: usize = 64;
const MOST_COMPLETIONS: usize = 24;
const MOST_CORRECTIONS: usize = 3;
/// A word in so few articles may itself be a slip that somebody published.
const RARE: u32 = 1;
/// How many times more articles a neighbour must be in to be offered beside a rare word.
const FAR_MORE_COMMON: u32 = 12;

/// What a concept is of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Word,
    /// A piece of a compound that the index knows whole, or the whole of pieces: says the same thing twice.
    Echo,
    /// Characters of Japanese beside the words.
    Characters,
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

/// A term of the index that satisfies a concept, and how well (0 to 1).
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    pub term: String,
    pub weight: f32,
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
}

impl Resolver<'_> {
    /// The concepts of a query, in its order. A word that stands in no article keeps its concept, without variants:
    /// what was asked for and is not there must count against a match.
    pub fn resolve(&self, tokens: &[Token]) -> tantivy::Result<Vec<Concept>> {
        let last = tokens.iter().rposition(|token| matches!(token.kind, Kind::Word | Kind::Part));
        let mut concepts: Vec<Concept> = Vec::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut whole: Option<Range<usize>> = None;
        for (index, token) in tokens.iter().enumerate() {
            if let Some(&earlier) = seen.get(token.term.as_str()) {
                // Saying it again stresses it, a little each time.
                let concept = &mut concepts[earlier];
                concept.importance = (concept.importance * 1.15).min(1.5);
                continue;
            }
            let concept = match token.kind {
                Kind::Bigram => self.characters(token)?,
                Kind::Unigram => lone(tokens, index).then(|| plain(token, Nature::Characters, 1.0)),
                Kind::Whole => {
                    let concept =
                        self.whole(token, self.guessing.complete_last && ends_query(tokens, token))?;
                    whole = concept.as_ref().map(|concept| concept.span.clone());
                    concept
                }
                // A splinter of a katakana word that was not converted.
                Kind::Word if whole.as_ref().is_some_and(|whole| token.span.end <= whole.end) => None,
                Kind::Part if whole.as_ref().is_some_and(|whole| token.span.end <= whole.end) => {
                    Some(plain(token, Nature::Echo, self.ranking.piece))
                }
                Kind::Word | Kind::Part => {
                    let open = self.guessing.complete_last && Some(index) == last;
                    let (concept, more) = self.word(token, open)?;
                    concepts.extend(more);
                    Some(concept)
                }
            };
            if let Some(concept) = concept {
                seen.insert(token.term.as_str(), concepts.len());
                concepts.push(concept);
            }
        }
        self.join_neighbours(&mut concepts)?;
        if concepts.len() > MOST_CONCEPTS {
            self.keep_weightiest(&mut concepts)?;
        }
        Ok(concepts)
    }

    fn characters(&self, token: &Token) -> tantivy::Result<Option<Concept>> {
        let known = self.ranking.bigram > 0.0 && self.dictionary.articles_with(&token.term)? > 0;
        Ok(known.then(|| plain(token, Nature::Characters, self.ranking.bigram)))
    }

    /// A word, completed and corrected where that is called for; and the two words it was when it was written as one.
    fn word(&self, token: &Token, open: bool) -> tantivy::Result<(Concept, Vec<Concept>)> {
        let stop = analysis::is_stop_word(&token.surface) || analysis::is_stop_word(&token.term);
        let importance = if stop { self.ranking.stop_word } else { 1.0 };
        let mut concept = plain(token, Nature::Word, importance);
        let articles = self.dictionary.articles_with(&token.term)?;
        let known = articles > 0;
        if !known {
            concept.variants.clear();
        }
        if open {
            let weight = if known { self.ranking.completion_of_word } else { self.ranking.completion };
            self.complete(&mut concept, weight)?;
        }
        if !concept.variants.is_empty() {
            if self.guessing.typos && !open && articles <= RARE && !stop {
                self.common_neighbour(&mut concept, articles)?;
            }
            return Ok((concept, Vec::new()));
        }
        let halves = self.halves(token)?;
        if halves.is_empty() && self.guessing.typos && !stop {
            self.correct(&mut concept)?;
        }
        Ok((concept, halves))
    }

    fn complete(&self, concept: &mut Concept, weight: f32) -> tantivy::Result<()> {
        if concept.surface.len() < 2 {
            return Ok(());
        }
        for (word, _) in self.dictionary.completions(&concept.surface, MOST_COMPLETIONS)? {
            concept.add(analysis::term_of(&word), weight);
        }
        Ok(())
    }

    /// The nearest words of the index, for a word that is in no article; of a plural, also those near its singular.
    fn correct(&self, concept: &mut Concept) -> tantivy::Result<()> {
        let singular = concept.surface.strip_suffix('s').map(str::to_owned);
        let spellings = std::iter::once(concept.surface.clone()).chain(singular);
        for spelling in spellings {
            for slips in 1..=allowed_slips(&spelling) {
                let neighbours = self.dictionary.neighbours(&spelling, slips, MOST_CORRECTIONS)?;
                for neighbour in &neighbours {
                    let weight = self.ranking.typo[neighbour.distance.clamp(1, 2) - 1];
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
    fn common_neighbour(&self, concept: &mut Concept, articles: u32) -> tantivy::Result<()> {
        if allowed_slips(&concept.surface) == 0 {
            return Ok(());
        }
        let neighbours = self.dictionary.neighbours(&concept.surface, 1, MOST_CORRECTIONS)?;
        let common = neighbours.iter().find(|n| n.articles >= articles.max(1) * FAR_MORE_COMMON);
        if let Some(neighbour) = common {
            concept.add(analysis::term_of(&neighbour.surface), self.ranking.typo[1]);
        }
        Ok(())
    }

    /// A compound in one piece, if the index knows it.
    fn whole(&self, token: &Token, open: bool) -> tantivy::Result<Option<Concept>> {
        if token.surface.starts_with(analysis::is_cjk) {
            return self.unconverted(token, open);
        }
        let known = self.dictionary.articles_with(&token.term)? > 0;
        Ok(known.then(|| plain(token, Nature::Word, 1.0)))
    }

    /// A run of hiragana that begins with a word which the index has in katakana, the longest such word (ぱすわーど;
    /// ごみは, which the dictionary cuts wrongly); or that may still grow into one.
    fn unconverted(&self, token: &Token, open: bool) -> tantivy::Result<Option<Concept>> {
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
        Ok(Some(concept).filter(|concept| !concept.variants.is_empty()))
    }

    /// `passwordreset`: the two words of the index that it is made of, the most common such pair.
    fn halves(&self, token: &Token) -> tantivy::Result<Vec<Concept>> {
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
            variants: vec![Variant { term: analysis::term_of(part), weight: 1.0 }],
            position: token.position,
            span: token.span.clone(),
            correction: None,
        };
        Ok(vec![half(&surface[..at]), half(&surface[at..])])
    }

    /// `git hub`: two neighbours that the index knows as one word.
    fn join_neighbours(&self, concepts: &mut Vec<Concept>) -> tantivy::Result<()> {
        let mut joined = Vec::new();
        for pair in concepts.windows(2) {
            let [a, b] = pair else { continue };
            let plain_words = [a, b].iter().all(|c| c.nature == Nature::Word && c.surface.is_ascii());
            if !plain_words || b.position != a.position + 1 {
                continue;
            }
            let surface = format!("{}{}", a.surface, b.surface);
            if surface.len() < 5 || self.dictionary.articles_with_word(&surface)? == 0 {
                continue;
            }
            joined.push(Concept {
                nature: Nature::Echo,
                importance: self.ranking.respelling,
                variants: vec![Variant { term: analysis::term_of(&surface), weight: 1.0 }],
                position: a.position,
                span: a.span.start..b.span.end,
                correction: None,
                surface,
            });
        }
        concepts.append(&mut joined);
        Ok(())
    }

    fn keep_weightiest(&self, concepts: &mut Vec<Concept>) -> tantivy::Result<()> {
        let mut weighed = Vec::with_capacity(concepts.len());
        for concept in concepts.drain(..) {
            let mut articles = 0;
            for variant in &concept.variants {
                articles += self.dictionary.articles_with(&variant.term)?;
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
}

impl Concept {
    fn add(&mut self, term: String, weight: f32) {
        if self.variants.iter().all(|variant| variant.term != term) {
            self.variants.push(Variant { term, weight });
        }
    }
}

fn plain(token: &Token, nature: Nature, importance: f32) -> Concept {
    Concept {
        surface: token.surface.clone(),
        nature,
        importance,
        variants: vec![Variant { term: token.term.clone(), weight: 1.0 }],
        position: token.position,
        span: token.span.clone(),
        correction: None,
    }
}

/// Whether nothing that is searched for comes after a token.
fn ends_query(tokens: &[Token], token: &Token) -> bool {
    tokens.iter().all(|other| other.span.end <= token.span.end)
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

/// How many slips a word may hold: none in short words and in codes, one from four letters, two from eight.
fn allowed_slips(surface: &str) -> u8 {
    if surface.chars().any(|c| c.is_ascii_digit()) {
        return 0;
    }
    let latin = surface.chars().all(|c| c.is_ascii_alphabetic());
    let katakana = surface.chars().all(|c| matches!(c, '\u{30a1}'..='\u{30fc}'));
    match surface.chars().count() {
        4..=7 if latin || katakana => 1,
        8.. if latin => 2,
        8.. if katakana => 1,
        _ => 0,
    }
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

    #[test]
    fn slips_are_allowed_by_length_and_never_in_codes() {
        let table = [
            ("ssl", 0),
            ("mail", 1),
            ("pasword", 1),
            ("passwrod", 2),
            ("err5021", 0),
            ("パスワド", 1),
            ("年金", 0),
        ];
        for (word, slips) in table {
            assert_eq!(allowed_slips(word), slips, "{word}");
        }
    }
}
