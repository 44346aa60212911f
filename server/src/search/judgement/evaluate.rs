//! Asking search every question of the list, and keeping what came of it.

use std::time::Duration;

use app::i18n::Locale;
use serde::{Deserialize, Serialize};

use super::history::worse_between;
use super::list::MOST;
use crate::app_state::App;
use crate::clock::{DAY, MINUTE};
use crate::jobs::{Job, JobError, enqueue};
use crate::panics;
use crate::search::{SearchQuery, Viewer};
use crate::storage::{Conn, Result, Tx, all, first, run, value};

/// An article that is further down is not found.
const DEPTH: usize = 10;
/// What fell is known of so many rounds of a language, the newest.
pub const ROUNDS_COMPARED: usize = 10;
/// Places are kept of those, and of the one before to compare with.
const ROUNDS_WITH_PLACES: i64 = ROUNDS_COMPARED as i64 + 1;
/// A question may not fall below its best place of so long ago (milliseconds) without being named: two changes in a row
/// must not hide what the first one did. Of so long places are kept, too, but of no more rounds than that.
pub const BEST_OF: i64 = 7 * DAY;
const MOST_ROUNDS_WITH_PLACES: i64 = 200;
/// Figures are kept of so many rounds of a language.
const ROUNDS_KEPT: i64 = 500;

/// How often and how long an evaluation waits for an index that is behind, before it is tried again later.
const LOOKS: usize = 20;
const LOOK: Duration = Duration::from_millis(150);

/// Why the list was evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Asked,
    /// Settings changed.
    Settings,
    /// Synonyms changed, which are settings of search.
    Synonyms,
    /// The index was built anew.
    Rebuilt,
    /// Search remembers other phrases: some were learned, added or removed.
    Phrases,
    /// Articles changed, which nobody wants a round for; the next one tells the outcome.
    Articles,
    /// A day went by without any of these.
    Daily,
}

