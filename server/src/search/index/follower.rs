//! The loop that keeps this process after the database, whichever process writes there: its index change by change, or all
//! at once when there is no index yet; and with it the settings and the pages that it keeps.

use std::sync::Arc;
use std::time::Duration;

use super::building::Building;
use super::changes::{Watermark, changes_after, end_of_changes, oldest_running};
use super::folder::{Damage, IndexFolder, OpenIndex};
use super::patience::patiently;
use super::remembering::Remembering;
use super::source::{article_ids_after, published};
use super::writer::{Pen, Stamp, Writer};
use crate::app_state::App;
use crate::chance::token_hash;
use crate::panics::{self, Panicked};
use crate::search::Search;
use crate::search::judgement::{self, Cause};
use crate::search::synonyms::read_meanings;
use crate::settings::SettingsStore;
use crate::storage::{self, Db, StorageError};

/// Other processes (an import beside the server, another replica) cannot ring: they are looked after this often.
const POLL: Duration = Duration::from_millis(300);
/// Turns of the loop without a change after which the writer's memory is given back.
const IDLE_TURNS: u32 = 10;
/// Articles read at once by a rebuild.
const REBUILD_BATCH: i64 = 250;
/// After a failure: first and longest pause.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(30)];

/// Why a turn of the loop failed. None of it is final: the loop goes on.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The index could not be opened, read or written.
    #[error("the index is unusable: {0}")]
    Index(#[from] Damage),
    #[error("indexing stopped short: {0}")]
    Stopped(#[from] Panicked),
}

impl From<tantivy::TantivyError> for FollowError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.into())
    }
}

/// Follows one database with one index.
pub struct Follower {
    db: Db,
    folder: IndexFolder,
    /// Names the database, so that an index is never used for another one.
    database: String,
    search: Arc<Search>,
    settings: SettingsStore,
    pen: Pen,
    idle_turns: u32,
    remembering: Remembering,
    /// Why the judgement list is to be evaluated anew, and nobody was told yet.
    news: Option<Cause>,
}

impl Follower {
    /// Follows the database of a portal with the index in its data folder.
    pub async fn of(app: &App) -> Result<Self, StorageError> {
        let folder = IndexFolder::new(&app.config.data);
        let database = storage::secret(&app.db, &app.chance, "index").await?;
        let follower = Self::new(app.db.clone(), folder, token_hash(&database), Arc::clone(&app.search));
        Ok(Self { settings: app.settings.clone(), ..follower })
    }

    pub(in crate::search) fn new(db: Db, folder: IndexFolder, database: String, search: Arc<Search>) -> Self {
        Self {
            db,
            folder,
            database,
            search,
            settings: SettingsStore::default(),
            pen: Pen::Free,
            idle_turns: 0,
            remembering: Remembering::new(),
            news: None,
        }
    }

    /// Follows until the portal is to stop, from wherever the index on disk stands.
    pub async fn keep(app: App) {
        while !app.stop.is_requested() {
            match Self::of(&app).await {
                Ok(follower) => return follower.run(app).await,
                Err(error) => {
                    tracing::warn!(%error, "the index cannot be followed yet");
                    app.stop.within(PAUSES[0]).await;
                }
            }
        }
    }

    async fn run(mut self, app: App) {
        let mut pause = PAUSES[0];
        while !app.stop.is_requested() {
            match self.turn().await {
                Ok(true) => {
                    pause = PAUSES[0];
                    // Kept pages show articles, related ones too, the tree, and much of the settings.
                    app.pages.clear();
                    if let Some(cause) = self.news.take()
                        && let Err(error) = self.tell(&app, cause).await
                    {
                        tracing::warn!(%error, "the judgement list is not evaluated");
                    }
                }
                Ok(false) => {
                    pause = PAUSES[0];
                    tokio::select! {
                        () = app.changed.notified() => {}
                        _ = app.stop.within(POLL) => {}
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, retry_in_ms = pause.as_millis(), "the index does not follow");
                    app.stop.within(pause).await;
                    pause = (pause * 2).min(PAUSES[1]);
                }
            }
        }
    }

    /// Wants the judgement list evaluated with what search answers from now.
    async fn tell(&self, app: &App, cause: Cause) -> Result<(), StorageError> {
        let mut tx = self.db.begin().await?;
        judgement::wish(&mut tx, cause, app.clock.now()).await?;
        tx.commit().await?;
        app.work.notify_one();
        Ok(())
    }

