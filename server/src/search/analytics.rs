//! What customers search for and how it goes on: the terms that need an article, a phrase or a synonym.
//!
//! A term appears only when [`FEWEST_VISITORS`] different visitors typed it: one customer's words are not shown. A visitor
//! is a browser by its cookie; those that came without one count once for a machine and day.

use std::collections::{HashMap, HashSet};

use app::i18n::Locale;

use crate::clock::MINUTE;
use crate::storage::{Conn, Result, all};

/// Below this a term may be one person's words.
pub const FEWEST_VISITORS: usize = 3;
/// How far back the desk looks at the most.
pub const MOST_WEEKS: i64 = 26;
/// A result that is opened later was not opened because of the search.
const FOLLOWED: i64 = 30 * MINUTE;
/// Who types something else so soon is still looking for the same thing.
const REFORMULATED: i64 = 5 * MINUTE;
/// The newest searches that are read; an older one says little of what is missing now.
const MOST: i64 = 200_000;

/// How often a term was typed, and what came of it. Everything but `searches` counts different visitors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermReport {
    pub term: String,
    pub searches: usize,
    pub visitors: usize,
    /// No article fitted.
    pub nothing: usize,
    /// Opened a result within half an hour.
    pub opened: usize,
    /// Sent a request within half an hour.
    pub asked: usize,
    /// Typed something else within five minutes, with nothing opened in between.
    pub reformulated: usize,
    /// What most of those typed instead, if as many visitors as a term needs did.
    pub instead: Option<String>,
    /// Milliseconds UTC.
    pub last: i64,
}

/// Something one visitor did.
#[derive(Clone, Debug)]
enum Step {
    Searched { term: String, hits: i64 },
    Opened { term: String },
    Sent,
}

/// What one browser did.
#[derive(Default)]
struct Visit {
    /// The machine that it is on, if it came without a key: other browsers there may be the same person.
    machine: Option<String>,
    /// In the order of time.
    steps: Vec<(i64, Step)>,
}

/// By what the database knows a browser by.
type Visits = HashMap<String, Visit>;

impl Visit {
    /// Whom it counts for.
    fn who<'a>(&'a self, visitor: &'a str) -> &'a str {
        self.machine.as_deref().unwrap_or(visitor)
    }
}

/// Every term of a language that enough visitors typed since a moment, most visitors first.
pub async fn terms(conn: &mut Conn, locale: Locale, since: i64) -> Result<Vec<TermReport>> {
    let (mut reports, visits) = visits(conn, locale, since).await?;
    let mut instead: HashMap<String, HashMap<String, usize>> = HashMap::new();
    let mut by_who: HashMap<&str, HashMap<String, Outcome>> = HashMap::new();
    for (visitor, visit) in &visits {
        let all = by_who.entry(visit.who(visitor)).or_default();
        for (term, outcome) in outcomes(&visit.steps) {
            all.entry(term).or_default().add(outcome);
        }
    }
    for all in by_who.into_values() {
        for (term, outcome) in all {
            if let Some(report) = reports.get_mut(&term) {
                report.visitors += 1;
                report.nothing += usize::from(outcome.nothing);
                report.opened += usize::from(outcome.opened);
                report.asked += usize::from(outcome.asked);
                report.reformulated += usize::from(!outcome.instead.is_empty());
            }
            for other in outcome.instead {
                *instead.entry(term.clone()).or_default().entry(other).or_default() += 1;
            }
        }
    }
    let mut terms: Vec<TermReport> = reports
        .into_iter()
        .filter(|(_, report)| report.visitors >= FEWEST_VISITORS)
        .map(|(term, report)| TermReport { instead: instead.get(&term).and_then(most_typed), term, ..report })
        .collect();
    terms.sort_by(|a, b| {
        b.visitors.cmp(&a.visitors).then(b.searches.cmp(&a.searches)).then(a.term.cmp(&b.term))
    });
    Ok(terms)
}

