//! Where several terms stand together: the documents that hold all of them in one part of an article.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

/// The postings of one term, or of several at once; it stands on a document that holds them all.
pub struct Together {
    terms: Vec<SegmentPostings>,
    doc: DocId,
}

impl Together {
    /// `None` when one of the terms is not in the segment.
    pub fn open(
        index: &InvertedIndexReader,
        terms: &[String],
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let Some(info) = index.terms().get(term)? else { return Ok(None) };
            postings.push(index.read_postings_from_terminfo(&info, record)?);
        }
        let doc = postings.first().map_or(TERMINATED, DocSet::doc);
        let mut together = Self { terms: postings, doc };
        together.align();
        Ok(Some(together))
    }

    /// The document, or [`TERMINATED`].
    pub fn doc(&self) -> DocId {
        self.doc
    }

    pub fn advance(&mut self) {
        self.doc = self.terms[0].advance();
        self.align();
    }

    /// On to the first document from `target` on.
    pub fn seek(&mut self, target: DocId) {
        if self.doc < target {
            self.doc = self.terms[0].seek(target);
            self.align();
        }
    }

    /// How often they stand there together at the most.
    pub fn frequency(&self) -> u32 {
        self.terms.iter().map(Postings::term_freq).min().unwrap_or_default()
    }

    /// The positions at which they stand side by side, in their order: that of the first, each time.
    pub fn positions(&mut self, first: &mut Vec<u32>) {
        self.terms[0].positions(first);
        let mut next = Vec::new();
        for (n, term) in self.terms.iter_mut().enumerate().skip(1) {
            term.positions(&mut next);
            first.retain(|position| next.contains(&(position + n as u32)));
        }
    }

    /// Moves every term on to the next document that they have in common.
    fn align(&mut self) {
        while self.doc != TERMINATED {
            let mut furthest = self.doc;
            for term in &mut self.terms {
                if term.doc() < furthest {
                    term.seek(furthest);
                }
                furthest = furthest.max(term.doc());
            }
            if furthest == self.doc {
                return;
            }
            self.doc = furthest;
        }
    }
}