    /// Does what there is to do now; tells whether there was anything.
    ///
    /// # Errors
    /// Whatever came between; the index goes on answering as long as it is whole, and the next turn tries again.
    pub async fn turn(&mut self) -> Result<bool, FollowError> {
        if self.search.was_suspected() && !self.is_whole().await {
            self.search.mark_damaged();
        }
        let Some(index) = self.search.index().filter(|_| self.folder.path().join("meta.json").is_file())
        else {
            self.open_or_rebuild().await?;
            return Ok(true);
        };
        let remembered = self.remember().await?;
        let followed = self.follow(index).await;
        if let Err(FollowError::Index(_)) = followed
            && !self.is_whole().await
        {
            self.search.mark_damaged();
        }
        Ok(followed? || remembered)
    }

    async fn follow(&mut self, index: OpenIndex) -> Result<bool, FollowError> {
        let after = index.watermark()?;
        let Some(changes) = changes_after(&self.db, after).await? else {
            self.rest();
            return Ok(false);
        };
        self.idle_turns = 0;
        if changes.gap {
            tracing::info!("building the index: it has not followed for so long that changes are gone");
            self.rebuild().await?;
            return Ok(true);
        }
        if changes.synonyms {
            self.read_meanings().await?;
        }
        if changes.phrases {
            self.remembering.outdate();
        }
        if changes.settings {
            self.settings.refresh(&self.db).await?;
        }
        let published = published(&mut self.db.read().await?, &changes.article_ids).await?;
        let stamp = |watermark| Stamp { database: self.database.clone(), watermark };
        let done = stamp(changes.until);
        // An erasure is followed when its words are out of the files, too.
        let committed = if changes.erased { stamp(after) } else { done.clone() };
        let (erased, purged) = (changes.erased, index.clone());
        let writer = self.pen.take().await;
        self.pen = Pen::Held(
            blocking(move || {
                let mut writer = match writer {
                    Some(writer) => writer,
                    None => Writer::open(&index)?,
                };
                writer.replace(&changes.article_ids, &published)?;
                writer.commit(&committed)?;
                Ok(Box::new(writer))
            })
            .await?,
        );
        if erased {
            self.purge(purged, done).await?;
        }
        Ok(true)
    }

    /// Takes out of the files what was deleted from the index; `stamp` says that this was done.
    async fn purge(&mut self, index: OpenIndex, stamp: Stamp) -> Result<(), FollowError> {
        // Merges that are under way hold their segments.
        self.pen.put_down();
        self.pen.take().await;
        let purged = blocking(move || {
            let mut writer = Writer::open(&index)?;
            writer.purge()?;
            writer.commit(&stamp)?;
            Ok(Box::new(writer))
        });
        self.pen = Pen::Held(purged.await?);
        Ok(())
    }

    /// From now on queries are understood by the synonyms as they are kept now.
    async fn read_meanings(&self) -> Result<(), FollowError> {
        let meanings = read_meanings(&mut self.db.read().await?).await?;
        self.search.use_meanings(meanings);
        Ok(())
    }

    /// Reads what changes tell of and the index does not hold. Whoever goes on from a watermark without having followed
    /// the changes before it reads this after the watermark: what changes later is followed.
    async fn read_beside(&mut self) -> Result<(), FollowError> {
        self.read_meanings().await?;
        self.settings.refresh(&self.db).await?;
        self.remembering.outdate();
        Ok(())
    }

    /// Keeps the memory after the phrases; tells whether another one is in use now.
    async fn remember(&mut self) -> Result<bool, FollowError> {
        let Some(memory) = self.remembering.turn(&self.db).await? else { return Ok(false) };
        if self.search.use_memory(memory) {
            self.news.get_or_insert(Cause::Phrases);
        }
        Ok(true)
    }

    /// Gives the writer's memory back after a while without a change.
    fn rest(&mut self) {
        self.idle_turns = self.idle_turns.saturating_add(1);
        if self.idle_turns >= IDLE_TURNS {
            self.pen.put_down();
        }
    }

    /// Whether the index on disk can be used as it is. A full disk stops the writing and leaves what was committed.
    async fn is_whole(&self) -> bool {
        let folder = self.folder.clone();
        let database = self.database.clone();
        blocking(move || Ok(folder.open(&database)?)).await.is_ok()
    }

