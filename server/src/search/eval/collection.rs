//! A judged collection, put into a throw-away index and asked every one of its queries.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use app::i18n::Locale;
use serde::Deserialize;

use super::metrics::{Judgements, Measures};
use super::throw_away;
use crate::search::document::{Audience, IndexedArticle, Viewer};
use crate::search::query::{Explained, Meanings, Ranking, SearchQuery, Snapshot};

/// MAP looks this deep into a ranking.
const DEPTH: usize = 1_000;

/// Documents, queries and judgements in the form of the BEIR collections.
pub struct Collection {
    documents: Vec<Document>,
    queries: Vec<Query>,
    judgements: HashMap<String, Judgements>,
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Query {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

/// What is wrong with a collection's files.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    #[error("{path}: {source}")]
    Read { path: String, source: std::io::Error },
    #[error("{path}, line {line}: {reason}")]
    Line { path: String, line: usize, reason: String },
    #[error("the throw-away index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
}

/// What an evaluation found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    pub documents: usize,
    #[serde(flatten)]
    pub measures: Measures,
    /// Milliseconds each query took in process.
    pub latency_ms_p50: f64,
    pub latency_ms_p99: f64,
    pub index_seconds: f64,
}

/// A collection in its throw-away index.
pub struct Indexed {
    snapshot: Snapshot,
    ids: Vec<String>,
    locale: Locale,
    index_time: Duration,
}

impl Collection {
    /// Reads `corpus*.jsonl`, `queries.jsonl` and `qrels*.tsv` (header; query id, document id, grade).
    pub fn read(corpus: &Path, queries: &Path, qrels: &Path) -> Result<Self, CollectionError> {
        let mut judgements: HashMap<String, Judgements> = HashMap::new();
        for (line, row) in read(qrels)?.lines().enumerate().skip(1).filter(|(_, row)| !row.trim().is_empty())
        {
            let mut columns = row.split('\t');
            let (Some(query), Some(document), Some(Ok(grade))) =
                (columns.next(), columns.next(), columns.next().map(|grade| grade.trim().parse::<u32>()))
            else {
                let reason = "wants query id, document id and grade, separated by tabs".to_owned();
                return Err(CollectionError::Line {
                    path: qrels.display().to_string(),
                    line: line + 1,
                    reason,
                });
            };
            judgements.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
        }
        Ok(Self { documents: json_lines(corpus)?, queries: json_lines(queries)?, judgements })
    }

    /// Puts the documents into an index in memory, as published articles of the collection's language.
    pub fn index(&self, now: impl Fn() -> Instant) -> Result<Indexed, CollectionError> {
        let locale = self.locale();
        let started = now();
        let documents = (0..).zip(&self.documents);
        let snapshot = throw_away(documents.map(|(number, document)| article(number, document, locale)))?;
        let ids = self.documents.iter().map(|document| document.id.clone()).collect();
        Ok(Indexed { snapshot, ids, locale, index_time: now() - started })
    }

    /// Asks every query.
    pub fn evaluate(
        &self,
        indexed: &Indexed,
        ranking: &Ranking,
        now: impl Fn() -> Instant,
    ) -> Result<Report, CollectionError> {
        let mut measures = Measures::default();
        let mut times = Vec::new();
        for query in &self.queries {
            let Some(judged) = self.judgements.get(&query.id) else { continue };
            let started = now();
            // What a visitor waits for is a page of ten; the deep ranking is for MAP alone.
            indexed.snapshot.search(&indexed.query(&query.text, 10), ranking, &Meanings::default())?;
            times.push(now() - started);
            let ranked = indexed.snapshot.ranking_of(&indexed.query(&query.text, DEPTH), ranking)?;
            let ranked: Vec<String> =
                ranked.into_iter().map(|number| indexed.ids[number as usize].clone()).collect();
            measures.add(&ranked, judged);
        }
        times.sort_unstable();
        let at = |share: f64| {
            let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        Ok(Report {
            documents: self.documents.len(),
            measures: measures.mean(),
            latency_ms_p50: at(0.5),
            latency_ms_p99: at(0.99),
            index_seconds: indexed.index_time.as_secs_f64(),
        })
    }

    /// The language most documents are written in.
    fn locale(&self) -> Locale {
        let kana = |text: &str| text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}'));
        let japanese = self.documents.iter().filter(|document| kana(&document.text)).count();
        if japanese * 2 > self.documents.len() { Locale::Ja } else { Locale::En }
    }
}

impl Indexed {
    fn query(&self, text: &str, per_page: usize) -> SearchQuery {
        SearchQuery {
            text: text.to_owned(),
            locale: self.locale,
            viewer: Viewer::Anonymous,
            category: None,
            page: 1,
            per_page,
        }
    }

    /// The best hits of one query with every finding that their scores are made of.
    pub fn explain(
        &self,
        text: &str,
        ranking: &Ranking,
    ) -> Result<Vec<(String, Explained)>, CollectionError> {
        let explained = self.snapshot.explain(&self.query(text, 10), ranking)?;
        let id = |explained: &Explained| self.ids[explained.hit.article_id as usize].clone();
        Ok(explained.into_iter().map(|explained| (id(&explained), explained)).collect())
    }
}

fn article(number: i64, document: &Document, locale: Locale) -> IndexedArticle {
    IndexedArticle {
        article_id: number,
        translation_id: number,
        locale,
        serves: vec![locale],
        slug: String::new(),
        title: document.title.clone(),
        headings: Vec::new(),
        summary: String::new(),
        body: document.text.clone(),
        tags: Vec::new(),
        phrases: Vec::new(),
        learned: Vec::new(),
        category_path: Vec::new(),
        audience: Audience::Public,
        updated_at: 0,
    }
}

fn read(path: &Path) -> Result<String, CollectionError> {
    std::fs::read_to_string(path)
        .map_err(|source| CollectionError::Read { path: path.display().to_string(), source })
}

fn json_lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, CollectionError> {
    let text = read(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse = |(line, text): (usize, &str)| {
        serde_json::from_str(text).map_err(|error| CollectionError::Line {
            path: path.display().to_string(),
            line: line + 1,
            reason: error.to_string(),
        })
    };
    lines.map(parse).collect()
}
