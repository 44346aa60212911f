//! A judged collection, put into a throw-away index and asked every one of its queries.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use app::i18n::Locale;

use super::explain::{explain, query};
use super::files::{self, CollectionError, Document, Judgement, Query};
use super::metrics::{Judgements, Measures};
use super::throw_away;
use crate::search::document::{Audience, IndexedArticle};
use crate::search::query::{Explained, Meanings, Ranking, Snapshot};

/// MAP looks this deep into a ranking.
const DEPTH: usize = 1_000;

/// Documents in the form of the BEIR collections.
pub struct Corpus {
    documents: Vec<Document>,
}

/// Queries with their judgements.
pub struct Judged {
    queries: Vec<Query>,
    judgements: HashMap<String, Judgements>,
    pub doubts: Doubts,
}

/// Judgements that measure nothing, or nothing but failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    pub judgements: usize,
    /// Left out: there is no such query.
    pub without_query: usize,
    /// Their documents are not in the corpus, so that nothing can find them.
    pub without_document: usize,
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

impl Judged {
    /// Reads `queries.jsonl` and `qrels*.tsv`, which must have something to do with each other and with the corpus.
    pub fn read(corpus: &Corpus, queries: &Path, qrels: &Path) -> Result<Self, CollectionError> {
        let asked = files::queries(queries)?;
        let judgements = files::judgements(qrels)?;
        let ids: HashSet<&str> = asked.iter().map(|query| query.id.as_str()).collect();
        let documents: HashSet<&str> = corpus.documents.iter().map(|document| document.id.as_str()).collect();
        let has_query = |judgement: &Judgement| ids.contains(judgement.query.as_str());
        let has_document = |judgement: &Judgement| documents.contains(judgement.document.as_str());
        let without = |is_there: &dyn Fn(&Judgement) -> bool| {
            judgements.iter().filter(|judgement| !is_there(judgement)).count()
        };
        let doubts = Doubts {
            judgements: judgements.len(),
            without_query: without(&has_query),
            without_document: without(&has_document),
        };
        let strange = |what, first: &str| {
            Err(CollectionError::Strange { judgements: judgements.len(), what, first: first.to_owned() })
        };
        if doubts.without_query == judgements.len() {
            return strange(format!("a query of {}", queries.display()), &judgements[0].query);
        }
        if doubts.without_document == judgements.len() {
            return strange("a document of the corpus".to_owned(), &judgements[0].document);
        }
        let tells =
            |judgement: &Judgement| judgement.grade > 0 && has_query(judgement) && has_document(judgement);
        if !judgements.iter().any(tells) {
            return Err(CollectionError::NothingRelevant);
        }
        let mut judged: HashMap<String, Judgements> = HashMap::new();
        for Judgement { query, document, grade } in judgements {
            judged.entry(query).or_default().insert(document, grade);
        }
        Ok(Self { queries: asked, judgements: judged, doubts })
    }
}

impl Corpus {
    /// Reads `corpus*.jsonl`.
    pub fn read(path: &Path) -> Result<Self, CollectionError> {
        Ok(Self { documents: files::documents(path)? })
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

    /// The language most documents are written in.
    fn locale(&self) -> Locale {
        let kana = |text: &str| text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30fa}'));
        let japanese = self.documents.iter().filter(|document| kana(&document.text)).count();
        if japanese * 2 > self.documents.len() { Locale::Ja } else { Locale::En }
    }
}

impl Indexed {
    /// Asks every query.
    pub fn evaluate(
        &self,
        judged: &Judged,
        ranking: &Ranking,
        now: impl Fn() -> Instant,
    ) -> Result<Report, CollectionError> {
        let mut measures = Measures::default();
        let mut times = Vec::new();
        for asked in &judged.queries {
            let Some(right) = judged.judgements.get(&asked.id) else { continue };
            let started = now();
            // What a visitor waits for is a page of ten; the deep ranking is for MAP alone.
            self.snapshot.search(&query(&asked.text, self.locale, 10), ranking, &Meanings::default())?;
            times.push(now() - started);
            let ranked = self.snapshot.ranking_of(&query(&asked.text, self.locale, DEPTH), ranking)?;
            let ranked: Vec<String> =
                ranked.into_iter().map(|number| self.ids[number as usize].clone()).collect();
            measures.add(&ranked, right);
        }
        times.sort_unstable();
        let at = |share: f64| {
            let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        Ok(Report {
            documents: self.ids.len(),
            measures: measures.mean(),
            latency_ms_p50: at(0.5),
            latency_ms_p99: at(0.99),
            index_seconds: self.index_time.as_secs_f64(),
        })
    }

    /// The best hits of one query with every finding that their scores are made of.
    pub fn explain(
        &self,
        text: &str,
        ranking: &Ranking,
    ) -> Result<Vec<(String, Explained)>, CollectionError> {
        let explained = explain(&self.snapshot, text, self.locale, ranking, &Meanings::default())?;
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
