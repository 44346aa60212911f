//! Synonyms, and searches that were reworded until they led somewhere.

use super::articles::Articles;
use super::data::{Demo, Reworded};
use crate::app_state::App;
use crate::chance::token_hash;
use crate::clock::{DAY, MINUTE};
use crate::identity::Actor;
use crate::search::synonyms::{Wording, add_synonym};
use crate::search::term;
use crate::storage::{Tx, run, value};

pub(super) async fn seed(app: &App, data: &Demo, articles: &Articles, now: i64) -> anyhow::Result<()> {
    let mut tx = app.db.begin().await?;
    if value!(tx, i64, "SELECT COUNT(*) FROM synonym")? > 0 {
        return Ok(());
    }
    for kept in &data.synonyms {
        let wording = if kept.meanings.is_empty() {
            Wording::both_ways(kept.locale, &kept.words)?
        } else {
            Wording::one_way(kept.locale, &kept.words, &kept.meanings)?
        };
        add_synonym(&mut tx, &Actor::Program("demo"), &wording, now).await?;
    }
    for reworded in &data.reworded {
        let article = articles.id(&reworded.article)?;
        for n in 0..reworded.visitors {
            // One every other day, at different times.
            let at = now - (2 * n + 1) * DAY - n * 37 * MINUTE;
            search(&mut tx, reworded, n, at, article).await?;
        }
    }
    Ok(tx.commit().await?)
}

async fn search(tx: &mut Tx, reworded: &Reworded, n: i64, at: i64, article: i64) -> anyhow::Result<()> {
    let visitor = token_hash(&format!("demo rewording {} {n}", reworded.from));
    let tag = reworded.locale.tag();
    for (at, query, hits) in [(at, &reworded.from, 0_i64), (at + MINUTE, &reworded.to, 2)] {
        run!(
            tx,
            "INSERT INTO search_log (at, locale, term, hits, visitor) VALUES ($1, $2, $3, $4, $5)",
            at,
            tag,
            term(query),
            hits,
            visitor.as_str()
        )?;
    }
    if n < reworded.opened {
        run!(
            tx,
            "INSERT INTO search_click (at, locale, term, article_id, visitor) VALUES ($1, $2, $3, $4, $5)",
            at + 2 * MINUTE,
            tag,
            term(&reworded.to),
            article,
            visitor.as_str()
        )?;
    }
    Ok(())
}
