//! Groups of CRE that requests are routed to.

use super::{Actor, audit};
use crate::storage::{Conn, Result, StorageError, Tx, all, first, run, value};
use serde_json::{Value, json};

/// A group with the ids of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: i64,
    pub name: String,
    pub members: Vec<i64>,
}

/// One line of the list; `members` are names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedGroup {
    pub id: i64,
    pub name: String,
    pub members: Vec<String>,
    /// Requests of the group that are not solved.
    pub open: i64,
}

/// Why a group cannot be saved or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupProblem {
    NotFound,
    NameMissing,
    NameTaken,
    /// A rule routes to it; its name.
    UsedByRule(String),
}

pub async fn list_groups(conn: &mut Conn) -> Result<Vec<ListedGroup>> {
    let mut groups: Vec<ListedGroup> = all!(
        conn,
        (i64, String, i64),
        "SELECT g.id, g.name, (SELECT COUNT(*) FROM request r
           WHERE r.group_id = g.id AND r.status IN ('new', 'open', 'waiting'))
         FROM person_group g ORDER BY g.name, g.id"
    )?
    .into_iter()
    .map(|(id, name, open)| ListedGroup { id, name, members: Vec::new(), open })
    .collect();
    let members = all!(
        conn,
        (i64, String),
        "SELECT m.group_id, CASE WHEN p.name = '' THEN p.email ELSE p.name END AS label
         FROM group_member m JOIN person p ON p.id = m.person_id WHERE p.disabled_at IS NULL ORDER BY label"
    )?;
    for (group, name) in members {
        if let Some(listed) = groups.iter_mut().find(|listed| listed.id == group) {
            listed.members.push(name);
        }
    }
    Ok(groups)
}

pub async fn find_group(conn: &mut Conn, id: i64) -> Result<Option<Group>> {
    let Some((name,)) = first!(conn, (String,), "SELECT name FROM person_group WHERE id = $1", id)? else {
        return Ok(None);
    };
    let sql = "SELECT person_id FROM group_member WHERE group_id = $1 ORDER BY person_id";
    let members = all!(conn, (i64,), sql, id)?.into_iter().map(|row| row.0).collect();
    Ok(Some(Group { id, name, members }))
}

/// Creates a group (`id` `None`) or changes one; gives its id. Only people of the desk become members.
pub async fn save_group(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: Option<i64>,
    name: &str,
    members: &[i64],
    now: i64,
) -> Result<std::result::Result<i64, GroupProblem>> {
    if name.is_empty() {
        return Ok(Err(GroupProblem::NameMissing));
    }
    let taken = first!(tx, (i64,), "SELECT id FROM person_group WHERE name = $1", name)?;
    if taken.is_some_and(|(other,)| Some(other) != id) {
        return Ok(Err(GroupProblem::NameTaken));
    }
    let mut before = None;
    let id = match id {
        None => {
            let sql = "INSERT INTO person_group (name, created_at) VALUES ($1, $2) RETURNING id";
            match value!(tx, i64, sql, name, now) {
                // Somebody else was faster since the check above.
                Err(StorageError::Duplicate(_)) => return Ok(Err(GroupProblem::NameTaken)),
                id => id?,
            }
        }
        Some(id) => {
            before = Some(facts(tx, id).await?);
            match run!(tx, "UPDATE person_group SET name = $2 WHERE id = $1", id, name) {
                Err(StorageError::Duplicate(_)) => return Ok(Err(GroupProblem::NameTaken)),
                Ok(0) => return Ok(Err(GroupProblem::NotFound)),
                touched => touched?,
            };
            id
        }
    };
    run!(tx, "DELETE FROM group_member WHERE group_id = $1", id)?;
    for member in members {
        run!(
            tx,
            "INSERT INTO group_member (group_id, person_id) SELECT $1, id FROM person WHERE id = $2 AND role <> 'customer'
             ON CONFLICT (group_id, person_id) DO NOTHING",
            id,
            *member
        )?;
    }
    let after = facts(tx, id).await?;
    let action = if before.is_some() { "group.change" } else { "group.create" };
    if before.as_ref() != Some(&after) {
        let detail = json!({ "name": name, "before": before, "after": after });
        audit(tx, now, actor, action, "group", Some(id), &detail).await?;
    }
    Ok(Ok(id))
}

/// Removes a group that no rule routes to; its requests belong to no group then.
pub async fn delete_group(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: i64,
    now: i64,
) -> Result<std::result::Result<(), GroupProblem>> {
    let Some(group) = find_group(tx, id).await? else { return Ok(Err(GroupProblem::NotFound)) };
    for (rule, actions) in all!(tx, (String, String), "SELECT name, actions FROM rule ORDER BY position")? {
        let actions: Value = serde_json::from_str(&actions).unwrap_or_default();
        if actions["group"].as_i64() == Some(id) {
            return Ok(Err(GroupProblem::UsedByRule(rule)));
        }
    }
    run!(tx, "DELETE FROM person_group WHERE id = $1", id)?;
    audit(tx, now, actor, "group.delete", "group", Some(id), &json!({ "name": group.name })).await?;
    Ok(Ok(()))
}

/// What the audit log tells of a group.
async fn facts(tx: &mut Tx, id: i64) -> Result<Value> {
    let name = first!(tx, (String,), "SELECT name FROM person_group WHERE id = $1", id)?.map(|row| row.0);
    let members: Vec<String> = all!(
        tx,
        (String,),
        "SELECT CASE WHEN p.name = '' THEN p.email ELSE p.name END AS label
         FROM group_member m JOIN person p ON p.id = m.person_id WHERE m.group_id = $1 ORDER BY label",
        id
    )?
    .into_iter()
    .map(|row| row.0)
    .collect();
    Ok(json!({ "name": name, "members": members }))
}
