//! Excerpts with the words that were found, as typed segments: nothing here is ever HTML.

mod excerpt;
mod firsts;
mod heads;
mod latin;
mod marks;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use app::parts::Segment;

use self::firsts::Firsts;
use self::heads::Heads;
use self::latin::{JOINERS, may_be_form, term, word_end};
use self::marks::{Finding, Mark, Marks, Wanted};
use super::concept::{Concept, Nature};
use crate::search::analysis;

/// Kana that may stand between the kanji of one word: 申し込み is 申込.
const MOST_OKURIGANA: usize = 3;
/// Hiragana and katakana of full width.
const KANA: RangeInclusive<char> = '\u{3041}'..='\u{30fe}';

/// Finds the words of a query in plain texts without analysing them anew: a linear walk that folds one character
/// at a time and stems only what could match, each word once.
pub struct Highlighter {
    /// Terms of Latin words.
    latin: HashMap<String, Wanted>,
    /// The first letters of those, to pass by nearly every other word.
    heads: Heads,
    /// What became of the words that were stemmed.
    stemmed: RefCell<HashMap<String, Option<Finding>>>,
    /// Japanese words by their first character.
    japanese: HashMap<char, Vec<Word>>,
    /// Those first characters, and kana that are folded to them, to pass by nearly every other.
    firsts: Firsts,
    /// Kanji that the query has in a run of them: 書 of 領収書. By themselves they were not asked for.
    parts: Vec<char>,
    /// How many concepts there are terms of.
    concepts: usize,
    /// Which of them outweighs all others together; most often none does.
    weightiest: Option<usize>,
}

/// A Japanese word of the query.
struct Word {
    term: Vec<char>,
    /// The kana behind its last kanji, as they were typed: わせ of 問い合わせ, whose term is 問合.
    ending: String,
    wanted: Wanted,
}

impl Highlighter {
    /// `weights` are those of the ranking. Stop words are marked only when there is nothing else.
    pub fn new(concepts: &[Concept], weights: &[f32]) -> Self {
        let mut found = Self {
            latin: HashMap::new(),
            heads: Heads::default(),
            stemmed: RefCell::default(),
            japanese: HashMap::new(),
            firsts: Firsts::default(),
            parts: parts(concepts),
            concepts: 0,
            weightiest: None,
        };
        let (mut most, mut all) = (0.0, 0.0);
        let telling = concepts.iter().any(|c| c.nature == Nature::Word && !is_stop(c));
        for (concept, weight) in concepts.iter().zip(weights) {
            if telling && is_stop(concept) {
                continue;
            }
            let mut is_wanted = false;
            for variant in &concept.variants {
                // Of several words together those that say nothing alone are not marked alone either.
                let alone = variant.terms.len() == 1;
                for term in variant.terms.iter().filter(|term| alone || !analysis::is_stop_word(term)) {
                    let wanted = Wanted { concept: found.concepts, weight: weight * variant.weight };
                    is_wanted |= found.add(term, wanted, concept);
                }
            }
            if !is_wanted {
                continue;
            }
            all += weight;
            if *weight > most {
                (most, found.weightiest) = (*weight, Some(found.concepts));
            }
            found.concepts += 1;
        }
        found.weightiest = found.weightiest.filter(|_| 2.0 * most > all);
        let is_first = |c: &char| folded(*c).is_some_and(|c| found.japanese.contains_key(&c));
        let spelt: Vec<char> =
            if found.japanese.is_empty() { Vec::new() } else { KANA.filter(is_first).collect() };
        spelt.into_iter().for_each(|c| found.firsts.insert(c));
        found
    }

    /// Takes a term in, unless it is one that is not marked.
    fn add(&mut self, term: &str, wanted: Wanted, concept: &Concept) -> bool {
        let by_word = !matches!(concept.nature, Nature::Characters | Nature::Chance);
        let term = term.trim_start_matches(analysis::GRAM_MARK);
        let Some(first) = term.chars().next() else { return false };
        if !analysis::is_cjk(first) {
            self.heads.insert(term);
            self.latin.insert(term.to_owned(), wanted);
        } else if by_word || term.chars().nth(1).is_none() {
            self.firsts.insert(first);
            let word =
                Word { term: term.chars().collect(), ending: ending(concept, term).to_owned(), wanted };
            self.japanese.entry(first).or_default().push(word);
        } else {
            return false;
        }
        true
    }

    /// A whole text, such as a title, in segments.
    pub fn whole(&self, text: &str) -> Vec<Segment> {
        excerpt::segments(text, 0..text.len(), &self.marks(Marks::of(text)))
    }

