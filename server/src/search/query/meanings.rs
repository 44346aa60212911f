//! What else the words of a query mean: synonyms, as a query looks them up.
//!
//! Queries and synonyms meet as rows of letters without anything between (`sign-in`, `Sign in` and `signin` are one;
//! so is Japanese however it is segmented here and there), and the longest that fits is taken. Nothing is looked up a
//! second time: what a word means by way of another is not meant.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use app::i18n::Locale;

use super::parse::Parsed;
use crate::search::analysis::{self, Kind, Token};

/// Characters of Japanese from which a word is recognised inside of what the dictionary takes for another.
const RECOGNISED: usize = 3;
/// The same at the start of a run of kana, where the dictionary errs most.
const RECOGNISED_FIRST: usize = 2;
/// A word that is being typed is taken for no more than so many.
const MOST_GROWING: usize = 4;
/// In so many pieces, words and characters of Japanese, nothing is looked for that is still growing.
const LONGEST: usize = 24;

/// The terms of a word, or of several that stand together.
pub type Terms = Vec<String>;

/// All other meanings, of both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    /// By the letters of what is written, in each language.
    by_key: [BTreeMap<String, Vec<Terms>>; Locale::ALL.len()],
}

/// A stretch of a query that means something else too.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch<'a> {
    /// Where it stands in the normalised query.
    pub span: Range<usize>,
    /// Which word of the query it begins with.
    pub position: u32,
    /// Its letters.
    pub surface: String,
    /// Each satisfies it by all of its terms.
    pub meanings: Vec<&'a Terms>,
    /// Only the beginning of what means this has been typed.
    pub growing: bool,
}

impl Stretch<'_> {
    pub fn touches(&self, span: &Range<usize>) -> bool {
        self.span.start < span.end && span.start < self.span.end
    }

    /// Whether a word that stands there is known by what else it means.
    pub fn explains(&self, span: &Range<usize>) -> bool {
        !self.growing && self.touches(span)
    }
}

impl Meanings {
    /// Whoever writes `word` also means `meaning`. Nothing is noted where either has no words, or both are the same.
    pub fn add(&mut self, locale: Locale, word: &str, meaning: &str) {
        let keys = keys(word);
        let terms = terms(&Parsed::new(meaning).tokens);
        if terms.is_empty() || keys.contains(&terms.concat()) {
            return;
        }
        for key in keys {
            let meanings = self.by_key[locale as usize].entry(key).or_default();
            if !meanings.contains(&terms) {
                meanings.push(terms.clone());
            }
        }
    }

    /// Whether `word` as a whole means `meaning` too.
    pub fn knows(&self, locale: Locale, word: &str, meaning: &str) -> bool {
        let terms = terms(&Parsed::new(meaning).tokens);
        keys(word)
            .iter()
            .filter_map(|key| self.by_key[locale as usize].get(key))
            .any(|all| all.contains(&terms))
    }

    /// What else the stretches of a query mean, each of them once. The last word may still be growing if it is `open`.
    pub fn stretches(&self, locale: Locale, tokens: &[Token], open: bool) -> Vec<Stretch<'_>> {
        let by_key = &self.by_key[locale as usize];
        if by_key.is_empty() {
            return Vec::new();
        }
        let pieces = pieces(tokens);
        let mut found: Vec<Stretch> = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let stretch =
                longest(by_key, &pieces, at).or_else(|| open.then(|| growing(by_key, &pieces, at))?);
            let Some((end, stretch)) = stretch else {
                at += 1;
                continue;
            };
            if found.iter().all(|earlier| earlier.surface != stretch.surface) {
                found.push(stretch);
            }
            at = end;
        }
        found
    }
}

type ByKey = BTreeMap<String, Vec<Terms>>;

/// The longest row of pieces from `at` on that means something else, and where the next begins.
fn longest<'a>(by_key: &'a ByKey, pieces: &[Piece], at: usize) -> Option<(usize, Stretch<'a>)> {
    let mut letters = String::new();
    let mut found = None;
    for end in at..pieces.len() {
        if end > at && !pieces[end].follows(&pieces[end - 1]) {
            break;
        }
        letters.push_str(&pieces[end].letters);
        match by_key.range(letters.clone()..).next() {
            Some((key, meanings)) if *key == letters => {
                if stands_alone(pieces, at, end) {
                    found = Some((end + 1, stretch(&pieces[at..=end], &letters, meanings.iter().collect())));
                }
            }
            Some((key, _)) if key.starts_with(&letters) => {}
            _ => break,
        }
    }
    found
}

/// What the last words of a query may become.
fn growing<'a>(by_key: &'a ByKey, pieces: &[Piece], at: usize) -> Option<(usize, Stretch<'a>)> {
    let (last, before) = pieces[at..].split_last()?;
    if before.len() >= LONGEST {
        return None;
    }
    let joined = pieces[at..].windows(2).all(|pair| pair[1].follows(&pair[0]));
    if !pieces[at].begins || !joined {
        return None;
    }
    let mut letters: String = before.iter().map(|piece| piece.letters.as_str()).collect();
    letters.push_str(&last.surface);
    // One letter may become anything.
    letters.chars().nth(1)?;
    let grown = by_key.range(letters.clone()..).take_while(|(key, _)| key.starts_with(&letters));
    let meanings: Vec<&Terms> = grown.take(MOST_GROWING).flat_map(|(_, meanings)| meanings).collect();
    let stretch = Stretch { growing: true, ..stretch(&pieces[at..], &letters, meanings) };
    (!stretch.meanings.is_empty()).then_some((pieces.len(), stretch))
}