    async fn open_or_rebuild(&mut self) -> Result<(), FollowError> {
        let folder = self.folder.clone();
        let database = self.database.clone();
        let was_open = self.search.index().is_some();
        let opened = blocking(move || Ok(folder.open(&database))).await?;
        let damage = match opened {
            Ok(index) if !self.search.is_damaged() => match self.ahead(&index).await? {
                false => {
                    self.read_beside().await?;
                    self.search.use_index(index);
                    return Ok(());
                }
                true => Damage::AheadOfDatabase,
            },
            Ok(_) => Damage::Files("found damaged while searching".to_owned()),
            Err(damage) => damage,
        };
        tracing::info!(reason = %damage, answering_from = if was_open { "the old index" } else { "the database" },
            "building the index");
        self.rebuild().await
    }

    /// Whether the index knows of changes that the database does not: the database was replaced by an older one, or by
    /// one on another server.
    async fn ahead(&self, index: &OpenIndex) -> Result<bool, FollowError> {
        let mut conn = self.db.read().await?;
        let watermark = index.watermark()?;
        Ok(match oldest_running(&mut conn).await? {
            // Numbers of changes become visible out of order there, and only those of transactions that have ended.
            Some(transaction) => watermark.transaction >= transaction,
            None => watermark > end_of_changes(&mut conn).await?,
        })
    }

    /// Builds the index of everything beside the one in use, and swaps it in.
    async fn rebuild(&mut self) -> Result<(), FollowError> {
        // Merges of the old index would go on writing into the folder that is swapped.
        self.pen.put_down();
        self.pen.take().await;
        let built = self.build_beside().await;
        if built.is_err() {
            // On a full disk the remains would take the room that everything else waits for.
            self.folder.abandon();
        }
        built
    }

    async fn build_beside(&mut self) -> Result<(), FollowError> {
        let folder = self.folder.clone();
        let writer = blocking(move || patiently(|| Ok(Writer::for_rebuild(&folder.begin()?)?))).await?;
        // Read before the articles: what changes meanwhile is applied once more afterwards.
        let watermark: Watermark = end_of_changes(&mut self.db.read().await?).await?;
        self.read_beside().await?;
        let mut building = Building::begin(writer);
        let read = self.read_everything(&mut building).await;
        // Whatever came between: nothing is to write into the folder any more when it is given up.
        let built = building.end().await;
        read?;
        let (mut writer, documents) = built?;
        let stamp = Stamp { database: self.database.clone(), watermark };
        let folder = self.folder.clone();
        let index = blocking(move || {
            writer.commit(&stamp)?;
            writer.close()?;
            Ok(folder.swap(&stamp.database)?)
        })
        .await?;
        self.search.use_index(index);
        self.news = Some(Cause::Rebuilt);
        tracing::info!(documents, "the index is built");
        Ok(())
    }

    async fn read_everything(&self, building: &mut Building) -> Result<(), FollowError> {
        let mut after = 0;
        loop {
            let mut conn = self.db.read().await?;
            let ids = article_ids_after(&mut conn, after, REBUILD_BATCH).await?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            let published = published(&mut conn, &ids).await?;
            drop(conn);
            if building.add(published).await.is_err() {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
impl Follower {
    /// Turns until the index holds every change there is, and the memory every phrase. One turn less would do, were it
    /// not for PostgreSQL, where any running transaction, another test's too, holds changes back.
    pub async fn catch_up(&mut self) -> anyhow::Result<()> {
        loop {
            while self.turn().await? {}
            let last = crate::storage::value!(
                self.db.read().await?,
                i64,
                "SELECT COALESCE(MAX(id), 0) FROM change"
            )?;
            let index = self.search.index().expect("a turn leaves an index");
            if index.watermark()?.change >= last && self.remembering.is_up_to_date() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Runs what would hold up the runtime on a thread of its own.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FollowError> + Send + 'static,
) -> Result<T, FollowError> {
    // Tantivy panics on some damage: that, too, wants a rebuild.
    let panicked = |_| FollowError::from(Damage::Files("reading it panicked".to_owned()));
    panics::joined(tokio::task::spawn_blocking(work)).await.map_err(panicked)?
}
