//! The files of a judged collection: documents, queries, judgements. Every line must be as it should, and there must be
//! one: half an evaluation would say nothing, and none at all would say that search is useless.

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

/// Some editors begin a file with it.
const BYTE_ORDER_MARK: char = '\u{feff}';

#[derive(Deserialize)]
pub struct Document {
    #[serde(rename = "_id")]
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Query {
    #[serde(rename = "_id")]
    pub id: String,
    pub text: String,
}

/// How well a document answers a query; above 0 is relevant.
pub struct Judgement {
    pub query: String,
    pub document: String,
    pub grade: u32,
}

/// What is wrong with a collection's files.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    #[error("cannot read {path}: {reason}")]
    Read { path: String, reason: String },
    #[error("{path}, line {line}: {reason}")]
    Line { path: String, line: usize, reason: String },
    #[error("{path} gives the id \"{id}\" twice")]
    Twice { path: String, id: String },
    #[error("{path} holds nothing: it wants {wanted}")]
    Empty { path: String, wanted: &'static str },
    #[error(
        "no judgement of {judgements} names {what}; the first one names \"{first}\": give the files of one collection"
    )]
    Strange { judgements: usize, what: String, first: String },
    #[error(
        "no judgement with a grade above 0 names both a query and a document that are there: nothing could be found"
    )]
    NothingRelevant,
    #[error("the throw-away index failed")]
    Index(#[from] tantivy::TantivyError),
}

/// Reads `corpus*.jsonl`.
pub fn documents(path: &Path) -> Result<Vec<Document>, CollectionError> {
    let documents: Vec<Document> =
        json_lines(path, "one JSON object a line, with `_id`, `title` and `text`")?;
    each_once(path, documents.iter().map(|document| document.id.as_str()))?;
    Ok(documents)
}

/// Reads `queries.jsonl`.
pub fn queries(path: &Path) -> Result<Vec<Query>, CollectionError> {
    let queries: Vec<Query> = json_lines(path, "one JSON object a line, with `_id` and `text`")?;
    each_once(path, queries.iter().map(|query| query.id.as_str()))?;
    Ok(queries)
}

/// A judgement means one of those that it names.
fn each_once<'a>(path: &Path, ids: impl Iterator<Item = &'a str>) -> Result<(), CollectionError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(CollectionError::Twice { path: path.display().to_string(), id: id.to_owned() });
        }
    }
    Ok(())
}

/// Reads `qrels*.tsv`: query id, document id, grade. A first line whose third column is no number is a header.
pub fn judgements(path: &Path) -> Result<Vec<Judgement>, CollectionError> {
    let text = read(path)?;
    let mut judgements = Vec::new();
    for (at, (line, row)) in filled_lines(&text).enumerate() {
        let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
        if at == 0 && columns.get(2).is_some_and(|grade| grade.parse::<f64>().is_err()) {
            continue;
        }
        let [query, document, grade, ..] = columns[..] else {
            let reason = "wants query id, document id and grade, separated by tabs".to_owned();
            return Err(broken(path, line, reason));
        };
        let Ok(grade) = grade.parse() else {
            return Err(broken(path, line, format!("the grade \"{grade}\" is no whole number from 0")));
        };
        judgements.push(Judgement { query: query.to_owned(), document: document.to_owned(), grade });
    }
    some(path, judgements, "query id, document id and grade on each line, separated by tabs")
}

fn json_lines<T: for<'de> Deserialize<'de>>(
    path: &Path,
    wanted: &'static str,
) -> Result<Vec<T>, CollectionError> {
    let text = read(path)?;
    let parse = |(line, row)| {
        serde_json::from_str(row).map_err(|error: serde_json::Error| {
            // It knows of this one line only, and calls it the first.
            let place = format!(" at line {} column {}", error.line(), error.column());
            let told = error.to_string();
            broken(path, line, told.strip_suffix(&place).unwrap_or(&told).to_owned())
        })
    };
    some(path, filled_lines(&text).map(parse).collect::<Result<_, _>>()?, wanted)
}

fn read(path: &Path) -> Result<String, CollectionError> {
    let mut text = std::fs::read_to_string(path).map_err(|error| CollectionError::Read {
        path: path.display().to_string(),
        reason: error.to_string(),
    })?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.remove(0);
    }
    Ok(text)
}

/// Lines with something on them, numbered from 1.
fn filled_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn broken(path: &Path, line: usize, reason: String) -> CollectionError {
    CollectionError::Line { path: path.display().to_string(), line, reason }
}

fn some<T>(path: &Path, found: Vec<T>, wanted: &'static str) -> Result<Vec<T>, CollectionError> {
    if found.is_empty() {
        return Err(CollectionError::Empty { path: path.display().to_string(), wanted });
    }
    Ok(found)
}
