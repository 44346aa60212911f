//! Keeps what requests have taught up with the database: learned anew at the start and after a removal, followed
//! change by change in between, whichever process made the change.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use app::i18n::Locale;
use tokio::sync::Mutex;

use super::history::{self, Past};
use super::memory::Memory;
use crate::app_state::App;
use crate::clock::SECOND;
use crate::panics::{self, Panicked};
use crate::storage::{self, Conn, Db, StorageError, all, one};

/// The latest requests of each language that are learned from.
const LATEST: i64 = 5_000;
/// Requests read at once.
const BATCH: usize = 500;
/// How often the memory is compared with the database. Whoever asks for suggestions catches up first.
const POLL: Duration = Duration::from_secs(2);
/// Transactions that commit late, and clocks of replicas that differ, stay within this; whatever does not is found by
/// the comparison.
const LATE: i64 = 10 * SECOND;
/// More changes than this are not learned one by one while somebody waits.
const MANY: usize = 50;
/// After so many changes learned one by one, a part of what was learned at once, everything is learned anew.
const DRIFT_AT_LEAST: usize = 200;
const DRIFT_PART: usize = 5;
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(10);

/// Why a turn failed. None of it is final: the next one tries again.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("learning stopped short: {0}")]
    Stopped(#[from] Panicked),
}

/// What all languages' requests have taught. One for the whole process.
#[derive(Default)]
pub struct Suggestions(Mutex<Option<State>>);

struct State {
    memories: HashMap<Locale, Memory>,
    /// When the last change that was learned happened.
    mark: i64,
    /// Changes learned one by one since everything was learned at once.
    learned: usize,
    /// Something is to be unlearned, or there is too much to learn it one by one.
    stale: bool,
}

impl Suggestions {
    /// Follows until the portal is to stop.
    pub async fn follow(app: App) {
        // A panic may have left half of something: everything is learned at the first turn.
        *app.suggestions.0.lock().await = None;
        while !app.stop.is_requested() {
            let pause = match app.suggestions.turn(&app.db).await {
                Ok(()) => POLL,
                Err(error) => {
                    tracing::warn!(%error, "suggestions do not follow the requests");
                    PAUSE
                }
            };
            app.stop.within(pause).await;
        }
    }

    /// Learns what there is to learn now: everything, or what has changed.
    pub async fn turn(&self, db: &Db) -> Result<(), LearnError> {
        let fresh = {
            let mut conn = db.read().await?;
            let mut state = self.0.lock().await;
            match state.as_mut() {
                Some(state) => {
                    state.compare(&mut conn).await?;
                    !state.is_due()
                }
                None => false,
            }
        };
        if !fresh {
            let learned = State::learn(db).await?;
            *self.0.lock().await = Some(learned);
        }
        Ok(())
    }

    /// Forgets requests at once: nothing is similar to them any more, and everything is learned anew without them with
    /// the next turn.
    pub async fn forget(&self, requests: &[i64]) {
        let mut state = self.0.lock().await;
        let Some(state) = state.as_mut().filter(|_| !requests.is_empty()) else { return };
        for memory in state.memories.values_mut() {
            requests.iter().for_each(|request| memory.forget(*request));
        }
        state.stale = true;
    }

    /// Whether nothing is similar to any of these requests.
    #[cfg(test)]
    pub async fn knows_none_of(&self, requests: &[i64]) -> bool {
        let state = self.0.lock().await;
        state.as_ref().is_none_or(|state| requests.iter().all(|request| state.version(*request).is_none()))
    }

    /// Catches up, and shows a language's memory; `None` before there is one.
    pub async fn with<T>(
        &self,
        conn: &mut Conn,
        locale: Locale,
        look: impl FnOnce(&Memory) -> T,
    ) -> storage::Result<Option<T>> {
        let mut state = self.0.lock().await;
        let Some(state) = state.as_mut() else { return Ok(None) };
        state.catch_up(conn).await?;
        Ok(state.memories.get(&locale).map(look))
    }
}