    /// The stretch that says most of what was searched for, of the first text that says the weightiest of it, if there is
    /// such, or else of the first that says any; where none does, the beginning of the first that is not empty.
    pub fn excerpt(&self, texts: &[&str]) -> Vec<Segment> {
        let mut telling = None;
        for text in texts {
            let marks = self.marks(Marks::until_all_are_near(text, self.concepts));
            let says = |concept| marks.iter().any(|mark| mark.found.wanted.concept == concept);
            if self.weightiest.map_or(!marks.is_empty(), says) {
                return excerpt::of(text, &marks);
            }
            if telling.is_none() && !marks.is_empty() {
                telling = Some((text, marks));
            }
        }
        match telling {
            Some((text, marks)) => excerpt::of(text, &marks),
            None => texts
                .iter()
                .find(|text| !text.is_empty())
                .map(|text| excerpt::of(text, &[]))
                .unwrap_or_default(),
        }
    }

    fn marks(&self, mut marks: Marks) -> Vec<Mark> {
        let text = marks.text;
        let mut at = 0;
        while let Some(&byte) = text.as_bytes().get(at).filter(|_| at < marks.end) {
            at += if byte.is_ascii_alphanumeric() {
                self.plain_word(at, &mut marks)
            } else if byte.is_ascii() {
                1
            } else {
                self.beyond_ascii(at, &mut marks)
            };
        }
        self.without_lone_parts(text, marks.found)
    }

    /// A part of a run of kanji is marked where it touches another mark.
    fn without_lone_parts(&self, text: &str, marks: Vec<Mark>) -> Vec<Mark> {
        let is_part = |span: &Range<usize>| {
            let mut chars = text[span.clone()].chars();
            chars.next().is_some_and(|c| self.parts.contains(&c)) && chars.next().is_none()
        };
        if self.parts.is_empty() || !marks.iter().any(|mark| is_part(&mark.span)) {
            return marks;
        }
        let spans: Vec<Range<usize>> = marks.iter().map(|mark| mark.span.clone()).collect();
        let touches = |n: usize| {
            let before = n.checked_sub(1).is_some_and(|before| spans[before].end == spans[n].start);
            before || spans.get(n + 1).is_some_and(|after| after.start == spans[n].end)
        };
        let kept = marks.into_iter().enumerate().filter(|(n, mark)| !is_part(&mark.span) || touches(*n));
        kept.map(|(_, mark)| mark).collect()
    }

    /// A word that begins with an ASCII letter or digit, as most words of Latin script; returns its length in bytes.
    fn plain_word(&self, at: usize, marks: &mut Marks) -> usize {
        let rest = &marks.text[at..];
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // Nearly every word is none of the query's, and neither are its first letters.
        if let [first, second, ..] = *rest.as_bytes()
            && !self.heads.may_begin(first, second)
            && rest.as_bytes().get(plain).is_none_or(u8::is_ascii)
        {
            return plain;
        }
        let goes_on = |next: char| !next.is_ascii() || JOINERS.contains(&next);
        if rest[plain..].starts_with(goes_on) {
            let end = word_end(rest);
            self.latin_word(at..at + end, marks);
            return end;
        }
        if let Some(found) = self.latin_term(&rest[..plain]) {
            marks.add(at..at + plain, found);
        }
        plain
    }

    /// A character of Japanese or a word that begins with a letter beyond ASCII; returns its length in bytes.
    fn beyond_ascii(&self, at: usize, marks: &mut Marks) -> usize {
        let rest = &marks.text[at..];
        let Some(c) = rest.chars().next() else { return 1 };
        if self.begins_nothing(c) {
            return c.len_utf8();
        }
        if is_japanese(c) {
            return self.japanese_at(at, c, marks).unwrap_or(c.len_utf8());
        }
        if !c.is_alphanumeric() {
            return c.len_utf8();
        }
        let end = word_end(rest);
        self.latin_word(at..at + end, marks);
        end
    }

    /// Tells of most characters at a glance that no word of the query begins with them.
    fn begins_nothing(&self, c: char) -> bool {
        match c {
            '、' | '。' | '・' | '\u{3000}' | '「' | '」' | '（' | '）' | '：' => true,
            '\u{3041}'..='\u{30fe}' | '\u{3400}'..='\u{9fff}' => !self.firsts.may_have(c),
            _ => false,
        }
    }

