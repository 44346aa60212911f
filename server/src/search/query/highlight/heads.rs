//! The first two letters of some words, to tell at a glance that another word is none of them.

use crate::search::analysis;

/// Letters, digits, all others, and none.
const CLASSES: usize = 38;
const OTHER: usize = 36;
const NONE: usize = 37;

/// A bit for each pair of first letters, case and accents aside.
pub struct Heads([u64; CLASSES]);

impl Default for Heads {
    fn default() -> Self {
        Self([0; CLASSES])
    }
}

impl Heads {
    pub fn insert(&mut self, word: &str) {
        let [first, second] = head(word);
        self.0[first] |= 1 << second;
    }

    /// Whether any of the words begins with two letters like these; `true` where either is not of ASCII, and so is
    /// nothing by itself.
    pub fn may_begin(&self, first: u8, second: u8) -> bool {
        match (plain(first), plain(second)) {
            (Some(first), Some(second)) => self.0[first] & (1 << second) != 0,
            _ => true,
        }
    }

    /// Whether any of the words begins like this one.
    pub fn has(&self, word: &str) -> bool {
        let [first, second] = head(word);
        self.0[first] & (1 << second) != 0
    }
}

fn head(word: &str) -> [usize; 2] {
    if let [first, second, ..] = *word.as_bytes()
        && let (Some(first), Some(second)) = (plain(first), plain(second))
    {
        return [first, second];
    }
    let mut letters = word.chars().filter_map(analysis::fold_char).filter_map(class);
    [letters.next().unwrap_or(NONE), letters.next().unwrap_or(NONE)]
}

/// The class of what needs no folding but of case, as nearly every letter.
fn plain(byte: u8) -> Option<usize> {
    match byte {
        b'a'..=b'z' => Some(usize::from(byte - b'a')),
        b'A'..=b'Z' => Some(usize::from(byte - b'A')),
        b'0'..=b'9' => Some(26 + usize::from(byte - b'0')),
        _ => None,
    }
}

/// The class of a folded character; `None` for what is no letter.
fn class(c: char) -> Option<usize> {
    match c {
        'a'..='z' => Some(c as usize - 'a' as usize),
        '0'..='9' => Some(26 + c as usize - '0' as usize),
        _ => c.is_alphanumeric().then_some(OTHER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_begin_alike_pass() {
        let mut heads = Heads::default();
        for word in ["invoice", "x", "5021", "école"] {
            heads.insert(word);
        }
        for word in ["Invite", "X", "50", "ECOLOGY", "e-collect"] {
            assert!(heads.has(word), "{word}");
        }
        for word in ["island", "xy", "51", "export", "n"] {
            assert!(!heads.has(word), "{word}");
        }
    }
}
