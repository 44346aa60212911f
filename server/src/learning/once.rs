//! Saying a word twice in one breath says no more than saying it once.

use std::collections::HashSet;

use crate::search::analysis::{Kind, is_stop_word, normalise, tokenize};

/// A phrase without the telling words that it says again, however they are inflected. One that repeats none stays as it
/// is.
pub fn said_once(phrase: &str) -> String {
    let text = normalise(phrase);
    let tokens = tokenize(&text);
    let mut said = HashSet::new();
    let mut kept = String::new();
    let mut from = 0;
    for token in tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Whole)) {
        if is_stop_word(&token.surface) || is_stop_word(&token.term) || said.insert(token.term.as_str()) {
            continue;
        }
        kept.push_str(text.get(from..token.span.start).unwrap_or_default());
        kept.push(' ');
        from = from.max(token.span.end);
    }
    if from == 0 {
        return phrase.to_owned();
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::said_once;

    #[test]
    fn a_word_that_is_said_again_counts_once() {
        assert_eq!(said_once("Zorble zorble, zorbles hum"), "Zorble , hum");
        assert_eq!(said_once("ERR_5021 and ERR_5021"), "ERR_5021 and");
        assert_eq!(said_once("請求書の宛名と請求書の住所"), "請求書の宛名と の住所");
    }

    #[test]
    fn a_phrase_without_repetition_stays_as_it_was_written() {
        for phrase in ["Where is the key to the Box?", "請求書の宛名の変更", ""] {
            assert_eq!(said_once(phrase), phrase);
        }
    }
}
