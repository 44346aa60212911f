//! The people of `server/demo/cast.toml`, entered into a database: the same cast in every test.

use super::TestDb;
use crate::identity::{Person, find_person};
use crate::storage::{Tx, run, value};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An administrator (mamoru), two CRE (midori, sora), two customers of Hoshizora (hotaru, tsumugi) and one of
/// Lanternfish (penny), with their organizations and groups.
#[derive(Clone, Debug)]
pub struct Cast {
    pub mamoru: Person,
    pub midori: Person,
    pub sora: Person,
    pub hotaru: Person,
    pub tsumugi: Person,
    pub penny: Person,
    /// Organization ids.
    pub hoshizora: i64,
    pub lanternfish: i64,
    /// Group ids by key: `billing`, `accounts`, `platform`.
    pub groups: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
struct File {
    organizations: Vec<Organization>,
    groups: Vec<Group>,
    people: Vec<Entry>,
}

#[derive(Deserialize)]
struct Organization {
    key: String,
    name: String,
    domains: Vec<String>,
}

#[derive(Deserialize)]
struct Group {
    key: String,
    name: String,
    members: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    name: String,
    email: String,
    role: String,
    locale: String,
    organization: Option<String>,
}

impl Cast {
    /// Writes everybody; nobody has a password yet.
    pub async fn enter(t: &TestDb) -> anyhow::Result<Self> {
        let file: File = toml::from_str(include_str!("../../demo/cast.toml"))?;
        let now = t.clock.now();
        let mut tx = t.db.begin().await?;
        let mut organizations = BTreeMap::new();
        for Organization { key, name, domains } in file.organizations {
            let sql = "INSERT INTO organization (name, created_at) VALUES ($1, $2) RETURNING id";
            let id = value!(tx, i64, sql, name, now)?;
            for domain in domains {
                let sql = "INSERT INTO organization_domain (domain, organization_id) VALUES ($1, $2)";
                run!(tx, sql, domain, id)?;
            }
            organizations.insert(key, id);
        }
        let mut people = BTreeMap::new();
        for entry in file.people {
            let organization = entry.organization.as_ref().and_then(|key| organizations.get(key)).copied();
            people.insert(entry.key.clone(), person(&mut tx, &entry, organization, now).await?);
        }
        let mut groups = BTreeMap::new();
        for Group { key, name, members } in file.groups {
            let sql = "INSERT INTO person_group (name, created_at) VALUES ($1, $2) RETURNING id";
            let id = value!(tx, i64, sql, name, now)?;
            for member in members {
                let sql = "INSERT INTO group_member (group_id, person_id) VALUES ($1, $2)";
                run!(tx, sql, id, people[&member].id)?;
            }
            groups.insert(key, id);
        }
        tx.commit().await?;
        let mut take =
            |key: &str| people.remove(key).ok_or_else(|| anyhow::anyhow!("{key} is not in the cast"));
        Ok(Self {
            mamoru: take("mamoru")?,
            midori: take("midori")?,
            sora: take("sora")?,
            hotaru: take("hotaru")?,
            tsumugi: take("tsumugi")?,
            penny: take("penny")?,
            hoshizora: organizations["hoshizora"],
            lanternfish: organizations["lanternfish"],
            groups,
        })
    }
}

async fn person(tx: &mut Tx, entry: &Entry, organization: Option<i64>, now: i64) -> anyhow::Result<Person> {
    let id = value!(
        tx,
        i64,
        "INSERT INTO person (email, name, role, organization_id, locale, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        entry.email.as_str(),
        entry.name.as_str(),
        entry.role.as_str(),
        organization,
        entry.locale.as_str(),
        now
    )?;
    find_person(tx, id).await?.ok_or_else(|| anyhow::anyhow!("just inserted"))
}
