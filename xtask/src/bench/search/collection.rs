//! What is searched, and for what: knowledge bases with queries made from their titles, and judged collections.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Documents and queries, as files that every engine reads.
pub struct Collection {
    pub name: String,
    /// `en` or `ja`.
    pub language: &'static str,
    pub corpus: PathBuf,
    pub queries: PathBuf,
    pub judgements: Option<PathBuf>,
    /// Whether speed is measured too: 125 documents say nothing about it.
    pub is_timed: bool,
    /// Of titles and texts together.
    pub bytes: u64,
    pub documents: usize,
}

/// A document or a query.
#[derive(Serialize, Deserialize)]
pub struct Text {
    #[serde(rename = "_id")]
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
}

impl Collection {
    /// The knowledge base of a language, in the file `LANGUAGE.jsonl` of a folder. Queries are made from its titles.
    pub fn of_titles(folder: &Path, language: &'static str) -> Result<Self> {
        let corpus = folder.join(format!("{language}.jsonl"));
        let mut seen = std::collections::HashSet::new();
        let mut lines = String::new();
        for (number, article) in read(&corpus)?.into_iter().enumerate() {
            let text = typed(&article.title, number, language);
            if !text.is_empty() && seen.insert(text.clone()) {
                let query = Text { id: article.id, title: String::new(), text };
                lines += &serde_json::to_string(&query)?;
                lines.push('\n');
            }
        }
        let queries = folder.join(format!("{language}-queries.jsonl"));
        fs::write(&queries, lines)?;
        Self::new(format!("knowledge-base-{language}"), language, corpus, queries, None, true)
    }

    /// The judged collections of a folder.
    pub fn judged(folder: &Path) -> Result<Vec<Self>> {
        let [english, japanese] = ["stackfaq-en", "localgovfaq-ja"].map(|name| folder.join(name));
        let collection = |name: &str, language, folder: &Path, corpus, judgements: &str, is_timed| {
            let judgements = Some(folder.join(judgements));
            Self::new(
                name.into(),
                language,
                folder.join(corpus),
                folder.join("queries.jsonl"),
                judgements,
                is_timed,
            )
        };
        Ok(vec![
            collection("stackfaq-en", "en", &english, "corpus_qa.jsonl", "qrels_qa.tsv", true)?,
            collection(
                "stackfaq-en-threads",
                "en",
                &english,
                "corpus_threads.jsonl",
                "qrels_threads.tsv",
                false,
            )?,
            collection("localgovfaq-ja", "ja", &japanese, "corpus.jsonl", "qrels.tsv", true)?,
        ])
    }

    fn new(
        name: String,
        language: &'static str,
        corpus: PathBuf,
        queries: PathBuf,
        judgements: Option<PathBuf>,
        is_timed: bool,
    ) -> Result<Self> {
        let documents = read(&corpus)?;
        let bytes = documents.iter().map(|text| (text.title.len() + text.text.len()) as u64).sum();
        Ok(Self { name, language, corpus, queries, judgements, is_timed, bytes, documents: documents.len() })
    }
}

/// Reads JSON lines.
pub fn read(path: &Path) -> Result<Vec<Text>> {
    let lines = fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
    let lines = lines.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).with_context(|| format!("a line of {}", path.display())))
        .collect()
}

/// What a person might type who looks for an article: the beginning of its title, two to five words long, or four to
/// thirteen characters where words are not divided.
fn typed(title: &str, number: usize, language: &str) -> String {
    let length = number % 4;
    match language {
        "ja" => title.chars().take(4 + length * 3).collect::<String>().trim().to_owned(),
        _ => title.split_whitespace().take(2 + length).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_the_beginning_of_a_title() {
        assert_eq!(typed("Reset the password of a user", 0, "en"), "Reset the");
        assert_eq!(typed("Reset the password of a user", 3, "en"), "Reset the password of a");
        assert_eq!(typed("パスワードを再設定する", 1, "ja"), "パスワードを再");
    }
}
