//! The stretch of a text that is shown of it: one excerpt's width, where it says most of what was searched for.

use std::ops::Range;

use app::parts::Segment;

use super::marks::Mark;

/// How wide an excerpt is, in columns: a Latin letter is one, a Japanese character two.
pub const EXCERPT_COLUMNS: usize = 180;
/// How far back an excerpt may begin to begin with a sentence.
const LEAD_COLUMNS: usize = 60;
/// As many columns behind its first mark are surely shown.
pub const REACH: usize = EXCERPT_COLUMNS - LEAD_COLUMNS / 2;
/// No excerpt is longer, in bytes: a character takes up to three for two columns, and few take more.
pub const MOST_BYTES: usize = 2 * EXCERPT_COLUMNS;

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// How many columns a text is wide.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() }
}

/// The stretch of a text that says most, by its marks; the beginning where there is none.
pub fn of(text: &str, marks: &[Mark]) -> Vec<Segment> {
    let range = best_range(text, marks);
    let mut segments = segments(text, range.clone(), marks);
    if range.start > 0 {
        segments.insert(0, Segment { text: "… ".to_owned(), hit: false });
    }
    if range.end < text.len() {
        segments.push(Segment { text: " …".to_owned(), hit: false });
    }
    segments
}

/// The range of one excerpt's width that holds the most weight, each term counted once in full.
fn best_range(text: &str, marks: &[Mark]) -> Range<usize> {
    let mut best = (0.0, 0);
    let mut seen = Vec::new();
    for (index, first) in marks.iter().enumerate() {
        let end = first.column + REACH;
        seen.clear();
        let mut worth = 0.0;
        for Mark { span, column, found } in &marks[index..] {
            if column + width(&text[span.clone()]) > end {
                break;
            }
            if seen.contains(&found.term) {
                worth += found.wanted.weight * 0.05;
            } else {
                seen.push(found.term);
                worth += found.wanted.weight;
            }
        }
        if worth > best.0 + 1e-4 {
            best = (worth, first.span.start);
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

/// A range of a text, cut where its marks begin and end.
pub fn segments(text: &str, range: Range<usize>, marks: &[Mark]) -> Vec<Segment> {
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
