//! PostgreSQL's full text search: `english` stems, a GIN index, any word may match, `ts_rank`, titles weighted 3.
//! It has no configuration for Japanese: texts and queries are given to `simple` in pairs of characters.

use anyhow::{Context, Result};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use tokio::runtime::Runtime;

use crate::job::{Job, Language, Text};
use crate::memory;
use crate::peer::{Client, Page, Peer};

const NAME: &str = "kotae_bench_peer";
/// Documents sent at once.
const BATCH: usize = 200;

/// A database of its own in a cluster; dropping it removes it.
pub struct Database {
    cluster: PgConnectOptions,
    language: Language,
    runtime: Runtime,
}

struct Session {
    runtime: Runtime,
    connection: PgConnection,
    /// Places, and what is shown of them.
    hits: String,
    pages: String,
    language: Language,
}

impl Database {
    pub fn build(job: &Job, corpus: &[Text]) -> Result<Self> {
        let url = job.server.as_deref().context("the job names no PostgreSQL")?;
        let runtime = runtime()?;
        let database = Self { cluster: url.parse()?, language: job.language, runtime };
        database.runtime.block_on(database.fill(corpus))?;
        Ok(database)
    }

    async fn fill(&self, corpus: &[Text]) -> Result<()> {
        let mut cluster = self.cluster.connect().await?;
        // Letters are what Unicode calls letters, whatever the cluster's own locale.
        for sql in [
            format!("DROP DATABASE IF EXISTS {NAME}"),
            format!("CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"),
        ] {
            sqlx::query(AssertSqlSafe(sql)).execute(&mut cluster).await?;
        }
        let mut connection = self.open().await?;
        sqlx::query(
            "CREATE TABLE doc
             (place INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, words TSVECTOR NOT NULL)",
        )
        .execute(&mut connection)
        .await?;
        let language = self.configuration();
        let insert = format!(
            "INSERT INTO doc SELECT place, title, body, setweight(to_tsvector('{language}', title), 'A')
                 || setweight(to_tsvector('{language}', body), 'D')
             FROM unnest($1::integer[], $2::text[], $3::text[]) AS given (place, title, body)"
        );
        let mut first = 0_i32;
        for batch in corpus.chunks(BATCH) {
            let places: Vec<i32> = (first..).take(batch.len()).collect();
            first += batch.len() as i32;
            let column = |text: fn(&Text) -> &str| -> Vec<String> {
                batch.iter().map(|each| words(text(each), self.language)).collect()
            };
            sqlx::query(AssertSqlSafe(insert.as_str()))
                .bind(places)
                .bind(column(|text| &text.title))
                .bind(column(|text| &text.text))
                .execute(&mut connection)
                .await?;
        }
        sqlx::query("CREATE INDEX doc_words ON doc USING gin (words)").execute(&mut connection).await?;
        sqlx::query("VACUUM ANALYZE doc").execute(&mut connection).await?;
        Ok(())
    }

    fn configuration(&self) -> &'static str {
        match self.language {
            Language::En => "english",
            Language::Ja => "simple",
        }
    }

    async fn open(&self) -> sqlx::Result<PgConnection> {
        self.cluster.clone().database(NAME).connect().await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The cluster is a throw-away one: what could not be removed goes with it.
        let _ = self.runtime.block_on(async {
            let mut cluster = self.cluster.connect().await?;
            let sql = format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut cluster).await
        });
    }
}

impl Peer for Database {
    fn version(&self) -> Result<String> {
        self.runtime.block_on(async {
            let mut connection = self.open().await?;
            let version: String =
                sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
            // A distribution's own name for it follows.
            Ok(version.split(' ').next().unwrap_or_default().to_owned())
        })
    }

    fn client(&self) -> Result<Box<dyn Client>> {
        let runtime = runtime()?;
        let connection = runtime.block_on(self.open())?;
        let language = self.configuration();
        let best = format!(
            "SELECT place, title, body, asked FROM doc,
                 CAST(replace(CAST(plainto_tsquery('{language}', $1) AS TEXT), '&', '|') AS TSQUERY) AS asked
             WHERE words @@ asked
             ORDER BY ts_rank('{{0.33, 0.33, 0.33, 1}}', words, asked) DESC, place LIMIT $2"
        );
        // Excerpts only of what is on the page.
        let pages = format!("SELECT title, ts_headline('{language}', body, asked) FROM ({best}) AS best");
        let hits = best.replacen("place, title, body, asked", "place", 1);
        Ok(Box::new(Session { runtime, connection, hits, pages, language: self.language }))
    }

    fn index_bytes(&self) -> Result<u64> {
        let bytes: i64 = self.runtime.block_on(async {
            let mut connection = self.open().await?;
            sqlx::query_scalar("SELECT pg_total_relation_size('doc')").fetch_one(&mut connection).await
        })?;
        Ok(bytes as u64)
    }

    fn memory_bytes(&self) -> Result<u64> {
        self.runtime.block_on(async {
            let mut connection = self.open().await?;
            let session: i32 =
                sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut connection).await?;
            memory::of_family(memory::parent_of(session.unsigned_abs())?)
        })
    }
}

impl Client for Session {
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>> {
        let asked = words(text, self.language);
        let query = sqlx::query_scalar(AssertSqlSafe(self.hits.as_str())).bind(asked).bind(limit as i64);
        let places: Vec<i32> = self.runtime.block_on(query.fetch_all(&mut self.connection))?;
        Ok(places.into_iter().map(|place| place as usize).collect())
    }

    fn page(&mut self, text: &str, limit: usize) -> Option<Result<Page>> {
        let asked = words(text, self.language);
        let query = sqlx::query_as(AssertSqlSafe(self.pages.as_str())).bind(asked).bind(limit as i64);
        Some(self.runtime.block_on(query.fetch_all(&mut self.connection)).map_err(Into::into))
    }
}

/// A text as PostgreSQL divides it into words: as it is, or in pairs of characters. It has no U+0000 in texts.
fn words(text: &str, language: Language) -> String {
    if language == Language::En {
        return text.replace('\0', " ");
    }
    let mut pairs = String::with_capacity(text.len() * 3);
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let mut letters = run.chars().peekable();
        while let (Some(letter), Some(next)) = (letters.next(), letters.peek()) {
            pairs.extend([letter, *next, ' ']);
        }
    }
    pairs
}

fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_goes_in_by_pairs_of_characters() {
        assert_eq!(words("年金の、免除\0", Language::Ja), "年金 金の 免除 ");
        assert_eq!(words("sign\0in", Language::En), "sign in");
    }
}
