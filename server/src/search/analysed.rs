//! Analysed texts on their way into the index. Tantivy writes pre-tokenised texts as JSON and reads them again before it
//! indexes them; a line per token instead is written and read in a fraction of the time.

use std::fmt::Write;

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

/// The name by which the fields of the index know [`Analysed`].
pub const ANALYSED: &str = "analysed";

/// Adds a term to the text of a field that does not know where its terms stand: a line per token. Terms have neither
/// spaces nor line breaks: those end a word.
pub fn line(text: &mut String, term: &str) {
    text.push_str(term);
    text.push('\n');
}

/// Adds a term to the text of a field, at the position of the word that it belongs to.
pub fn placed_line(text: &mut String, position: u32, term: &str) {
    writeln!(text, "{position} {term}").expect("a string takes everything");
}

/// Reads such lines.
#[derive(Clone, Default)]
pub struct Analysed {
    token: IndexToken,
}

impl Tokenizer for Analysed {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        LineStream { rest: text, token: &mut self.token }
    }
}

/// The tokens of a text's lines, one after the other.
pub struct LineStream<'a> {
    rest: &'a str,
    token: &'a mut IndexToken,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        // Lines are a few letters long: to look at each letter is sooner done than to search for one.
        let Some(end) = self.rest.bytes().position(|byte| byte == b'\n') else { return false };
        let (line, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        self.rest = rest;
        let (position, term) = match line.bytes().position(|byte| byte == b' ') {
            Some(space) => (line[..space].parse().unwrap_or_default(), &line[space + 1..]),
            None => (0, line),
        };
        self.token.position = position;
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
        assert!(tokens.len() > 10);
        let read = |text: String| {
            let mut read = Vec::new();
            let mut analysed = Analysed::default();
            analysed
                .token_stream(&text)
                .process(&mut |token| read.push((token.position, token.text.clone())));
            read
        };
        let mut placed = String::new();
        tokens.iter().for_each(|token| placed_line(&mut placed, token.position, &token.term));
        let written = tokens.iter().map(|token| (token.position as usize, token.term.clone()));
        assert!(written.eq(read(placed)));
        let mut unplaced = String::new();
        tokens.iter().for_each(|token| line(&mut unplaced, &token.term));
        assert!(tokens.iter().map(|token| (0, token.term.clone())).eq(read(unplaced)));
    }
}
