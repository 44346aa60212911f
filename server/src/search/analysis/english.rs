//! English words by their stems: those of the Snowball algorithm, but for words that it mistakes.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::{british, families};

static SNOWBALL: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The stems of words that are known by heart.
static KNOWN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for family in families::FAMILIES {
        let term = family.split(' ').next().unwrap_or_default();
        known.extend(family.split(' ').map(|word| (word.to_owned(), term.to_owned())));
    }
    for (british, american) in british::pairs() {
        let stem = known.get(&american).cloned().unwrap_or_else(|| by_rule(&american));
        known.insert(british, stem);
    }
    known
});

/// The stem of a word in lower-case ASCII letters.
pub fn stem(word: &str) -> String {
    KNOWN.get(word).cloned().unwrap_or_else(|| by_rule(word))
}

fn by_rule(word: &str) -> String {
    let word = british::with_s(word);
    match word.strip_suffix('s').unwrap_or(&word).strip_suffix("ification") {
        // Snowball has `verif` for the noun and `verifi` for the verb.
        Some(beginning) if beginning.len() > 2 => SNOWBALL.stem(&format!("{beginning}ify")).into_owned(),
        _ => {
            let stem = SNOWBALL.stem(&word);
            // Nothing is left of AED, which is no form of `a`.
            if stem.len() < 2 { word.into_owned() } else { stem.into_owned() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        stem(a) == stem(b)
    }

    #[test]
    fn something_is_left_of_every_word() {
        assert_eq!(["aed", "as", "i", "used"].map(stem), ["aed", "as", "i", "use"]);
    }

    #[test]
    fn words_that_only_resemble_each_other_are_kept_apart() {
        for (a, b) in [
            ("customer", "custom"),
            ("customs", "customer"),
            ("organization", "organize"),
            ("organ", "organise"),
            ("important", "import"),
            ("international", "internal"),
            ("experiment", "experience"),
            ("author", "authority"),
            ("author", "authorize"),
            ("past", "pasted"),
            ("active", "activity"),
            ("university", "universal"),
            ("operator", "operation"),
            ("relative", "relate"),
            ("numerous", "number"),
            ("managers", "manage"),
            ("installment", "install"),
            ("policy", "police"),
            ("new", "news"),
            ("general", "generate"),
            ("communicate", "community"),
        ] {
            assert!(!meet(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn the_forms_of_a_word_meet() {
        for (a, b) in [
            ("customer", "customers"),
            ("organisations", "organization"),
            ("authorized", "authorization"),
            ("importing", "imported"),
            ("add", "added"),
            ("create", "creation"),
            ("verify", "verification"),
            ("notifications", "notified"),
            ("indices", "index"),
        ] {
            assert!(meet(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn british_and_american_spellings_are_one() {
        for (british, american) in [
            ("colour", "color"),
            ("coloured", "colored"),
            ("centre", "center"),
            ("centring", "centering"),
            ("behaviours", "behavior"),
            ("licence", "license"),
            ("licencing", "license"),
            ("organise", "organizing"),
            ("customisation", "customize"),
            ("catalogue", "catalogs"),
            ("favourites", "favorite"),
            ("analyse", "analyzed"),
            ("analyser", "analyzer"),
            ("cancelled", "canceled"),
            ("labelling", "labeling"),
            ("travellers", "traveler"),
            ("enrol", "enrolled"),
            ("enrolment", "enrollment"),
            ("fulfil", "fulfilled"),
            ("programme", "programs"),
            ("grey", "gray"),
            ("dialogue", "dialogs"),
            ("judgement", "judgment"),
            ("kilometres", "kilometer"),
        ] {
            assert!(meet(british, american), "{british} and {american}");
        }
        // A cheque is no check, and neither are these what a rule would make of them.
        for (a, b) in
            [("cheque", "check"), ("four", "for"), ("hour", "hor"), ("size", "side"), ("tour", "tor")]
        {
            assert!(!meet(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn no_word_is_of_two_families() {
        let words: Vec<&str> = families::FAMILIES.iter().flat_map(|family| family.split(' ')).collect();
        let mut once = words.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), words.len());
    }
}
