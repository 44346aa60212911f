//! Excerpts with the words that were found, as typed segments: nothing here is ever HTML.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use app::parts::Segment;

use super::concept::{Concept, Nature};
use crate::search::analysis;

/// How wide an excerpt is, in columns: a Latin letter is one, a Japanese character two.
const EXCERPT_COLUMNS: usize = 180;
/// How far back an excerpt may begin to begin with a sentence.
const LEAD_COLUMNS: usize = 60;
/// Kana that may stand between the kanji of one word: 申し込み is 申込.
const MOST_OKURIGANA: usize = 3;

/// Finds the words of a query in plain texts without analysing them anew: a linear walk that folds one character
/// at a time and stems only what could match.
pub struct Highlighter {
    /// Terms of Latin words with their weight.
    latin: HashMap<String, f32>,
    /// The first letters of those, to pass by nearly every other word.
    heads: HashSet<[char; 2]>,
    /// Terms of Japanese words by their first character.
    japanese: HashMap<char, Vec<(Vec<char>, f32)>>,
}

/// A finding in a text.
struct Mark {
    span: Range<usize>,
    /// Which term: a second finding of the same term is worth less to an excerpt.
    term: u64,
    weight: f32,
}

impl Highlighter {
    /// `weights` are those of the ranking. Stop words are marked only when there is nothing else.
    pub fn new(concepts: &[Concept], weights: &[f32]) -> Self {
        let mut found = Self { latin: HashMap::new(), heads: HashSet::new(), japanese: HashMap::new() };
        let telling = concepts.iter().any(|c| c.nature == Nature::Word && !is_stop(c));
        for (concept, weight) in concepts.iter().zip(weights) {
            if telling && is_stop(concept) {
                continue;
            }
            for variant in &concept.variants {
                found.add(&variant.term, weight * variant.weight, concept.nature);
            }
        }
        found
    }

    fn add(&mut self, term: &str, weight: f32, nature: Nature) {
        let term = term.trim_start_matches(analysis::GRAM_MARK);
        let Some(first) = term.chars().next() else { return };
        if !analysis::is_cjk(first) {
            self.heads.insert(head(term));
            self.latin.insert(term.to_owned(), weight);
        } else if nature != Nature::Characters || term.chars().nth(1).is_none() {
            self.japanese.entry(first).or_default().push((term.chars().collect(), weight));
        }
    }

    /// A whole text, such as a title, in segments.
    pub fn whole(&self, text: &str) -> Vec<Segment> {
        segments(text, 0..text.len(), &self.marks(text))
    }

    /// The stretch of a text that says most of what was searched for; the beginning where it says nothing.
    pub fn excerpt(&self, text: &str) -> Vec<Segment> {
        let marks = self.marks(text);
        let range = best_range(text, &marks);
        let mut segments = segments(text, range.clone(), &marks);
        if range.start > 0 {
            segments.insert(0, Segment { text: "… ".to_owned(), hit: false });
        }
        if range.end < text.len() {
            segments.push(Segment { text: " …".to_owned(), hit: false });
        }
        segments
    }

    /// Whether anything of the query stands in the text.
    pub fn touches(&self, text: &str) -> bool {
        !self.marks(text).is_empty()
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let length = if analysis::is_cjk(c) || is_half_width_kana(c) {
                self.japanese_at(&text[at..], at, &mut marks).unwrap_or(c.len_utf8())
            } else if c.is_alphanumeric() {
                let end = word_end(&text[at..]);
                self.latin_word(&text[at..at + end], at, &mut marks);
                end
            } else {
                c.len_utf8()
            };
            at += length;
        }
        marks
    }

    fn latin_word(&self, word: &str, at: usize, marks: &mut Vec<Mark>) {
        if self.latin.is_empty() {
            return;
        }
        if let Some((weight, term)) = self.latin_term(word) {
            marks.push(Mark { span: at..at + word.len(), term, weight });
            return;
        }
        let mut start = at;
        for piece in word.split(['-', '_', '.', '\'', '/', ':', '@']) {
            if piece.len() < word.len()
                && let Some((weight, term)) = self.latin_term(piece)
            {
                marks.push(Mark { span: start..start + piece.len(), term, weight });
            }
            start += piece.len() + 1;
        }
    }

    fn latin_term(&self, word: &str) -> Option<(f32, u64)> {
        let mut folded = word.chars().filter_map(analysis::fold_char).filter(|c| c.is_alphanumeric());
        let first = [folded.next()?, folded.next().unwrap_or(' ')];
        if !self.heads.contains(&first) {
            return None;
        }
        let tokens = analysis::analyse(word);
        let whole = tokens.first()?;
        let weight = self.latin.get(&whole.term)?;
        Some((*weight, fingerprint(whole.term.chars())))
    }

    /// The longest Japanese word of the query that begins here; returns its length in bytes.
    fn japanese_at(&self, text: &str, at: usize, marks: &mut Vec<Mark>) -> Option<usize> {
        let first = analysis::fold_char(text.chars().next()?)?;
        let words = self.japanese.get(&analysis::fold_japanese(first))?;
        let longest = words
            .iter()
            .filter_map(|(word, weight)| Some((japanese_length(text, word)?, word, *weight)))
            .max_by_key(|(length, ..)| *length)?;
        let (length, word, weight) = longest;
        marks.push(Mark { span: at..at + length, term: fingerprint(word.iter().copied()), weight });
        Some(length)
    }
}

