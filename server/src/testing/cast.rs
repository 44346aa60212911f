//! The people of `server/demo/cast.toml`, entered into a database: the same cast in every test.

use super::TestDb;
use crate::app_state::App;
use crate::demo;
use crate::identity::{Person, hash_password};
use crate::storage::run;
use std::collections::HashMap;

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
    pub groups: HashMap<String, i64>,
}

impl Cast {
    /// Writes everybody; nobody has a password yet.
    pub async fn enter(t: &TestDb) -> anyhow::Result<Self> {
        let mut tx = t.db.begin().await?;
        let people = demo::enter(&mut tx, &demo::cast()?, None, t.clock.now()).await?;
        tx.commit().await?;
        Ok(Self {
            mamoru: people.of("mamoru")?.clone(),
            midori: people.of("midori")?.clone(),
            sora: people.of("sora")?.clone(),
            hotaru: people.of("hotaru")?.clone(),
            tsumugi: people.of("tsumugi")?.clone(),
            penny: people.of("penny")?.clone(),
            hoshizora: people.organizations["hoshizora"],
            lanternfish: people.organizations["lanternfish"],
            groups: people.groups,
        })
    }
}

/// Writes a password, as the demo does and no page can.
pub async fn set_password(app: &App, person_id: i64, password: &str) -> anyhow::Result<()> {
    let hash = hash_password(&app.chance, password).await?;
    let mut tx = app.db.begin().await?;
    run!(tx, "UPDATE person SET password_hash = $2 WHERE id = $1", person_id, hash)?;
    Ok(tx.commit().await?)
}
