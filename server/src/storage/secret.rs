//! Keys that every replica of one database shares, made at the first start.

use super::{Db, Result, first, run};
use crate::chance::Chance;

/// The secret of that name: 32 random bytes, base64url, made once and then the same for ever.
pub async fn load_or_create(db: &Db, chance: &Chance, name: &str) -> Result<String> {
    let mut tx = db.begin().await?;
    run!(
        tx,
        "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        name,
        chance.token()
    )?;
    let value = first!(tx, (String,), "SELECT value FROM secret WHERE name = $1", name)?;
    tx.commit().await?;
    Ok(value.map(|row| row.0).unwrap_or_default())
}
