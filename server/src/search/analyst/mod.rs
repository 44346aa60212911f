//! Makes the index's documents of articles. What a stretch of letters is cut into does not depend on what stands around
//! it, and a few thousand of them make up nearly every text: each is cut once and kept.

mod page;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use tantivy::TantivyDocument;

use self::page::{Page, Words};
use super::analysed::{line, placed_line};
use super::analysis::{self, Gram, Kind, Listener, Token};
use super::document::{IndexedArticle, Taught};
use super::said::said;
use super::schema::{Fields, Part};

/// So many stretches are kept, some 300 bytes each; when there are more, all of them are let go.
const MOST_KEPT: usize = 50_000;
/// Longer stretches, in bytes, hardly ever come again.
const LONGEST_KEPT: usize = 48;
/// A learned phrase counts up to three outcomes.
const MOST_QUARTERS: i64 = 12;

/// Analyses articles, the faster the more it has seen. Keeps megabytes: drop it when there is nothing to index.
#[derive(Default)]
pub struct Analyst {
    kept: HashMap<Box<str>, Cut, RandomState>,
    words: Words,
    page: Page,
}

impl Analyst {
    /// The Tantivy document of an article.
    pub fn document(&mut self, fields: &Fields, article: &IndexedArticle) -> TantivyDocument {
        if self.kept.len() > MOST_KEPT {
            *self = Self::default();
        }
        let mut document = TantivyDocument::with_capacity(6 * article.body.len());
        document.add_i64(fields.article_id, article.article_id);
        document.add_i64(fields.translation_id, article.translation_id);
        document.add_text(fields.locale, article.locale.tag());
        for locale in &article.serves {
            document.add_text(fields.serves, locale.tag());
        }
        for key in article.audience.keys() {
            document.add_text(fields.audience, key);
        }
        for category in &article.category_path {
            document.add_i64(fields.categories, *category);
        }
        document.add_i64(fields.updated_at, article.updated_at);
        document.add_text(fields.slug, &article.slug);
        document.add_text(fields.whole_title, analysis::comparable(&article.title));
        document.add_text(fields.title, &article.title);
        document.add_text(fields.summary, &article.summary);
        document.add_text(fields.body, &article.body);

        let text = fields.text(article.locale);
        let title = analysis::analyse(&article.title);
        document.add_u64(fields.title_words, word_count(&title));
        for part in Part::ALL {
            self.page.begin(part);
            if part == Part::Title {
                self.page.take(&Cut::of(&title, &mut self.words));
                self.page.lines.clear();
                title.iter().for_each(|token| placed_line(&mut self.page.lines, token.position, &token.term));
            } else {
                analysis::listen(&analysis::normalise(&text_of(article, part)), self);
            }
            if !self.page.lines.is_empty() {
                document.add_text(text.part(part), &self.page.lines);
            }
        }
        let (telling, vocabulary) = self.page.end(&self.words);
        document.add_text(fields.telling, telling);
        document.add_text(text.vocabulary, vocabulary);
        if !article.learned.is_empty() {
            document.add_text(text.said, said(&article.learned));
        }
        document
    }
}

impl Listener for Analyst {
    fn stretch(&mut self, stretch: &str, _at: usize) {
        if let Some(cut) = self.kept.get(stretch) {
            self.page.take(cut);
            return;
        }
        let mut tokens = Vec::new();
        analysis::cut(stretch, 0, &mut 0, &mut tokens);
        let cut = Cut::of(&tokens, &mut self.words);
        self.page.take(&cut);
        if stretch.len() <= LONGEST_KEPT {
            self.kept.insert(stretch.into(), cut);
        }
    }

    fn gram(&mut self, gram: Gram) {
        if self.page.takes_single_kanji || gram.kind() != Kind::Unigram {
            gram.write(&mut self.page.lines);
            self.page.lines.push('\n');
        }
    }
}

/// What a stretch is cut into.
struct Cut {
    /// Its terms, a line each.
    lines: Box<str>,
    /// Its words in order, as the telling ones are counted; those that tell nothing are none.
    telling: Box<[Option<u32>]>,
    /// Its words for completions and corrections.
    vocabulary: Box<[u32]>,
}

impl Cut {
    fn of(tokens: &[Token], words: &mut Words) -> Self {
        let mut lines = String::new();
        tokens.iter().for_each(|token| line(&mut lines, &token.term));
        let telling = tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Whole))
            .map(|token| is_telling(token).then(|| words.number(&token.term)))
            .collect();
        let vocabulary = tokens
            .iter()
            .filter(|token| is_vocabulary(token))
            .map(|token| words.number(&token.surface))
            .collect();
        Self { lines: lines.into(), telling, vocabulary }
    }
}

fn text_of(article: &IndexedArticle, part: Part) -> Cow<'_, str> {
    match part {
        Part::Title => Cow::Borrowed(&article.title),
        Part::Summary => Cow::Borrowed(&article.summary),
        Part::Body => Cow::Borrowed(&article.body),
        Part::Headings => Cow::Owned(article.headings.join("\n")),
        Part::Phrases => Cow::Owned(article.phrases.join("\n")),
        Part::Learned => Cow::Owned(repeated(&article.learned)),
        Part::Tags => Cow::Owned(article.tags.join("\n")),
    }
}

/// Each phrase as often as it counts: once for every quarter of a fresh outcome, so that words which were only clicked
/// stay behind words which solved something.
fn repeated(phrases: &[Taught]) -> String {
    let times = |phrase: &Taught| ((phrase.weight + 125) / 250).clamp(1, MOST_QUARTERS);
    let lines = phrases.iter().flat_map(|phrase| (0..times(phrase)).map(|_| phrase.text.as_str()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The words that say what a title is about; all of them where none does.
fn word_count(tokens: &[Token]) -> u64 {
    let words = || tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part));
    let telling = words().filter(|token| !analysis::is_stop_word(&token.surface)).count();
    (if telling > 0 { telling } else { words().count() }) as u64
}

fn is_telling(token: &Token) -> bool {
    !analysis::is_stop_word(&token.surface) && !analysis::is_stop_word(&token.term)
}

/// Words of two characters and more; long identifiers nobody completes stay out.
fn is_vocabulary(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Whole | Kind::Part)
        && token.surface.len() <= 40
        && token.surface.chars().nth(1).is_some()
}
