//! Tantivy by itself: English stems, pairs of characters for Japanese, any word may match, BM25, titles weighted 3.

use anyhow::{Context, Result};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};
use tantivy::{IndexReader, IndexWriter, Searcher, TantivyDocument, Term};

use crate::job::{Job, Language, Text};
use crate::memory;
use crate::peer::{Client, Page, Peer};
use crate::stem::Stem;

const TITLE_WEIGHT: f32 = 3.0;
const WRITER_BYTES: usize = 100_000_000;
/// Longer words are left out, as by Tantivy's own `en_stem`.
const LONGEST: usize = 40;

/// The name of the analyser in the index.
const WORDS: &str = "words";

#[derive(Clone, Copy)]
struct Fields {
    place: Field,
    title: Field,
    text: Field,
}

pub struct Index {
    reader: IndexReader,
    analyser: TextAnalyzer,
    fields: Fields,
    bytes: u64,
}

struct Reader {
    searcher: Searcher,
    analyser: TextAnalyzer,
    fields: Fields,
}

/// What Tantivy calls `en_stem`, or pairs of characters.
fn analyser(language: Language) -> Result<TextAnalyzer> {
    Ok(match language {
        Language::En => {
            let words = TextAnalyzer::builder(SimpleTokenizer::default());
            words.filter(RemoveLongFilter::limit(LONGEST)).filter(LowerCaser).filter(Stem).build()
        }
        Language::Ja => TextAnalyzer::builder(NgramTokenizer::new(2, 2, false)?).filter(LowerCaser).build(),
    })
}

impl Index {
    pub fn build(job: &Job, corpus: &[Text]) -> Result<Self> {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(indexing).set_stored();
        let mut schema = Schema::builder();
        let fields = Fields {
            place: schema.add_u64_field("place", STORED),
            title: schema.add_text_field("title", words.clone()),
            text: schema.add_text_field("text", words),
        };
        let index = tantivy::Index::create_in_dir(&job.folder, schema.build())?;
        let analyser = analyser(job.language)?;
        index.tokenizers().register(WORDS, analyser.clone());
        let mut writer: IndexWriter = index.writer(WRITER_BYTES)?;
        for (place, text) in (0..).zip(corpus) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.place, place);
            document.add_text(fields.title, &text.title);
            document.add_text(fields.text, &text.text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader()?;
        Ok(Self { reader, analyser, fields, bytes: memory::on_disk(&job.folder)? })
    }
}

impl Peer for Index {
    fn version(&self) -> Result<String> {
        // "tantivy v0.27.0, index_format v7"
        let version = tantivy::version_string().split_once(',').map_or("", |(version, _)| version);
        Ok(version.trim_start_matches("tantivy v").to_owned())
    }

    fn client(&self) -> Result<Box<dyn Client>> {
        let analyser = self.analyser.clone();
        Ok(Box::new(Reader { searcher: self.reader.searcher(), analyser, fields: self.fields }))
    }

    fn index_bytes(&self) -> Result<u64> {
        Ok(self.bytes)
    }

    fn memory_bytes(&self) -> Result<u64> {
        memory::own()
    }
}

impl Reader {
    fn query(&mut self, text: &str) -> BooleanQuery {
        let Fields { title, text: body, .. } = self.fields;
        let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut words = self.analyser.token_stream(text);
        while words.advance() {
            let word = |field| {
                let term = Term::from_field_text(field, &words.token().text);
                TermQuery::new(term, IndexRecordOption::WithFreqs)
            };
            any.push((Occur::Should, Box::new(BoostQuery::new(Box::new(word(title)), TITLE_WEIGHT))));
            any.push((Occur::Should, Box::new(word(body))));
        }
        BooleanQuery::new(any)
    }

    fn excerpts(&self, query: &BooleanQuery, limit: usize) -> Result<Page> {
        let excerpts = SnippetGenerator::create(&self.searcher, query, self.fields.text)?;
        let hit = |document: &TantivyDocument| {
            let title = document.get_first(self.fields.title).and_then(|value| value.as_str());
            (title.unwrap_or_default().to_owned(), excerpts.snippet_from_doc(document).to_html())
        };
        Ok(self.best(query, limit)?.iter().map(hit).collect())
    }

    fn best(&self, query: &BooleanQuery, limit: usize) -> Result<Vec<TantivyDocument>> {
        let found = self.searcher.search(query, &TopDocs::with_limit(limit).order_by_score())?;
        found.into_iter().map(|(_, address)| Ok(self.searcher.doc(address)?)).collect()
    }
}

impl Client for Reader {
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>> {
        let query = self.query(text);
        let place = |document: &TantivyDocument| {
            let value = document.get_first(self.fields.place).and_then(|value| value.as_u64());
            value.map(|place| place as usize).context("a document without its place")
        };
        self.best(&query, limit)?.iter().map(place).collect()
    }

    fn page(&mut self, text: &str, limit: usize) -> Option<Result<Page>> {
        let query = self.query(text);
        Some(self.excerpts(&query, limit))
    }
}