    fn latin_word(&self, span: Range<usize>, marks: &mut Marks) {
        let word = &marks.text[span.clone()];
        if let Some(found) = self.latin_term(word) {
            marks.add(span, found);
            return;
        }
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return;
        }
        let mut at = span.start;
        for piece in word.split_inclusive(JOINERS) {
            let part = piece.trim_end_matches(JOINERS);
            if let Some(found) = self.latin_term(part) {
                marks.add(at..at + part.len(), found);
            }
            at += piece.len();
        }
    }

    fn latin_term(&self, word: &str) -> Option<Finding> {
        if !self.heads.has(word) || !self.latin.keys().any(|term| may_be_form(word, term)) {
            return None;
        }
        if let Some(known) = self.stemmed.borrow().get(word) {
            return *known;
        }
        let found = term(word).and_then(|term| {
            let wanted = *self.latin.get(&term)?;
            Some(Finding { term: fingerprint(term.chars()), wanted })
        });
        self.stemmed.borrow_mut().insert(word.to_owned(), found);
        found
    }

    /// The longest Japanese word of the query that begins here, with `first`; returns its length in bytes.
    fn japanese_at(&self, at: usize, first: char, marks: &mut Marks) -> Option<usize> {
        let first = folded(first)?;
        if !self.firsts.may_have(first) {
            return None;
        }
        let text = &marks.text[at..];
        let longest = self
            .japanese
            .get(&first)?
            .iter()
            .filter_map(|word| Some((japanese_length(text, &word.term)?, word)))
            .max_by_key(|(length, _)| *length)?;
        let (length, Word { term, ending, wanted }) = longest;
        let rest = text[length..].chars();
        let same = ending.chars().zip(rest).take_while(|(typed, written)| typed == written);
        let length = length + same.map(|(typed, _)| typed.len_utf8()).sum::<usize>();
        marks.add(at..at + length, Finding { term: fingerprint(term.iter().copied()), wanted: *wanted });
        Some(length)
    }
}

/// One character as terms have it.
fn folded(c: char) -> Option<char> {
    match c {
        // Kana and kanji have neither case nor accents.
        '\u{3041}'..='\u{9fff}' => Some(analysis::fold_japanese(c)),
        _ => analysis::fold_char(c).map(analysis::fold_japanese),
    }
}

/// The single kanji that were asked for as parts of words: among the concepts those that stand inside a longer one of kanji
/// alone, and those of variants that are several terms together.
fn parts(concepts: &[Concept]) -> Vec<char> {
    let is_run = |concept: &Concept| concept.surface.chars().all(analysis::is_kanji);
    let runs: Vec<&Range<usize>> =
        concepts.iter().filter(|concept| is_run(concept)).map(|concept| &concept.span).collect();
    let inside = |span: &Range<usize>| {
        runs.iter().any(|run| run.len() > span.len() && run.start <= span.start && span.end <= run.end)
    };
    let single = |word: &str| {
        let mut chars = word.chars();
        chars.next().filter(|c| chars.next().is_none() && analysis::is_kanji(*c))
    };
    let stand_inside = concepts.iter().filter(|concept| inside(&concept.span));
    let together =
        concepts.iter().flat_map(|concept| &concept.variants).filter(|variant| variant.terms.len() > 1);
    let words =
        stand_inside.map(|concept| &concept.surface).chain(together.flat_map(|variant| &variant.terms));
    words.filter_map(|word| single(word)).collect()
}

/// The kana behind the kanji of a word that was typed, where this is its term: those of another word are not known.
fn ending<'c>(concept: &'c Concept, term: &str) -> &'c str {
    let kanji = concept.surface.trim_end_matches(analysis::is_hiragana);
    let is_own = !kanji.is_empty() && analysis::term_of(&concept.surface) == term;
    if is_own { &concept.surface[kanji.len()..] } else { "" }
}

fn is_stop(concept: &Concept) -> bool {
    analysis::is_stop_word(&concept.surface)
}

/// Kana of half width are not yet folded here.
fn is_japanese(c: char) -> bool {
    analysis::is_cjk(c) || matches!(c, '\u{ff66}'..='\u{ff9d}')
}

fn fingerprint(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |sum: u64, c| sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(c as u64 + 1))
}

/// Bytes of the text that spell the folded word, with okurigana between its kanji; `None` when they do not.
fn japanese_length(text: &str, word: &[char]) -> Option<usize> {
    let mut wanted = word.iter().peekable();
    let mut skipped = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let Some(&&next) = wanted.peek() else { break };
        if folded(c)? == next {
            wanted.next();
            skipped = 0;
            end = at + c.len_utf8();
        } else if matches!(c, '\u{3041}'..='\u{3096}') && end > 0 && skipped < MOST_OKURIGANA {
            skipped += 1;
        } else {
            return None;
        }
    }
    // The index leaves a last long mark off: サーバー is サーバ.
    let long_mark =
        word.last().is_some_and(|last| analysis::is_katakana(*last)) && text[end..].starts_with('ー');
    let end = if long_mark { end + 'ー'.len_utf8() } else { end };
    wanted.peek().is_none().then_some(end)
}

#[cfg(test)]
mod tests;
