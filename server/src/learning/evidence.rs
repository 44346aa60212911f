//! What is noted of customers' words and the articles that proved to answer them.

use app::i18n::Locale;

use super::once::said_once;
use crate::clock::{DAY, MINUTE};
use crate::desk::{asked_in, phrases};
use crate::search::Who;
use crate::storage::{Conn, Db, Result, Tx, all, first, run};

/// Older evidence has faded to nothing.
const KEPT: i64 = 2 * 365 * DAY;
/// Requests or visits that are read in one transaction.
const BATCH: i64 = 100;

/// How it showed that an article answers what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// CRE solved a request with the article.
    Linked,
    /// The customer said at the form that it solved it, and sent nothing.
    Confirmed,
    /// A result was opened; whether it helped nobody said.
    Opened,
}

impl Source {
    /// What one piece of evidence counts while it is fresh.
    pub fn weight(self) -> f64 {
        match self {
            Self::Linked => 1.0,
            Self::Confirmed => 0.8,
            Self::Opened => 0.08,
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "linked" => Self::Linked,
            "confirmed" => Self::Confirmed,
            _ => Self::Opened,
        }
    }
}

/// Some words and when they were answered, of one article in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub id: i64,
    pub source: Source,
    /// Without names, addresses and long numbers.
    pub text: String,
    pub person_id: Option<i64>,
    pub organization_id: Option<i64>,
    pub visitor: Option<String>,
    /// Milliseconds UTC.
    pub at: i64,
}

impl Evidence {
    /// What one customer may weigh is limited.
    pub fn who(&self) -> Who {
        Who::of(self.person_id, self.visitor.as_deref())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    source: String,
    article_id: i64,
    locale: String,
    text: String,
    person_id: Option<i64>,
    organization_id: Option<i64>,
    visitor: Option<String>,
    at: i64,
}

/// All evidence of these articles, by article and language.
pub(super) async fn evidence_of(conn: &mut Conn, list: &str) -> Result<Vec<((i64, Locale), Vec<Evidence>)>> {
    let sql = format!(
        "SELECT id, source, article_id, locale, text, person_id, organization_id, visitor, at FROM search_evidence
         WHERE article_id IN ({list}) AND text <> '' ORDER BY article_id, locale, id"
    );
    let mut grouped: Vec<((i64, Locale), Vec<Evidence>)> = Vec::new();
    for row in all!(conn, Row, sqlx::AssertSqlSafe(sql.as_str()))? {
        let Some(locale) = Locale::from_tag(&row.locale) else { continue };
        let key = (row.article_id, locale);
        let evidence = Evidence {
            id: row.id,
            source: Source::from_code(&row.source),
            text: row.text,
            person_id: row.person_id,
            organization_id: row.organization_id,
            visitor: row.visitor,
            at: row.at,
        };
        match grouped.last_mut() {
            Some((last, group)) if *last == key => group.push(evidence),
            _ => grouped.push((key, vec![evidence])),
        }
    }
    Ok(grouped)
}

/// Notes everything that proved itself since the last time, and forgets what no longer holds. Doing it twice changes
/// nothing.
pub(super) async fn collect(db: &Db, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    hold_evidence(&mut tx).await?;
    forget(&mut tx, now).await?;
    opened(&mut tx, now).await?;
    tx.commit().await?;
    // Batch by batch, so that SQLite's one writer is given back in between.
    let mut after = Some(now - KEPT);
    while let Some(at) = after {
        let mut tx = db.begin().await?;
        after = linked(&mut tx, at).await?;
        tx.commit().await?;
    }
    let mut after = Some(0);
    while let Some(id) = after {
        let mut tx = db.begin().await?;
        hold_evidence(&mut tx).await?;
        after = confirmed(&mut tx, id, now - KEPT).await?;
        tx.commit().await?;
    }
    let mut tx = db.begin().await?;
    recognise(&mut tx).await?;
    tx.commit().await
}

/// Makes the evidence ours until the commit. Nobody is erased between the reading of what they typed and its writing
/// down, and whoever erases finds what was written.
pub(super) async fn hold_evidence(tx: &mut Tx) -> Result<()> {
    run!(
        tx,
        "INSERT INTO counter (name, value) VALUES ('evidence', 0)
         ON CONFLICT (name) DO UPDATE SET value = counter.value"
    )?;
    Ok(())
}

/// Requests that were opened again or solved otherwise, visits that ended in a request after all, and what faded.
async fn forget(tx: &mut Tx, now: i64) -> Result<()> {
    run!(
        tx,
        "DELETE FROM search_evidence WHERE source = 'linked' AND NOT EXISTS (
             SELECT 1 FROM request r WHERE r.id = search_evidence.request_id
               AND r.solved_article_id = search_evidence.article_id AND r.status IN ('solved', 'closed'))"
    )?;
    run!(
        tx,
        "DELETE FROM search_evidence WHERE source = 'confirmed' AND NOT EXISTS (
             SELECT 1 FROM intake_session s WHERE s.id = search_evidence.intake_session_id
               AND s.solved_article_id = search_evidence.article_id
               AND COALESCE(s.outcome_week, s.outcome_day) = 'confirmed')"
    )?;
    run!(tx, "DELETE FROM search_evidence WHERE at < $1", now - KEPT)?;
    Ok(())
}