fn is_stop(concept: &Concept) -> bool {
    analysis::is_stop_word(&concept.surface)
}

fn is_half_width_kana(c: char) -> bool {
    matches!(c, '\u{ff66}'..='\u{ff9d}')
}

fn head(term: &str) -> [char; 2] {
    let mut letters = term.chars().filter(|c| c.is_alphanumeric());
    [letters.next().unwrap_or(' '), letters.next().unwrap_or(' ')]
}

fn fingerprint(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(0, |sum: u64, c| sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(c as u64 + 1))
}

/// Bytes of the Latin word that begins the text, marks between its letters included.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let latin = |c: char| c.is_alphanumeric() && !analysis::is_cjk(c) && !is_half_width_kana(c);
        let joins = matches!(c, '-' | '_' | '.' | '\'' | '’' | '/' | ':' | '@')
            && chars.peek().is_some_and(|(_, next)| latin(*next));
        if !latin(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// Bytes of the text that spell the folded word, with okurigana between its kanji; `None` when they do not.
fn japanese_length(text: &str, word: &[char]) -> Option<usize> {
    let mut wanted = word.iter().peekable();
    let mut skipped = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let Some(&&next) = wanted.peek() else { break };
        let folded = analysis::fold_japanese(analysis::fold_char(c)?);
        if folded == next {
            wanted.next();
            skipped = 0;
            end = at + c.len_utf8();
        } else if matches!(c, '\u{3041}'..='\u{3096}') && end > 0 && skipped < MOST_OKURIGANA {
            skipped += 1;
        } else {
            return None;
        }
    }
    wanted.peek().is_none().then_some(end)
}

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// The range of one excerpt's width that holds the most weight, each term counted once in full.
fn best_range(text: &str, marks: &[Mark]) -> Range<usize> {
    let mut best = (0.0, 0);
    for (index, mark) in marks.iter().enumerate() {
        let end = advance(text, mark.span.start, EXCERPT_COLUMNS - LEAD_COLUMNS / 2);
        let mut seen = HashSet::new();
        let worth: f32 = marks[index..]
            .iter()
            .take_while(|mark| mark.span.end <= end)
            .map(|mark| if seen.insert(mark.term) { mark.weight } else { mark.weight * 0.05 })
            .sum();
        if worth > best.0 + 1e-4 {
            best = (worth, mark.span.start);
        }
    }
    let start = sentence_start(text, best.1);
    start..whole_words(text, start, advance(text, start, EXCERPT_COLUMNS))
}

/// `end`, or the end of the word before where a word in Latin letters would be cut. One that fills the line is cut.
fn whole_words(text: &str, start: usize, end: usize) -> usize {
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let before = text[start..end].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    if goes_on && !before.is_empty() { start + before.trim_end().len() } else { end }
}

/// The byte that is so many columns further on, at a character's border.
fn advance(text: &str, from: usize, mut room: usize) -> usize {
    for (at, c) in text[from..].char_indices() {
        let wide = columns(c);
        if wide > room {
            return from + at;
        }
        room -= wide;
    }
    text.len()
}

