//! SQLite's FTS5, without a copy of the texts: porter stems, trigrams for Japanese, any word may match, titles weighted 3.

use std::path::PathBuf;

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::runtime::Runtime;

use crate::job::{Job, Language, Text};
use crate::memory;
use crate::peer::{Client, Page, Peer};

pub struct Table {
    file: PathBuf,
    language: Language,
    runtime: Runtime,
}

struct Reader {
    runtime: Runtime,
    connection: SqliteConnection,
    language: Language,
}

impl Table {
    pub fn build(job: &Job, corpus: &[Text]) -> Result<Self> {
        let table = Self { file: job.folder.join("fts5.db"), language: job.language, runtime: runtime()? };
        table.runtime.block_on(table.fill(corpus))?;
        Ok(table)
    }

    async fn fill(&self, corpus: &[Text]) -> Result<()> {
        let mut connection = self.open().await?;
        let create = match self.language {
            Language::En => "CREATE VIRTUAL TABLE doc USING fts5(title, text, tokenize='porter unicode61')",
            Language::Ja => "CREATE VIRTUAL TABLE doc USING fts5(title, text, tokenize='trigram')",
        };
        sqlx::query(create).execute(&mut connection).await?;
        let rank = "INSERT INTO doc (doc, rank) VALUES ('rank', 'bm25(3.0, 1.0)')";
        sqlx::query(rank).execute(&mut connection).await?;
        let mut tx = connection.begin().await?;
        for (place, text) in (0_i64..).zip(corpus) {
            sqlx::query("INSERT INTO doc (rowid, title, text) VALUES ($1, $2, $3)")
                .bind(place)
                .bind(&text.title)
                .bind(&text.text)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        sqlx::query("INSERT INTO doc (doc) VALUES ('optimize')").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    async fn open(&self) -> sqlx::Result<SqliteConnection> {
        SqliteConnectOptions::new().filename(&self.file).create_if_missing(true).connect().await
    }
}

impl Peer for Table {
    fn version(&self) -> Result<String> {
        self.runtime.block_on(async {
            let mut connection = self.open().await?;
            Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut connection).await?)
        })
    }

    fn client(&self) -> Result<Box<dyn Client>> {
        let runtime = runtime()?;
        let connection = runtime.block_on(self.open())?;
        Ok(Box::new(Reader { runtime, connection, language: self.language }))
    }

    fn index_bytes(&self) -> Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn memory_bytes(&self) -> Result<u64> {
        memory::own()
    }
}

impl Client for Reader {
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>> {
        let any = any_of(text, self.language);
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let query = sqlx::query_scalar("SELECT rowid FROM doc WHERE doc MATCH $1 ORDER BY rank LIMIT $2")
            .bind(any)
            .bind(limit as i64);
        let places: Vec<i64> = self.runtime.block_on(query.fetch_all(&mut self.connection))?;
        Ok(places.into_iter().map(|place| place as usize).collect())
    }

    fn page(&mut self, text: &str, limit: usize) -> Option<Result<Page>> {
        let any = any_of(text, self.language);
        if any.is_empty() {
            return Some(Ok(Vec::new()));
        }
        let sql = "SELECT title, snippet(doc, 1, '<b>', '</b>', '…', 32) FROM doc
             WHERE doc MATCH $1 ORDER BY rank LIMIT $2";
        let query = sqlx::query_as(sql).bind(any).bind(limit as i64);
        Some(self.runtime.block_on(query.fetch_all(&mut self.connection)).map_err(Into::into))
    }
}

/// `"one" OR "two"`: the words of a text, or its trigrams, in FTS5's language.
fn any_of(text: &str, language: Language) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut terms: Vec<String> = match language {
        Language::En => words.map(str::to_owned).collect(),
        Language::Ja => words.flat_map(trigrams).collect(),
    };
    let mut seen = std::collections::HashSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    terms.iter().map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(" OR ")
}

fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).map(|three| three.iter().collect()).collect()
}

fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_query_that_any_of_its_words_fits() {
        assert_eq!(any_of("It's \"OR\" it", Language::En), r#""It" OR "s" OR "OR" OR "it""#);
        assert_eq!(any_of("年金の、免除", Language::Ja), r#""年金の""#);
        assert_eq!(any_of("?!", Language::En), "");
    }
}
