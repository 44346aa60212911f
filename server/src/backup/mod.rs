//! A whole portal in one file, taken while it runs, and put back into an empty database of either kind.
//!
//! The file is a zip: `tables/NAME.jsonl` with one JSON array a row, and `manifest.json` behind them. It holds
//! everything but the search index, which rebuilds itself. Because it is neither database's own format, a portal that outgrows
//! SQLite moves to PostgreSQL by a backup and a restore.

mod counts;
mod dump;
mod restore;
mod table;
#[cfg(test)]
mod tests;

pub use dump::dump;
pub use restore::restore;

use crate::storage::StorageError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Raised when a file of this version cannot be read by the program before it.
pub const FORMAT: u32 = 1;

/// What a backup says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Number of the last migration that the portal had run.
    pub schema: i64,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// Tables in the order in which they are restored, with their rows.
    pub tables: Vec<(String, u64)>,
    /// The last id that each table gave, be its row still there or not.
    pub last_ids: BTreeMap<String, i64>,
}

/// What can go wrong; the message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error("cannot read or write the backup: {0}")]
    Io(#[from] std::io::Error),
    #[error("this is not a Kotae backup, or it is damaged: {0}")]
    Damaged(String),
    #[error(
        "the backup was made by a newer Kotae (format {0}, schema {1}); restore it with that version or a later one"
    )]
    Newer(u32, i64),
    #[error("the database is not empty; restore into a new data folder or an empty PostgreSQL database")]
    NotEmpty,
}

impl From<zip::result::ZipError> for BackupError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::Io(error),
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for BackupError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

pub type Result<T> = std::result::Result<T, BackupError>;