/// The start of the sentence that `at` is in, if it is near; else of a word a little before.
fn sentence_start(text: &str, at: usize) -> usize {
    let mut room = LEAD_COLUMNS;
    let mut word = at;
    for (index, c) in text[..at].char_indices().rev() {
        let after = index + c.len_utf8();
        if matches!(c, '。' | '！' | '？' | '\n') || (c == ' ' && text[..index].ends_with(['.', '!', '?']))
        {
            return after + text[after..at].len() - text[after..at].trim_start().len();
        }
        let wide = columns(c);
        if wide > room {
            return word;
        }
        room -= wide;
        if room > LEAD_COLUMNS / 2 && (c == ' ' || c == '、') {
            word = after;
        }
    }
    0
}

fn segments(text: &str, range: Range<usize>, marks: &[Mark]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |text: &str, hit: bool| {
        let text = text.replace('\n', " ");
        match segments.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => segments.push(Segment { text, hit }),
        }
    };
    let mut at = range.start;
    for mark in marks.iter().filter(|mark| mark.span.start >= range.start && mark.span.end <= range.end) {
        push(&text[at..mark.span.start], false);
        push(&text[mark.span.clone()], true);
        at = mark.span.end;
    }
    push(&text[at..range.end], false);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::concept::Variant;

    fn highlighter(words: &[&str]) -> Highlighter {
        let concepts: Vec<Concept> = words
            .iter()
            .flat_map(|word| analysis::analyse(word))
            .filter(|token| !matches!(token.kind, analysis::Kind::Bigram | analysis::Kind::Unigram))
            .map(|token| Concept {
                surface: token.surface,
                nature: Nature::Word,
                importance: 1.0,
                variants: vec![Variant { term: token.term, weight: 1.0 }],
                position: token.position,
                span: token.span,
                correction: None,
            })
            .collect();
        let weights = vec![1.0; concepts.len()];
        Highlighter::new(&concepts, &weights)
    }

    fn hits(words: &[&str], text: &str) -> Vec<String> {
        let segments = highlighter(words).whole(text);
        assert_eq!(segments.iter().map(|s| s.text.as_str()).collect::<String>(), text.replace('\n', " "));
        segments.into_iter().filter(|s| s.hit).map(|s| s.text).collect()
    }

    #[test]
    fn inflected_words_are_marked_as_they_are_written() {
        assert_eq!(
            hits(&["reset", "password"], "Resetting all Passwords (password)"),
            ["Resetting", "Passwords", "password"]
        );
    }

    #[test]
    fn codes_are_marked_whole() {
        assert_eq!(hits(&["ERR_5021"], "It says err-5021."), ["err-5021"]);
    }

    #[test]
    fn japanese_words_are_marked_in_every_spelling() {
        assert_eq!(hits(&["申込み"], "お申し込みの方法、申込書"), ["申し込", "申込"]);
        assert_eq!(hits(&["サーバー"], "ｻｰﾊﾞとサーバ"), ["サーバ"]);
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        let segments = highlighter(&["script"]).whole("<script>alert(1)</script>");
        assert!(segments.iter().any(|s| s.text.contains("<")));
    }

    #[test]
    fn an_excerpt_is_short_and_holds_the_words() {
        let text = format!(
            "{} The invoice is sent by mail. {}",
            "Nothing here. ".repeat(80),
            "Or here. ".repeat(80)
        );
        let excerpt = highlighter(&["invoice"]).excerpt(&text);
        let shown: String = excerpt.iter().map(|s| s.text.as_str()).collect();
        assert!(shown.starts_with("… The invoice"), "{shown}");
        assert!(shown.chars().count() < EXCERPT_COLUMNS + 10);
        assert!(excerpt.iter().any(|s| s.hit && s.text == "invoice"));
    }

    #[test]
    fn an_excerpt_ends_with_a_whole_word() {
        for lead in 0..12 {
            let text = format!("invoice {} {}", "x".repeat(lead), "wonderful ".repeat(60));
            let excerpt = highlighter(&["invoice"]).excerpt(&text);
            let shown: String = excerpt.iter().map(|s| s.text.as_str()).collect();
            assert!(shown.ends_with("wonderful …"), "{shown}");
        }
        let endless = "x".repeat(1_000);
        assert!(highlighter(&["invoice"]).excerpt(&endless).len() > 1, "a word that fills the line is cut");
    }

    #[test]
    fn excerpts_never_cut_a_character() {
        let text = "請求書の再発行は、管理画面からできます。".repeat(40);
        for words in [&["再発行"][..], &["nothing"], &["請求書", "画面"]] {
            highlighter(words).excerpt(&text);
        }
        highlighter(&["a"]).excerpt("");
    }
}
