//! What can go wrong with a database, sorted by what the caller can do about it.

use sqlx::error::ErrorKind;

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A row with that key exists already. The constraint's name, where the database tells it.
    #[error("a row with this key exists already ({0})")]
    Duplicate(String),
    /// Busy, unreachable, out of connections, or given up for another transaction: worth trying again.
    #[error("the database cannot be reached right now: {0}")]
    Unavailable(String),
    /// The disk is full or not writable: reads go on, writes do not.
    #[error("the database cannot write: {0}")]
    Full(String),
    #[error("the database cannot be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error(transparent)]
    Other(sqlx::Error),
}

impl StorageError {
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Duplicate(_))
    }

    /// Whether the same call may go through later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Full(_))
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                if database.kind() == ErrorKind::UniqueViolation {
                    let name =
                        database.constraint().map_or_else(|| database.message().to_owned(), str::to_owned);
                    return Self::Duplicate(name);
                }
                // SQLite tells its primary result code in the low byte; PostgreSQL a SQLSTATE class.
                let code = database.code().unwrap_or_default();
                let primary = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|number| number & 0xff);
                let sqlstate =
                    |classes: &[&str]| code.len() == 5 && classes.iter().any(|class| code.starts_with(class));
                match primary {
                    Some(5 | 6) => Self::Unavailable(database.message().to_owned()),
                    Some(8 | 10 | 13) => Self::Full(database.message().to_owned()),
                    _ if sqlstate(&["53100"]) => Self::Full(database.message().to_owned()),
                    // 40: rolled back because of another transaction, as in a deadlock.
                    _ if sqlstate(&["08", "40", "53", "57P"]) => {
                        Self::Unavailable(database.message().to_owned())
                    }
                    _ => Self::Other(error),
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Tls(_) => Self::Unavailable(error.to_string()),
            _ => Self::Other(error),
        }
    }
}
