//! From what a customer wrote to numbers: words, pairs of words and runs of letters, each hashed.
//!
//! Words carry the subject and runs of letters forgive inflection and slips; Japanese gets its pairs of characters from
//! the same analysis that search uses.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::search::analysis::{self, Kind, Token};

/// A longer text says no more about where it belongs.
const MOST_CHARS: usize = 2_000;
/// Lengths of the runs of letters, in characters.
const RUNS: std::ops::RangeInclusive<usize> = 2..=4;

/// Which kind of evidence a feature is. Each kind is brought to the same length, so that none drowns the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    Words,
    Pairs,
    Letters,
    /// What is known of a request besides its words.
    Facts,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Words, Self::Pairs, Self::Letters, Self::Facts];
}

/// How often each feature occurs in one text.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Hash of the feature, its kind, and how often it occurs.
    pub features: Vec<(u64, Group, u32)>,
    /// Those of the features that are words by which one can tell what a text is about, each once.
    pub telling: Vec<u64>,
}

impl Counts {
    /// The same text always gives the same features, in the same order, in every process; so do facts, each of which
    /// counts as one.
    pub fn of(text: &str, facts: &[String]) -> Self {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let text = analysis::normalise(&text);
        let tokens = analysis::tokenize(&text);
        let mut counts: HashMap<(u64, Group), u32> = HashMap::new();
        let mut count =
            |group: Group, feature: &str| *counts.entry((hash(group, feature), group)).or_default() += 1;
        facts.iter().for_each(|fact| count(Group::Facts, fact));
        let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part));
        let mut telling: Vec<u64> = words.filter(|t| tells(t)).map(|t| hash(Group::Words, &t.term)).collect();
        telling.sort_unstable();
        telling.dedup();
        let mut before = ["", "^"];
        for token in &tokens {
            match token.kind {
                Kind::Word | Kind::Part => {
                    count(Group::Words, &token.term);
                    count(Group::Pairs, &format!("{} {}", before[1], token.term));
                    count(Group::Pairs, &format!("{} … {}", before[0], token.term));
                    before = [before[1], &token.term];
                }
                Kind::Whole => count(Group::Words, &token.term),
                Kind::Bigram => count(Group::Letters, &token.term),
                Kind::Unigram => {}
            }
        }
        for token in tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part)) {
            let letters: Vec<char> = format!(" {} ", token.surface).chars().collect();
            for length in RUNS {
                for run in letters.windows(length) {
                    count(Group::Letters, &run.iter().collect::<String>());
                }
            }
        }
        let mut features: Vec<_> = counts.into_iter().map(|((hash, group), n)| (hash, group, n)).collect();
        features.sort_unstable_by_key(|(hash, ..)| *hash);
        Self { features, telling }
    }
}

/// Numbers are of one request alone, and stop words are of all.
fn tells(token: &Token) -> bool {
    token.surface.chars().any(char::is_alphabetic)
        && !analysis::is_stop_word(&token.surface)
        && !analysis::is_stop_word(&token.term)
}

/// The standard hasher with its fixed keys: models are learned anew by every process, and never stored.
fn hash(group: Group, feature: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    group.hash(&mut hasher);
    feature.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str) -> usize {
        let b = Counts::of(b, &[]).features;
        Counts::of(a, &[])
            .features
            .iter()
            .filter(|(hash, ..)| b.iter().any(|(other, ..)| other == hash))
            .count()
    }

    #[test]
    fn inflections_and_slips_share_most_of_their_features() {
        assert!(shared("My card has not arrived", "my cards have not arived") >= 20);
        assert!(shared("請求書の宛名を変更したい", "請求書の宛名変更") >= 5);
        assert_eq!(shared("請求書", "password"), 0);
    }

    #[test]
    fn a_text_without_words_has_no_features() {
        assert!(Counts::of(" … 🙂 ", &[]).features.is_empty());
    }
}
