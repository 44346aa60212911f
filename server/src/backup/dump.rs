//! Writing a backup: one snapshot of every table, streamed row by row.

use super::counts::last_id;
use super::table::{Table, tables};
use super::{FORMAT, Manifest, Result};
use crate::storage::{Db, Raw, Tx, value};
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use std::io::{Seek, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Writes everything that the database holds at this moment; `rows` is told of each thousand rows written.
pub async fn dump<W: Write + Seek>(
    db: &Db,
    now: i64,
    file: W,
    mut rows: impl FnMut(u64),
) -> Result<(Manifest, W)> {
    let mut snapshot = snapshot(db).await?;
    let schema = value!(snapshot, i64, "SELECT MAX(version) FROM _sqlx_migrations")?;
    let mut manifest = Manifest { format: FORMAT, schema, created_at: now, ..Manifest::default() };
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default().large_file(true);
    let mut total = 0;
    for table in tables(&mut snapshot).await? {
        zip.start_file(format!("tables/{}.jsonl", table.name), options)?;
        let count = write_table(&mut snapshot, &table, &mut zip, |written| rows(total + written)).await?;
        total += count;
        if table.has_id()
            && let Some(last) = last_id(&mut snapshot, &table).await?
        {
            manifest.last_ids.insert(table.name.clone(), last);
        }
        manifest.tables.push((table.name, count));
    }
    rows(total);
    zip.start_file("manifest.json", options)?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    Ok((manifest, zip.finish()?))
}

/// A transaction that sees one state of the database from its first read to its last. Never committed.
async fn snapshot(db: &Db) -> Result<Tx> {
    Ok(match db {
        // A plain read transaction: in WAL mode it sees the state at its first read and blocks nobody.
        Db::Sqlite { readers, .. } => Tx::from_sqlite(readers.begin().await?),
        Db::Postgres(pool) => {
            let mut tx = pool.begin().await?;
            sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                .execute(&mut *tx)
                .await?;
            Tx::from_postgres(tx)
        }
    })
}

async fn write_table(
    conn: &mut Tx,
    table: &Table,
    out: &mut impl Write,
    mut written: impl FnMut(u64),
) -> Result<u64> {
    let sql = AssertSqlSafe(table.select());
    let mut count = 0;
    let mut write = |row: serde_json::Value| -> Result<()> {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
        count += 1;
        if count % 1000 == 0 {
            written(count);
        }
        Ok(())
    };
    match conn.raw() {
        Raw::Sqlite(raw) => {
            let mut rows = sqlx::query(sql).fetch(raw);
            while let Some(row) = rows.try_next().await? {
                write(table.row(&row)?)?;
            }
        }
        Raw::Postgres(raw) => {
            let mut rows = sqlx::query(sql).fetch(raw);
            while let Some(row) = rows.try_next().await? {
                write(table.row(&row)?)?;
            }
        }
    }
    Ok(count)
}
