//! Search engines under one protocol: a job comes as JSON on standard input, figures go as one line of JSON to standard
//! output. The peers in `node/` and `python/` speak the same.

mod bare_tantivy;
mod export;
mod fts5;
mod job;
mod memory;
mod peer;
mod postgres;
mod sonic;
mod speed;
mod stem;

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

use crate::job::Job;
use crate::peer::measure;

#[derive(Parser)]
enum Command {
    /// Tantivy by itself, in process.
    Tantivy,
    /// SQLite's FTS5, in process.
    Fts5,
    /// PostgreSQL's full text search, at the server that the job names.
    Postgres,
    /// A sonic server of its own, on a port that the job names.
    Sonic,
    /// Writes the texts of a Kotae index as corpora: `en.jsonl` and `ja.jsonl`.
    Export {
        /// The folder of the index.
        index: PathBuf,
        /// Where the corpora go.
        folder: PathBuf,
    },
}

fn main() -> Result<()> {
    let figures = match Command::parse() {
        Command::Tantivy => measure(&job()?, bare_tantivy::Index::build)?,
        Command::Fts5 => measure(&job()?, fts5::Table::build)?,
        Command::Postgres => measure(&job()?, postgres::Database::build)?,
        Command::Sonic => measure(&job()?, sonic::Server::build)?,
        Command::Export { index, folder } => return export::export(&index, &folder),
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

fn job() -> Result<Job> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    serde_json::from_str(&text).context("the job on standard input is not as it should be")
}
