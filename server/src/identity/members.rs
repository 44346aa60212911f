//! People as administrators manage them: lists, roles, groups, and who may not get in any more.

use super::audit::{Actor, audit};
use super::organization::contains;
use super::person::Role;
use super::session::revoke_sessions;
use crate::storage::{Conn, Result, Tx, all, first, ids, run, value};
use app::i18n::Locale;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Which people a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// CRE and administrators.
    Staff,
    Customers,
    /// The people of one organization.
    Organization(i64),
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedPerson {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: String,
    pub organization: Option<String>,
    pub disabled: bool,
    pub has_password: bool,
    /// When any of their sessions was last used.
    pub seen_at: Option<i64>,
}

/// Those of a crowd whose name or address contains `search` (all, when it is empty): members by role and name,
/// customers by name. `page` counts from 1. Gives the page's lines and how many there are altogether.
pub async fn list_people(
    conn: &mut Conn,
    crowd: Crowd,
    search: &str,
    page: i64,
    per_page: i64,
) -> Result<(Vec<ListedPerson>, i64)> {
    let (staff, organization) = match crowd {
        Crowd::Staff => (Some(true), None),
        Crowd::Customers => (Some(false), None),
        Crowd::Organization(id) => (None, Some(id)),
    };
    let pattern = contains(search);
    let total = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM person p
         WHERE (CAST($1 AS BOOLEAN) IS NULL OR (p.role <> 'customer') = $1)
           AND (CAST($2 AS BIGINT) IS NULL OR p.organization_id = $2)
           AND (LOWER(p.name) LIKE $3 ESCAPE '\\' OR p.email LIKE $3 ESCAPE '\\')",
        staff,
        organization,
        pattern.as_str()
    )?;
    let people = all!(
        conn,
        ListedPerson,
        "SELECT p.id, p.name, p.email, p.role, o.name AS organization, p.disabled_at IS NOT NULL AS disabled,
           p.password_hash IS NOT NULL AS has_password,
           (SELECT MAX(s.seen_at) FROM session s WHERE s.person_id = p.id) AS seen_at
         FROM person p LEFT JOIN organization o ON o.id = p.organization_id
         WHERE (CAST($1 AS BOOLEAN) IS NULL OR (p.role <> 'customer') = $1)
           AND (CAST($2 AS BIGINT) IS NULL OR p.organization_id = $2)
           AND (LOWER(p.name) LIKE $3 ESCAPE '\\' OR p.email LIKE $3 ESCAPE '\\')
         ORDER BY CASE WHEN p.disabled_at IS NULL THEN 0 ELSE 1 END, p.role, p.name, p.email, p.id
         LIMIT $4 OFFSET $5",
        staff,
        organization,
        pattern,
        per_page,
        (page - 1).saturating_mul(per_page)
    )?;
    Ok((people, total))
}

/// The names of the groups that people belong to, by person.
pub async fn groups_of(
    conn: &mut Conn,
    people: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Vec<String>>> {
    let sql = format!(
        "SELECT m.person_id, g.name FROM group_member m JOIN person_group g ON g.id = m.group_id
         WHERE m.person_id IN ({}) ORDER BY g.name",
        ids(people)
    );
    let mut groups: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (person, group) in all!(conn, (i64, String), sqlx::AssertSqlSafe(sql))? {
        groups.entry(person).or_default().push(group);
    }
    Ok(groups)
}

/// One person, disabled or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub organization_id: Option<i64>,
    pub locale: Locale,
    pub has_password: bool,
    pub disabled_at: Option<i64>,
    pub created_at: i64,
    /// Ids of their groups.
    pub groups: Vec<i64>,
}

impl Member {
    pub fn display_name(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }

    fn can_administrate(&self) -> bool {
        self.role == Role::Administrator && self.has_password && self.disabled_at.is_none()
    }
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    organization_id: Option<i64>,
    locale: String,
    has_password: bool,
    disabled_at: Option<i64>,
    created_at: i64,
}

pub async fn find_member(conn: &mut Conn, id: i64) -> Result<Option<Member>> {
    let row = first!(
        conn,
        MemberRow,
        "SELECT id, email, name, role, organization_id, locale, password_hash IS NOT NULL AS has_password, disabled_at,
           created_at FROM person WHERE id = $1",
        id
    )?;
    let Some(row) = row else { return Ok(None) };
    let sql = "SELECT group_id FROM group_member WHERE person_id = $1 ORDER BY group_id";
    let groups = all!(conn, (i64,), sql, id)?.into_iter().map(|row| row.0).collect();
    Ok(Some(Member {
        id: row.id,
        email: row.email,
        name: row.name,
        role: Role::parse(&row.role).unwrap_or(Role::Customer),
        organization_id: row.organization_id,
        locale: Locale::from_tag(&row.locale).unwrap_or_default(),
        has_password: row.has_password,
        disabled_at: row.disabled_at,
        created_at: row.created_at,
        groups,
    }))
}

