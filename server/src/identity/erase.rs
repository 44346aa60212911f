//! A person who is gone, and what the audit log says of them since.

use super::audit::{Actor, audit};
use super::members::Member;
use crate::storage::{Result, Tx, all, run};
use serde_json::{Value, json};

/// Stands in the audit log for whoever did something and was erased.
const NOBODY: &str = "—";

/// Deletes a person with their sessions and links. What the audit log has about them stays, without name and address.
pub async fn erase_person(tx: &mut Tx, actor: &Actor<'_>, person: &Member, now: i64) -> Result<()> {
    run!(tx, "DELETE FROM mail_link WHERE email = $1", person.email.as_str())?;
    run!(tx, "DELETE FROM person WHERE id = $1", person.id)?;
    clear_details(tx, "person", person.id).await?;
    clear_invitations(tx, &person.email).await?;
    let sql = "UPDATE audit_entry SET actor_label = $2 WHERE actor_id = $1";
    run!(tx, sql, person.id, NOBODY)?;
    audit(tx, now, actor, "person.erase", "person", Some(person.id), &json!({})).await
}

/// Takes from the audit log what it tells of a thing beyond what was done, by whom and when.
pub async fn clear_details(tx: &mut Tx, subject: &str, id: i64) -> Result<()> {
    let sql = "UPDATE audit_entry SET detail = '{}' WHERE subject = $1 AND subject_id = $2";
    run!(tx, sql, subject, id)?;
    Ok(())
}

/// Invitations are in the log by their address: they have no person yet.
async fn clear_invitations(tx: &mut Tx, email: &str) -> Result<()> {
    let sql = "SELECT id, detail FROM audit_entry WHERE subject = 'person' AND subject_id IS NULL";
    for (id, detail) in all!(tx, (i64, String), sql)? {
        let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
        let values = detail.as_object().into_iter().flat_map(|fields| fields.values());
        if values.into_iter().any(|value| value.as_str() == Some(email)) {
            run!(tx, "UPDATE audit_entry SET detail = '{}' WHERE id = $1", id)?;
        }
    }
    Ok(())
}
