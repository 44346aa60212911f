//! Who changes something, and when; and what every change leaves behind.

use crate::identity::{Actor, audit};
use crate::storage::{Result, Tx, run};
use serde_json::Value;

/// Goes with every write.
#[derive(Clone, Debug)]
pub struct By<'a> {
    /// Milliseconds UTC.
    pub now: i64,
    pub actor: Actor<'a>,
}

impl<'a> By<'a> {
    pub fn new(now: i64, actor: Actor<'a>) -> Self {
        Self { now, actor }
    }

    pub fn person_id(&self) -> Option<i64> {
        match self.actor {
            Actor::Person(person) => Some(person.id),
            Actor::Program(_) => None,
        }
    }

    /// A line in the audit log, where a person did it: an import of thousands tells of itself once.
    pub(super) async fn audit(
        &self,
        tx: &mut Tx,
        action: &str,
        subject: &str,
        id: i64,
        detail: &Value,
    ) -> Result<()> {
        match self.actor {
            Actor::Person(_) => audit(tx, self.now, &self.actor, action, subject, Some(id), detail).await,
            Actor::Program(_) => Ok(()),
        }
    }

    /// Tells the index that what an article is asked for by changed.
    pub async fn phrases_changed(&self, tx: &mut Tx, article_id: i64) -> Result<()> {
        self.changed(tx, article_id).await?;
        run!(
            tx,
            "INSERT INTO change (entity, entity_id, at) VALUES ('phrase', $1, $2)",
            article_id,
            self.now
        )?;
        Ok(())
    }

    /// Tells every process that the tree is another: kept pages and forms show it, whether or not an article stands in it.
    pub(super) async fn tree_changed(&self, tx: &mut Tx, category_id: i64) -> Result<()> {
        run!(
            tx,
            "INSERT INTO change (entity, entity_id, at) VALUES ('category', $1, $2)",
            category_id,
            self.now
        )?;
        Ok(())
    }

    /// Tells the index that an article changed. Rows of one article in one transaction may repeat: the index applies
    /// them idempotently.
    pub(super) async fn changed(&self, tx: &mut Tx, article_id: i64) -> Result<()> {
        run!(
            tx,
            "INSERT INTO change (entity, entity_id, at) VALUES ('article', $1, $2)",
            article_id,
            self.now
        )?;
        Ok(())
    }
}
