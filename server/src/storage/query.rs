//! The macros that run one SQL text on either driver.

/// Writes ids into an `IN (…)` list; numbers only, so that it needs no binding. Empty gives `NULL`: matches nothing.
pub fn ids(ids: impl IntoIterator<Item = i64>) -> String {
    let list: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    if list.is_empty() { "NULL".to_owned() } else { list.join(",") }
}

macro_rules! on_either {
    ($method:ident, $conn:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $conn.raw() {
            $crate::storage::Raw::Sqlite(raw) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($arg))*.$method(raw).await
            }
            $crate::storage::Raw::Postgres(raw) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($arg))*.$method(raw).await
            }
        }
        .map_err($crate::storage::StorageError::from)
    };
}

/// Every row, as a `Vec` of a `FromRow` type or tuple.
macro_rules! all {
    ($($arg:tt)*) => { $crate::storage::on_either!(fetch_all, $($arg)*) };
}

/// The first row, if there is one.
macro_rules! first {
    ($($arg:tt)*) => { $crate::storage::on_either!(fetch_optional, $($arg)*) };
}

/// The only row; none is an error.
macro_rules! one {
    ($($arg:tt)*) => { $crate::storage::on_either!(fetch_one, $($arg)*) };
}

/// The only column of the only row.
macro_rules! value {
    ($conn:expr, $type:ty, $($arg:tt)*) => {
        $crate::storage::on_either!(fetch_one, $conn, ($type,), $($arg)*).map(|row| row.0)
    };
}

/// Runs a text that returns nothing; gives how many rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $conn.raw() {
            $crate::storage::Raw::Sqlite(raw) => {
                sqlx::query::<sqlx::Sqlite>($sql)$(.bind($arg))*.execute(raw).await.map(|done| done.rows_affected())
            }
            $crate::storage::Raw::Postgres(raw) => {
                sqlx::query::<sqlx::Postgres>($sql)$(.bind($arg))*.execute(raw).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::storage::StorageError::from)
    };
}

pub(crate) use {all, first, on_either, one, run, value};
