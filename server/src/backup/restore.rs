//! Putting a backup back, into a database that nobody has used, all of it or nothing.

use super::counts::count_on;
use super::table::{Cell, Table, tables};
use super::{BackupError, FORMAT, Manifest, Result};
use crate::storage::{Conn, Db, Raw, StorageError, run, value};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Seek};
use zip::ZipArchive;

/// Reads a backup into a migrated database without people, articles and requests; what else a started portal wrote
/// by itself makes room. `rows` is told of each thousand rows.
pub async fn restore<R: Read + Seek>(db: &Db, file: R, mut rows: impl FnMut(u64)) -> Result<Manifest> {
    let mut zip = ZipArchive::new(file)?;
    let manifest: Manifest = serde_json::from_reader(zip.by_name("manifest.json")?)?;
    let mut tx = db.begin().await?;
    let schema = value!(tx, i64, "SELECT MAX(version) FROM _sqlx_migrations")?;
    if manifest.format > FORMAT || manifest.schema > schema {
        return Err(BackupError::Newer(manifest.format, manifest.schema));
    }
    for sql in ["SELECT COUNT(*) FROM person", "SELECT COUNT(*) FROM article", "SELECT COUNT(*) FROM request"]
    {
        if value!(tx, i64, sql)? > 0 {
            return Err(BackupError::NotEmpty);
        }
    }
    let here = tables(&mut tx).await?;
    // A portal that was started has written already, whether or not somebody came: secrets, jobs and their counters.
    for table in here.iter().rev() {
        run!(tx, AssertSqlSafe(table.delete()))?;
    }
    let here: HashMap<String, Table> = here.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut total = 0;
    for (name, expected) in &manifest.tables {
        let table = here
            .get(name)
            .ok_or_else(|| BackupError::Damaged(format!("there is no table {name} any more")))?;
        let entry = BufReader::new(zip.by_name(&format!("tables/{name}.jsonl"))?);
        let count = read_table(&mut tx, table, entry, |read| rows(total + read)).await?;
        if count != *expected {
            return Err(BackupError::Damaged(format!("{name} has {count} rows of {expected}")));
        }
        if let Some(last) = manifest.last_ids.get(name) {
            count_on(&mut tx, table, *last).await?;
        }
        total += count;
    }
    rows(total);
    tx.commit().await?;
    Ok(manifest)
}

async fn read_table(
    conn: &mut Conn,
    table: &Table,
    lines: impl BufRead,
    mut read: impl FnMut(u64),
) -> Result<u64> {
    let mut waiting = Vec::new();
    let mut count = 0;
    for line in lines.lines() {
        let Value::Array(values) = serde_json::from_str(&line?)? else {
            return Err(BackupError::Damaged(format!("a line of {} is not a row", table.name)));
        };
        if values.len() != table.columns.len() {
            return Err(BackupError::Damaged(format!("a row of {} has the wrong length", table.name)));
        }
        let mut cells = Vec::with_capacity(values.len());
        for ((_, kind), value) in table.columns.iter().zip(&values) {
            cells.push(Cell::read(*kind, value)?);
        }
        match table.own_parent() {
            Some(parent) if cells.get(parent) != Some(&Cell::Integer(None)) => waiting.push(cells),
            _ => insert(conn, table, cells).await?,
        }
        count += 1;
        if count % 1000 == 0 {
            read(count);
        }
    }
    restore_children(conn, table, waiting).await?;
    Ok(count)
}

/// Rows that hang under another row of their table: level by level, at most as many rounds as levels.
async fn restore_children(conn: &mut Conn, table: &Table, mut waiting: Vec<Vec<Cell>>) -> Result<()> {
    let (Some(parent), Some(id)) =
        (table.own_parent(), table.columns.iter().position(|(name, _)| name == "id"))
    else {
        return Ok(());
    };
    while !waiting.is_empty() {
        let ids: Vec<Cell> = waiting.iter().filter_map(|row| row.get(id).cloned()).collect();
        let (later, now): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|row| row.get(parent).is_some_and(|parent| ids.contains(parent)));
        if now.is_empty() {
            return Err(BackupError::Damaged(format!("{} refers to itself in a circle", table.name)));
        }
        for row in now {
            insert(conn, table, row).await?;
        }
        waiting = later;
    }
    Ok(())
}

macro_rules! bind_all {
    ($query:expr, $cells:expr) => {{
        let mut query = $query;
        for cell in $cells {
            query = match cell {
                Cell::Integer(value) => query.bind(value),
                Cell::Text(value) => query.bind(value),
                Cell::Bool(value) => query.bind(value),
                Cell::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

async fn insert(conn: &mut Conn, table: &Table, cells: Vec<Cell>) -> Result<()> {
    let sql = AssertSqlSafe(table.insert());
    match conn.raw() {
        Raw::Sqlite(raw) => {
            bind_all!(sqlx::query::<sqlx::Sqlite>(sql), cells)
                .execute(raw)
                .await
                .map_err(StorageError::from)?;
        }
        Raw::Postgres(raw) => {
            bind_all!(sqlx::query::<sqlx::Postgres>(sql), cells)
                .execute(raw)
                .await
                .map_err(StorageError::from)?;
        }
    }
    Ok(())
}
