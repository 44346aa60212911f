//! Writing: articles in, watermark with them in one commit, by one writer at a time.

use serde::{Deserialize, Serialize};
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexWriter, Term};
use tokio::task::JoinHandle;

use super::building::Paced;
use super::changes::Watermark;
use super::folder::OpenIndex;
use super::source::Published;
use crate::search::analyst::Analyst;
use crate::search::schema::Fields;

/// The least that Tantivy takes for one thread; a burst of edits needs no more.
const BYTES: usize = 15_000_000;
/// A rebuild writes everything, and fewer, larger segments are merged less.
const REBUILD_BYTES: usize = 50_000_000;

/// Stored in every commit, so that the index and its watermark cannot part, whatever ends the process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The database that the index belongs to.
    pub database: String,
    pub watermark: Watermark,
}

/// Holds a thread and its buffer while there is something to write; drop it when there is not.
pub struct Writer {
    index: OpenIndex,
    writer: IndexWriter<Paced>,
}

impl Writer {
    pub fn open(index: &OpenIndex) -> tantivy::Result<Self> {
        Self::with_budget(index, BYTES)
    }

    pub fn for_rebuild(index: &OpenIndex) -> tantivy::Result<Self> {
        Self::with_budget(index, REBUILD_BYTES)
    }

    fn with_budget(index: &OpenIndex, bytes: usize) -> tantivy::Result<Self> {
        let writer = index.index.writer_with_num_threads(1, bytes)?;
        let mut policy = LogMergePolicy::default();
        // Edits come one by one: each is a segment, and a search walks all of them.
        policy.set_min_num_segments(4);
        policy.set_min_layer_size(1_000);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        Ok(Self { index: index.clone(), writer })
    }

    pub fn fields(&self) -> &Fields {
        &self.index.fields
    }

    /// Replaces what the index holds of these articles by `published`. Doing it twice changes nothing.
    pub fn replace(&self, article_ids: &[i64], published: &Published) -> tantivy::Result<()> {
        for id in article_ids {
            self.writer.delete_term(Term::from_field_i64(self.fields().article_id, *id));
        }
        let mut analyst = Analyst::default();
        published.documents(self.fields(), &mut analyst).try_for_each(|document| self.add(document.into()))
    }

    /// Adds a document that the index does not hold yet.
    pub fn add(&self, document: Paced) -> tantivy::Result<()> {
        self.writer.add_document(document).map(drop)
    }

    /// Makes everything since the last commit durable and searchable.
    pub fn commit(&mut self, stamp: &Stamp) -> tantivy::Result<()> {
        let payload = serde_json::to_string(stamp).map_err(|error| {
            tantivy::TantivyError::InternalError(format!("a stamp cannot be written: {error}"))
        })?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.index.reload()
    }

    /// Writes those segments anew that hold deleted documents, so that their words stand in no file any more.
    pub fn purge(&mut self) -> tantivy::Result<()> {
        let segments = self.index.index.searchable_segment_metas()?;
        let holed: Vec<SegmentId> =
            segments.iter().filter(|segment| segment.has_deletes()).map(SegmentMeta::id).collect();
        if !holed.is_empty() {
            self.writer.merge(&holed).wait()?;
            self.index.reload()?;
            self.writer.garbage_collect_files().wait()?;
        }
        Ok(())
    }

    /// Waits for merges that are under way, and lets go of the thread and its buffer.
    pub fn close(self) -> tantivy::Result<()> {
        self.writer.wait_merging_threads()
    }
}

/// Where the one writer of an index is. An index takes one at a time, and one that is put down holds it until its
/// merges are done: whoever wants to write next has to wait for that.
#[derive(Default)]
pub enum Pen {
    #[default]
    Free,
    Held(Box<Writer>),
    Closing(JoinHandle<()>),
}

impl Pen {
    /// Gives out the writer; `None` when there is none and another may be opened.
    pub async fn take(&mut self) -> Option<Writer> {
        match std::mem::take(self) {
            Self::Held(writer) => Some(*writer),
            Self::Closing(closed) => {
                if let Err(error) = closed.await {
                    tracing::warn!(%error, "merging the index stopped short");
                }
                None
            }
            Self::Free => None,
        }
    }

    /// Lets go of the writer's memory as soon as its merges are done, on a thread of its own.
    pub fn put_down(&mut self) {
        *self = match std::mem::take(self) {
            Self::Held(writer) => Self::Closing(tokio::task::spawn_blocking(move || {
                if let Err(error) = writer.close() {
                    tracing::warn!(%error, "merging the index stopped short");
                }
            })),
            other => other,
        };
    }
}
