//! The tables as the open database describes them, so that a new migration is backed up without a word here.

use super::{BackupError, Result};
use crate::storage::{Conn, all};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sqlx::Row;
use std::collections::BTreeMap;

/// How a column's values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Integer,
    Text,
    Bool,
    /// Base64 in the file.
    Bytes,
}

/// A table with its columns in order.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<(String, Type)>,
}

/// (table, column, type) and (table, referenced table).
type Columns = Vec<(String, String, String)>;
type References = Vec<(String, String)>;

/// Every table of the portal, each after the tables that it refers to.
pub(super) async fn tables(conn: &mut Conn) -> Result<Vec<Table>> {
    let (columns, references): (Columns, References) = if conn.is_postgres() {
        (
            // xid numbers the transactions of one cluster: meaningless in another.
            all!(
                conn,
                (String, String, String),
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT)
                 FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations' AND data_type <> 'xid8'
                 ORDER BY table_name, ordinal_position"
            )?,
            all!(
                conn,
                (String, String),
                "SELECT CAST(child.relname AS TEXT), CAST(parent.relname AS TEXT) FROM pg_constraint c
                 JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
                 JOIN pg_namespace n ON n.oid = child.relnamespace
                 WHERE c.contype = 'f' AND n.nspname = current_schema()"
            )?,
        )
    } else {
        (
            all!(
                conn,
                (String, String, String),
                "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'
                 ORDER BY m.name, c.cid"
            )?,
            all!(
                conn,
                (String, String),
                "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
                 WHERE m.type = 'table'"
            )?,
        )
    };
    let mut by_name: BTreeMap<String, Table> = BTreeMap::new();
    for (table, column, declared) in columns {
        let kind = match declared.to_ascii_lowercase().as_str() {
            "bigint" | "integer" => Type::Integer,
            "boolean" => Type::Bool,
            "blob" | "bytea" => Type::Bytes,
            _ => Type::Text,
        };
        by_name
            .entry(table.clone())
            .or_insert_with(|| Table { name: table, columns: Vec::new() })
            .columns
            .push((column, kind));
    }
    Ok(parents_first(by_name, &references))
}

fn parents_first(mut left: BTreeMap<String, Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits = |name: &str| {
            references
                .iter()
                .any(|(child, parent)| child == name && parent != name && left.contains_key(parent))
        };
        // A circle cannot happen in our schema; were there one, its first table goes first.
        let next = left.keys().find(|name| !waits(name)).or_else(|| left.keys().next()).cloned();
        ordered.extend(next.and_then(|name| left.remove(&name)));
    }
    ordered
}

impl Table {
    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }

    /// The name as SQL takes it.
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.name)
    }

    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.names(), self.quoted())
    }

    pub(super) fn delete(&self) -> String {
        format!("DELETE FROM {}", self.quoted())
    }

    pub(super) fn insert(&self) -> String {
        let places: Vec<_> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.quoted(), self.names(), places.join(", "))
    }

    /// The column that refers to its own table, if there is one: such rows are restored parents first.
    pub(super) fn own_parent(&self) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == "parent_id")
    }

    pub(super) fn has_id(&self) -> bool {
        self.columns.iter().any(|(name, _)| name == "id")
    }

    /// One row of either driver as JSON.
    pub(super) fn row<'r, R>(&self, row: &'r R) -> Result<Value>
    where
        R: Row,
        usize: sqlx::ColumnIndex<R>,
        Option<i64>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
        Option<String>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
        Option<bool>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
        Option<Vec<u8>>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    {
        let mut values = Vec::with_capacity(self.columns.len());
        for (at, (_, kind)) in self.columns.iter().enumerate() {
            values.push(match kind {
                Type::Integer => row.try_get::<Option<i64>, _>(at)?.into(),
                Type::Text => row.try_get::<Option<String>, _>(at)?.into(),
                Type::Bool => row.try_get::<Option<bool>, _>(at)?.into(),
                Type::Bytes => {
                    row.try_get::<Option<Vec<u8>>, _>(at)?.map(|bytes| STANDARD.encode(bytes)).into()
                }
            });
        }
        Ok(Value::Array(values))
    }
}

/// A value on its way into a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Integer(Option<i64>),
    Text(Option<String>),
    Bool(Option<bool>),
    Bytes(Option<Vec<u8>>),
}

impl Cell {
    pub(super) fn read(kind: Type, value: &Value) -> Result<Self> {
        let wrong = || BackupError::Damaged(format!("a value is not of type {kind:?}"));
        let null = value.is_null();
        Ok(match kind {
            Type::Integer if null => Self::Integer(None),
            Type::Integer => Self::Integer(Some(value.as_i64().ok_or_else(wrong)?)),
            Type::Text if null => Self::Text(None),
            Type::Text => Self::Text(Some(value.as_str().ok_or_else(wrong)?.to_owned())),
            Type::Bool if null => Self::Bool(None),
            Type::Bool => Self::Bool(Some(value.as_bool().ok_or_else(wrong)?)),
            Type::Bytes if null => Self::Bytes(None),
            Type::Bytes => {
                Self::Bytes(Some(STANDARD.decode(value.as_str().ok_or_else(wrong)?).map_err(|_| wrong())?))
            }
        })
    }
}