/// What administrators change of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberChange {
    pub name: String,
    pub role: Role,
    /// Of customers; ignored for the desk's own people.
    pub organization_id: Option<i64>,
    /// Of the desk's own people; ignored for customers.
    pub groups: Vec<i64>,
}

/// Why a person cannot be changed like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberProblem {
    NotFound,
    /// Nobody could administrate the portal any more.
    LastAdministrator,
    /// A customer without a password cannot work at the desk: invite them.
    NeedsInvitation,
    /// Nobody shuts the door behind themselves.
    Yourself,
}

/// Changes name, role, organization and groups. Losing or gaining a role ends all sessions.
pub async fn change_member(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: i64,
    change: &MemberChange,
    now: i64,
) -> Result<std::result::Result<(), MemberProblem>> {
    lock_administrators(tx).await?;
    let Some(before) = find_member(tx, id).await? else { return Ok(Err(MemberProblem::NotFound)) };
    if change.role.is_staff() && !before.has_password {
        return Ok(Err(MemberProblem::NeedsInvitation));
    }
    let last = before.can_administrate() && change.role != Role::Administrator;
    if last && other_administrators(tx, id).await? == 0 {
        return Ok(Err(MemberProblem::LastAdministrator));
    }
    let organization = change.organization_id.filter(|_| !change.role.is_staff());
    run!(
        tx,
        "UPDATE person SET name = $2, role = $3, organization_id = $4 WHERE id = $1",
        id,
        change.name.as_str(),
        change.role.as_str(),
        organization
    )?;
    run!(tx, "DELETE FROM group_member WHERE person_id = $1", id)?;
    if change.role.is_staff() {
        for group in &change.groups {
            run!(
                tx,
                "INSERT INTO group_member (group_id, person_id) SELECT id, $2 FROM person_group WHERE id = $1",
                *group,
                id
            )?;
        }
    }
    if change.role != before.role {
        revoke_sessions(tx, id, None, now).await?;
    }
    let Some(after) = find_member(tx, id).await? else { return Ok(Err(MemberProblem::NotFound)) };
    let (was, is) = (facts(tx, &before).await?, facts(tx, &after).await?);
    if was != is {
        let detail = json!({ "name": before.display_name(), "before": was, "after": is });
        audit(tx, now, actor, "person.change", "person", Some(id), &detail).await?;
    }
    Ok(Ok(()))
}

/// What the audit log tells of a person.
async fn facts(tx: &mut Tx, member: &Member) -> Result<Value> {
    let groups = groups_of(tx, [member.id]).await?.remove(&member.id).unwrap_or_default();
    let sql = "SELECT name FROM organization WHERE id = $1";
    let organization = first!(tx, (String,), sql, member.organization_id)?.map(|row| row.0);
    Ok(json!({
        "name": member.name,
        "role": member.role.as_str(),
        "organization": organization,
        "groups": groups,
    }))
}

/// Shuts a person out, with all their sessions, or lets them in again.
pub async fn set_disabled(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: i64,
    disabled: bool,
    now: i64,
) -> Result<std::result::Result<(), MemberProblem>> {
    lock_administrators(tx).await?;
    let Some(member) = find_member(tx, id).await? else { return Ok(Err(MemberProblem::NotFound)) };
    if disabled {
        if matches!(actor, Actor::Person(person) if person.id == id) {
            return Ok(Err(MemberProblem::Yourself));
        }
        if member.can_administrate() && other_administrators(tx, id).await? == 0 {
            return Ok(Err(MemberProblem::LastAdministrator));
        }
        revoke_sessions(tx, id, None, now).await?;
    }
    let touched = run!(
        tx,
        "UPDATE person SET disabled_at = $2 WHERE id = $1 AND (disabled_at IS NULL) = $3",
        id,
        disabled.then_some(now),
        disabled
    )?;
    if touched > 0 {
        let action = if disabled { "person.disable" } else { "person.enable" };
        let detail = json!({ "name": member.display_name() });
        audit(tx, now, actor, action, "person", Some(id), &detail).await?;
    }
    Ok(Ok(()))
}

/// Two administrators who demote each other at once must not both succeed. SQLite has one writer anyway.
async fn lock_administrators(tx: &mut Tx) -> Result<()> {
    if tx.is_postgres() {
        all!(tx, (i64,), "SELECT id FROM person WHERE role = 'administrator' ORDER BY id FOR UPDATE")?;
    }
    Ok(())
}

/// Administrators who can sign in, without this one.
async fn other_administrators(tx: &mut Tx, id: i64) -> Result<i64> {
    value!(
        tx,
        i64,
        "SELECT COUNT(*) FROM person
         WHERE role = 'administrator' AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> $1",
        id
    )
}
