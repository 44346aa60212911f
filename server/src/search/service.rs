//! Search as the rest of the portal uses it: always an answer, from the index when there is one, from the database
//! when there is none yet.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use app::i18n::Locale;

use super::document::Viewer;
use super::fallback;
use super::index::{OpenIndex, changes_behind, end_of_changes};
use super::log::SearchLog;
use super::query::{
    LEAST_CONFIDENCE, Match, Meanings, Ranking, Related, Request, SearchQuery, SearchResults, Snapshot,
    Suggestion,
};
use super::recall::Memory;
use crate::storage::{Db, Result};

/// Related articles of so many pages are remembered.
const RELATED_KEPT: u64 = 2_000;
/// Pages of results that are remembered, for what everybody asks.
const RESULTS_KEPT: u64 = 500;

/// The age, the generation of the index, and what is asked for.
type RelatedKey = (u64, u64, i64, Locale, Viewer);
/// The age, the generation of the index, the edition of the meanings, the query.
type ResultsKey = (u64, u64, u64, SearchQuery);

/// The index in use. One for the whole process.
pub struct Search {
    index: RwLock<Option<OpenIndex>>,
    damaged: AtomicBool,
    /// Something that was asked came to grief: whether the index did is to be looked into.
    suspected: AtomicBool,
    /// What else words mean, with a number that counts up with every change.
    meanings: RwLock<(u64, Arc<Meanings>)>,
    /// What solved requests taught; `None` until it was read for the first time.
    memory: RwLock<Option<Arc<Memory>>>,
    /// Counts up with every other index and memory. Read before either is taken: what is made of the ones before is found
    /// by nobody afterwards.
    age: AtomicU64,
    related: moka::sync::Cache<RelatedKey, Arc<Vec<Related>>>,
    results: moka::sync::Cache<ResultsKey, Arc<SearchResults>>,
    /// What was searched for.
    pub log: SearchLog,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            index: RwLock::new(None),
            damaged: AtomicBool::new(false),
            suspected: AtomicBool::new(false),
            meanings: RwLock::default(),
            memory: RwLock::default(),
            age: AtomicU64::new(0),
            related: moka::sync::Cache::new(RELATED_KEPT),
            results: moka::sync::Cache::new(RESULTS_KEPT),
            log: SearchLog::default(),
        }
    }
}

impl Search {
    /// A page of results.
    pub async fn search(&self, db: &Db, query: &SearchQuery) -> Result<Arc<SearchResults>> {
        let (edition, meanings) = self.meanings();
        let age = self.age();
        let found = self.with_index(|snapshot| {
            let key = (age, snapshot.generation(), edition, query.clone());
            if let Some(results) = self.results.get(&key) {
                return Ok(results);
            }
            let results = Arc::new(snapshot.search(query, &Ranking::PRODUCTION, &meanings)?);
            self.results.insert(key, Arc::clone(&results));
            Ok(results)
        });
        match found {
            Some(results) => Ok(results),
            None => Ok(Arc::new(fallback::search(&mut db.read().await?, query).await?)),
        }
    }

    /// A page of results as it would be if words had these meanings; `None` while there is no index.
    pub(super) fn ask_with(&self, query: &SearchQuery, meanings: &Meanings) -> Option<SearchResults> {
        self.with_index(|snapshot| snapshot.search(query, &Ranking::PRODUCTION, meanings))
    }

    /// The articles on a page of results, by id, best first; `None` while there is no index.
    pub fn found(&self, query: &SearchQuery) -> Option<Vec<i64>> {
        let (_, meanings) = self.meanings();
        self.with_index(|snapshot| {
            let results = snapshot.search(query, &Ranking::PRODUCTION, &meanings)?;
            Ok(results.hits.iter().map(|hit| hit.article_id).collect())
        })
    }

    /// Articles for what is being typed.
    pub async fn suggest(
        &self,
        db: &Db,
        text: &str,
        locale: Locale,
        viewer: &Viewer,
        limit: usize,
    ) -> Result<Vec<Suggestion>> {
        let (_, meanings) = self.meanings();
        match self.with_index(|snapshot| snapshot.suggest(text, locale, viewer, &meanings, limit)) {
            Some(suggestions) => Ok(suggestions),
            None => fallback::suggest(&mut db.read().await?, text, locale, viewer, limit).await,
        }
    }

