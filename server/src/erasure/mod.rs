//! Erasing a customer: what they wrote goes, and what was answered to it, and what was learned from it, in one
//! transaction. Visits and their outcomes go on being counted, without words and tied to nobody.

mod extent;
#[cfg(test)]
mod tests;

pub use extent::{Extent, MadeOf, extent};

use crate::app_state::App;
use crate::desk;
use crate::identity::{self, Actor, Member, Person, find_member};
use crate::intake;
use crate::jobs::{Job, JobError, enqueue};
use crate::knowledge::{self, By, KnowledgeError};
use crate::learning;
use crate::mail;
use crate::search;
use crate::storage::{Conn, Result, Tx, all, ids};

/// Where a customer's words may lie: their requests, and the browsers that they sent them from (hashes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    pub person: i64,
    pub requests: Vec<i64>,
    pub visitors: Vec<String>,
}

impl Traces {
    async fn of(conn: &mut Conn, person: i64) -> Result<Self> {
        let requests = desk::request_ids_of(conn, person).await?;
        let sql = format!(
            "SELECT visitor FROM intake_session WHERE request_id IN ({})
             UNION SELECT visitor FROM search_evidence WHERE person_id = $1 AND visitor IS NOT NULL",
            ids(requests.iter().copied())
        );
        let visitors = all!(conn, (String,), sqlx::AssertSqlSafe(sql.as_str()), person)?;
        Ok(Self { person, requests, visitors: visitors.into_iter().map(|row| row.0).collect() })
    }
}

/// A customer, disabled or not; members of the desk are disabled, not erased: others' threads have their words.
pub async fn erasable(conn: &mut Conn, person: i64) -> Result<Option<Member>> {
    Ok(find_member(conn, person).await?.filter(|member| !member.role.is_staff()))
}

/// Erases a customer; `false` when there is none of that id. Search and suggestions have forgotten them when this
/// returns, and other processes within seconds. SQLite's log is emptied by a job, right afterwards.
///
/// # Errors
/// Whatever the store says; then nothing is erased.
pub async fn erase(app: &App, actor: &Person, person: i64) -> Result<bool> {
    // What they searched for a moment ago may wait to be written.
    app.search.log.flush(&app.db).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(member) = erasable(&mut tx, person).await? else { return Ok(false) };
    let traces = Traces::of(&mut tx, person).await?;
    let by = By::new(now, Actor::Person(actor));
    drop_drafts(&mut tx, &by, &traces).await?;
    learning::erase(&mut tx, &by, &traces).await?;
    let files = mail::erase(&mut tx, &member.email, &traces.requests).await?;
    intake::erase_visits(&mut tx, &app.chance, &traces).await?;
    search::erase_searches(&mut tx, &traces.visitors, now).await?;
    desk::erase_requests(&mut tx, &traces.requests).await?;
    intake::uploads::sweep(&mut tx, now).await?;
    identity::erase_person(&mut tx, &Actor::Person(actor), &member, now).await?;
    if !files.is_empty() {
        enqueue(&mut tx, &Job::RemoveMails { files }, now).await?;
    }
    if !tx.is_postgres() {
        enqueue(&mut tx, &Job::EmptyLog {}, now).await?;
    }
    tx.commit().await?;
    app.suggestions.forget(&traces.requests).await;
    app.knowledge_changed();
    app.work.notify_one();
    Ok(true)
}

/// Takes what was erased out of SQLite's log, too, once nobody reads what was there before.
pub async fn empty_log(app: &App) -> std::result::Result<(), JobError> {
    if app.db.empty_log().await? {
        return Ok(());
    }
    Err(JobError::Retry("the log of the database still holds what was erased: it is being read".to_owned()))
}

/// Drafts that were made of their requests, and never published since, are their words in another place.
async fn drop_drafts(tx: &mut Tx, by: &By<'_>, traces: &Traces) -> Result<()> {
    for draft in extent::made_of(tx, &traces.requests).await?.into_iter().filter(|made| !made.published) {
        match knowledge::delete_article(tx, by, draft.article_id).await {
            Ok(()) | Err(KnowledgeError::NotFound) => {}
            Err(KnowledgeError::Storage(error)) => return Err(error),
            // Published in this very moment: then it is knowledge, and stays.
            Err(_) => continue,
        }
        identity::clear_details(tx, "article", draft.article_id).await?;
    }
    Ok(())
}