fn stretch<'a>(pieces: &[Piece], letters: &str, meanings: Vec<&'a Terms>) -> Stretch<'a> {
    let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
    Stretch {
        span: first.span.start..last.span.end,
        position: first.position,
        surface: letters.to_owned(),
        meanings,
        growing: false,
    }
}

/// Whether these pieces are words of their own, or enough characters to be recognised inside of others. What stands in
/// a longer word of katakana (メール in メールマガジン) is left alone: that is another word.
fn stands_alone(pieces: &[Piece], first: usize, last: usize) -> bool {
    let within_katakana = |at: usize| {
        let pair = [&pieces[at], &pieces[at + 1]];
        !pair[0].ends && !pair[1].begins && pair.iter().all(|piece| piece.script == Script::Katakana)
    };
    let (begins, ends) = (pieces[first].begins, pieces[last].ends);
    if begins && ends {
        return true;
    }
    let cut = (!begins && first > 0 && within_katakana(first - 1)) || (!ends && within_katakana(last));
    let characters = last - first + 1;
    let japanese = pieces[first..=last].iter().all(|piece| piece.script != Script::Other);
    let run_of_kana = begins && pieces[first].script == Script::Kana;
    japanese && !cut && (characters >= RECOGNISED || (run_of_kana && characters >= RECOGNISED_FIRST))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// A character of a run of hiragana.
    Kana,
    Katakana,
    Kanji,
    Other,
}

/// What rows of letters are made of: a word, or one character of Japanese.
struct Piece {
    /// As it is looked up, and as it was typed.
    letters: String,
    surface: String,
    span: Range<usize>,
    /// Which word of the query it is, and up to which the one after it counts on.
    position: u32,
    until: u32,
    script: Script,
    /// Whether a word begins or ends here.
    begins: bool,
    ends: bool,
}

impl Piece {
    /// Whether nothing stands between the two but what is left out of every query.
    fn follows(&self, before: &Self) -> bool {
        self.position <= before.until + 1
    }
}

/// The pieces of a query. Compounds come by their pieces, unconverted kana by the whole run.
fn pieces(tokens: &[Token]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut run = 0..0;
    for token in tokens {
        let japanese = token.surface.starts_with(analysis::is_cjk);
        match token.kind {
            Kind::Whole if japanese => {
                run = token.span.clone();
                characters(token, &token.surface, true, &mut pieces);
            }
            // Segmentation only sees splinters of a run, but they count on.
            Kind::Word if run.start <= token.span.start && token.span.end <= run.end => {
                if let Some(last) = pieces.last_mut() {
                    last.until = token.position;
                }
            }
            Kind::Word | Kind::Part if japanese => characters(token, &token.term, false, &mut pieces),
            Kind::Word | Kind::Part => pieces.push(Piece {
                letters: token.term.clone(),
                surface: token.surface.clone(),
                span: token.span.clone(),
                position: token.position,
                until: token.position,
                script: Script::Other,
                begins: true,
                ends: true,
            }),
            Kind::Whole | Kind::Bigram | Kind::Unigram => {}
        }
    }
    pieces
}

/// The characters of a word or, each in its own place, those of a run of hiragana.
fn characters(token: &Token, text: &str, run: bool, pieces: &mut Vec<Piece>) {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // A kana takes as many bytes in either script.
        let own = (token.span.start + at).min(token.span.end)..(token.span.start + end).min(token.span.end);
        let script = match c {
            _ if run => Script::Kana,
            'ァ'..='ヾ' => Script::Katakana,
            _ => Script::Kanji,
        };
        pieces.push(Piece {
            letters: c.to_string(),
            surface: c.to_string(),
            span: if run { own } else { token.span.clone() },
            position: token.position,
            until: token.position,
            script,
            begins: at == 0,
            ends: end == text.len(),
        });
    }
}

/// The letters by which a word is looked up: as a query has its pieces, and as one that writes compounds in one.
fn keys(word: &str) -> Vec<String> {
    let tokens = Parsed::new(word).tokens;
    let in_pieces: String = pieces(&tokens).iter().map(|piece| piece.letters.as_str()).collect();
    let mut keys = vec![in_pieces, terms(&tokens).concat()];
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// The terms that stand together where a text says this. A compound is its pieces where marks stand between them
/// (`sign-in` is also written `sign in`), and one word where none do (`GitHub`).
fn terms(tokens: &[Token]) -> Terms {
    let mut terms = Terms::new();
    let mut compound: Option<&Token> = None;
    for (n, token) in tokens.iter().enumerate() {
        let inside = compound.is_some_and(|compound| token.span.end <= compound.span.end);
        match token.kind {
            Kind::Whole
                if !token.surface.starts_with(analysis::is_cjk) && is_joined(token, &tokens[n + 1..]) =>
            {
                compound = Some(token);
                terms.push(token.term.clone());
            }
            Kind::Word => terms.push(token.term.clone()),
            Kind::Part if !inside => terms.push(token.term.clone()),
            _ => {}
        }
    }
    terms
}

/// Whether the pieces of a compound touch one another.
fn is_joined(whole: &Token, rest: &[Token]) -> bool {
    let parts = rest.iter().filter(|token| token.kind == Kind::Part && token.span.end <= whole.span.end);
    let letters: usize = parts.map(|part| part.span.len()).sum();
    letters == whole.span.len()
}
