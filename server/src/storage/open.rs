//! Opening a database: where it is, how it is tuned, and waiting for one that is not there yet.

use super::{Db, Result, StorageError, migrate::migrate};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    File(PathBuf),
    /// `postgres://user@host/name`; an optional `options=-c search_path=…` picks a schema.
    Postgres(String),
}

impl DatabaseUrl {
    /// `postgres://…` and `postgresql://…` are PostgreSQL; nothing given is `kotae.db` in the data folder.
    pub fn new(url: Option<&str>, data: &Path) -> std::result::Result<Self, String> {
        match url.map(str::trim) {
            None | Some("") => Ok(Self::File(data.join("kotae.db"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(url.to_owned()))
            }
            Some(url) if url.starts_with("sqlite:") => {
                Ok(Self::File(PathBuf::from(url.trim_start_matches("sqlite:").trim_start_matches("//"))))
            }
            Some(_) => Err("a database URL starts with postgres:// or sqlite:".to_owned()),
        }
    }
}

/// Opens the database and migrates it. `wait` bounds how long an unreachable PostgreSQL is waited for.
pub async fn open(url: &DatabaseUrl, wait: Duration) -> Result<Db> {
    let db = match url {
        DatabaseUrl::File(path) => open_sqlite(path).await?,
        DatabaseUrl::Postgres(url) => open_postgres(url, wait).await?,
    };
    migrate(&db).await?;
    Ok(db)
}

async fn open_sqlite(path: &Path) -> Result<Db> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL syncs the log at every commit: an acknowledged write survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten: whoever was erased does not stand in the file's free pages either.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY_TIMEOUT)
        .optimize_on_close(true, None);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.clone())
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Db::Sqlite { readers, writer })
}

async fn open_postgres(url: &str, wait: Duration) -> Result<Db> {
    let options = PgConnectOptions::from_str(url)?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_lazy_with(options);
    let mut pause = Duration::from_millis(100);
    let mut waited = Duration::ZERO;
    loop {
        match pool.acquire().await.map_err(StorageError::from) {
            Ok(_) => return Ok(Db::Postgres(pool)),
            Err(error) if error.is_passing() && waited < wait => {
                tracing::warn!(%error, retry_in_ms = pause.as_millis(), "waiting for the database");
                tokio::time::sleep(pause).await;
                waited += pause;
                pause = (pause * 2).min(Duration::from_secs(5));
            }
            Err(error) => return Err(error),
        }
    }
}
