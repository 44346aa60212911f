//! What was typed, cleaned and taken apart: quoted phrases and the tokens of everything.

use crate::search::analysis::{self, Kind, Token};

/// Longer input is cut here: a pasted log says no more in its second thousand characters.
const MOST_CHARS: usize = 1_500;
/// More phrases than this are searched as plain words.
const MOST_PHRASES: usize = 4;

/// From so many words on, capitals tell names from other words.
const SENTENCE: usize = 4;

/// A query, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The cleaned and normalised text that token spans point into.
    pub text: String,
    pub tokens: Vec<Token>,
    /// What stood in quotation marks, folded for comparing: must occur just so.
    pub phrases: Vec<String>,
    /// Whether the last word may still be growing.
    pub last_word_open: bool,
    /// Where words begin that are written as names.
    pub names: Vec<usize>,
    /// All of it, folded for comparing: a title that reads so is asked for by name.
    pub literal: String,
}

impl Parsed {
    /// Never fails: control characters become spaces, what nobody sees goes, and so does the rest of an endless text.
    pub fn new(input: &str) -> Self {
        let seen = input.chars().filter(|c| !is_invisible(*c)).take(MOST_CHARS);
        let cleaned: String = seen.map(|c| if c.is_control() { ' ' } else { c }).collect();
        let text = analysis::normalise(&cleaned).into_owned();
        let mut tokens = analysis::tokenize(&text);
        tokens.extend(unconverted_kana(&text));
        // A whole comes before its pieces.
        tokens.sort_by_key(|token| (token.span.start, token.kind != Kind::Whole));
        number_runs(&mut tokens);
        // Of a run of kana segmentation leaves out what no dictionary has.
        let last_word_open = tokens.iter().any(|token| token.span.end == text.len());
        let phrases = quoted(&text)
            .map(analysis::comparable)
            .filter(|phrase| !phrase.is_empty())
            .take(MOST_PHRASES)
            .collect();
        let (names, literal) = (names(&text, &tokens), analysis::comparable(&text));
        Self { text, tokens, phrases, last_word_open, names, literal }
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// What copying from a page brings along inside of words: soft hyphens, marks of zero width, and U+0000 as it arrives
/// from a form.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fffd}')
}

/// Words with a capital among words that mostly have none. In a few words, or a title, a capital says nothing.
fn names(text: &str, tokens: &[Token]) -> Vec<usize> {
    let words: Vec<usize> = tokens
        .iter()
        .filter(|token| token.kind == Kind::Word && text[token.span.clone()].starts_with(char::is_alphabetic))
        .map(|token| token.span.start)
        .filter(|start| !text[*start..].starts_with(analysis::is_cjk))
        .collect();
    let has_capital = |start: &&usize| {
        let mut letters = text[**start..].chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let names: Vec<usize> = words.iter().filter(has_capital).copied().collect();
    if words.len() >= SENTENCE && names.len() * 2 < words.len() { names } else { Vec::new() }
}

/// Katakana words that were typed and not converted: `ぱすわーど`. Segmentation only sees splinters of them. Of two kana only
/// where nothing else was typed: elsewhere they are grammar.
fn unconverted_kana(text: &str) -> Vec<Token> {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{3096}' | 'ー');
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_kana(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = &text[from..at];
                let least = if word.len() == text.len() { 2 } else { 3 };
                if word.chars().count() >= least {
                    let katakana = analysis::to_katakana(word);
                    found.push(Token {
                        term: katakana.clone(),
                        surface: katakana,
                        kind: Kind::Whole,
                        position: 0,
                        span: from..at,
                    });
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A run of kana has the position of the first word that segmentation finds from there on.
fn number_runs(tokens: &mut [Token]) {
    let mut next = tokens.iter().map(|token| token.position + 1).max().unwrap_or_default();
    for token in tokens.iter_mut().rev() {
        match token.kind {
            Kind::Word | Kind::Part => next = token.position,
            Kind::Whole if token.surface.starts_with(analysis::is_cjk) => token.position = next,
            _ => {}
        }
    }
}

/// The stretches between quotation marks, Latin (curly ones too) or Japanese. An unclosed one is no quotation.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let open = rest.find(['"', '“', '「'])?;
            let mark = rest[open..].chars().next()?;
            let inside = &rest[open + mark.len_utf8()..];
            let closing: &[char] = match mark {
                '「' => &['」'],
                _ => &['"', '”'],
            };
            let Some(close) = inside.find(closing) else {
                rest = inside;
                continue;
            };
            rest = &inside[close + inside[close..].chars().next().map_or(1, char::len_utf8)..];
            return Some(&inside[..close]);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_their_capitals_in_sentences_alone() {
        let names = |text: &str| {
            let parsed = Parsed::new(text);
            let word = |start: &usize| parsed.text[*start..].split(' ').next().unwrap_or_default().to_owned();
            parsed.names.iter().map(word).collect::<Vec<_>>()
        };
        assert_eq!(names("Hi Peter, you cannot see the project"), ["Hi", "Peter,"]);
        assert!(names("Configrue Access To Adobe").is_empty());
        assert!(names("Pasword reset").is_empty());
        assert!(names("パスワードを忘れました PDF").is_empty());
    }

    #[test]
    fn quoted_phrases_are_found_in_both_kinds_of_marks() {
        let phrases = |text: &str| Parsed::new(text).phrases;
        assert_eq!(phrases(r#"reset "two-factor login" now"#), ["two factor login"]);
        assert_eq!(phrases("「二段階認証」の設定"), ["二段階認証"]);
        assert_eq!(phrases("“Smart quotes” and \"plain\""), ["smart quotes", "plain"]);
        assert!(phrases("an \"unclosed one").is_empty());
        assert!(phrases("\"\" \"!\"").is_empty());
    }

    #[test]
    fn the_last_word_is_open_until_something_follows_it() {
        assert!(Parsed::new("reset passw").last_word_open);
        assert!(!Parsed::new("reset passw ").last_word_open);
        assert!(!Parsed::new("").last_word_open);
    }

    #[test]
    fn unconverted_kana_are_taken_for_the_katakana_word_they_may_be() {
        let parsed = Parsed::new("ぱすわーど を");
        assert_eq!((parsed.tokens[0].term.as_str(), parsed.tokens[0].kind), ("パスワード", Kind::Whole));
        assert!(Parsed::new("年金を").tokens.iter().all(|token| token.kind != Kind::Whole));
    }

    #[test]
    fn endless_and_broken_input_is_bounded() {
        assert!(Parsed::new(&"long ".repeat(100_000)).text.len() <= MOST_CHARS);
        assert!(Parsed::new("\u{0}\u{7}\n").is_empty());
        Parsed::new("\"\"\"「」」」“");
    }
}
