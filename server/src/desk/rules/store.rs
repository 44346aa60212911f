//! Rules in the database: read in order, written by administrators, every change in the audit log.

use super::{Rule, RuleDraft};
use crate::identity::{Actor, audit};
use crate::storage::{Conn, Result, Tx, all, first, run, value};
use serde_json::{Value, json};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    position: i64,
    enabled: bool,
    conditions: String,
    actions: String,
}

impl From<Row> for Rule {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            position: row.position,
            enabled: row.enabled,
            draft: RuleDraft {
                name: row.name,
                // What this version cannot read asks nothing and does nothing.
                conditions: serde_json::from_str(&row.conditions).unwrap_or_default(),
                actions: serde_json::from_str(&row.actions).unwrap_or_default(),
            },
        }
    }
}

/// Every rule in order.
pub async fn all_rules(conn: &mut Conn) -> Result<Vec<Rule>> {
    let rows = all!(
        conn,
        Row,
        "SELECT id, name, position, enabled, conditions, actions FROM rule ORDER BY position, id"
    )?;
    Ok(rows.into_iter().map(Rule::from).collect())
}

/// The rules that new requests meet, in order.
pub async fn enabled_rules(conn: &mut Conn) -> Result<Vec<Rule>> {
    Ok(all_rules(conn).await?.into_iter().filter(|rule| rule.enabled).collect())
}

pub async fn find_rule(conn: &mut Conn, id: i64) -> Result<Option<Rule>> {
    let row = first!(
        conn,
        Row,
        "SELECT id, name, position, enabled, conditions, actions FROM rule WHERE id = $1",
        id
    )?;
    Ok(row.map(Rule::from))
}

/// Adds a rule at the end; gives its id.
pub async fn create_rule(tx: &mut Tx, actor: &Actor<'_>, draft: &RuleDraft, now: i64) -> Result<i64> {
    let id = value!(
        tx,
        i64,
        "INSERT INTO rule (name, position, enabled, conditions, actions, created_at, updated_at)
         SELECT $1, COALESCE(MAX(position), 0) + 1, TRUE, $2, $3, $4, $4 FROM rule RETURNING id",
        draft.name.as_str(),
        json_text(&draft.conditions),
        json_text(&draft.actions),
        now
    )?;
    audit(tx, now, actor, "rule.created", "rule", Some(id), &detail(draft)).await?;
    Ok(id)
}

/// Replaces what a rule says; `false` if it is gone.
pub async fn update_rule(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: i64,
    draft: &RuleDraft,
    now: i64,
) -> Result<bool> {
    let Some(before) = find_rule(tx, id).await? else { return Ok(false) };
    if before.draft == *draft {
        return Ok(true);
    }
    run!(
        tx,
        "UPDATE rule SET name = $2, conditions = $3, actions = $4, updated_at = $5 WHERE id = $1",
        id,
        draft.name.as_str(),
        json_text(&draft.conditions),
        json_text(&draft.actions),
        now
    )?;
    let change = json!({ "before": detail(&before.draft), "after": detail(draft) });
    audit(tx, now, actor, "rule.changed", "rule", Some(id), &change).await?;
    Ok(true)
}

pub async fn set_enabled(tx: &mut Tx, actor: &Actor<'_>, id: i64, enabled: bool, now: i64) -> Result<bool> {
    let Some(rule) = find_rule(tx, id).await? else { return Ok(false) };
    if rule.enabled != enabled {
        run!(tx, "UPDATE rule SET enabled = $2, updated_at = $3 WHERE id = $1", id, enabled, now)?;
        let action = if enabled { "rule.enabled" } else { "rule.disabled" };
        audit(tx, now, actor, action, "rule", Some(id), &json!({ "name": rule.draft.name })).await?;
    }
    Ok(true)
}

/// Swaps a rule with its neighbour above or below; at the end of the list nothing happens.
pub async fn move_rule(tx: &mut Tx, actor: &Actor<'_>, id: i64, up: bool, now: i64) -> Result<bool> {
    let mut rules = all_rules(tx).await?;
    let Some(at) = rules.iter().position(|rule| rule.id == id) else { return Ok(false) };
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < rules.len()) };
    let Some(other) = other else { return Ok(true) };
    rules.swap(at, other);
    renumber(tx, &rules).await?;
    let detail = json!({ "name": rules[other].draft.name, "from": at + 1, "to": other + 1 });
    audit(tx, now, actor, "rule.moved", "rule", Some(id), &detail).await?;
    Ok(true)
}

pub async fn delete_rule(tx: &mut Tx, actor: &Actor<'_>, id: i64, now: i64) -> Result<bool> {
    let mut rules = all_rules(tx).await?;
    let Some(at) = rules.iter().position(|rule| rule.id == id) else { return Ok(false) };
    let rule = rules.remove(at);
    run!(tx, "DELETE FROM rule WHERE id = $1", id)?;
    renumber(tx, &rules).await?;
    audit(tx, now, actor, "rule.deleted", "rule", Some(id), &detail(&rule.draft)).await?;
    Ok(true)
}

/// Writes positions 1, 2, 3 … so that "rule 3" is the third on the page.
async fn renumber(tx: &mut Tx, rules: &[Rule]) -> Result<()> {
    for (position, rule) in (1_i64..).zip(rules) {
        if rule.position != position {
            run!(tx, "UPDATE rule SET position = $2 WHERE id = $1", rule.id, position)?;
        }
    }
    Ok(())
}

fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

fn detail(draft: &RuleDraft) -> Value {
    json!({ "name": draft.name, "conditions": draft.conditions, "actions": draft.actions })
}
