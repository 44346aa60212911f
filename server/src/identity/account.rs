//! What people change of themselves.

use super::{Actor, Person, audit};
use crate::storage::{Result, Tx, run};
use app::i18n::Locale;
use serde_json::json;

/// One's own name, language and habits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChange {
    pub name: String,
    pub locale: Locale,
    /// Single-letter shortcuts at the desk.
    pub single_keys: bool,
}

pub async fn change_account(tx: &mut Tx, person: &Person, change: &AccountChange, now: i64) -> Result<()> {
    run!(
        tx,
        "UPDATE person SET name = $2, locale = $3, single_keys = $4 WHERE id = $1",
        person.id,
        change.name.as_str(),
        change.locale.tag(),
        change.single_keys
    )?;
    let fields = |name: &str, locale: Locale, keys: bool| json!({ "name": name, "locale": locale.tag(), "single_keys": keys });
    let before = fields(&person.name, person.locale, person.single_keys);
    let after = fields(&change.name, change.locale, change.single_keys);
    if before != after {
        let detail = json!({ "name": person.display_name(), "before": before, "after": after });
        audit(tx, now, &Actor::Person(person), "person.account", "person", Some(person.id), &detail).await?;
    }
    Ok(())
}
