//! The demo: Kotae's own help centre, a small cast of invented people, and eight weeks of their requests, so that
//! every page of the desk has something to show.
//!
//! Seeding goes through the same functions as the portal itself (import, rules, replies), with the time of each
//! event handed in. It fills an empty database only, all of it or nothing is visible: the last step notes that it is
//! done, and a half-made demo is begun again.

mod articles;
mod data;
mod judged;
mod people;
mod requests;
mod rules;
mod synonyms;
#[cfg(test)]
mod tests;
mod visits;

pub use data::{Cast, CastMember, cast};
pub use people::{People, enter};

use crate::app_state::App;
use crate::storage::{first, run, value};
use anyhow::Context;

/// Tells what seeding did, for the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    pub articles: usize,
    pub requests: usize,
    pub visits: usize,
}

/// Fills an empty portal with the demo; gives `None` if there is something in it already.
pub async fn seed(app: &App) -> anyhow::Result<Option<Seeded>> {
    let mut conn = app.db.read().await?;
    let begun = first!(conn, (String,), "SELECT value FROM secret WHERE name = 'demo'")?.map(|row| row.0);
    let people = value!(conn, i64, "SELECT COUNT(*) FROM person")?;
    drop(conn);
    if begun.as_deref() == Some("done") || (begun.is_none() && people > 0) {
        return Ok(None);
    }
    mark(app, "begun").await?;
    let data = data::Demo::load().context("the demo's own files")?;
    let now = app.clock.now();
    let people = people::seed(app, &data, now).await.context("seeding the people")?;
    rules::seed(app, &data, &people, now).await.context("seeding the rules")?;
    let articles = articles::seed(app, &data, now).await.context("seeding the articles")?;
    let requests =
        requests::seed(app, &data, &people, &articles, now).await.context("seeding the requests")?;
    let visits = visits::seed(app, &data, &articles, now).await.context("seeding the visits")?;
    synonyms::seed(app, &data, &articles, now).await.context("seeding the synonyms")?;
    judged::seed(app, &data, &articles, now).await.context("seeding the judgements")?;
    crate::intake::tidy(app).await.context("settling the visits")?;
    crate::learning::settle(app).await.context("learning from what was solved")?;
    mark(app, "done").await?;
    app.knowledge_changed();
    Ok(Some(Seeded { articles: articles.len(), requests, visits }))
}

async fn mark(app: &App, value: &str) -> anyhow::Result<()> {
    let mut tx = app.db.begin().await?;
    run!(
        tx,
        "INSERT INTO secret (name, value) VALUES ('demo', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        value
    )?;
    Ok(tx.commit().await?)
}
