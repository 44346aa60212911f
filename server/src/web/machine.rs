//! Tells machines apart that bring no cookie, for a day: so that whoever refuses cookies, or opens one private window
//! after the other, is not taken for many.

use super::Secret;
use crate::chance::Chance;
use crate::clock::DAY;
use crate::limits::network;
use crate::storage::{self, Db};
use std::net::IpAddr;
use tokio::sync::Mutex;

/// The key of the day, once it was asked for.
#[derive(Debug, Default)]
pub struct Machines(Mutex<Option<(i64, Secret)>>);

impl Machines {
    /// A hash of a network and a browser's name for itself, the same until midnight (UTC). Its key is drawn anew each
    /// day and the one before dropped: then nobody can tell any more what the hash was made of.
    ///
    /// # Errors
    /// Whatever the store says when it is asked for the day's key.
    pub async fn hash(
        &self,
        db: &Db,
        chance: &Chance,
        now: i64,
        client: IpAddr,
        browser: &str,
    ) -> storage::Result<String> {
        let today = now.div_euclid(DAY);
        let mut key = self.0.lock().await;
        let secret = match &*key {
            Some((day, secret)) if *day >= today => secret.clone(),
            _ => {
                let secret = Secret::new(storage::secret_of_day(db, chance, "machine", today).await?);
                *key = Some((today, secret.clone()));
                secret
            }
        };
        Ok(secret.sign("machine", &format!("{} {browser}", network(client))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::all;
    use crate::testing::{TestDb, db_test};

    db_test!(
        async fn a_machine_is_itself_for_a_day_and_in_every_process(t: TestDb) {
            let hash = async |machines: &Machines, now: i64, client: [u8; 4], browser: &str| {
                machines.hash(&t.db, &t.chance, now, IpAddr::from(client), browser).await
            };
            let (one, other) = (Machines::default(), Machines::default());
            let (day, client) = (100 * DAY, [192, 0, 2, 1]);
            let first = hash(&one, day, client, "a").await?;
            assert_eq!(hash(&one, day + DAY - 1, client, "a").await?, first);
            assert_eq!(hash(&other, day, client, "a").await?, first, "replicas share the key");
            assert_ne!(hash(&one, day, client, "b").await?, first);
            assert_ne!(hash(&one, day, [192, 0, 2, 2], "a").await?, first);
            assert_ne!(hash(&one, day + DAY, client, "a").await?, first);
            let keys = "SELECT name FROM secret WHERE name LIKE 'machine%'";
            let left = all!(t.db.read().await?, (String,), keys)?;
            assert_eq!(left, [("machine 101".to_owned(),)], "yesterday's key is gone");
            Ok(())
        }
    );
}