    /// Articles that may answer a request; none while there is no index, because a guess by substrings would be silly.
    pub fn matching(&self, request: &Request, limit: usize) -> Vec<Match> {
        let (_, meanings) = self.meanings();
        self.with_index(|snapshot| {
            snapshot.matching(request, &Ranking::PRODUCTION, &meanings, LEAST_CONFIDENCE, limit)
        })
        .unwrap_or_default()
    }

    /// Articles like this one; none while there is no index.
    pub fn related(
        &self,
        article_id: i64,
        locale: Locale,
        viewer: &Viewer,
        limit: usize,
    ) -> Arc<Vec<Related>> {
        let age = self.age();
        self.with_index(|snapshot| {
            let key = (age, snapshot.generation(), article_id, locale, viewer.clone());
            if let Some(related) = self.related.get(&key) {
                return Ok(related);
            }
            let related = Arc::new(snapshot.related(article_id, locale, viewer, limit)?);
            self.related.insert(key, Arc::clone(&related));
            Ok(related)
        })
        .unwrap_or_default()
    }

    /// How many texts the index holds; `None` while the database answers in its place.
    pub fn documents(&self) -> Option<u64> {
        self.with_index(|snapshot| {
            Ok(snapshot.segments().map(|(_, reader)| u64::from(reader.num_docs())).sum())
        })
    }

    /// Asks the index; `None` when there is none, or when this could not be answered: then the follower looks whether the
    /// index is whole. One question alone that comes to grief says nothing against it.
    pub(super) fn with_index<T>(&self, ask: impl FnOnce(&Snapshot) -> tantivy::Result<T>) -> Option<T> {
        let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner).clone();
        let snapshot = Snapshot::clone(&self.index()?.snapshot()).remembering(memory.unwrap_or_default());
        // Tantivy reports most damage as an error and some by a panic.
        match catch_unwind(AssertUnwindSafe(|| ask(&snapshot))) {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => {
                tracing::error!(%error, "the index cannot be read");
                self.suspected.store(true, Ordering::SeqCst);
                None
            }
            Err(_) => {
                tracing::error!("reading the index panicked");
                self.suspected.store(true, Ordering::SeqCst);
                None
            }
        }
    }

    /// Whether there is an index to search.
    pub fn is_ready(&self) -> bool {
        self.index().is_some()
    }

    /// Whether searches see every change there is, and remember what was taught.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_up_to_date(&self, db: &Db) -> Result<bool> {
        let Some(index) = self.index() else { return Ok(false) };
        let end = end_of_changes(&mut db.read().await?).await?;
        let remembers = self.memory.read().unwrap_or_else(PoisonError::into_inner).is_some();
        Ok(remembers && index.watermark().is_ok_and(|watermark| watermark >= end))
    }

    /// How many changes the index has not taken in; all there are while there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn behind(&self, db: &Db) -> Result<i64> {
        let watermark = self.index().and_then(|index| index.watermark().ok()).unwrap_or_default();
        changes_behind(&mut db.read().await?, watermark).await
    }

    pub(super) fn index(&self) -> Option<OpenIndex> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn use_index(&self, index: OpenIndex) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(index);
        self.damaged.store(false, Ordering::SeqCst);
        self.forget_results();
    }

    /// From now on this is remembered. Tells whether it takes the place of another memory.
    pub(super) fn use_memory(&self, memory: Memory) -> bool {
        let before = self.memory.write().unwrap_or_else(PoisonError::into_inner).replace(Arc::new(memory));
        self.forget_results();
        before.is_some()
    }

    fn age(&self) -> u64 {
        self.age.load(Ordering::SeqCst)
    }

    fn forget_results(&self) {
        self.age.fetch_add(1, Ordering::SeqCst);
        self.results.invalidate_all();
        self.related.invalidate_all();
    }

    fn meanings(&self) -> (u64, Arc<Meanings>) {
        self.meanings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on queries are understood by these.
    pub(super) fn use_meanings(&self, meanings: Meanings) {
        let mut used = self.meanings.write().unwrap_or_else(PoisonError::into_inner);
        *used = (used.0 + 1, Arc::new(meanings));
    }

    /// Whether a question came to grief since this was last asked.
    pub(super) fn was_suspected(&self) -> bool {
        self.suspected.swap(false, Ordering::SeqCst)
    }

    /// Lets go of an index that cannot be read; the follower builds another.
    pub(super) fn mark_damaged(&self) {
        self.damaged.store(true, Ordering::SeqCst);
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }
}
