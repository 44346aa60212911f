//! The audit log: who changed which setting, person or article, and when.

use super::Person;
use crate::storage::{Result, Tx, run};
use serde_json::Value;

/// Who did it. The label stays readable when the person is gone.
#[derive(Clone, Debug)]
pub enum Actor<'a> {
    Person(&'a Person),
    /// The command line, an import or a job, by its name.
    Program(&'static str),
}

/// Writes one line, in the transaction of the change that it tells of. `detail` is a JSON object.
pub async fn audit(
    tx: &mut Tx,
    now: i64,
    actor: &Actor<'_>,
    action: &str,
    subject: &str,
    subject_id: Option<i64>,
    detail: &Value,
) -> Result<()> {
    let (id, label) = match actor {
        Actor::Person(person) => (Some(person.id), person.display_name()),
        Actor::Program(name) => (None, *name),
    };
    run!(
        tx,
        "INSERT INTO audit_entry (at, actor_id, actor_label, action, subject, subject_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        now,
        id,
        label,
        action,
        subject,
        subject_id,
        detail.to_string()
    )?;
    Ok(())
}
