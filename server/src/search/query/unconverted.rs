//! Japanese that was typed and not converted: the words of a run of hiragana, which segmentation sees only splinters of.

use super::concept::{Concept, Nature, Resolver, is_stop, plain};
use super::guess::MOST_COMPLETIONS;
use super::readings;
use crate::search::analysis::{self, Kind, Token};

/// What may follow a word that was typed in kana (をのはがにへでとも), as the folded run has it.
const PARTICLES: [char; 9] = ['ヲ', 'ノ', 'ハ', 'ガ', 'ニ', 'ヘ', 'デ', 'ト', 'モ'];
/// What else may follow a word in kanji that was not converted (する, した, される, だ, な, や, か). Anything else makes another
/// word of it: かんりょう is no 管理.
const ENDINGS: [char; 7] = ['シ', 'ス', 'サ', 'ダ', 'ナ', 'ヤ', 'カ'];
/// No word is longer.
const MOST_KANA: usize = 20;
/// How many kana a word has at least where a run begins, and behind another word, where grammar is likelier.
const FIRST: usize = 2;
const FURTHER: usize = 3;
/// A run says no more than this.
const MOST_WORDS: usize = 8;

/// Where in a run a word may begin.
#[derive(Clone, Copy)]
struct Place {
    /// Bytes into the run.
    at: usize,
    /// Whether it may be a word in kanji: behind a kanji stands its okurigana (見せたい).
    may_be_kanji: bool,
    /// How many kana the word has at least.
    least: usize,
}

impl Resolver<'_> {
    /// The words which a run of hiragana begins with (ぱすわーど; てんぷする; ごみは, which the dictionary cuts wrongly), and
    /// those behind them (けんさくのせってい); or what it may still grow into, or is but for a slip. A particle may stand
    /// before it (をとうろく).
    pub(super) fn unconverted(
        &self,
        token: &Token,
        tokens: &[Token],
        open: bool,
    ) -> tantivy::Result<Vec<Concept>> {
        let run = plain(token, Nature::Word, 1.0);
        let follows_kanji = tokens
            .iter()
            .any(|other| other.span.end == token.span.start && other.surface.ends_with(analysis::is_kanji));
        let behind_particle = token.surface.strip_prefix(PARTICLES).filter(|_| token.span.start > 0);
        let places =
            [(Some(0), !follows_kanji), (behind_particle.map(|rest| run.surface.len() - rest.len()), true)];
        let mut words = Vec::new();
        let mut end = 0;
        for (at, may_be_kanji) in places {
            let Some(at) = at.filter(|_| words.is_empty()) else { continue };
            if let Some((first, behind)) =
                self.word_of_kana(&run, Place { at, may_be_kanji, least: FIRST }, open)?
            {
                words.push(first);
                end = behind;
            }
        }
        if words.is_empty() {
            return Ok(self.nearly_said(token, tokens, run)?.into_iter().collect());
        }
        while let Some((further, behind)) = self.further_word(&run, end, open)?
            && words.len() < MOST_WORDS
        {
            words.push(further);
            end = behind;
        }
        Ok(words)
    }

    /// The next word of a run, just behind the one that ends there or behind a particle; and where it ends.
    fn further_word(
        &self,
        run: &Concept,
        end: usize,
        open: bool,
    ) -> tantivy::Result<Option<(Concept, usize)>> {
        let rest = &run.surface[end..];
        let behind_particles = rest.match_indices(PARTICLES).map(|(at, particle)| end + at + particle.len());
        for at in std::iter::once(end).chain(behind_particles) {
            let found = self.word_of_kana(run, Place { at, may_be_kanji: true, least: FURTHER }, open)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The longest word that begins there in a run; and where it ends.
    fn word_of_kana(
        &self,
        run: &Concept,
        place: Place,
        open: bool,
    ) -> tantivy::Result<Option<(Concept, usize)>> {
        let rest = &run.surface[place.at..];
        for end in prefixes(rest, place.least) {
            let word = &rest[..end];
            let behind = place.at + end;
            let mut concept = run.stretch(place.at, behind);
            if self.dictionary.articles_with_word(word)? > 0
                && !analysis::is_stop_word(word)
                && (place.least == FIRST || self.ends_before(&rest[end..])?)
            {
                concept.add(analysis::term_of(word), 1.0);
            }
            if place.may_be_kanji {
                let words = readings::read_as(word);
                let is_whole = !words.is_empty() && self.ends_before(&rest[end..])?;
                let words = words.iter().filter(|word| word.is_inflected || is_whole);
                self.convert(&mut concept, words, self.ranking.respelling)?;
            }
            if open && end == rest.len() && concept.variants.is_empty() {
                self.complete(&mut concept, self.ranking.completion)?;
                let grown =
                    readings::beginning(rest).take(if place.may_be_kanji { MOST_COMPLETIONS } else { 0 });
                self.convert(&mut concept, grown, self.ranking.completion)?;
            }
            if !concept.variants.is_empty() {
                return Ok(Some((concept, behind)));
            }
        }
        Ok(None)
    }

    /// What a run says that no word of the index begins: an abbreviation by the names of its letters, or a word but for a
    /// slip.
    fn nearly_said(&self, token: &Token, tokens: &[Token], run: Concept) -> tantivy::Result<Option<Concept>> {
        let mut concept = Concept { variants: Vec::new(), ..run };
        if let Some(abbreviation) = self.dictionary.by_letters(&token.surface)? {
            concept.add(analysis::term_of(&abbreviation.surface), self.ranking.respelling);
        } else if self.guessing.typos && !self.speaks(token, tokens)? {
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

    /// Whether a word may end before this: nothing follows, or grammar, or other words of which that holds in turn.
    fn ends_before(&self, mut rest: &str) -> tantivy::Result<bool> {
        loop {
            if is_grammar(rest) {
                return Ok(true);
            }
            let mut next = None;
            for end in prefixes(rest, FURTHER) {
                let word = &rest[..end];
                if !readings::read_as(word).is_empty() || self.dictionary.articles_with_word(word)? > 0 {
                    next = Some(end);
                    break;
                }
            }
            let Some(end) = next else { return Ok(false) };
            rest = &rest[end..];
        }
    }
}

impl Concept {
    /// A stretch of a run of kana, without variants. A kana takes as many bytes in either script.
    fn stretch(&self, from: usize, to: usize) -> Self {
        let byte = |at: usize| (self.span.start + at).min(self.span.end);
        Self {
            surface: self.surface[from..to].to_owned(),
            variants: Vec::new(),
            span: byte(from)..byte(to),
            ..self.clone()
        }
    }
}

/// Where the beginnings of a text end that have so many kana at least; the longest first.
fn prefixes(text: &str, least: usize) -> impl Iterator<Item = usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(MOST_KANA).skip(least - 1);
    ends.collect::<Vec<_>>().into_iter().rev()
}

/// Whether nothing follows, or what may follow any word.
fn is_grammar(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| PARTICLES.contains(&next) || ENDINGS.contains(&next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_follows_a_word_and_so_does_nothing() {
        assert!(["", "ヲ", "スル", "ナイ"].into_iter().all(is_grammar));
        assert!(!["ョウ", "ラ", "セッテイ"].into_iter().any(is_grammar));
    }

    #[test]
    fn words_are_as_long_as_they_may_be() {
        assert_eq!(prefixes("アイウ", 2).collect::<Vec<_>>(), [9, 6]);
        assert_eq!(prefixes("ア", 2).count(), 0);
        assert_eq!(prefixes(&"ア".repeat(1_000), 3).count(), 18);
    }
}
