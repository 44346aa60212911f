//! The two databases behind one face: an embedded SQLite file, or PostgreSQL.
//!
//! One SQL text serves both, in their common dialect. The macros [`all!`], [`first!`], [`one!`], [`value!`] and
//! [`run!`] take a [`Conn`], the text and its arguments, and run it on the native driver of whichever is open:
//!
//! ```text
//! let names = all!(conn, (String,), "SELECT name FROM tag ORDER BY name")?;
//! let tag = value!(conn, i64, "INSERT INTO tag (name) VALUES ($1) RETURNING id", name)?;
//! ```

mod error;
mod log;
mod migrate;
mod open;
mod query;
mod secret;
#[cfg(test)]
mod tests;

pub use error::StorageError;
pub use open::{DatabaseUrl, open};
pub use query::ids;
pub(crate) use query::{all, first, on_either, one, run, value};
pub use secret::{load_or_create as secret, of_day as secret_of_day};

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

pub type Result<T> = std::result::Result<T, StorageError>;

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// SQLite lets one connection write at a time: queueing for it here is fairer than `SQLITE_BUSY`.
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// A connection to read with. On SQLite it cannot write.
    pub async fn read(&self) -> Result<Conn> {
        Ok(Conn(match self {
            Self::Sqlite { readers, .. } => Held::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Held::Postgres(pool.acquire().await?),
        }))
    }

    /// A transaction to write with; dropped without [`Tx::commit`] it is rolled back.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(Conn(match self {
            Self::Sqlite { writer, .. } => Held::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Held::PostgresTx(pool.begin().await?),
        })))
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Closes every connection; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A connection, or a transaction: what every query runs on.
#[derive(Debug)]
pub struct Conn(Held);

#[derive(Debug)]
enum Held {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTx(Transaction<'static, Postgres>),
}

/// The native connection under a [`Conn`]; for the macros, and for the few texts that must differ.
#[derive(Debug)]
pub enum Raw<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub fn raw(&mut self) -> Raw<'_> {
        match &mut self.0 {
            Held::Sqlite(conn) => Raw::Sqlite(conn),
            Held::SqliteTx(tx) => Raw::Sqlite(tx),
            Held::Postgres(conn) => Raw::Postgres(conn),
            Held::PostgresTx(tx) => Raw::Postgres(tx),
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Held::Postgres(_) | Held::PostgresTx(_))
    }
}

/// A transaction. Dereferences to [`Conn`], so that a query does not care.
#[derive(Debug)]
pub struct Tx(Conn);

impl Tx {
    /// A transaction that was opened with options of its own: a backup's snapshot.
    pub(crate) fn from_sqlite(tx: Transaction<'static, Sqlite>) -> Self {
        Self(Conn(Held::SqliteTx(tx)))
    }

    pub(crate) fn from_postgres(tx: Transaction<'static, Postgres>) -> Self {
        Self(Conn(Held::PostgresTx(tx)))
    }

    /// Makes everything since [`Db::begin`] durable: when this returns, `kill -9` no longer loses it.
    pub async fn commit(self) -> Result<()> {
        match self.0.0 {
            Held::SqliteTx(tx) => tx.commit().await?,
            Held::PostgresTx(tx) => tx.commit().await?,
            Held::Sqlite(_) | Held::Postgres(_) => {}
        }
        Ok(())
    }
}

impl std::ops::Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}
