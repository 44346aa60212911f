//! Tantivy by itself: English stems, pairs of characters for Japanese, any word may match, BM25, titles weighted 3.

use anyhow::{Context, Result};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{
    LowerCaser, NgramTokenizer, PreTokenizedString, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token,
};
use tantivy::{IndexReader, IndexWriter, Searcher, TantivyDocument, Term};

use crate::job::{Job, Language, Text};
use crate::memory;
use crate::peer::{Client, Peer};

const TITLE_WEIGHT: f32 = 3.0;
const WRITER_BYTES: usize = 100_000_000;
/// Longer words are left out, as by Tantivy's own `en_stem`.
const LONGEST: usize = 40;

#[derive(Clone, Copy)]
struct Fields {
    place: Field,
    title: Field,
    text: Field,
}

pub struct Index {
    reader: IndexReader,
    language: Language,
    fields: Fields,
    bytes: u64,
}

struct Reader {
    searcher: Searcher,
    analyser: Analyser,
    fields: Fields,
}

/// What Tantivy calls `en_stem`, put together here because its stemmer is an option that Kotae does without; or pairs of
/// characters.
struct Analyser {
    tokens: TextAnalyzer,
    stemmer: Option<Stemmer>,
}

impl Analyser {
    fn new(language: Language) -> Result<Self> {
        Ok(match language {
            Language::En => {
                let words = TextAnalyzer::builder(SimpleTokenizer::default());
                let tokens = words.filter(RemoveLongFilter::limit(LONGEST)).filter(LowerCaser).build();
                Self { tokens, stemmer: Some(Stemmer::create(Algorithm::English)) }
            }
            Language::Ja => {
                let pairs = TextAnalyzer::builder(NgramTokenizer::new(2, 2, false)?);
                Self { tokens: pairs.filter(LowerCaser).build(), stemmer: None }
            }
        })
    }

    fn analyse(&mut self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut stream = self.tokens.token_stream(text);
        while stream.advance() {
            let mut token = stream.token().clone();
            if let Some(stemmer) = &self.stemmer {
                token.text = stemmer.stem(&token.text).into_owned();
            }
            tokens.push(token);
        }
        tokens
    }
}

impl Index {
    pub fn build(job: &Job, corpus: &[Text]) -> Result<Self> {
        let indexing =
            TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let fields = Fields {
            place: schema.add_u64_field("place", STORED),
            title: schema.add_text_field("title", words.clone()),
            text: schema.add_text_field("text", words),
        };
        let index = tantivy::Index::create_in_dir(&job.folder, schema.build())?;
        let mut analyser = Analyser::new(job.language)?;
        let mut analysed =
            |text: &str| PreTokenizedString { text: String::new(), tokens: analyser.analyse(text) };
        let mut writer: IndexWriter = index.writer(WRITER_BYTES)?;
        for (place, text) in (0..).zip(corpus) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.place, place);
            document.add_pre_tokenized_text(fields.title, analysed(&text.title));
            document.add_pre_tokenized_text(fields.text, analysed(&text.text));
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader()?;
        Ok(Self { reader, language: job.language, fields, bytes: memory::on_disk(&job.folder)? })
    }
}

impl Peer for Index {
    fn version(&self) -> Result<String> {
        // "tantivy v0.27.0, index_format v7"
        let version = tantivy::version_string().split_once(',').map_or("", |(version, _)| version);
        Ok(version.trim_start_matches("tantivy v").to_owned())
    }

    fn client(&self) -> Result<Box<dyn Client>> {
        let analyser = Analyser::new(self.language)?;
        Ok(Box::new(Reader { searcher: self.reader.searcher(), analyser, fields: self.fields }))
    }

    fn index_bytes(&self) -> Result<u64> {
        Ok(self.bytes)
    }

    fn memory_bytes(&self) -> Result<u64> {
        memory::own()
    }
}

impl Client for Reader {
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>> {
        let Fields { place, title, text: body } = self.fields;
        let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for token in self.analyser.analyse(text) {
            let word = |field| {
                TermQuery::new(Term::from_field_text(field, &token.text), IndexRecordOption::WithFreqs)
            };
            any.push((Occur::Should, Box::new(BoostQuery::new(Box::new(word(title)), TITLE_WEIGHT))));
            any.push((Occur::Should, Box::new(word(body))));
        }
        let best = TopDocs::with_limit(limit).order_by_score();
        let found = self.searcher.search(&BooleanQuery::new(any), &best)?;
        let place = |address| {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let value = document.get_first(place).and_then(|value| value.as_u64());
            value.map(|place| place as usize).context("a document without its place")
        };
        found.into_iter().map(|(_, address)| place(address)).collect()
    }
}