impl State {
    /// Learns the latest requests of each language.
    async fn learn(db: &Db) -> Result<Self, LearnError> {
        let mut memories = HashMap::new();
        let mut conn = db.read().await?;
        // Read first: what changes meanwhile is learned once more afterwards.
        let (mark,) = one!(conn, (i64,), "SELECT COALESCE(MAX(updated_at), 0) FROM request")?;
        for locale in Locale::ALL {
            let mut past = Vec::new();
            for part in latest(&mut conn, locale).await?.chunks(BATCH) {
                past.extend(history::read(&mut conn, part).await?);
            }
            memories.insert(locale, past);
        }
        drop(conn);
        let learned = tokio::task::spawn_blocking(move || {
            let memory = |past: Vec<Past>| {
                let floor = past.first().filter(|_| past.len() as i64 >= LATEST).map_or(0, |past| past.id);
                Memory::of(&past, floor)
            };
            memories.into_iter().map(|(locale, past)| (locale, memory(past))).collect()
        });
        Ok(Self { memories: panics::joined(learned).await?, mark, learned: 0, stale: false })
    }

    fn is_due(&self) -> bool {
        let known: usize = self.memories.values().map(Memory::texts).sum();
        self.stale || self.learned > DRIFT_AT_LEAST.max(known / DRIFT_PART)
    }

    /// Learns what changed lately.
    async fn catch_up(&mut self, conn: &mut Conn) -> storage::Result<()> {
        let rows = all!(
            conn,
            (i64, i64, i64),
            "SELECT id, version, updated_at FROM request
             WHERE status IN ('new', 'open', 'waiting', 'solved', 'closed') AND updated_at >= $1 ORDER BY id",
            self.mark - LATE
        )?;
        self.mark = rows.iter().map(|row| row.2).fold(self.mark, i64::max);
        let changed: Vec<i64> =
            rows.iter().filter(|row| self.version(row.0) != Some(row.1)).map(|row| row.0).collect();
        self.take(conn, &changed).await
    }

    fn version(&self, request: i64) -> Option<i64> {
        self.memories.values().find_map(|memory| memory.version(request))
    }

    async fn take(&mut self, conn: &mut Conn, changed: &[i64]) -> storage::Result<()> {
        if changed.len() > MANY {
            self.stale = true;
            return Ok(());
        }
        for past in history::read(conn, changed).await? {
            if let Some(memory) = self.memories.get_mut(&past.locale) {
                memory.take(&past);
                self.learned += 1;
            }
        }
        Ok(())
    }

    /// Compares everything that is known with the database: learns what was missed, and forgets what is gone.
    async fn compare(&mut self, conn: &mut Conn) -> storage::Result<()> {
        for locale in Locale::ALL {
            let Some(memory) = self.memories.get(&locale) else { continue };
            let known: HashMap<i64, i64> = memory.known().collect();
            let there = one!(
                conn,
                (i64, i64, i64),
                "SELECT COUNT(*), CAST(COALESCE(SUM(id), 0) AS BIGINT), CAST(COALESCE(SUM(version), 0) AS BIGINT)
                 FROM request WHERE locale = $1 AND id >= $2",
                locale.tag(),
                memory.floor()
            )?;
            if there == (known.len() as i64, known.keys().sum::<i64>(), known.values().sum::<i64>()) {
                continue;
            }
            let rows = all!(
                conn,
                (i64, i64),
                "SELECT id, version FROM request WHERE locale = $1 AND id >= $2 ORDER BY id",
                locale.tag(),
                memory.floor()
            )?;
            let changed: Vec<i64> =
                rows.iter().filter(|row| known.get(&row.0) != Some(&row.1)).map(|row| row.0).collect();
            let there: HashSet<i64> = rows.iter().map(|row| row.0).collect();
            for gone in known.keys().filter(|request| !there.contains(request)) {
                if let Some(memory) = self.memories.get_mut(&locale) {
                    memory.forget(*gone);
                }
                // The weights remember it still.
                self.stale = true;
            }
            self.take(conn, &changed).await?;
        }
        Ok(())
    }
}

/// The latest requests of a language, the oldest first.
async fn latest(conn: &mut Conn, locale: Locale) -> storage::Result<Vec<i64>> {
    let rows = all!(
        conn,
        (i64,),
        "SELECT id FROM request WHERE locale = $1 ORDER BY id DESC LIMIT $2",
        locale.tag(),
        LATEST
    )?;
    Ok(rows.into_iter().rev().map(|row| row.0).collect())
}
