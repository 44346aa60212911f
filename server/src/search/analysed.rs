//! Analysed texts on their way into the index. Tantivy writes pre-tokenised texts as JSON and reads them again before it
//! indexes them; a line per token instead is written and read in a fraction of the time.

use std::fmt::Write;

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

use super::analysis::Token;

/// The name by which the fields of the index know [`Analysed`].
pub const ANALYSED: &str = "analysed";

/// The text of a field: a line per token, where it matters with the position before the term. Terms have neither spaces nor
/// line breaks: those end a word.
#[derive(Default)]
pub struct Lines(String);

impl Lines {
    /// The terms of tokens, for a field that does not know where they stand.
    pub fn of<'a>(terms: impl Iterator<Item = &'a str>) -> Self {
        let mut lines = String::new();
        for term in terms {
            lines.push_str(term);
            lines.push('\n');
        }
        Self(lines)
    }

    /// The terms of tokens, each at the position of the word that it belongs to.
    pub fn placed<'a>(tokens: impl Iterator<Item = &'a Token>) -> Self {
        let mut lines = String::new();
        for token in tokens {
            writeln!(lines, "{} {}", token.position, token.term).expect("a string takes everything");
        }
        Self(lines)
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

/// Reads [`Lines`].
#[derive(Clone, Default)]
pub struct Analysed {
    token: IndexToken,
}

impl Tokenizer for Analysed {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        LineStream { lines: text.lines(), token: &mut self.token }
    }
}

/// The tokens of [`Lines`], one after the other.
pub struct LineStream<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut IndexToken,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else { return false };
        let (position, term) = line.split_once(' ').unwrap_or(("", line));
        self.token.position = position.parse().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &IndexToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis::analyse;

    #[test]
    fn tokens_come_back_as_they_were_analysed() {
        let tokens = analyse("ERR_5021 がサーバーで出る。\r\nHow do I reset it?\u{2028}v2.4.6-p1");
        let written: Vec<(usize, &str)> =
            tokens.iter().map(|token| (token.position as usize, token.term.as_str())).collect();
        let read = |lines: Lines| {
            let text = lines.into_text();
            let mut read = Vec::new();
            let mut analysed = Analysed::default();
            analysed
                .token_stream(&text)
                .process(&mut |token| read.push((token.position, token.text.clone())));
            read
        };
        assert!(written.len() > 10);
        let placed = read(Lines::placed(tokens.iter()));
        assert!(placed.iter().map(|(at, term)| (*at, term.as_str())).eq(written.iter().copied()));
        let unplaced = read(Lines::of(tokens.iter().map(|token| token.term.as_str())));
        assert!(
            unplaced
                .iter()
                .map(|(at, term)| (*at, term.as_str()))
                .eq(written.iter().map(|(_, term)| (0, *term)))
        );
    }
}
