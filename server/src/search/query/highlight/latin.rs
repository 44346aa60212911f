//! Words of Latin script in a text: where they end, and which term they are a form of.

use super::is_japanese;
use crate::search::analysis;

/// What joins letters into one word, such as `sign-in` and `a/b`.
pub const JOINERS: [char; 8] = ['-', '_', '.', '\'', '’', '/', ':', '@'];

/// Bytes of the Latin word that begins the text, marks between its letters included.
pub fn word_end(text: &str) -> usize {
    let latin = |c: char| c.is_alphanumeric() && !is_japanese(c);
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mut end = plain;
    let mut chars = text[plain..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = JOINERS.contains(&c) && chars.peek().is_some_and(|(_, next)| latin(*next));
        if !joins && !latin(c) {
            break;
        }
        end = plain + at + c.len_utf8();
    }
    end
}

/// Whether a word may be a form of a term: of four letters or more, no form changes the third (`take`, `taking`; but
/// `use`, `using`), unless it is `grey`.
pub fn may_be_form(word: &str, term: &str) -> bool {
    let third = |text: &[u8]| {
        Some(text.first_chunk::<3>().filter(|head| head.iter().all(u8::is_ascii_alphanumeric))?[2])
    };
    match (third(word.as_bytes()), third(term.as_bytes())) {
        (Some(word), Some(of_term)) if term.len() > 3 && term != "gray" => {
            word.eq_ignore_ascii_case(&of_term)
        }
        _ => true,
    }
}

/// The term of a word with all its joints.
pub fn term(word: &str) -> Option<String> {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(analysis::term_of(&word.to_ascii_lowercase()));
    }
    analysis::analyse(word).into_iter().next().map(|whole| whole.term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_begin_as_its_term_does() {
        for word in [
            "indices", "2.4.6", "GitHub", "use", "using", "Takes", "taking", "carries", "naïve", "sign-in",
            "Grey",
        ] {
            let term = term(word).expect("it is a word");
            assert!(may_be_form(word, &term), "{word} is {term}");
        }
        assert!(!may_be_form("talking", "take") && !may_be_form("TALK", "take"));
        assert_eq!(term("Invoices"), term("invoice"));
        assert_eq!(term("sign-in").as_deref(), Some("signin"));
    }
}
