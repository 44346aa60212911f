//! Words that everybody knows. Whoever types one means it, though no article says it.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::english;

/// English words of four letters and more, of the house, the office and the computer. Words that are mostly slips of
/// others (`rest` for `reset`, `costumer`, `untied`) are left out, and so are forms that have the stem of another.
static STEMS: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("everyday.txt").split_whitespace().map(english::stem).collect());

/// Whether a term is the stem of an everyday English word.
pub fn is_everyday(term: &str) -> bool {
    STEMS.contains(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_known_in_all_their_forms() {
        for word in ["contact", "shoes", "baking", "robots", "older", "deliveries", "coloured"] {
            assert!(is_everyday(&english::stem(word)), "{word}");
        }
    }

    #[test]
    fn frequent_slips_are_no_words() {
        for word in [
            "pasword",
            "passwrod",
            "recieve",
            "seperate",
            "enviroment",
            "acount",
            "adress",
            "calender",
            "costumer",
            "manger",
            "rest",
            "sucess",
            "usre",
            "isue",
            "emial",
            "webiste",
            "untied",
            "sing",
            "permisson",
            "atachment",
            "delted",
            "templte",
            "langauge",
            "wierd",
            "tommorow",
        ] {
            assert!(!is_everyday(&english::stem(word)), "{word}");
        }
    }
}
