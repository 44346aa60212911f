//! What a running portal holds: the one value that handlers, jobs and commands share.

use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::knowledge::{self, KeptTree, RenderedArticles, Tree};
use crate::limits::Limits;
use crate::mail::Mailer;
use crate::routing::Suggestions;
use crate::search::Search;
use crate::settings::SettingsStore;
use crate::stop::Stop;
use crate::storage::{self, Db};
use crate::web::{Assets, Machines, PageCache, Secret};
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Notify;

/// Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub settings: SettingsStore,
    pub assets: Assets,
    /// Signs CSRF tokens, private links and cookies.
    pub secret: Secret,
    /// Whole pages for anonymous visitors; emptied when anything that they show changes.
    pub pages: PageCache,
    /// Published revisions as HTML.
    pub articles: RenderedArticles,
    /// The category tree as it was read last.
    tree: KeptTree,
    /// Rung after a commit that wrote `change` rows, so that the index follows at once.
    pub changed: Notify,
    /// Rung after a commit that wrote a job that is due.
    pub work: Notify,
    pub mailer: Mailer,
    pub search: Arc<Search>,
    /// What earlier requests have taught.
    pub suggestions: Suggestions,
    pub limits: Limits,
    /// Tells visits without a cookie apart.
    pub machines: Machines,
    /// The wish to stop: SIGTERM, or the end of a test.
    pub stop: Stop,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Puts a portal together over an open database.
    pub async fn new(config: Config, db: Db, clock: Clock, chance: Chance) -> anyhow::Result<Self> {
        let mailer = Mailer::new(&config)?;
        let limits = Limits::new(clock.clone(), config.search_rate);
        let assets = Assets::open(config.site.as_deref())?;
        let secret = Secret::new(storage::secret(&db, &chance, "server").await?);
        let settings = SettingsStore::load(&db).await?;
        Ok(Self(Arc::new(Inner {
            config,
            db,
            clock,
            chance,
            settings,
            assets,
            secret,
            pages: PageCache::default(),
            articles: RenderedArticles::default(),
            tree: KeptTree::default(),
            changed: Notify::new(),
            work: Notify::new(),
            mailer,
            search: Arc::default(),
            suggestions: Suggestions::default(),
            limits,
            machines: Machines::default(),
            stop: Stop::default(),
        })))
    }

    /// The category tree, read again only when what customers read has changed: searches ask for it on every key.
    pub async fn tree(&self) -> knowledge::Result<Arc<Tree>> {
        self.tree.of(&self.db, self.pages.generation()).await
    }

    /// Call after committing a change to what customers read: empties the page cache and wakes the indexer.
    pub fn knowledge_changed(&self) {
        self.pages.clear();
        self.changed.notify_waiters();
        self.changed.notify_one();
    }
}
