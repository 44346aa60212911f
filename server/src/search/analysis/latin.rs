//! Words of Latin (and other spaced) scripts: compounds kept whole and split, English stems.

use std::ops::Range;

use super::fold::fold_word;
use super::{Kind, Token, english};

/// Longer compounds than this (pasted base64, long paths) are split but not kept whole.
const LONGEST_WHOLE: usize = 48;
/// A word beyond this length is cut: no dictionary wants it, and nobody types it twice.
const LONGEST_WORD: usize = 64;

/// The English stem of a folded word; what is not a plain word (`2.4.6`, `c++`) stays as it is.
pub fn stem(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { english::stem(word) } else { word.to_owned() }
}

/// Joins two letters into one run: `sign-in`, `v2.4.6`, `don't`, `a/b`.
pub fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\'' | '/' | ':' | '@' | '+')
}

pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !super::is_cjk(c)
}

/// `C++`, `C#`, `F#`: marks that belong to the one letter before them.
pub fn is_suffix(c: char, run: &str) -> bool {
    let single_letter = |s: &str| s.chars().count() == 1 && s.chars().all(char::is_alphabetic);
    match c {
        '#' => single_letter(run),
        '+' => single_letter(run.strip_suffix('+').unwrap_or(run)),
        _ => false,
    }
}

/// Cuts one run into tokens. `offset` is where it begins in the whole text.
pub fn cut(run: &str, offset: usize, position: &mut u32, tokens: &mut Vec<Token>) {
    for compound in split_ranges(run, |c| matches!(c, '/' | ':' | '@')) {
        one_compound(&run[compound.clone()], offset + compound.start, position, tokens);
    }
}

fn one_compound(text: &str, offset: usize, position: &mut u32, tokens: &mut Vec<Token>) {
    let text_without_v = strip_version_mark(text);
    let offset = offset + text.len() - text_without_v.len();
    let text = text_without_v;
    let parts = parts(text);
    let span = offset..offset + text.len();
    if parts.len() > 1 && text.len() <= LONGEST_WHOLE {
        let surface = fold_word(&whole(text));
        tokens.push(Token {
            term: stem(&surface),
            surface,
            kind: Kind::Whole,
            position: *position,
            span: span.clone(),
        });
    }
    let kind = if parts.len() > 1 { Kind::Part } else { Kind::Word };
    for part in parts {
        let surface = without_apostrophe(&fold_word(shortened(&text[part.clone()])));
        if surface.is_empty() {
            continue;
        }
        let span = offset + part.start..offset + part.end;
        tokens.push(Token { term: stem(&surface), surface, kind, position: *position, span });
        *position += 1;
    }
}

/// `v2.4.6` is the version `2.4.6`.
fn strip_version_mark(text: &str) -> &str {
    let rest = text.strip_prefix(['v', 'V']).unwrap_or(text);
    if rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('.') { rest } else { text }
}

/// The pieces of a compound: at `-`, `_`, `.` (not inside numbers), at humps, and between a name and its number.
fn parts(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for (i, &(at, c)) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i].1);
        let after = chars.get(i + 1).map(|(_, c)| *c);
        let inside_number =
            before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        if matches!(c, '-' | '_') || (c == '.' && !inside_number) {
            parts.push(start..at);
            start = at + c.len_utf8();
        } else if begins_part(&text[start..at], c, &text[at..]) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..text.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a new piece begins here without a mark between: `Git|Hub`, `PHP|8.1`. Pieces of one letter are not
/// split off, so that `iPhone`, `p1` and `b2b` stay themselves.
fn begins_part(piece: &str, c: char, rest: &str) -> bool {
    let Some(last) = piece.chars().next_back() else { return false };
    if piece.chars().nth(1).is_none() {
        return false;
    }
    let hump = last.is_lowercase() && c.is_uppercase() && rest.chars().nth(1).is_some_and(char::is_lowercase);
    let number = c.is_ascii_digit() && piece.chars().all(char::is_alphabetic);
    hump || number
}

/// The compound in one piece: marks removed, but for the points of a version number.
fn whole(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inside_number = out.ends_with(|c: char| c.is_ascii_digit())
            && chars.peek().is_some_and(|next| next.is_ascii_digit());
        match c {
            '-' | '_' | '\'' => {}
            '.' if !inside_number => {}
            _ => out.push(c),
        }
    }
    out
}

fn without_apostrophe(word: &str) -> String {
    if !word.contains('\'') {
        return word.to_owned();
    }
    word.strip_suffix("'s").unwrap_or(word).replace('\'', "")
}

fn shortened(word: &str) -> &str {
    match word.char_indices().nth(LONGEST_WORD) {
        Some((at, _)) => &word[..at],
        None => word,
    }
}

fn split_ranges(text: &str, is_border: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_border(c) {
            ranges.push(start..at);
            start = at + c.len_utf8();
        }
    }
    ranges.push(start..text.len());
    ranges.retain(|range| !range.is_empty());
    ranges
}
