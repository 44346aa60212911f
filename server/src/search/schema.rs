//! The shape of the index: which fields there are, and how an article becomes one Tantivy document.
//!
//! Each language has its own set of text fields, so that lengths and term statistics of the two never mix.

use std::borrow::Cow;

use app::i18n::Locale;
use tantivy::TantivyDocument;
use tantivy::schema::document::Value;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analysed::{ANALYSED, Lines};
use super::analysis::{self, Kind, Token};
use super::document::IndexedArticle;
use super::telling::TellingWords;

/// Counts up with every change of the fields or of the analysis. An index of another version is rebuilt.
pub const SCHEMA_VERSION: u32 = 5;

/// A learned phrase counts up to three outcomes.
const MOST_QUARTERS: i64 = 12;

/// The parts of an article that are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Title,
    Headings,
    Summary,
    Phrases,
    Learned,
    Tags,
    Body,
}

impl Part {
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Headings, Self::Summary, Self::Phrases, Self::Learned, Self::Tags, Self::Body];

    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Headings => "headings",
            Self::Summary => "summary",
            Self::Phrases => "phrases",
            Self::Learned => "learned",
            Self::Tags => "tags",
            Self::Body => "body",
        }
    }
}

/// The text fields of one language.
#[derive(Clone, Debug)]
pub struct TextFields {
    parts: [Field; Part::ALL.len()],
    /// Every word as it is written, unstemmed: what typos are checked against and completions are made of.
    pub vocabulary: Field,
}

impl TextFields {
    pub fn part(&self, part: Part) -> Field {
        self.parts[part as usize]
    }
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub struct Fields {
    pub schema: Schema,
    pub article_id: Field,
    pub translation_id: Field,
    pub locale: Field,
    pub serves: Field,
    pub audience: Field,
    pub categories: Field,
    pub updated_at: Field,
    pub title_words: Field,
    pub slug: Field,
    pub title: Field,
    pub summary: Field,
    pub body: Field,
    /// What the article is about in its own words; see [`super::telling`].
    pub telling: Field,
    text: [TextFields; Locale::ALL.len()],
}

/// The column of all categories above an article, for filters and counts.
pub const CATEGORIES: &str = "categories";
/// The column of the article each document is a translation of.
pub const ARTICLE_ID: &str = "article_id";
/// The column of a title's length in words.
pub const TITLE_WORDS: &str = "title_words";

impl Default for Fields {
    fn default() -> Self {
        Self::new()
    }
}

impl Fields {
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let text = Locale::ALL.map(|locale| {
            let tag = locale.tag();
            let parts = Part::ALL.map(|part| {
                // Only titles answer "how near to each other": positions of bodies would double the index.
                let record = if part == Part::Title {
                    IndexRecordOption::WithFreqsAndPositions
                } else {
                    IndexRecordOption::WithFreqs
                };
                let indexing = TextFieldIndexing::default().set_tokenizer(ANALYSED).set_index_option(record);
                schema.add_text_field(
                    &format!("{}_{tag}", part.name()),
                    TextOptions::default().set_indexing_options(indexing),
                )
            });
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(ANALYSED)
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false);
            let vocabulary = schema.add_text_field(
                &format!("vocabulary_{tag}"),
                TextOptions::default().set_indexing_options(indexing),
            );
            TextFields { parts, vocabulary }
        });
        Self {
            text,
            article_id: schema.add_i64_field(ARTICLE_ID, INDEXED | STORED | FAST),
            translation_id: schema.add_i64_field("translation_id", STORED),
            locale: schema.add_text_field("locale", STRING | STORED),
            serves: schema.add_text_field("serves", STRING),
            audience: schema.add_text_field("audience", STRING),
            categories: schema.add_i64_field(CATEGORIES, FAST | STORED),
            updated_at: schema.add_i64_field("updated_at", STORED),
            title_words: schema.add_u64_field(TITLE_WORDS, FAST),
            slug: schema.add_text_field("slug", STORED),
            title: schema.add_text_field("title", STORED),
            summary: schema.add_text_field("summary", STORED),
            body: schema.add_text_field("body", STORED),
            telling: schema.add_text_field("telling", STORED),
            schema: schema.build(),
        }
    }

    /// The text fields of a language.
    pub fn text(&self, locale: Locale) -> &TextFields {
        &self.text[locale as usize]
    }

    /// The Tantivy document of an article.
    pub fn document(&self, article: &IndexedArticle) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_i64(self.article_id, article.article_id);
        document.add_i64(self.translation_id, article.translation_id);
        document.add_text(self.locale, article.locale.tag());
        for locale in &article.serves {
            document.add_text(self.serves, locale.tag());
        }
        for key in article.audience.keys() {
            document.add_text(self.audience, key);
        }
        for category in &article.category_path {
            document.add_i64(self.categories, *category);
        }
        document.add_i64(self.updated_at, article.updated_at);
        document.add_text(self.slug, &article.slug);
        document.add_text(self.title, &article.title);
        document.add_text(self.summary, &article.summary);
        document.add_text(self.body, &article.body);

        let fields = self.text(article.locale);
        let mut telling = TellingWords::default();
        let analysed = Part::ALL.map(|part| analysis::analyse(&text_of(article, part)));
        for (part, tokens) in Part::ALL.into_iter().zip(&analysed) {
            telling.hear(part, tokens);
            let terms = match part {
                Part::Title => Lines::placed(tokens.iter()),
                Part::Body => Lines::of(terms(tokens.iter().filter(|token| token.kind != Kind::Unigram))),
                _ => Lines::of(terms(tokens.iter())),
            };
            document.add_text(fields.part(part), terms.into_text());
        }
        document.add_u64(self.title_words, word_count(&analysed[Part::Title as usize]));
        document.add_text(self.telling, telling.to_string());
        // What customers wrote stays out of completions and corrections: those are shown to others.
        let shown = Part::ALL
            .into_iter()
            .zip(&analysed)
            .filter(|(part, _)| !matches!(part, Part::Phrases | Part::Learned));
        let words = shown.flat_map(|(_, tokens)| tokens).filter(|token| is_vocabulary(token));
        let mut vocabulary: Vec<&str> = words.map(|token| token.surface.as_str()).collect();
        vocabulary.sort_unstable();
        vocabulary.dedup();
        document.add_text(fields.vocabulary, Lines::of(vocabulary.into_iter()).into_text());
        document
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

