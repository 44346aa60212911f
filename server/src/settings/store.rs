//! Loading, caching and saving the settings.

use super::Settings;
use crate::storage::{Conn, Db, Result, Tx, all, run};
use serde_json::{Map, Value};
use std::sync::{Arc, PoisonError, RwLock};

/// The current settings, in memory. Cheap to clone; clones share one value.
#[derive(Clone, Debug, Default)]
pub struct SettingsStore(Arc<RwLock<Arc<Settings>>>);

impl SettingsStore {
    pub async fn load(db: &Db) -> Result<Self> {
        let store = Self::default();
        store.refresh(db).await?;
        Ok(store)
    }

    pub fn current(&self) -> Arc<Settings> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads them again, as another process may have changed them. Tells whether they differ.
    pub async fn refresh(&self, db: &Db) -> Result<bool> {
        let fresh = read(&mut db.read().await?).await?;
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let changed = **current != fresh;
        if changed {
            *current = Arc::new(fresh);
        }
        Ok(changed)
    }
}

/// Fields that an older or newer version wrote and this one does not understand keep their default.
async fn read(conn: &mut Conn) -> Result<Settings> {
    let mut fields = Map::new();
    for (name, value) in all!(conn, (String, String), "SELECT name, value FROM setting")? {
        let Ok(value) = serde_json::from_str::<Value>(&value) else { continue };
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        if serde_json::from_value::<Settings>(alone).is_ok() {
            fields.insert(name, value);
        }
    }
    Ok(serde_json::from_value(Value::Object(fields)).unwrap_or_default())
}

/// Writes the fields that differ, and tells other processes to read them again; gives their names, old and new values,
/// for the audit log.
pub async fn save(
    tx: &mut Tx,
    old: &Settings,
    new: &Settings,
    now: i64,
) -> Result<Vec<(String, Value, Value)>> {
    let before = fields(old);
    let mut changed = Vec::new();
    for (name, value) in fields(new) {
        let was = before.get(&name).cloned().unwrap_or_default();
        if was != value {
            run!(
                tx,
                "INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
                name.as_str(),
                value.to_string(),
                now
            )?;
            changed.push((name, was, value));
        }
    }
    if !changed.is_empty() {
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('setting', 0, $1)", now)?;
    }
    Ok(changed)
}

/// What a form asks for that was filled in when the settings were as in `was`: fields that it did not change are as they
/// are at present, whoever changed them in between.
pub fn merged(was: &Settings, present: &Settings, new: &Settings) -> Settings {
    let (was, present) = (fields(was), fields(present));
    let mut merged = fields(new);
    for (name, value) in &mut merged {
        if was.get(name) == Some(value)
            && let Some(present) = present.get(name)
        {
            value.clone_from(present);
        }
    }
    serde_json::from_value(Value::Object(merged)).unwrap_or_else(|_| new.clone())
}

fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDb, db_test};

    db_test!(
        async fn a_saved_setting_is_read_by_another_replica_after_a_refresh(t: TestDb) {
            let here = SettingsStore::load(&t.db).await?;
            let there = SettingsStore::load(&t.db).await?;
            let new = Settings { reply_hours: 4, ..Settings::default() };
            let mut tx = t.db.begin().await?;
            let changed = save(&mut tx, &here.current(), &new, t.clock.now()).await?;
            tx.commit().await?;
            assert_eq!(changed.len(), 1);
            assert_eq!(changed[0].0, "reply_hours");
            assert!(there.refresh(&t.db).await?);
            assert_eq!(there.current().reply_hours, 4);
            assert!(!there.refresh(&t.db).await?);
            Ok(())
        }
    );

    db_test!(
        async fn a_row_that_this_version_does_not_understand_keeps_the_default(t: TestDb) {
            let mut tx = t.db.begin().await?;
            run!(
                tx,
                "INSERT INTO setting (name, value, updated_at) VALUES ('reply_hours', '\"soon\"', 1), ('gone', '1', 1)"
            )?;
            tx.commit().await?;
            assert_eq!(*SettingsStore::load(&t.db).await?.current(), Settings::default());
            Ok(())
        }
    );
}
