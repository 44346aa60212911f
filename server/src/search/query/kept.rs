//! What is computed once for a snapshot and asked for by every search: who may see what, and what lies where.

use std::sync::{Arc, OnceLock};

use app::i18n::Locale;
use tantivy::schema::{Field, Schema};
use tantivy::{InvertedIndexReader, SegmentReader};

use super::dictionary::Neighbour;
use super::docs::Docs;
use super::remembered::Remembered;
use super::slips;
use super::snapshot::{DocNumber, Snapshot};
use super::stored::Stored;
use super::terms::{Lengths, Term};
use crate::search::document::Viewer;
use crate::search::schema::CATEGORIES;

/// So many kinds of visitors are remembered: two languages times the organizations that are about.
const VIEWERS_KEPT: u64 = 200;
/// Bytes that the terms of each language may take, and those near to a word.
const TERMS_KEPT: usize = 8 << 20;
const NEIGHBOURS_KEPT: usize = 1 << 20;
/// Bytes that articles may take: of five thousand, those that are found often.
const ARTICLES_KEPT: usize = 16 << 20;

/// Empty at first; filled as it is asked for.
pub struct Kept {
    visible: moka::sync::Cache<(Viewer, Locale, Locale), Arc<Docs>>,
    shelves: OnceLock<Shelves>,
    /// By the field's number; one reader for each segment.
    indexes: Vec<OnceLock<Vec<Arc<InvertedIndexReader>>>>,
    terms: [Remembered<String, Term>; Locale::ALL.len()],
    /// By how many letters may differ, less one.
    neighbours: [[Remembered<String, Vec<Neighbour>>; slips::MOST_LETTERS as usize]; Locale::ALL.len()],
    other_script: [Remembered<String, Option<Neighbour>>; Locale::ALL.len()],
    lengths: [OnceLock<Lengths>; Locale::ALL.len()],
    stored: Remembered<DocNumber, Stored>,
}

impl Kept {
    pub fn new(schema: &Schema) -> Self {
        Self {
            visible: moka::sync::Cache::new(VIEWERS_KEPT),
            shelves: OnceLock::new(),
            indexes: schema.fields().map(|_| OnceLock::new()).collect(),
            terms: Locale::ALL.map(|_| Remembered::new(TERMS_KEPT)),
            neighbours: Locale::ALL.map(|_| std::array::from_fn(|_| Remembered::new(NEIGHBOURS_KEPT))),
            other_script: Locale::ALL.map(|_| Remembered::new(NEIGHBOURS_KEPT)),
            lengths: Locale::ALL.map(|_| OnceLock::new()),
            stored: Remembered::new(ARTICLES_KEPT),
        }
    }

    /// The readers of a field, one for each segment. Tantivy hands them out as well, behind a lock, and makes one anew
    /// each time where a segment holds nothing in the field.
    pub fn indexes(
        &self,
        field: Field,
        segments: &[SegmentReader],
    ) -> tantivy::Result<&[Arc<InvertedIndexReader>]> {
        let known = &self.indexes[field.field_id() as usize];
        if let Some(readers) = known.get() {
            return Ok(readers);
        }
        let readers = segments.iter().map(|segment| segment.inverted_index(field));
        let readers = readers.collect::<tantivy::Result<_>>()?;
        Ok(known.get_or_init(|| readers))
    }

    /// What the index knows of a term.
    pub fn term(&self, snapshot: &Snapshot, written: Locale, text: &str) -> tantivy::Result<Arc<Term>> {
        self.terms[written as usize].get(text, || Term::find(snapshot, written, text), Term::bytes)
    }

    /// The words that differ from one in no more than so many letters (from 1); `find` finds them out.
    pub fn neighbours(
        &self,
        written: Locale,
        surface: &str,
        letters: u8,
        find: impl FnOnce() -> tantivy::Result<Vec<Neighbour>>,
    ) -> tantivy::Result<Arc<Vec<Neighbour>>> {
        let known = &self.neighbours[written as usize][usize::from(letters) - 1];
        known.get(surface, find, |found| found.iter().map(Neighbour::bytes).sum())
    }

    /// The word that is one in the other script; `find` finds it out.
    pub fn in_other_script(
        &self,
        written: Locale,
        surface: &str,
        find: impl FnOnce() -> tantivy::Result<Option<Neighbour>>,
    ) -> tantivy::Result<Arc<Option<Neighbour>>> {
        let known = &self.other_script[written as usize];
        known.get(surface, find, |found| found.as_ref().map_or(0, Neighbour::bytes))
    }

    /// How long the parts of articles are.
    pub fn lengths(&self, snapshot: &Snapshot, written: Locale) -> tantivy::Result<&Lengths> {
        let known = &self.lengths[written as usize];
        if let Some(lengths) = known.get() {
            return Ok(lengths);
        }
        let lengths = Lengths::of(snapshot, written)?;
        Ok(known.get_or_init(|| lengths))
    }

    /// What the index stores of a document; `find` unpacks it.
    pub fn stored(
        &self,
        number: DocNumber,
        find: impl FnOnce() -> tantivy::Result<Stored>,
    ) -> tantivy::Result<Arc<Stored>> {
        self.stored.get(&number, find, Stored::bytes)
    }

    /// The documents written in `written` that a visitor of `serves` pages may find; `find` finds them out.
    pub fn visible(
        &self,
        viewer: &Viewer,
        serves: Locale,
        written: Locale,
        find: impl FnOnce() -> tantivy::Result<Docs>,
    ) -> tantivy::Result<Arc<Docs>> {
        let key = (viewer.clone(), serves, written);
        if let Some(known) = self.visible.get(&key) {
            return Ok(known);
        }
        let found = Arc::new(find()?);
        self.visible.insert(key, Arc::clone(&found));
        Ok(found)
    }

    /// The categories of every document.
    pub fn shelves(&self, snapshot: &Snapshot) -> tantivy::Result<&Shelves> {
        if let Some(known) = self.shelves.get() {
            return Ok(known);
        }
        let shelves = Shelves::read(snapshot)?;
        Ok(self.shelves.get_or_init(|| shelves))
    }
}

/// The categories of every document, those above it included; numbered through, so that counting is adding.
pub struct Shelves {
    /// Category ids by number.
    pub ids: Vec<i64>,
    /// Where each document's numbers begin; one more at the end for the length.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Shelves {
    fn read(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let mut of_docs = Vec::new();
        let mut starts = vec![0];
        for (_, segment) in snapshot.segments() {
            let column = segment.fast_fields().i64(CATEGORIES)?;
            for doc in 0..segment.max_doc() {
                of_docs.extend(column.values_for_doc(doc));
                starts.push(of_docs.len() as u32);
            }
        }
        let mut ids = of_docs.clone();
        ids.sort_unstable();
        ids.dedup();
        let number = |id: &i64| ids.binary_search(id).unwrap_or_default() as u32;
        let numbers = of_docs.iter().map(number).collect();
        Ok(Self { ids, starts, numbers })
    }

    /// Numbers of the categories that a document lies in.
    pub fn of(&self, doc: DocNumber) -> &[u32] {
        let doc = doc as usize;
        &self.numbers[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }
}