/// What customers asked in requests that were solved with an article, a batch of those solved at `after` (milliseconds)
/// and later. Gives where the next batch begins, until there is none.
async fn linked(tx: &mut Tx, after: i64) -> Result<Option<i64>> {
    let rows = all!(
        tx,
        (i64, i64, i64, i64, Option<i64>),
        "SELECT u.request_id, u.article_id, u.at, r.customer_id, r.organization_id
         FROM article_use u JOIN request r ON r.id = u.request_id
         WHERE r.solved_article_id = u.article_id AND r.status IN ('solved', 'closed') AND u.at >= $1
           AND NOT EXISTS (SELECT 1 FROM search_evidence e WHERE e.request_id = u.request_id
                             AND e.article_id = u.article_id AND e.source = 'linked')
         ORDER BY u.at, u.request_id LIMIT $2",
        after,
        BATCH
    )?;
    for (request_id, article_id, at, customer, organization) in &rows {
        let (locale, asked) = asked_in(tx, *request_id).await?.unwrap_or_default();
        for text in or_nothing(asked) {
            run!(
                tx,
                "INSERT INTO search_evidence
                     (source, article_id, locale, text, person_id, organization_id, request_id, at)
                 VALUES ('linked', $1, $2, $3, $4, $5, $6, $7)",
                *article_id,
                locale.tag(),
                text,
                *customer,
                *organization,
                *request_id,
                *at
            )?;
        }
    }
    Ok(rows.last().map(|row| row.2))
}

/// What was typed in visits that an article ended `since` then (milliseconds), a batch of those numbered higher than
/// `after`. Gives where the next batch begins, until there is none.
async fn confirmed(tx: &mut Tx, after: i64, since: i64) -> Result<Option<i64>> {
    let rows = all!(
        tx,
        (i64, i64, i64, String, String, String, Option<String>),
        "SELECT s.id, s.solved_article_id, s.solved_at, s.locale, s.typed, s.visitor,
                (SELECT MAX(p.name) FROM intake_session other JOIN request r ON r.id = other.request_id
                 JOIN person p ON p.id = r.customer_id WHERE other.visitor = s.visitor)
         FROM intake_session s
         WHERE s.id > $1 AND s.solved_article_id IS NOT NULL AND s.solved_at >= $2
           AND COALESCE(s.outcome_week, s.outcome_day) = 'confirmed'
           AND NOT EXISTS (SELECT 1 FROM search_evidence e WHERE e.intake_session_id = s.id)
         ORDER BY s.id LIMIT $3",
        after,
        since,
        BATCH
    )?;
    for (session, article_id, at, locale, typed, visitor, name) in &rows {
        // The subject stands on the first line.
        let (subject, body) = typed.split_once('\n').unwrap_or((typed, ""));
        for text in or_nothing(phrases(subject, body, name.as_slice())) {
            run!(
                tx,
                "INSERT INTO search_evidence (source, article_id, locale, text, visitor, intake_session_id, at)
                 VALUES ('confirmed', $1, $2, $3, $4, $5, $6)",
                *article_id,
                locale.as_str(),
                text,
                visitor.as_str(),
                *session,
                *at
            )?;
        }
    }
    Ok(rows.last().map(|row| row.0))
}

/// Results that were opened, once for each browser, term and article. The terms are clean already.
async fn opened(tx: &mut Tx, now: i64) -> Result<()> {
    let read = first!(tx, (i64,), "SELECT value FROM counter WHERE name = 'clicks_read_at'")?;
    // Clicks are written in batches: some that are older than the last reading may have come after it.
    let since = read.map_or(now - KEPT, |read| read.0 - MINUTE);
    run!(
        tx,
        "INSERT INTO search_evidence (source, article_id, locale, text, visitor, at)
         SELECT 'opened', c.article_id, c.locale, c.term, c.visitor, MAX(c.at)
         FROM search_click c
         WHERE c.visitor IS NOT NULL AND c.at >= $1
           AND NOT EXISTS (SELECT 1 FROM search_evidence e WHERE e.visitor = c.visitor AND e.source = 'opened'
                             AND e.article_id = c.article_id AND e.locale = c.locale AND e.text = c.term)
         GROUP BY c.article_id, c.locale, c.term, c.visitor",
        since
    )?;
    run!(
        tx,
        "INSERT INTO counter (name, value) VALUES ('clicks_read_at', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        now
    )?;
    Ok(())
}

/// A browser that sent a request belongs to somebody: what it did before and after counts as theirs, and goes with them.
async fn recognise(tx: &mut Tx) -> Result<()> {
    run!(
        tx,
        "UPDATE search_evidence SET person_id = (
             SELECT MAX(r.customer_id) FROM intake_session s JOIN request r ON r.id = s.request_id
             WHERE s.visitor = search_evidence.visitor)
         WHERE person_id IS NULL AND visitor IS NOT NULL AND EXISTS (
             SELECT 1 FROM intake_session s WHERE s.visitor = search_evidence.visitor AND s.request_id IS NOT NULL)"
    )?;
    run!(
        tx,
        "UPDATE search_evidence SET organization_id =
             (SELECT p.organization_id FROM person p WHERE p.id = search_evidence.person_id)
         WHERE organization_id IS NULL AND visitor IS NOT NULL AND person_id IN (
             SELECT id FROM person WHERE organization_id IS NOT NULL)"
    )?;
    Ok(())
}

/// An empty text notes that there was nothing to learn, so that it is not looked for again.
fn or_nothing(phrases: Vec<String>) -> Vec<String> {
    if phrases.is_empty() {
        return vec![String::new()];
    }
    phrases.iter().map(|phrase| said_once(phrase)).collect()
}
