//! What a synonym says, and what may not be said.

use app::i18n::Locale;

use crate::search::analysis::{self, Kind};
use crate::search::query::{Meanings, Parsed};

/// Words on either side of a synonym, at most.
pub const MOST_WORDS: usize = 20;
/// The longest word that is kept, in characters.
pub const LONGEST: usize = 60;

/// Words for the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub locale: Locale,
    pub words: Vec<String>,
    /// What whoever searches for one of the words finds too, one way. Empty where each of the words means all others.
    pub meanings: Vec<String>,
}

/// Why words are not kept. The words are as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    #[error("there is no word")]
    NoWords,
    #[error("there is nothing that the words mean")]
    NoMeanings,
    #[error("one word alone is no synonym")]
    OneWord,
    #[error("more than {MOST_WORDS} words")]
    TooMany,
    #[error("longer than {LONGEST} characters: {0}")]
    TooLong(String),
    /// Nothing but marks, or words that stand in every sentence.
    #[error("says nothing: {0}")]
    SaysNothing(String),
    /// Search takes two words for one already.
    #[error("found by each other already: {0} and {1}")]
    Same(String, String),
}

impl Wording {
    /// Words that mean each other.
    ///
    /// # Errors
    /// Whatever is wrong with them, the first of it.
    pub fn both_ways(locale: Locale, words: &[String]) -> Result<Self, WordingError> {
        let words = checked(words)?;
        match words.as_slice() {
            [] => Err(WordingError::NoWords),
            [_] => Err(WordingError::OneWord),
            _ => Self { locale, words, meanings: Vec::new() }.said(),
        }
    }

    /// Words that mean others, which do not mean them.
    ///
    /// # Errors
    /// Whatever is wrong with them, the first of it.
    pub fn one_way(locale: Locale, words: &[String], meanings: &[String]) -> Result<Self, WordingError> {
        let (words, meanings) = (checked(words)?, checked(meanings)?);
        if words.is_empty() {
            return Err(WordingError::NoWords);
        }
        if meanings.is_empty() {
            return Err(WordingError::NoMeanings);
        }
        Self { locale, words, meanings }.said()
    }

    pub fn is_one_way(&self) -> bool {
        !self.meanings.is_empty()
    }

    /// Each word with each that it means.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let meanings = if self.is_one_way() { &self.meanings } else { &self.words };
        self.words.iter().flat_map(move |word| {
            let others = meanings.iter().filter(move |meaning| self.is_one_way() || *meaning != word);
            others.map(move |meaning| (word.as_str(), meaning.as_str()))
        })
    }

    /// Adds what it says to what queries are understood by.
    pub fn note(&self, meanings: &mut Meanings) {
        for (word, meaning) in self.pairs() {
            meanings.add(self.locale, word, meaning);
        }
    }

    /// As one line: `bill = invoice`, `bill → invoice`.
    pub fn line(&self) -> String {
        match self.meanings.as_slice() {
            [] => self.words.join(" = "),
            meanings => format!("{} → {}", self.words.join(", "), meanings.join(", ")),
        }
    }

    /// Whether every pair says something that search does not do by itself.
    fn said(self) -> Result<Self, WordingError> {
        for (word, meaning) in self.pairs() {
            let mut noted = Meanings::default();
            noted.add(self.locale, word, meaning);
            if noted == Meanings::default() {
                return Err(WordingError::Same(word.to_owned(), meaning.to_owned()));
            }
        }
        Ok(self)
    }
}

/// The words in single spaces, each once, without empty ones.
fn checked(words: &[String]) -> Result<Vec<String>, WordingError> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        if word.is_empty() || kept.contains(&word) {
            continue;
        }
        if word.chars().count() > LONGEST {
            return Err(WordingError::TooLong(word));
        }
        let tokens = Parsed::new(&word).tokens;
        let mut words =
            tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part | Kind::Whole));
        if words.all(|token| analysis::is_stop_word(&token.surface)) {
            return Err(WordingError::SaysNothing(word));
        }
        kept.push(word);
    }
    if kept.len() > MOST_WORDS {
        return Err(WordingError::TooMany);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::i18n::Locale::{En, Ja};

    fn list(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_group_means_each_other_and_one_way_is_one_way() {
        let group = Wording::both_ways(En, &list(&["bill", " invoice ", "", "receipt", "bill"]))
            .expect("they differ");
        assert_eq!(group.line(), "bill = invoice = receipt");
        assert_eq!(group.pairs().count(), 6);
        let one =
            Wording::one_way(En, &list(&["two-factor", "2FA"]), &list(&["sign in"])).expect("they differ");
        assert_eq!(one.line(), "two-factor, 2FA → sign in");
        assert_eq!(one.pairs().collect::<Vec<_>>(), [("two-factor", "sign in"), ("2FA", "sign in")]);
    }

    #[test]
    fn what_says_nothing_is_refused_with_its_reason() {
        use WordingError::*;
        let both = |words: &[&str]| Wording::both_ways(En, &list(words)).expect_err("it says nothing");
        assert_eq!(both(&[" "]), NoWords);
        assert_eq!(both(&["bill"]), OneWord);
        assert_eq!(both(&["bill", "!?"]), SaysNothing("!?".into()));
        assert_eq!(both(&["bill", "how to"]), SaysNothing("how to".into()));
        assert_eq!(both(&["Invoices", "invoice"]), Same("Invoices".into(), "invoice".into()));
        assert_eq!(both(&["bill", &"x".repeat(61)]), TooLong("x".repeat(61)));
        let many: Vec<String> = (0..21).map(|n| format!("word{n}")).collect();
        assert_eq!(Wording::both_ways(En, &many), Err(TooMany));
        let one = |words: &[&str], meanings: &[&str]| Wording::one_way(Ja, &list(words), &list(meanings));
        assert_eq!(one(&["国保"], &[]), Err(NoMeanings));
        assert_eq!(one(&[], &["国保"]), Err(NoWords));
        assert_eq!(one(&["サーバー"], &["サーバ"]), Err(Same("サーバー".into(), "サーバ".into())));
    }
}
