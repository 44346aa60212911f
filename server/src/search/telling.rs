//! The words that tell what an article is about, noted when it is indexed, so that nothing has to be analysed again
//! when articles are compared.

use super::schema::Part;

/// So many words are noted of an article. Which of them are rare is known only when it is asked for.
const MOST: usize = 40;
/// How many words of the body are read: what an article is about stands at its beginning.
const BODY_WORDS: usize = 800;

/// Counts the words of one article after the other; a word of the title or the summary counts for several. Words are
/// numbers here, those that tell nothing none.
#[derive(Default)]
pub struct TellingWords {
    /// How often each word was heard in this article, by its number.
    counts: Vec<u32>,
    /// The words that were heard in this article.
    heard: Vec<u32>,
    weight: u32,
    /// How many more words of the part are listened to.
    left: usize,
}

impl TellingWords {
    /// The words that follow are of this part. Headings repeat the body, and what customers wrote speaks for no other
    /// article.
    pub fn begin(&mut self, part: Part) {
        (self.weight, self.left) = match part {
            Part::Title => (4, usize::MAX),
            Part::Summary => (2, usize::MAX),
            Part::Body => (1, BODY_WORDS),
            Part::Headings | Part::Phrases | Part::Learned | Part::Tags => (0, 0),
        };
    }

    pub fn hear(&mut self, words: &[Option<u32>]) {
        let words = &words[..words.len().min(self.left)];
        self.left -= words.len();
        for word in words.iter().flatten() {
            let at = *word as usize;
            if self.counts.len() <= at {
                self.counts.resize(at + 1, 0);
            }
            if self.counts[at] == 0 {
                self.heard.push(*word);
            }
            self.counts[at] += self.weight;
        }
    }

    /// Ends the article: a line for each of its most frequent words, count, space, term.
    pub fn end<'a>(&mut self, term: impl Fn(u32) -> &'a str) -> String {
        let mut words: Vec<(u32, &str)> =
            self.heard.iter().map(|word| (self.counts[*word as usize], term(*word))).collect();
        for word in self.heard.drain(..) {
            self.counts[word as usize] = 0;
        }
        let order = |a: &(u32, &str), b: &(u32, &str)| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1));
        if words.len() > MOST {
            words.select_nth_unstable_by(MOST, order);
            words.truncate(MOST);
        }
        words.sort_unstable_by(order);
        words.into_iter().map(|(count, term)| format!("{count} {term}\n")).collect()
    }

    /// Reads what [`TellingWords::end`] wrote: terms with their counts.
    pub fn read(text: &str) -> impl Iterator<Item = (&str, u32)> {
        text.lines().filter_map(|line| {
            let (count, term) = line.split_once(' ')?;
            Some((term, count.parse().ok()?))
        })
    }
}
