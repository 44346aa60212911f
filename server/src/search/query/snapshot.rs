//! One consistent view of the index: all segments as one row of documents, numbered through.

use std::sync::Arc;

use app::i18n::Locale;
use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::dictionary::Neighbour;
use super::docs::Docs;
use super::kept::{Kept, Shelves};
use super::stored::{Stored, Values};
use super::terms::{Lengths, Term};
use crate::search::document::Viewer;
use crate::search::recall::Memory;
use crate::search::said;
use crate::search::schema::{ARTICLE_ID, Fields};

/// A document's number across all segments of one snapshot.
pub type DocNumber = u32;

/// The index as it stood at one commit.
#[derive(Clone)]
pub struct Snapshot {
    searcher: tantivy::Searcher,
    pub fields: Arc<Fields>,
    /// Where each segment's documents begin in the row; one more at the end for the length.
    starts: Vec<DocNumber>,
    kept: Arc<Kept>,
    /// What solved requests taught.
    pub memory: Arc<Memory>,
}

impl Snapshot {
    pub fn new(searcher: tantivy::Searcher, fields: Arc<Fields>) -> Self {
        let mut starts = vec![0];
        for segment in searcher.segment_readers() {
            starts.push(starts.last().copied().unwrap_or_default() + segment.max_doc());
        }
        let kept = Arc::new(Kept::new(&fields.schema));
        Self { searcher, fields, starts, kept, memory: Arc::default() }
    }

    /// The same with what solved requests taught.
    pub fn remembering(self, memory: Arc<Memory>) -> Self {
        Self { memory, ..self }
    }

    /// Counts up with every reload of the index: what was computed on one generation is true on no other.
    pub fn generation(&self) -> u64 {
        self.searcher.generation().generation_id()
    }

    /// Numbers of all documents are below this.
    pub fn bound(&self) -> usize {
        self.starts.last().copied().unwrap_or_default() as usize
    }

    /// Each segment with the number of its first document.
    pub fn segments(&self) -> impl Iterator<Item = (DocNumber, &SegmentReader)> {
        self.starts.iter().copied().zip(self.searcher.segment_readers())
    }

    /// Each segment with what it knows of a field, and with the number of its first document.
    pub fn indexes(
        &self,
        field: Field,
    ) -> tantivy::Result<impl Iterator<Item = (DocNumber, &SegmentReader, &InvertedIndexReader)>> {
        let indexes = self.kept.indexes(field, self.searcher.segment_readers())?;
        Ok(self.segments().zip(indexes).map(|((start, segment), index)| (start, segment, index.as_ref())))
    }

    /// What the index knows of a term in articles of this language.
    pub fn term(&self, written: Locale, text: &str) -> tantivy::Result<Arc<Term>> {
        self.kept.term(self, written, text)
    }

    /// Whether several customers used a term.
    pub fn is_shared(&self, written: Locale, text: &str) -> tantivy::Result<bool> {
        let indexes = self.indexes(self.fields.text(written).said)?;
        said::is_shared(text, indexes.map(|(_, segment, index)| (segment, index)))
    }

    /// The words of articles in this language that differ from one in no more than so many letters (from 1); `find`
    /// finds them out.
    pub fn neighbours(
        &self,
        written: Locale,
        surface: &str,
        letters: u8,
        find: impl FnOnce() -> tantivy::Result<Vec<Neighbour>>,
    ) -> tantivy::Result<Arc<Vec<Neighbour>>> {
        self.kept.neighbours(written, surface, letters, find)
    }

    /// The word of articles in this language that is this one in the other script; `find` finds it out.
    pub fn in_other_script(
        &self,
        written: Locale,
        surface: &str,
        find: impl FnOnce() -> tantivy::Result<Option<Neighbour>>,
    ) -> tantivy::Result<Arc<Option<Neighbour>>> {
        self.kept.in_other_script(written, surface, find)
    }

    /// How long the parts of articles in this language are.
    pub fn lengths(&self, written: Locale) -> tantivy::Result<&Lengths> {
        self.kept.lengths(self, written)
    }

    /// What is stored of a document.
    pub fn stored(&self, number: DocNumber) -> tantivy::Result<Arc<Stored>> {
        self.kept.stored(number, || {
            let segment = self.starts.partition_point(|start| *start <= number) - 1;
            let address = DocAddress::new(segment as u32, number - self.starts[segment]);
            Ok(Stored::of(self.searcher.doc::<Values>(address)?, &self.fields))
        })
    }

    /// The documents that hold any of these terms.
    pub fn holding_any<T: AsRef<[u8]>>(&self, field: Field, terms: &[T]) -> tantivy::Result<Docs> {
        let mut docs = Docs::none(self.bound());
        for (start, _, index) in self.indexes(field)? {
            for term in terms {
                let Some(info) = index.terms().get(term)? else { continue };
                let mut postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    docs.insert(start + postings.doc());
                    postings.advance();
                }
            }
        }
        Ok(docs)
    }

    /// The documents written in `written` that a visitor of `serves` pages may find.
    pub fn visible(&self, viewer: &Viewer, serves: Locale, written: Locale) -> tantivy::Result<Arc<Docs>> {
        self.kept.visible(viewer, serves, written, || self.find_visible(viewer, serves, written))
    }

    fn find_visible(&self, viewer: &Viewer, serves: Locale, written: Locale) -> tantivy::Result<Docs> {
        let mut docs = self.holding_any(self.fields.audience, &viewer.keys())?;
        docs.intersect(&self.holding_any(self.fields.serves, &[serves.tag()])?);
        docs.intersect(&self.holding_any(self.fields.locale, &[written.tag()])?);
        for (start, segment) in self.segments() {
            if let Some(alive) = segment.alive_bitset() {
                for doc in (0..segment.max_doc()).filter(|doc| alive.is_deleted(*doc)) {
                    docs.remove(start + doc);
                }
            }
        }
        Ok(docs)
    }

    /// The article of every document.
    pub fn articles(&self) -> tantivy::Result<Articles> {
        let columns = self.segments().map(|(start, segment)| {
            let column = segment.fast_fields().i64(ARTICLE_ID)?;
            Ok((start, column))
        });
        Ok(Articles(columns.collect::<tantivy::Result<_>>()?))
    }

    /// The categories of every document.
    pub fn shelves(&self) -> tantivy::Result<&Shelves> {
        self.kept.shelves(self)
    }
}

/// Which article each document is a translation of: a column for each segment, with the number it begins at.
pub struct Articles(Vec<(DocNumber, Column<i64>)>);

impl Articles {
    pub fn of(&self, doc: DocNumber) -> Option<i64> {
        let (start, column) = self.0.iter().rev().find(|(start, _)| *start <= doc)?;
        column.first(doc - start)
    }
}