fn terms<'a>(tokens: impl Iterator<Item = &'a Token>) -> impl Iterator<Item = &'a str> {
    tokens.map(|token| token.term.as_str())
}

/// Each phrase as often as it counts: once for every quarter of a fresh outcome, so that words which were only clicked
/// stay behind words which solved something.
fn repeated(phrases: &[(String, i64)]) -> String {
    let times = |weight: i64| ((weight + 125) / 250).clamp(1, MOST_QUARTERS);
    let lines = phrases.iter().flat_map(|(phrase, weight)| (0..times(*weight)).map(move |_| phrase.as_str()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The words that say what a title is about; all of them where none does.
fn word_count(tokens: &[Token]) -> u64 {
    let words = || tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Part));
    let telling = words().filter(|token| !analysis::is_stop_word(&token.surface)).count();
    (if telling > 0 { telling } else { words().count() }) as u64
}

/// Words of two characters and more; long identifiers nobody completes stay out.
fn is_vocabulary(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Whole | Kind::Part)
        && token.surface.len() <= 40
        && token.surface.chars().nth(1).is_some()
}

/// The stored text of a field, or nothing.
pub fn stored_text(document: &TantivyDocument, field: Field) -> &str {
    document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}

/// The stored number of a field, or 0.
pub fn stored_number(document: &TantivyDocument, field: Field) -> i64 {
    document.get_first(field).and_then(|value| value.as_i64()).unwrap_or_default()
}

/// All stored numbers of a field, in the order they were added.
pub fn stored_numbers(document: &TantivyDocument, field: Field) -> Vec<i64> {
    document.get_all(field).filter_map(|value| value.as_i64()).collect()
}
