//! Organizations, groups and the cast: the same people in the demo and in every test.

use super::data::{Cast, Demo};
use crate::app_state::App;
use crate::identity::{self, Person, normalise_email, person_by_email};
use crate::storage::{Tx, run, value};
use anyhow::Context;
use std::collections::HashMap;

/// Who there is, by the keys that the other files use.
pub struct People {
    by_key: HashMap<String, Person>,
    pub groups: HashMap<String, i64>,
    pub organizations: HashMap<String, i64>,
}

impl People {
    pub fn of(&self, key: &str) -> anyhow::Result<&Person> {
        self.by_key.get(key).with_context(|| format!("nobody in the cast is called {key}"))
    }

    pub fn get(&self, key: &str) -> Option<&Person> {
        self.by_key.get(key)
    }
}

pub(super) async fn seed(app: &App, data: &Demo, now: i64) -> anyhow::Result<People> {
    let password = identity::hash_password(&app.chance, &data.cast.password).await?;
    let mut tx = app.db.begin().await?;
    let people = enter(&mut tx, &data.cast, Some(&password), now).await?;
    tx.commit().await?;
    Ok(people)
}

/// Writes the cast; staff with this hash of their password, or with none yet. Whoever is there already stays.
pub async fn enter(tx: &mut Tx, cast: &Cast, password: Option<&str>, now: i64) -> anyhow::Result<People> {
    let mut organizations = HashMap::new();
    for organization in &cast.organizations {
        let id = upsert(tx, "organization", &organization.name, now).await?;
        for domain in &organization.domains {
            run!(
                tx,
                "INSERT INTO organization_domain (domain, organization_id) VALUES ($1, $2) ON CONFLICT (domain) DO NOTHING",
                domain.as_str(),
                id
            )?;
        }
        organizations.insert(organization.key.clone(), id);
    }
    let mut by_key = HashMap::new();
    for member in &cast.people {
        let email = normalise_email(&member.email);
        let organization = member.organization.as_ref().and_then(|key| organizations.get(key)).copied();
        let password = password.filter(|_| member.role.is_staff());
        run!(
            tx,
            "INSERT INTO person (email, name, role, organization_id, locale, password_hash, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING",
            email.as_str(),
            member.name.as_str(),
            member.role.as_str(),
            organization,
            member.locale.tag(),
            password,
            now
        )?;
        let person = person_by_email(tx, &email).await?.context("just inserted")?;
        by_key.insert(member.key.clone(), person);
    }
    let mut groups = HashMap::new();
    for group in &cast.groups {
        let id = upsert(tx, "person_group", &group.name, now).await?;
        for member in &group.members {
            let person = by_key.get(member).with_context(|| format!("{member} is not in the cast"))?;
            run!(
                tx,
                "INSERT INTO group_member (group_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                id,
                person.id
            )?;
        }
        groups.insert(group.key.clone(), id);
    }
    Ok(People { by_key, groups, organizations })
}

/// The id of the row with this name, made if there is none. `table` is one of ours.
async fn upsert(tx: &mut Tx, table: &'static str, name: &str, now: i64) -> anyhow::Result<i64> {
    let sql = format!(
        "INSERT INTO {table} (name, created_at) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id"
    );
    Ok(value!(tx, i64, sqlx::AssertSqlSafe(sql), name, now)?)
}
