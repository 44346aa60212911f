//! Words in kanji by how they are read: てんぷ is 添付 that was typed and not converted. Kanji do not tell how they are read;
//! what people ask help centres and town halls about is known by heart.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::search::analysis::{self, Kind};

/// A word as the index has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// Its terms, which say it together.
    pub terms: Vec<String>,
    /// Whether the reading is the stem of a verb or an adjective, behind which anything may stand (わすれました).
    pub is_inflected: bool,
}

/// A reading a line, and the words that are read so; of a stem behind a `~`. Left out are readings
/// with which grammar begins (ないよう, ていき), and those that other words have too (きのう): a run of kana is more often that.
static WORDS: LazyLock<BTreeMap<String, Vec<Word>>> = LazyLock::new(|| {
    let lines = include_str!("readings.txt").lines().map(str::split_whitespace);
    let entry = |mut line: std::str::SplitWhitespace<'static>| {
        Some((analysis::to_katakana(line.next()?), line.map(Word::of).collect()))
    };
    lines.filter_map(entry).collect()
});

impl Word {
    fn of(word: &str) -> Self {
        let stem = word.strip_prefix('~');
        let tokens = analysis::analyse(stem.unwrap_or(word)).into_iter();
        let terms = tokens.filter(|token| token.kind == Kind::Word).map(|token| token.term).collect();
        Self { terms, is_inflected: stem.is_some() }
    }
}

/// The words that are read so; `reading` is folded, as tokens are.
pub fn read_as(reading: &str) -> &'static [Word] {
    WORDS.get(reading).map_or(&[], Vec::as_slice)
}

/// The words whose readings begin so, the shortest readings of equal beginnings first.
pub fn beginning(reading: &str) -> impl Iterator<Item = &'static Word> {
    let from = WORDS.range(reading.to_owned()..);
    from.take_while(move |(other, _)| other.starts_with(reading)).flat_map(|(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<String> {
        words.into_iter().map(|word| word.terms.concat()).collect()
    }

    #[test]
    fn words_are_known_by_their_readings_and_by_how_those_begin() {
        assert_eq!(terms(read_as("テンプ")), ["添付"]);
        assert_eq!(terms(read_as("タイシヨウ")), Vec::<String>::new(), "a small kana is another");
        assert_eq!(terms(read_as("イドウ")), ["移動", "異動"]);
        assert_eq!(terms(beginning("リョウシュ")), ["領収書", "領収証"]);
        assert_eq!(terms(beginning("テンプラ")), Vec::<String>::new());
    }

    #[test]
    fn every_line_is_a_reading_in_hiragana_and_words_that_the_analysis_keeps() {
        for line in include_str!("readings.txt").lines() {
            let (reading, words) = line.split_once(' ').expect("a reading and words");
            let is_kana = |c: char| analysis::is_hiragana(c) || c == 'ー';
            assert!(reading.chars().all(is_kana) && reading.chars().nth(1).is_some(), "{line}");
            let tells = |word: &str| Word::of(word).terms.iter().any(|term| !analysis::is_stop_word(term));
            assert!(words.split(' ').all(tells), "{line}");
        }
        let mut readings: Vec<&str> =
            include_str!("readings.txt").lines().filter_map(|line| line.split(' ').next()).collect();
        let lines = readings.len();
        readings.dedup();
        assert_eq!(readings.len(), lines, "each stands once");
    }
}
