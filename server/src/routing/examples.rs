//! Texts that are labelled already, from a file.

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

/// Texts with their labels, from a CSV file with the columns `text` and `category`.
pub struct Examples(Vec<Example>);

#[derive(Deserialize)]
struct Example {
    text: String,
    category: String,
}

/// The columns that are read.
const COLUMNS: [&str; 2] = ["text", "category"];
/// So much of a first line that names other columns is repeated: columns, and characters of each.
const REPEATED: (usize, usize) = (6, 30);

/// What is wrong with a file of examples.
#[derive(Debug, thiserror::Error)]
pub enum ExamplesError {
    #[error("cannot read {path}: {reason}")]
    Read { path: String, reason: String },
    #[error("the first line of {path} names {found}; the columns `text` and `category` are wanted")]
    Columns { path: String, found: String },
    #[error("{path} holds no request: it wants a line with a text and a category for each")]
    Empty { path: String },
}

impl Examples {
    /// Reads a file. The whole of it must be as it should: half an evaluation would say nothing.
    pub fn read(file: &Path) -> Result<Self, ExamplesError> {
        let path = || file.display().to_string();
        let failed = |error: csv::Error| ExamplesError::Read { path: path(), reason: error.to_string() };
        let mut reader = csv::Reader::from_path(file).map_err(failed)?;
        let columns = reader.headers().map_err(failed)?;
        if columns.is_empty() {
            return Err(ExamplesError::Empty { path: path() });
        }
        if COLUMNS.iter().any(|wanted| columns.iter().all(|column| column != *wanted)) {
            return Err(ExamplesError::Columns { path: path(), found: repeated(columns) });
        }
        let examples: Vec<Example> = reader.deserialize().collect::<Result<_, _>>().map_err(failed)?;
        if examples.is_empty() {
            return Err(ExamplesError::Empty { path: path() });
        }
        Ok(Self(examples))
    }

    /// These texts with their labels.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().map(|(text, category)| Example { text, category }).collect())
    }

    /// Text and label of each.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|example| (example.text.as_str(), example.category.as_str()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of these have a label that none of the others has.
    pub fn strangers_to(&self, others: &Self) -> usize {
        let known: HashSet<&str> = others.pairs().map(|(_, label)| label).collect();
        self.pairs().filter(|(_, label)| !known.contains(label)).count()
    }
}

fn repeated(columns: &csv::StringRecord) -> String {
    let (most, longest) = REPEATED;
    let name = |column: &str| format!("`{}`", column.chars().take(longest).collect::<String>());
    let more = if columns.len() > most { ", …" } else { "" };
    columns.iter().take(most).map(name).collect::<Vec<_>>().join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> Result<Examples, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = folder.path().join("requests.csv");
        std::fs::write(&path, content).map_err(|error| error.to_string())?;
        Examples::read(&path).map_err(|error| error.to_string())
    }

    fn refused(content: &str) -> String {
        read(content).err().unwrap_or_default()
    }

    #[test]
    fn a_file_with_other_columns_is_refused_with_those_it_has() {
        let error = refused("text,label\na,b\n");
        assert!(error.contains("requests.csv") && error.contains("`text`, `label`"), "{error}");
        assert!(error.contains("`category`"), "{error}");
    }

    #[test]
    fn a_file_that_holds_nothing_is_refused() {
        for content in ["", "\n", "text,category\n"] {
            assert!(refused(content).contains("holds no request"), "{content:?}: {}", refused(content));
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_column() {
        assert_eq!(read("\u{feff}text,category\na,b\n").map(|examples| examples.len()), Ok(1));
    }

    #[test]
    fn a_message_of_the_system_is_said_once() {
        let error = Examples::read(Path::new("/no/such/file.csv")).err().map(anyhow::Error::from);
        let words = error.map(|error| format!("{error:#}")).unwrap_or_default();
        assert_eq!(words.matches("os error 2").count(), 1, "{words}");
    }
}
