//! The job that turns evidence into search phrases and tells the index which articles have changed.

use std::collections::{BTreeSet, HashMap};

use super::evidence::{collect, evidence_of};
use super::weigh::weigh;
use crate::app_state::App;
use crate::clock::MINUTE;
use crate::identity::Actor;
use crate::jobs::{Job, hasten};
use crate::knowledge::By;
use crate::storage::{Conn, Db, Result, Tx, all, first, ids, run};

/// Articles that are settled in one transaction.
const BATCH: usize = 100;
/// A weight is written anew when it moved by a tenth: fading alone shall not write all articles every hour.
const MOVED: f64 = 0.1;

/// What was solved is learned after so long, together with what else is solved by then (milliseconds).
const SOON: i64 = MINUTE;

/// Has what this transaction proves learned soon.
pub async fn wish(tx: &mut Tx, now: i64) -> Result<()> {
    hasten(tx, &Job::LearnPhrases {}, now + SOON).await
}

/// Takes back what a request proved: it is not over after all. What was learned of it goes at the next turn of the jobs.
pub async fn take_back(tx: &mut Tx, request_id: i64, now: i64) -> Result<()> {
    let taken = run!(
        tx,
        "DELETE FROM search_evidence WHERE request_id = $1 AND source = 'linked' AND text <> ''",
        request_id
    )?;
    if taken > 0 {
        hasten(tx, &Job::LearnPhrases {}, now).await?;
    }
    Ok(())
}

/// Collects evidence and settles it.
pub async fn settle(app: &App) -> Result<()> {
    let now = app.clock.now();
    collect(&app.db, now).await?;
    let articles = concerned(&app.db).await?;
    let mut changed = published_otherwise(&app.db, now).await?;
    for batch in articles.chunks(BATCH) {
        let mut tx = app.db.begin().await?;
        changed |= settle_articles(&mut tx, batch, now).await?;
        tx.commit().await?;
    }
    if changed {
        app.knowledge_changed();
    }
    Ok(())
}

/// How many phrases an article has learned.
pub async fn learned_of(conn: &mut Conn, article_id: i64) -> Result<i64> {
    let row = first!(conn, (i64,), "SELECT learned FROM settled_article WHERE article_id = $1", article_id)?;
    Ok(row.map_or(0, |row| row.0))
}

/// Whether other articles are published than when this was asked last; then the index is told to remember anew, for
/// titles take part in what is remembered.
async fn published_otherwise(db: &Db, now: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    // SQLite would take ON CONFLICT for a join without the WHERE.
    let is_other = run!(
        tx,
        "INSERT INTO counter (name, value)
         SELECT 'titles_remembered', CAST(COALESCE(SUM(live_revision_id), 0) AS BIGINT) FROM translation WHERE true
         ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counter.value <> excluded.value"
    )? > 0;
    if is_other {
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('phrase', 0, $1)", now)?;
    }
    tx.commit().await?;
    Ok(is_other)
}

/// Articles that have evidence or phrases, or had.
async fn concerned(db: &Db) -> Result<Vec<i64>> {
    let sql = "SELECT article_id FROM search_evidence UNION SELECT article_id FROM search_phrase
               UNION SELECT article_id FROM settled_article ORDER BY 1";
    Ok(all!(db.read().await?, (i64,), sql)?.into_iter().map(|row| row.0).collect())
}

/// Settles these articles; tells whether any of them learned or lost something.
async fn settle_articles(tx: &mut Tx, articles: &[i64], now: i64) -> Result<bool> {
    let list = ids(articles.iter().copied());
    let sql = format!(
        "SELECT e.article_id, l.evidence_id, l.weight FROM learned_phrase l
         JOIN search_evidence e ON e.id = l.evidence_id WHERE e.article_id IN ({list})"
    );
    let mut before: HashMap<i64, HashMap<i64, i64>> = HashMap::new();
    for (article, evidence, weight) in all!(tx, (i64, i64, i64), sqlx::AssertSqlSafe(sql.as_str()))? {
        before.entry(article).or_default().insert(evidence, weight);
    }
    let counted = counted(tx, &list).await?;
    let mut after: HashMap<i64, HashMap<i64, i64>> = HashMap::new();
    for ((article, _), evidence) in evidence_of(tx, &list).await? {
        let learned = weigh(&evidence, now);
        let weights = learned.iter().map(|l| (l.evidence_id, (l.weight * 1000.0).round() as i64));
        after.entry(article).or_default().extend(weights);
    }
    let added = added(tx, &list).await?;
    let by = By::new(now, Actor::Program("learning"));
    let mut changed = false;
    for article in articles {
        let (before, after) =
            (before.remove(article).unwrap_or_default(), after.remove(article).unwrap_or_default());
        let written = write(tx, &before, &after).await?;
        let phrases = (after.len() as i64, added.get(article).copied().unwrap_or_default());
        let known = counted.get(article).copied().unwrap_or_default();
        if written || known != phrases {
            run!(
                tx,
                "INSERT INTO settled_article (article_id, learned, added) VALUES ($1, $2, $3)
                 ON CONFLICT (article_id) DO UPDATE SET learned = excluded.learned, added = excluded.added",
                *article,
                phrases.0,
                phrases.1
            )?;
        }
        // Phrases that went with their customer are missed here and nowhere else; those that CRE add are told at once.
        if written || phrases.0 != known.0 || phrases.1 < known.1 {
            by.phrases_changed(tx, *article).await?;
            changed = true;
        }
    }
    Ok(changed)
}

/// How many phrases these articles had when they were settled last: learned, and added.
async fn counted(tx: &mut Tx, list: &str) -> Result<HashMap<i64, (i64, i64)>> {
    let sql = format!("SELECT article_id, learned, added FROM settled_article WHERE article_id IN ({list})");
    let rows = all!(tx, (i64, i64, i64), sqlx::AssertSqlSafe(sql.as_str()))?;
    Ok(rows.into_iter().map(|(article, learned, added)| (article, (learned, added))).collect())
}

/// How many phrases CRE added to these articles, that are there.
async fn added(tx: &mut Tx, list: &str) -> Result<HashMap<i64, i64>> {
    let sql = format!(
        "SELECT article_id, COUNT(*) FROM search_phrase WHERE article_id IN ({list}) GROUP BY article_id"
    );
    Ok(all!(tx, (i64, i64), sqlx::AssertSqlSafe(sql.as_str()))?.into_iter().collect())
}

/// Writes the difference; tells whether there was one.
async fn write(tx: &mut Tx, before: &HashMap<i64, i64>, after: &HashMap<i64, i64>) -> Result<bool> {
    let all: BTreeSet<i64> = before.keys().chain(after.keys()).copied().collect();
    let mut changed = false;
    for id in all {
        match (before.get(&id), after.get(&id)) {
            (Some(_), None) => run!(tx, "DELETE FROM learned_phrase WHERE evidence_id = $1", id)?,
            (Some(old), Some(new)) if (new - old).abs() as f64 <= MOVED * *old as f64 => continue,
            (_, Some(weight)) => run!(
                tx,
                "INSERT INTO learned_phrase (evidence_id, weight) VALUES ($1, $2)
                 ON CONFLICT (evidence_id) DO UPDATE SET weight = excluded.weight",
                id,
                *weight
            )?,
            (None, None) => continue,
        };
        changed = true;
    }
    Ok(changed)
}