/// The searches for each term, with nothing yet of what came of them, and what visitors did.
async fn visits(
    conn: &mut Conn,
    locale: Locale,
    since: i64,
) -> Result<(HashMap<String, TermReport>, Visits)> {
    let searches = all!(
        conn,
        (i64, String, i64, Option<String>, Option<String>),
        "SELECT at, term, hits, visitor, machine FROM search_log WHERE locale = $1 AND at >= $2 ORDER BY at DESC LIMIT $3",
        locale.tag(),
        since,
        MOST
    )?;
    let clicks = all!(
        conn,
        (i64, String, String),
        "SELECT at, term, visitor FROM search_click
         WHERE locale = $1 AND at >= $2 AND visitor IS NOT NULL ORDER BY at DESC LIMIT $3",
        locale.tag(),
        since,
        MOST
    )?;
    let sent = all!(
        conn,
        (i64, String),
        "SELECT submitted_at, visitor FROM intake_session WHERE submitted_at >= $1
         ORDER BY submitted_at DESC LIMIT $2",
        since,
        MOST
    )?;
    let mut visits = Visits::new();
    let mut reports: HashMap<String, TermReport> = HashMap::new();
    for (at, term, hits, visitor, machine) in searches {
        let report = reports.entry(term.clone()).or_default();
        report.searches += 1;
        report.last = report.last.max(at);
        if let Some(visitor) = visitor {
            let visit = visits.entry(visitor).or_default();
            visit.machine = machine.or(visit.machine.take());
            visit.steps.push((at, Step::Searched { term, hits }));
        }
    }
    for (at, term, visitor) in clicks {
        visits.entry(visitor).or_default().steps.push((at, Step::Opened { term }));
    }
    for (at, visitor) in sent {
        // Who sent without searching says nothing about a term.
        if let Some(visit) = visits.get_mut(&visitor) {
            visit.steps.push((at, Step::Sent));
        }
    }
    visits.values_mut().for_each(|visit| visit.steps.sort_by_key(|(at, _)| *at));
    Ok((reports, visits))
}

/// Somebody typed a term, opened nothing, and typed another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reworded {
    /// Tells visitors apart, and nothing else of them.
    pub visitor: String,
    pub from: String,
    pub to: String,
    /// Opened a result of the second.
    pub opened: bool,
}

/// Every rewording since a moment, each of a visitor's once. Not to be shown: that takes [`FEWEST_VISITORS`].
pub(super) async fn reworded(conn: &mut Conn, locale: Locale, since: i64) -> Result<Vec<Reworded>> {
    let (_, visits) = visits(conn, locale, since).await?;
    let mut all = Vec::new();
    for (visitor, visit) in visits {
        let outcomes = outcomes(&visit.steps);
        for (from, outcome) in outcomes.iter().filter(|(_, outcome)| !outcome.opened) {
            all.extend(outcome.instead.iter().map(|to| Reworded {
                visitor: visit.who(&visitor).to_owned(),
                from: from.clone(),
                to: to.clone(),
                opened: outcomes.get(to).is_some_and(|outcome| outcome.opened),
            }));
        }
    }
    Ok(all)
}

fn most_typed(others: &HashMap<String, usize>) -> Option<String> {
    let (term, visitors) =
        others.iter().max_by_key(|(term, visitors)| (**visitors, std::cmp::Reverse(*term)))?;
    (*visitors >= FEWEST_VISITORS).then(|| term.clone())
}

/// What came of one visitor's searches for one term.
#[derive(Default)]
struct Outcome {
    nothing: bool,
    opened: bool,
    asked: bool,
    /// The terms that were typed instead.
    instead: HashSet<String>,
}

impl Outcome {
    fn add(&mut self, other: Self) {
        self.nothing |= other.nothing;
        self.opened |= other.opened;
        self.asked |= other.asked;
        self.instead.extend(other.instead);
    }
}

