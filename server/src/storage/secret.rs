//! Keys that every replica of one database shares.

use super::{Db, Result, Tx, first, run};
use crate::chance::Chance;

/// The secret of that name: 32 random bytes, base64url, made once and then the same for ever.
pub async fn load_or_create(db: &Db, chance: &Chance, name: &str) -> Result<String> {
    let mut tx = db.begin().await?;
    let value = named(&mut tx, chance, name).await?;
    tx.commit().await?;
    Ok(value)
}

/// The same for one day. Those of other days are dropped: what was made with them cannot be made again.
pub async fn of_day(db: &Db, chance: &Chance, name: &str, day: i64) -> Result<String> {
    let today = format!("{name} {day}");
    let mut tx = db.begin().await?;
    run!(tx, "DELETE FROM secret WHERE name LIKE $1 AND name <> $2", format!("{name} %"), today.as_str())?;
    let value = named(&mut tx, chance, &today).await?;
    tx.commit().await?;
    Ok(value)
}

async fn named(tx: &mut Tx, chance: &Chance, name: &str) -> Result<String> {
    run!(
        tx,
        "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        name,
        chance.token()
    )?;
    let value = first!(tx, (String,), "SELECT value FROM secret WHERE name = $1", name)?;
    Ok(value.map(|row| row.0).unwrap_or_default())
}
