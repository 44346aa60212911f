//! What the index knows of single terms, worked out once for a snapshot: most words of a query were in another one
//! before, and so were the telling words of articles.

use std::mem::size_of;
use std::ptr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use app::i18n::Locale;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::docs::Docs;
use super::ranking::{Purpose, Ranking};
use super::snapshot::{DocNumber, Snapshot};
use crate::search::document::Viewer;
use crate::search::schema::{Part, TextFields};

/// A term in articles of one language.
pub struct Term {
    /// In how many articles it stands at most, over all parts; 0 when it stands nowhere.
    pub articles: u32,
    entries: Vec<Entry>,
    /// Whether it stands in what customers said alone, and few of them: to everybody else it is as if it stood nowhere.
    pub is_private: bool,
    /// For each purpose, when it was asked for.
    weighed: [OnceLock<Weighed>; Purpose::ALL.len()],
}

/// Who says a term.
pub struct Weighed {
    /// In the documents' order; also those that were deleted or that not everybody may see.
    pub strengths: Box<[Strength]>,
    /// How many of them are among the documents that were asked about last: most who ask may see the same.
    counted: Mutex<(Weak<Docs>, usize)>,
}

impl Weighed {
    fn new(strengths: Box<[Strength]>) -> Self {
        Self { strengths, counted: Mutex::default() }
    }

    /// How many of its documents are among these.
    pub fn count_among(&self, docs: &Arc<Docs>) -> usize {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        // What a weak pointer points to keeps its place, so that no other set is ever taken for it.
        if !ptr::eq(counted.0.as_ptr(), Arc::as_ptr(docs)) {
            let count = self.strengths.iter().filter(|said| docs.contains(said.doc)).count();
            *counted = (Arc::downgrade(docs), count);
        }
        counted.1
    }
}

/// Where a term's documents are listed.
struct Entry {
    part: Part,
    segment: usize,
    info: TermInfo,
}

/// How strongly a document says a term: its frequencies in all parts, weighted, and held against their lengths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    pub doc: DocNumber,
    pub strength: f32,
}

impl Term {
    pub fn find(snapshot: &Snapshot, written: Locale, text: &str) -> tantivy::Result<Self> {
        let fields = snapshot.fields.text(written);
        let mut entries: Vec<Entry> = Vec::new();
        let mut articles = 0;
        for part in Part::ALL {
            let mut in_part = 0;
            for (segment, (_, _, index)) in snapshot.indexes(fields.part(part))?.enumerate() {
                if let Some(info) = index.terms().get(text)? {
                    in_part += info.doc_freq;
                    entries.push(Entry { part, segment, info });
                }
            }
            articles = articles.max(in_part);
        }
        let is_learned = |entry: &Entry| entry.part == Part::Learned;
        let is_private = entries.iter().any(is_learned)
            && !snapshot.is_shared(written, text)?
            && !is_public(snapshot, written, &entries, fields)?;
        if is_private {
            entries.retain(|entry| !is_learned(entry));
            articles = if entries.is_empty() { 0 } else { articles };
        }
        Ok(Self { articles, entries, is_private, weighed: Purpose::ALL.map(|_| OnceLock::new()) })
    }

    /// How much memory it takes beside itself once it was asked for.
    pub fn bytes(&self) -> usize {
        let findings: usize = self.entries.iter().map(|entry| entry.info.doc_freq as usize).sum();
        self.entries.len() * size_of::<Entry>() + findings * size_of::<Strength>()
    }

    /// Who says it, for the purpose of a ranking.
    pub fn weighed(
        &self,
        snapshot: &Snapshot,
        written: Locale,
        ranking: &Ranking,
    ) -> tantivy::Result<&Weighed> {
        let known = &self.weighed[ranking.purpose as usize];
        if let Some(weighed) = known.get() {
            return Ok(weighed);
        }
        let weighed = Weighed::new(self.weigh(snapshot, written, ranking)?);
        Ok(known.get_or_init(|| weighed))
    }

    fn weigh(
        &self,
        snapshot: &Snapshot,
        written: Locale,
        ranking: &Ranking,
    ) -> tantivy::Result<Box<[Strength]>> {
        let lengths = snapshot.lengths(written)?;
        let mut strengths: Vec<Strength> = Vec::new();
        for Entry { part, segment, info } in &self.entries {
            let weight = ranking.part(*part);
            if weight <= 0.0 {
                continue;
            }
            let field = snapshot.fields.text(written).part(*part);
            let Some((start, segment, index)) = snapshot.indexes(field)?.nth(*segment) else { continue };
            let norms = segment.get_fieldnorms_reader(field)?;
            let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while postings.doc() != TERMINATED {
                let norm = lengths.norm(ranking, *part, norms.fieldnorm(postings.doc()));
                let strength = weight * postings.term_freq() as f32 / norm;
                strengths.push(Strength { doc: start + postings.doc(), strength });
                postings.advance();
            }
        }
        // Each part's documents are in order already, which this sort makes use of.
        strengths.sort_by_key(|found| found.doc);
        strengths.dedup_by(|next, first| {
            let same = next.doc == first.doc;
            if same {
                first.strength += next.strength;
            }
            same
        });
        Ok(strengths.into_boxed_slice())
    }
}

/// Whether an article that everybody may read says it by itself.
fn is_public(
    snapshot: &Snapshot,
    written: Locale,
    entries: &[Entry],
    fields: &TextFields,
) -> tantivy::Result<bool> {
    let public = snapshot.visible(&Viewer::Anonymous, written, written)?;
    for Entry { part, segment, info } in entries.iter().filter(|entry| entry.part != Part::Learned) {
        let Some((start, _, index)) = snapshot.indexes(fields.part(*part))?.nth(*segment) else { continue };
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if public.contains(start + postings.doc()) {
                return Ok(true);
            }
            postings.advance();
        }
    }
    Ok(false)
}

/// The average length of each part, in tokens, over the documents of a language.
pub struct Lengths([f32; Part::ALL.len()]);

impl Lengths {
    pub fn of(snapshot: &Snapshot, written: Locale) -> tantivy::Result<Self> {
        let mut documents = 0;
        for (_, _, locales) in snapshot.indexes(snapshot.fields.locale)? {
            documents += locales.terms().get(written.tag())?.map_or(0, |info| u64::from(info.doc_freq));
        }
        let mut averages = [1.0; Part::ALL.len()];
        for part in Part::ALL {
            let parts = snapshot.indexes(snapshot.fields.text(written).part(part))?;
            let tokens: u64 = parts.map(|(_, _, index)| index.total_num_tokens()).sum();
            averages[part as usize] = (tokens as f32 / documents.max(1) as f32).max(1.0);
        }
        Ok(Self(averages))
    }

    /// By how much a frequency counts less in a part of so many tokens.
    pub fn norm(&self, ranking: &Ranking, part: Part, tokens: u32) -> f32 {
        let b = ranking.length(part);
        1.0 - b + b * tokens as f32 / self.0[part as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted_anew_for_whoever_may_see_others() {
        let said = |doc| Strength { doc, strength: 1.0 };
        let weighed = Weighed::new([said(1), said(3), said(4)].into());
        let among = |docs: &[DocNumber]| {
            let mut set = Docs::none(8);
            docs.iter().for_each(|doc| set.insert(*doc));
            Arc::new(set)
        };
        let (few, many) = (among(&[1, 2]), among(&[1, 3, 4, 5]));
        assert_eq!([&few, &few, &many, &few].map(|docs| weighed.count_among(docs)), [1, 1, 3, 1]);
        drop(few);
        assert_eq!(weighed.count_among(&among(&[])), 0);
    }
}
