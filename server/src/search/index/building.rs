//! Builds an index of everything: articles are read here, drawn and analysed by threads of their own, and put down by
//! Tantivy's, all at the same time and in the order in which they were read.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;

use super::follower::{FollowError, blocking};
use super::patience::let_others_first;
use super::source::Published;
use super::writer::Writer;
use crate::panics;
use crate::search::analyst::Analyst;
use crate::search::schema::Fields;

/// One for every core: they let those go first who search meanwhile. More than this would wait for Tantivy.
const MOST_ANALYSTS: usize = 4;
/// Batches that may be under way for each analyst, from being read to being indexed: one is analysed, and as many
/// wait on either side. Tantivy's own queue ends at 10,000 documents.
const UNDER_WAY: usize = 4;

/// An index that is being built.
pub struct Building {
    /// What each analyst has to do; in turn, so that the order can be told afterwards.
    queues: Vec<mpsc::Sender<Batch>>,
    turn: usize,
    room: Arc<Semaphore>,
    built: JoinHandle<Result<(Writer, usize), FollowError>>,
}

struct Batch {
    published: Published,
    room: OwnedSemaphorePermit,
}

impl Building {
    /// Begins with an empty index.
    pub fn begin(writer: Writer) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let analysts = cores.min(MOST_ANALYSTS);
        let (queues, work): (Vec<_>, Vec<_>) = (0..analysts).map(|_| mpsc::channel(UNDER_WAY)).unzip();
        let room = Arc::new(Semaphore::new(UNDER_WAY * analysts));
        let built = tokio::spawn(blocking(move || build(writer, work)));
        Self { queues, turn: 0, room, built }
    }

    /// Adds articles, as soon as there is room for them.
    ///
    /// # Errors
    /// When no more can be added: [`Building::end`] tells why.
    pub async fn add(&mut self, published: Published) -> Result<(), Full> {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| Full)?;
        let queue = &self.queues[self.turn];
        self.turn = (self.turn + 1) % self.queues.len();
        queue.send(Batch { published, room }).await.map_err(|_| Full)
    }

    /// Waits until everything is with Tantivy; gives the writer, and how many documents it took.
    pub async fn end(self) -> Result<(Writer, usize), FollowError> {
        drop(self.queues);
        panics::joined(self.built).await?
    }
}

/// No more can be added.
pub struct Full;

fn build(writer: Writer, work: Vec<mpsc::Receiver<Batch>>) -> Result<(Writer, usize), FollowError> {
    let mut documents = 0;
    thread::scope(|scope| {
        let analysts: Vec<Receiver<Vec<Paced>>> = work
            .into_iter()
            .map(|work| {
                let (done, analysed) = sync_channel(UNDER_WAY);
                let fields = writer.fields();
                scope.spawn(move || analyse(work, fields, &done));
                analysed
            })
            .collect();
        // Whose turn it is has the next batch: when there is none, all of them are done.
        for analyst in analysts.iter().cycle() {
            let Ok(batch) = analyst.recv() else { return Ok(()) };
            documents += batch.len();
            batch.into_iter().try_for_each(|document| writer.add(document))?;
        }
        Ok::<_, tantivy::TantivyError>(())
    })?;
    Ok((writer, documents))
}

fn analyse(mut work: mpsc::Receiver<Batch>, fields: &Fields, done: &SyncSender<Vec<Paced>>) {
    let_others_first();
    let mut analyst = Analyst::default();
    while let Some(Batch { published, room }) = work.blocking_recv() {
        let room = Arc::new(room);
        let pace = |document| Paced { document, _room: Some(Arc::clone(&room)) };
        let documents = published.documents(fields, &mut analyst).map(pace);
        if done.send(documents.collect()).is_err() {
            return;
        }
    }
}

/// A document that takes up room until it is indexed.
pub struct Paced {
    document: TantivyDocument,
    _room: Option<Arc<OwnedSemaphorePermit>>,
}

impl From<TantivyDocument> for Paced {
    fn from(document: TantivyDocument) -> Self {
        Self { document, _room: None }
    }
}

impl Document for Paced {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}
