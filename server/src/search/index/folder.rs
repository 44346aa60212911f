//! Index folders: opened only when whole and of this version, built beside the one in use, and swapped in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::error::OpenDirectoryError;
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy};

use super::changes::Watermark;
use super::writer::Stamp;
use crate::search::analysed::{ANALYSED, Analysed};
use crate::search::query::Snapshot;
use crate::search::schema::{Fields, SCHEMA_VERSION};

/// Bytes of texts that are compressed together. Of a small block hardly more than the one that is shown is unpacked, ten
/// times for a page of hits; larger ones would take a little less room.
const STORED_BLOCK: usize = 4_096;
/// Documents are read ten at a time; more cached blocks of them would only hold memory.
const CACHED_BLOCKS: usize = 8;

/// Why an index folder cannot be used. Every reason ends in a rebuild.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error("there is none yet")]
    Missing,
    #[error("it is of another version")]
    OtherVersion,
    #[error("it belongs to another database")]
    OtherDatabase,
    #[error("it is ahead of the database")]
    AheadOfDatabase,
    #[error("its files are damaged: {0}")]
    Files(String),
    #[error(transparent)]
    Tantivy(#[from] tantivy::TantivyError),
    #[error(transparent)]
    Folder(#[from] OpenDirectoryError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Where the index of one data folder lives: `index-<schema version>`.
#[derive(Clone)]
pub struct IndexFolder {
    data: PathBuf,
    disk: Arc<dyn Disk>,
}

/// What index files lie on: the real disk, or in tests one that fills up.
pub trait Disk: Send + Sync {
    fn directory(&self, path: &Path) -> Result<Box<dyn Directory>, OpenDirectoryError>;
}

/// The disk of this machine.
struct RealDisk;

impl Disk for RealDisk {
    fn directory(&self, path: &Path) -> Result<Box<dyn Directory>, OpenDirectoryError> {
        Ok(Box::new(MmapDirectory::open(path)?))
    }
}

impl IndexFolder {
    pub fn new(data: &Path) -> Self {
        Self::on(data, Arc::new(RealDisk))
    }

    pub fn on(data: &Path, disk: Arc<dyn Disk>) -> Self {
        Self { data: data.to_owned(), disk }
    }

    pub fn path(&self) -> PathBuf {
        self.data.join(format!("index-{SCHEMA_VERSION}"))
    }

    fn beside(&self) -> PathBuf {
        self.data.join(format!("index-{SCHEMA_VERSION}.building"))
    }

    /// Opens the index if it is whole and of this version and database.
    ///
    /// # Errors
    /// The [`Damage`] that wants a rebuild.
    pub fn open(&self, database: &str) -> Result<OpenIndex, Damage> {
        let path = self.path();
        if !path.join("meta.json").is_file() {
            return Err(Damage::Missing);
        }
        let index = OpenIndex::new(Index::open(self.disk.directory(&path)?)?)?;
        // A file cut short would be mapped all the same, and reading past its end would end the process.
        let damaged = index.index.validate_checksum()?;
        if let Some(file) = damaged.iter().next() {
            return Err(Damage::Files(file.display().to_string()));
        }
        let stamp = index.stamp()?;
        if stamp.database != database {
            return Err(Damage::OtherDatabase);
        }
        index.reload()?;
        Ok(index)
    }

    /// Makes an empty index beside the one in use; remains of an earlier attempt are removed.
    pub fn begin(&self) -> Result<OpenIndex, Damage> {
        let path = self.beside();
        remove(&path)?;
        std::fs::create_dir_all(&path)?;
        let directory = self.disk.directory(&path)?;
        let settings = IndexSettings { docstore_blocksize: STORED_BLOCK, ..IndexSettings::default() };
        OpenIndex::new(Index::create(directory, Fields::new().schema, settings)?)
    }

    /// Removes what was begun beside and cannot be finished.
    pub fn abandon(&self) {
        if let Err(error) = remove(&self.beside()) {
            tracing::warn!(%error, "the remains of an index cannot be removed");
        }
    }

    /// Puts the index that was built beside in the place of the one in use, and opens it there. Searches that still
    /// read the old one finish: its files stay as long as they are mapped.
    pub fn swap(&self, database: &str) -> Result<OpenIndex, Damage> {
        remove(&self.path())?;
        std::fs::rename(self.beside(), self.path())?;
        self.sweep();
        self.open(database)
    }

    /// Removes the indexes of other versions, which nothing will read again.
    fn sweep(&self) {
        let current = self.path();
        for path in index_folders(&self.data).filter(|path| *path != current) {
            if let Err(error) = remove(&path) {
                tracing::warn!(%error, path = %path.display(), "an old index cannot be removed");
            }
        }
    }
}

/// Removes every index of a data folder, after its database was replaced: the next start rebuilds.
pub fn forget(data: &Path) -> std::io::Result<()> {
    index_folders(data).try_for_each(|path| remove(&path))
}

fn index_folders(data: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(data).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("index-"))
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// An index that can be searched and written.
#[derive(Clone)]
pub struct OpenIndex {
    pub index: Index,
    pub fields: Arc<Fields>,
    reader: IndexReader,
    latest: Arc<RwLock<Arc<Snapshot>>>,
}

impl OpenIndex {
    fn new(index: Index) -> Result<Self, Damage> {
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(Damage::OtherVersion);
        }
        index.tokenizers().register(ANALYSED, Analysed::default());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into()?;
        let fields = Arc::new(fields);
        let latest = Arc::new(Snapshot::new(reader.searcher(), Arc::clone(&fields)));
        Ok(Self { index, fields, reader, latest: Arc::new(RwLock::new(latest)) })
    }

    /// The index as of the last [`OpenIndex::reload`].
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets searches see what was committed.
    pub fn reload(&self) -> tantivy::Result<()> {
        self.reader.reload()?;
        let snapshot = Snapshot::new(self.reader.searcher(), Arc::clone(&self.fields));
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    /// What the last commit says of itself.
    pub fn stamp(&self) -> Result<Stamp, Damage> {
        let payload = self.index.load_metas()?.payload.unwrap_or_default();
        serde_json::from_str(&payload).map_err(|_| Damage::Files("meta.json".to_owned()))
    }

    /// Up to where the index has followed the database.
    pub fn watermark(&self) -> Result<Watermark, Damage> {
        Ok(self.stamp()?.watermark)
    }
}
