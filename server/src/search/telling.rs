//! The words that tell what an article is about, noted when it is indexed, so that nothing has to be analysed again
//! when articles are compared.

use std::collections::HashMap;
use std::fmt;

use super::analysis::{self, Kind, Token};
use super::schema::Part;

/// So many words are noted of an article. Which of them are rare is known only when it is asked for.
const MOST: usize = 40;
/// How many words of the body are read: what an article is about stands at its beginning.
const BODY_WORDS: usize = 800;

/// Words of one article, each with how often it occurs; a word of the title or the summary counts for several.
#[derive(Clone, Debug, Default)]
pub struct TellingWords {
    counts: HashMap<String, u32>,
}

impl TellingWords {
    /// Counts the words of one part. Headings repeat the body, and what customers wrote speaks for no other article.
    pub fn hear(&mut self, part: Part, tokens: &[Token]) {
        let (weight, most) = match part {
            Part::Title => (4, usize::MAX),
            Part::Summary => (2, usize::MAX),
            Part::Body => (1, BODY_WORDS),
            Part::Headings | Part::Phrases | Part::Learned | Part::Tags => return,
        };
        let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Whole));
        for token in words.take(most) {
            if !analysis::is_stop_word(&token.surface) && !analysis::is_stop_word(&token.term) {
                *self.counts.entry(token.term.clone()).or_default() += weight;
            }
        }
    }

    /// Reads what [`fmt::Display`] wrote: terms with their counts.
    pub fn read(text: &str) -> impl Iterator<Item = (&str, u32)> {
        text.lines().filter_map(|line| {
            let (count, term) = line.split_once(' ')?;
            Some((term, count.parse().ok()?))
        })
    }
}

/// One line for each of the most frequent words: count, space, term.
impl fmt::Display for TellingWords {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut words: Vec<(&String, &u32)> = self.counts.iter().collect();
        words.sort_unstable_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        words.into_iter().take(MOST).try_for_each(|(term, count)| writeln!(f, "{count} {term}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_title_count_for_several_and_stop_words_for_none() {
        let mut telling = TellingWords::default();
        telling.hear(Part::Title, &analysis::analyse("How to reset the password"));
        telling.hear(Part::Body, &analysis::analyse("The password is reset by mail. A password is long."));
        telling.hear(Part::Phrases, &analysis::analyse("locked out"));
        let text = telling.to_string();
        let words: Vec<(&str, u32)> = TellingWords::read(&text).collect();
        assert_eq!(words, [("password", 6), ("reset", 5), ("long", 1), ("mail", 1)]);
    }
}