/// By term. `visit` is in the order of time.
fn outcomes(visit: &[(i64, Step)]) -> HashMap<String, Outcome> {
    let mut by_term: HashMap<String, Outcome> = HashMap::new();
    for (index, (at, step)) in visit.iter().enumerate() {
        let Step::Searched { term, hits } = step else { continue };
        let outcome = by_term.entry(term.clone()).or_default();
        outcome.nothing |= *hits == 0;
        let mut looking = true;
        for (later, next) in visit[index + 1..].iter().take_while(|(later, _)| later - at <= FOLLOWED) {
            match next {
                Step::Opened { term: from } if from == term => {
                    outcome.opened = true;
                    looking = false;
                }
                Step::Searched { term: other, .. } if looking && other != term => {
                    looking = false;
                    if later - at <= REFORMULATED {
                        outcome.instead.insert(other.clone());
                    }
                }
                Step::Sent => outcome.asked = true,
                _ => {}
            }
        }
    }
    by_term
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Tx, run};
    use crate::testing::{MONDAY, TestDb, db_test};

    async fn searched(tx: &mut Tx, at: i64, term: &str, hits: i64, visitor: &str) -> Result<()> {
        run!(
            tx,
            "INSERT INTO search_log (at, locale, term, hits, visitor) VALUES ($1, 'en', $2, $3, $4)",
            at,
            term,
            hits,
            visitor
        )?;
        Ok(())
    }

    db_test!(
        async fn a_term_is_shown_only_when_three_visitors_typed_it(t: TestDb) {
            let mut tx = t.db.begin().await?;
            for visitor in ["a", "b"] {
                searched(&mut tx, MONDAY, "invoice", 2, visitor).await?;
                searched(&mut tx, MONDAY, "my secret", 2, visitor).await?;
            }
            for n in 0..5 {
                searched(&mut tx, MONDAY + n, "my secret", 2, "a").await?;
            }
            searched(&mut tx, MONDAY, "invoice", 2, "c").await?;
            tx.commit().await?;
            let found = terms(&mut t.db.read().await?, Locale::En, MONDAY).await?;
            let names: Vec<_> = found.iter().map(|report| (report.term.as_str(), report.visitors)).collect();
            assert_eq!(names, [("invoice", 3)]);
            assert_eq!(terms(&mut t.db.read().await?, Locale::Ja, MONDAY).await?, []);
            assert_eq!(terms(&mut t.db.read().await?, Locale::En, MONDAY + 1).await?, []);
            Ok(())
        }
    );

    db_test!(
        async fn what_became_of_a_search_is_counted_by_visitor(t: TestDb) {
            let mut tx = t.db.begin().await?;
            for visitor in ["a", "b", "c"] {
                // Nothing found, something else typed, and asked in the end.
                searched(&mut tx, MONDAY, "login", 0, visitor).await?;
                searched(&mut tx, MONDAY + MINUTE, "sign in", 4, visitor).await?;
                run!(
                    tx,
                    "INSERT INTO intake_session (key, visitor, locale, held_out, opened_at, submitted_at)
                     VALUES ($1, $1, 'en', FALSE, $2, $2)",
                    visitor,
                    MONDAY + 20 * MINUTE
                )?;
            }
            // Much later is another story.
            searched(&mut tx, MONDAY + 120 * MINUTE, "login", 0, "d").await?;
            searched(&mut tx, MONDAY + 126 * MINUTE, "sign in", 4, "d").await?;
            tx.commit().await?;
            let found = terms(&mut t.db.read().await?, Locale::En, 0).await?;
            let login = found.iter().find(|report| report.term == "login").expect("four typed it");
            assert_eq!((login.searches, login.visitors, login.nothing), (4, 4, 4));
            assert_eq!((login.opened, login.asked, login.reformulated), (0, 3, 3));
            assert_eq!(login.instead.as_deref(), Some("sign in"));
            Ok(())
        }
    );
}
