//! What tests stand on: a fresh database of either kind, the cast, a clock that can be moved.

mod cast;
mod client;
mod request;
mod shelf;

pub use cast::{Cast, set_password};
pub use client::{Answer, Client, Writable};
pub use request::{open, question, reply, solve};
pub use shelf::Shelf;

use crate::app_state::App;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::search::Follower;
use crate::storage::{self, DatabaseUrl, Db};
use std::path::Path;
use std::time::Duration;

/// 2026-03-02 09:00 in Tokyo, a Monday: where manual clocks begin.
pub const MONDAY: i64 = 1_772_409_600_000;

/// A migrated, empty database that goes away with the value.
pub struct TestDb {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub folder: tempfile::TempDir,
}

impl TestDb {
    pub async fn sqlite() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = DatabaseUrl::File(folder.path().join("kotae.db"));
        Self::open(url, folder).await
    }

    /// A schema of its own in the cluster that `cargo xtask test` starts.
    pub async fn postgres() -> anyhow::Result<Self> {
        let url = std::env::var("KOTAE_TEST_POSTGRES_URL").map_err(|_| {
            anyhow::anyhow!("KOTAE_TEST_POSTGRES_URL is not set: run the tests with `cargo xtask test unit`")
        })?;
        let folder = tempfile::tempdir()?;
        let schema = format!("t{}", Chance::system().token().replace(['-', '_'], "").to_lowercase());
        let admin = sqlx::PgPool::connect(&url).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&admin).await?;
        admin.close().await;
        let join = if url.contains('?') { '&' } else { '?' };
        Self::open(DatabaseUrl::Postgres(format!("{url}{join}options=-c%20search_path%3D{schema}")), folder)
            .await
    }

    async fn open(url: DatabaseUrl, folder: tempfile::TempDir) -> anyhow::Result<Self> {
        let db = storage::open(&url, Duration::from_secs(10)).await?;
        Ok(Self { db, clock: Clock::manual(MONDAY), chance: Chance::seeded(7), folder })
    }

    /// The whole portal over this database, with its clock and its chance; mail lands in the folder.
    pub async fn app(&self) -> anyhow::Result<App> {
        self.app_with(&[]).await
    }

    /// The same, with keys of the configuration as the file spells them.
    pub async fn app_with(&self, keys: &[(&'static str, &str)]) -> anyhow::Result<App> {
        self.app_in(self.folder.path(), keys).await
    }

    /// Another process on the same database, with a data folder and so an index of its own.
    pub async fn replica(&self) -> anyhow::Result<App> {
        let folder = self.folder.path().join("replica");
        std::fs::create_dir_all(&folder)?;
        self.app_in(&folder, &[]).await
    }

    async fn app_in(&self, folder: &Path, keys: &[(&'static str, &str)]) -> anyhow::Result<App> {
        let data = folder.to_string_lossy().into_owned();
        let flags = keys.iter().map(|(key, value)| (*key, (*value).to_owned())).chain([("data", data)]);
        let config = Config::load(None, std::iter::empty(), flags)?;
        App::new(config, self.db.clone(), self.clock.clone(), self.chance.clone()).await
    }
}

/// Runs one test on SQLite and on PostgreSQL:
/// `db_test!(async fn a_promise_in_words(t: TestDb) { …; Ok(()) });`
macro_rules! db_test {
    ($(#[$meta:meta])* async fn $name:ident($t:ident: $ty:ty) $body:block) => {
        mod $name {
            use super::*;

            async fn body($t: $ty) -> anyhow::Result<()> $body

            $(#[$meta])*
            #[tokio::test]
            async fn on_sqlite() -> anyhow::Result<()> {
                body($crate::testing::TestDb::sqlite().await?).await
            }

            $(#[$meta])*
            #[tokio::test]
            async fn on_postgres() -> anyhow::Result<()> {
                body($crate::testing::TestDb::postgres().await?).await
            }
        }
    };
}
pub(crate) use db_test;

/// Lets the index of a portal take in everything that has been written.
pub async fn follow(app: &App) -> anyhow::Result<()> {
    Follower::of(app).await?.catch_up().await
}
