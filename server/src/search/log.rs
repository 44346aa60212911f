//! What was searched for, not who: written in batches, so that a search never waits for a disk.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::i18n::Locale;

use crate::app_state::App;
use crate::storage::{Db, Result, run};

/// A process that is killed loses this much of the log, and nothing else.
const FLUSH: Duration = Duration::from_secs(2);
/// While the database cannot be written, no more than this is held.
const MOST_WAITING: usize = 5_000;
/// A pasted paragraph says no more in its second half.
const LONGEST_QUERY: usize = 200;

/// One search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Milliseconds UTC.
    pub at: i64,
    pub locale: Locale,
    pub query: String,
    /// How many articles fitted; nearest matches are none.
    pub hits: i64,
    /// Hash of the browser's random key: tells repeated searches of one from those of many.
    pub visitor: Option<String>,
}

/// Searches that wait to be written.
#[derive(Debug, Default)]
pub struct SearchLog {
    waiting: Mutex<Vec<Searched>>,
}

impl SearchLog {
    /// Notes a search.
    pub fn note(&self, searched: Searched) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST_WAITING {
            waiting.push(searched);
        }
    }

    /// Writes what waits, until the portal is to stop, and then once more.
    pub async fn keep(app: App) {
        loop {
            let stop = app.stop.within(FLUSH).await;
            if let Err(error) = app.search.log.flush(&app.db).await {
                tracing::warn!(%error, "searches cannot be noted");
            }
            if stop {
                return;
            }
        }
    }

    /// Writes what waits; what cannot be written goes on waiting.
    pub async fn flush(&self, db: &Db) -> Result<()> {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return Ok(());
        }
        let written = write(db, &waiting).await;
        if written.is_err() {
            waiting.into_iter().for_each(|searched| self.note(searched));
        }
        written
    }
}

async fn write(db: &Db, searches: &[Searched]) -> Result<()> {
    let mut tx = db.begin().await?;
    for searched in searches {
        let query: String = searched.query.chars().take(LONGEST_QUERY).collect();
        run!(
            tx,
            "INSERT INTO search_log (at, locale, query, hits, visitor) VALUES ($1, $2, $3, $4, $5)",
            searched.at,
            searched.locale.tag(),
            query,
            searched.hits,
            searched.visitor.as_deref()
        )?;
    }
    tx.commit().await
}
