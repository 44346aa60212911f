//! Trying a rule on the requests that came last: which it would match, and what would be different. Nothing changes.

use super::{Applied, Facts, Rule, RuleDraft, all_rules, evaluate};
use crate::desk::event::RuleRef;
use crate::storage::{Conn, Result, all};
use app::i18n::Locale;
use app::model::words::{Priority, RequestKind};
use std::collections::HashMap;

/// How many requests a rule is tried on.
pub const TRIED: i64 = 100;

/// What rules make of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub tags: Vec<String>,
    pub assign: Option<i64>,
    pub group: Option<i64>,
    pub priority: Option<Priority>,
}

impl Outcome {
    /// The sum of what was applied; of two rules the later one's person, group and priority stay.
    fn of(applied: &[Applied]) -> Self {
        let mut outcome = Self::default();
        for rule in applied {
            outcome.tags.extend(rule.tags.iter().cloned());
            outcome.assign = rule.assign.or(outcome.assign);
            outcome.group = rule.group.or(outcome.group);
            outcome.priority = rule.priority.or(outcome.priority);
        }
        outcome.tags.sort();
        outcome
    }
}

/// One of the tried requests that the rule matches, or whose outcome it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub number: i64,
    pub subject: String,
    pub created_at: i64,
    /// Its conditions hold, whether or not a request like this comes as far as this rule.
    pub matches: bool,
    /// The rule before it that matches too and ends the round there.
    pub held_by: Option<RuleRef>,
    /// With the rules as they are saved.
    pub before: Outcome,
    /// With this rule among them.
    pub after: Outcome,
}

/// What came of a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How many requests there were to try, at most [`TRIED`].
    pub tried: usize,
    pub rows: Vec<Tried>,
}

/// Tries a rule in its place among the saved ones: instead of rule `id`, or at the end when it is new.
pub async fn try_rule(conn: &mut Conn, id: Option<i64>, draft: &RuleDraft) -> Result<Trial> {
    let saved = all_rules(conn).await?;
    let mut with = saved.clone();
    let tried_id = id.unwrap_or(0);
    match with.iter_mut().find(|rule| rule.id == tried_id) {
        Some(rule) => {
            rule.draft = draft.clone();
            rule.enabled = true;
        }
        None => with.push(Rule {
            id: tried_id,
            position: saved.len() as i64 + 1,
            enabled: true,
            draft: draft.clone(),
        }),
    }
    let requests = last_requests(conn).await?;
    let mut trial = Trial { tried: requests.len(), rows: Vec::new() };
    for (number, created_at, facts) in requests {
        let applied = evaluate(&with, &facts);
        let reached = applied.iter().any(|applied| applied.rule.id == tried_id);
        let held_by = if reached { None } else { held_by(&with, tried_id, &applied, &facts) };
        let matches = reached || held_by.is_some();
        let before = Outcome::of(&evaluate(&saved, &facts));
        let after = Outcome::of(&applied);
        if matches || before != after {
            trial.rows.push(Tried {
                number,
                subject: facts.subject,
                created_at,
                matches,
                held_by,
                before,
                after,
            });
        }
    }
    Ok(trial)
}

/// The rule that ended the round before a rule whose conditions hold; it sees the tags of all that came before the end.
fn held_by(rules: &[Rule], id: i64, applied: &[Applied], facts: &Facts) -> Option<RuleRef> {
    let rule = rules.iter().find(|rule| rule.id == id)?;
    let last = applied.last().filter(|last| last.stopped && last.rule.position < rule.position)?;
    let tags = facts.tags.iter().chain(applied.iter().flat_map(|applied| &applied.tags));
    let facts = Facts { tags: tags.cloned().collect(), ..facts.clone() };
    let alone = evaluate(std::slice::from_ref(rule), &facts);
    (!alone.is_empty()).then(|| last.rule.clone())
}

/// How many of the last requests each saved rule applies to, by rule id, and how many requests those are.
pub async fn matched_lately(conn: &mut Conn) -> Result<(HashMap<i64, usize>, usize)> {
    let saved = all_rules(conn).await?;
    let requests = last_requests(conn).await?;
    let mut matched = HashMap::new();
    for (_, _, facts) in &requests {
        for applied in evaluate(&saved, facts) {
            *matched.entry(applied.rule.id).or_default() += 1;
        }
    }
    Ok((matched, requests.len()))
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    created_at: i64,
    kind: String,
    locale: String,
    subject: String,
    body: String,
    organization_id: Option<i64>,
    has_attachment: bool,
}

/// The newest requests as rules met them: their first message, before any tag.
async fn last_requests(conn: &mut Conn) -> Result<Vec<(i64, i64, Facts)>> {
    let rows = all!(
        conn,
        Row,
        "SELECT r.number, r.created_at, r.kind, r.locale, r.subject, m.body, r.organization_id,
                EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = m.id) AS has_attachment
         FROM (SELECT * FROM request ORDER BY id DESC LIMIT $1) AS r
         JOIN message m ON m.id = (SELECT MIN(f.id) FROM message f WHERE f.request_id = r.id AND f.kind = 'reply')
         ORDER BY r.id DESC",
        TRIED
    )?;
    let facts = rows.into_iter().map(|row| {
        let facts = Facts {
            kind: RequestKind::from_code(&row.kind).unwrap_or_default(),
            locale: Locale::from_tag(&row.locale).unwrap_or_default(),
            subject: row.subject,
            body: row.body,
            organization_id: row.organization_id,
            tags: Vec::new(),
            has_attachment: row.has_attachment,
        };
        (row.number, row.created_at, facts)
    });
    Ok(facts.collect())
}
