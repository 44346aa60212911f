//! The shape of the index: which fields there are.
//!
//! Each language has its own set of text fields, so that lengths and term statistics of the two never mix.

use app::i18n::Locale;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analysed::ANALYSED;

/// Counts up with every change of the fields or of the analysis. An index of another version is rebuilt.
pub const SCHEMA_VERSION: u32 = 9;

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
    /// Words of customers with who said them; see [`super::said`].
    pub said: Field,
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
    /// The title in one piece, folded for comparing: for whoever types just that.
    pub whole_title: Field,
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
            let [vocabulary, said] = ["vocabulary", "said"].map(|name| {
                let indexing = TextFieldIndexing::default()
                    .set_tokenizer(ANALYSED)
                    .set_index_option(IndexRecordOption::Basic)
                    .set_fieldnorms(false);
                let options = TextOptions::default().set_indexing_options(indexing);
                schema.add_text_field(&format!("{name}_{tag}"), options)
            });
            TextFields { parts, vocabulary, said }
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
            whole_title: schema.add_text_field("whole_title", STRING),
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
}
