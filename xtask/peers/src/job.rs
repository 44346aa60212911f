//! What a peer is asked to do.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

/// How many hits a page has; speed is that of pages.
pub const PAGE: usize = 10;
/// How deep rankings are judged.
pub const DEPTH: usize = 1_000;

#[derive(Deserialize)]
pub struct Job {
    /// Documents: one JSON object a line with `_id`, `title` and `text`.
    pub corpus: PathBuf,
    /// Queries: one JSON object a line with `_id` and `text`.
    pub queries: PathBuf,
    pub language: Language,
    /// An empty folder for the index.
    pub folder: PathBuf,
    /// How long each of the two loads lasts; 0 for none.
    pub seconds: f64,
    /// How many ask at the same time under the second load, where the engine has more than one thread.
    pub clients: usize,
    /// Where the rankings go: one JSON array a line, the query's id and the ids found, best first.
    pub rankings: Option<PathBuf>,
    /// A URL or a port, for peers that are servers.
    pub server: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    En,
    Ja,
}

/// A document or a query.
#[derive(Deserialize)]
pub struct Text {
    #[serde(rename = "_id")]
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
}

pub fn read(path: &Path) -> Result<Vec<Text>> {
    let lines =
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = lines.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).with_context(|| format!("a line of {}", path.display())))
        .collect()
}