impl Cause {
    pub const ALL: [Self; 7] = [
        Self::Asked,
        Self::Settings,
        Self::Synonyms,
        Self::Rebuilt,
        Self::Phrases,
        Self::Articles,
        Self::Daily,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Settings => "settings",
            Self::Synonyms => "synonyms",
            Self::Rebuilt => "rebuilt",
            Self::Phrases => "phrases",
            Self::Articles => "articles",
            Self::Daily => "daily",
        }
    }

    /// How long after the change the list is evaluated (milliseconds): phrases are added one after the other.
    fn delay(self) -> i64 {
        match self {
            Self::Phrases => 10 * MINUTE,
            _ => 0,
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// Wants the list evaluated, in the transaction of the change that may have made search better or worse.
pub async fn wish(tx: &mut Tx, cause: Cause, now: i64) -> Result<()> {
    enqueue(tx, &Job::Judge { cause, wished_at: now }, now + cause.delay()).await
}

/// Evaluates the lists of all languages that were not evaluated within a day.
///
/// # Errors
/// As [`evaluate`]; without an index nothing is evaluated, for building it wishes for a round.
pub async fn evaluate_daily(app: &App) -> std::result::Result<(), JobError> {
    if !app.search.is_ready() {
        return Ok(());
    }
    evaluate_since(app, Cause::Daily, app.clock.now() - DAY).await
}

/// Evaluates the lists of all languages now.
///
/// # Errors
/// Wants another try while there is no index to ask, or one that is behind.
pub async fn evaluate(app: &App, cause: Cause) -> std::result::Result<(), JobError> {
    if !app.search.is_ready() {
        return Err(behind());
    }
    wait_for_index(app).await?;
    for locale in Locale::ALL {
        round(app, locale, cause).await?;
    }
    Ok(())
}

/// Evaluates the lists of all languages that were not evaluated after `since` (milliseconds): one round tells the
/// outcome of every change before it.
///
/// # Errors
/// As [`evaluate`].
pub async fn evaluate_since(app: &App, cause: Cause, since: i64) -> std::result::Result<(), JobError> {
    for locale in Locale::ALL {
        let last = last_round(&mut app.db.read().await?, locale).await?;
        if last.is_none_or(|(_, at)| at <= since) {
            wait_for_index(app).await?;
            round(app, locale, cause).await?;
        }
    }
    Ok(())
}

/// The number of the last round of a language, and when it began.
async fn last_round(conn: &mut Conn, locale: Locale) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT id, at FROM judgement_round WHERE locale = $1 ORDER BY id DESC LIMIT 1";
    first!(conn, (i64, i64), sql, locale.tag())
}

/// Until the index holds what was changed before: a round is to tell of the change that caused it.
async fn wait_for_index(app: &App) -> std::result::Result<(), JobError> {
    for _ in 0..LOOKS {
        if app.search.is_up_to_date(&app.db).await? {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
    Err(behind())
}

fn behind() -> JobError {
    JobError::Retry("there is no index that holds every change yet".to_owned())
}

/// One round: an empty list has none.
async fn round(app: &App, locale: Locale, cause: Cause) -> std::result::Result<(), JobError> {
    let began = app.clock.now();
    let list = all!(
        app.db.read().await?,
        (i64, String, i64),
        "SELECT id, question, article_id FROM judgement WHERE locale = $1 ORDER BY id DESC LIMIT $2",
        locale.tag(),
        MOST
    )?;
    if list.is_empty() {
        return Ok(());
    }
    let search = std::sync::Arc::clone(&app.search);
    let places = tokio::task::spawn_blocking(move || {
        let place = |(id, question, article_id): (i64, String, i64)| {
            let found = search.found(&query(question, locale))?;
            let place = found.iter().position(|id| *id == article_id);
            Some((id, place.map(|at| at as i64 + 1)))
        };
        list.into_iter().map(place).collect::<Option<Vec<_>>>()
    });
    let places = panics::joined(places).await.map_err(|error| JobError::Retry(error.to_string()))?;
    let Some(places) = places else { return Err(JobError::Retry("the index went away".to_owned())) };
    let mut tx = app.db.begin().await?;
    write(&mut tx, locale, cause, &places, began).await?;
    Ok(tx.commit().await?)
}

/// What a customer who is signed in would be shown.
fn query(text: String, locale: Locale) -> SearchQuery {
    SearchQuery {
        text,
        locale,
        viewer: Viewer::Customer { organization: None },
        category: None,
        page: 1,
        per_page: DEPTH,
        excerpts: false,
    }
}

async fn write(
    tx: &mut Tx,
    locale: Locale,
    cause: Cause,
    places: &[(i64, Option<i64>)],
    now: i64,
) -> Result<()> {
    let within = |most: i64| {
        places.iter().filter(|(_, place)| place.is_some_and(|place| place <= most)).count() as i64
    };
    let reciprocal: f64 = places.iter().filter_map(|(_, place)| place.map(|place| 1.0 / place as f64)).sum();
    let mrr = (1_000_000.0 * reciprocal / places.len().max(1) as f64).round() as i64;
    let before = last_round(tx, locale).await?;
    let causes: Vec<&str> = causes(tx, cause, before, now).await?.into_iter().map(Cause::code).collect();
    let before = before.map(|(id, _)| id);
    let round = value!(
        tx,
        i64,
        "INSERT INTO judgement_round (at, locale, cause, questions, first, among_three, mrr, worse)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0) RETURNING id",
        now,
        locale.tag(),
        causes.join(CAUSES_APART),
        places.len() as i64,
        within(1),
        within(3),
        mrr
    )?;
    for (judgement, place) in places {
        // One that was removed meanwhile has no place.
        run!(
            tx,
            "INSERT INTO judgement_place (round_id, judgement_id, place)
             SELECT $1, id, $3 FROM judgement WHERE id = $2",
            round,
            *judgement,
            *place
        )?;
    }
    if let Some(before) = before {
        let worse = worse_between(tx, locale, before, round).await?.len() as i64;
        run!(tx, "UPDATE judgement_round SET worse = $2 WHERE id = $1", round, worse)?;
    }
    run!(
        tx,
        "DELETE FROM judgement_place WHERE round_id IN (
             SELECT id FROM judgement_round WHERE locale = $1 AND at < $4 ORDER BY id DESC LIMIT $2 OFFSET $3)
         OR round_id IN (
             SELECT id FROM judgement_round WHERE locale = $1 ORDER BY id DESC LIMIT $2 OFFSET $5)",
        locale.tag(),
        ROUNDS_KEPT,
        ROUNDS_WITH_PLACES,
        now - BEST_OF,
        MOST_ROUNDS_WITH_PLACES
    )?;
    run!(
        tx,
        "DELETE FROM judgement_round WHERE locale = $1 AND id NOT IN (
             SELECT id FROM judgement_round WHERE locale = $1 ORDER BY id DESC LIMIT $2)",
        locale.tag(),
        ROUNDS_KEPT
    )?;
    Ok(())
}

/// Between causes in the database.
pub(super) const CAUSES_APART: &str = ",";

/// A job that waits for its turn.
#[derive(Deserialize)]
struct Wish {
    cause: Cause,
    wished_at: i64,
}

/// What a round tells the outcome of: the cause that it was made for, and whatever else has changed since the last one.
async fn causes(tx: &mut Tx, cause: Cause, last: Option<(i64, i64)>, now: i64) -> Result<Vec<Cause>> {
    let Some((_, last)) = last else { return Ok(vec![cause]) };
    let changed =
        all!(tx, (String,), "SELECT DISTINCT entity FROM change WHERE at > $1 AND at <= $2", last, now)?;
    let wished = all!(tx, (String,), "SELECT payload FROM job WHERE kind = 'judge'")?;
    let wished = wished.iter().filter_map(|(payload,)| serde_json::from_str::<Wish>(payload).ok());
    let wished = wished.filter(|wish| last < wish.wished_at && wish.wished_at <= now).map(|wish| wish.cause);
    let also: Vec<Cause> = changed
        .iter()
        .filter_map(|(entity,)| match entity.as_str() {
            "article" => Some(Cause::Articles),
            "phrase" => Some(Cause::Phrases),
            "synonym" => Some(Cause::Synonyms),
            _ => None,
        })
        .chain(wished)
        .collect();
    let others = Cause::ALL.into_iter().filter(|other| *other != cause && also.contains(other));
    Ok(std::iter::once(cause).chain(others).collect())
}
