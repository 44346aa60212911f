//! What is computed once for a snapshot and asked for by every search: who may see what, and what lies where.

use std::sync::{Arc, OnceLock};

use app::i18n::Locale;

use super::docs::Docs;
use super::snapshot::{DocNumber, Snapshot};
use crate::search::document::Viewer;
use crate::search::schema::CATEGORIES;

/// So many kinds of visitors are remembered: two languages times the organizations that are about.
const VIEWERS_KEPT: u64 = 200;

/// Empty at first; filled as it is asked for.
pub struct Kept {
    visible: moka::sync::Cache<(Viewer, Locale, Locale), Arc<Docs>>,
    shelves: OnceLock<Shelves>,
}

impl Default for Kept {
    fn default() -> Self {
        Self { visible: moka::sync::Cache::new(VIEWERS_KEPT), shelves: OnceLock::new() }
    }
}

impl Kept {
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
