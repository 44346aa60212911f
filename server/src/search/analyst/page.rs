//! What is noted of the article that is being read.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::Cut;
use crate::search::analysed::line;
use crate::search::schema::Part;
use crate::search::telling::TellingWords;

/// Words by number, numbers by word.
#[derive(Default)]
pub struct Words {
    numbers: HashMap<Arc<str>, u32, RandomState>,
    words: Vec<Arc<str>>,
}

impl Words {
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).expect("memory ends before numbers do");
        let word: Arc<str> = word.into();
        self.numbers.insert(Arc::clone(&word), number);
        self.words.push(word);
        number
    }

    pub fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }
}

/// The article that is being read.
#[derive(Default)]
pub struct Page {
    /// The terms of the part that is being read.
    pub lines: String,
    pub takes_single_kanji: bool,
    /// Whether words of the part may be shown to others.
    is_shown: bool,
    telling: TellingWords,
    /// The article's words that may be shown to others, each once.
    vocabulary: Vec<u32>,
    /// Which words those are, by number.
    is_listed: Vec<bool>,
}

impl Page {
    pub fn begin(&mut self, part: Part) {
        self.lines.clear();
        // A single character is looked for in short parts only.
        self.takes_single_kanji = part != Part::Body;
        // What customers wrote stays out of completions and corrections: those are shown to others.
        self.is_shown = !matches!(part, Part::Phrases | Part::Learned);
        self.telling.begin(part);
    }

    pub fn take(&mut self, cut: &Cut) {
        self.lines.push_str(&cut.lines);
        self.telling.hear(&cut.telling);
        if !self.is_shown {
            return;
        }
        for word in &cut.vocabulary {
            let at = *word as usize;
            if self.is_listed.len() <= at {
                self.is_listed.resize(at + 1, false);
            }
            if !self.is_listed[at] {
                self.is_listed[at] = true;
                self.vocabulary.push(*word);
            }
        }
    }

    /// Ends the article: its telling words, and its vocabulary as lines.
    pub fn end(&mut self, words: &Words) -> (String, String) {
        let mut vocabulary = String::new();
        for word in self.vocabulary.drain(..) {
            self.is_listed[word as usize] = false;
            line(&mut vocabulary, words.word(word));
        }
        (self.telling.end(|word| words.word(word)), vocabulary)
    }
}
