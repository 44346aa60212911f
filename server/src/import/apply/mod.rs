//! Writes a plan into the database, article by article, and reports.
//!
//! An article is written whole or not at all: each has a savepoint of its own, and some fifty share a transaction,
//! because each commit waits for the disk. What is unchanged since the last import is not touched.

mod change;
mod write;

use super::plan::{ImportPlan, PlanOptions, plan};
use super::report::{Problem, Report};
use super::source::Source;
use super::store::{self, Memory};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::identity::{Actor, audit};
use crate::knowledge::{
    By, CategoryText, KnowledgeError, NewCategory, add_redirect, category_by_slug, upsert_category,
};
use crate::storage::{Db, StorageError};
use serde_json::json;

/// How many articles share a commit.
const BATCH: usize = 50;

/// What an import does.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub plan: PlanOptions,
    /// Tells what would happen and writes nothing.
    pub dry_run: bool,
    /// Writes over articles that were edited at the desk since they were imported; the edit stays in the history.
    pub overwrite: bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(
        "{error}; {done} of {total} files are done. Mend it and run the import again: it goes on where it stopped"
    )]
    Storage { error: StorageError, done: usize, total: usize },
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
}

impl From<StorageError> for ImportError {
    fn from(error: StorageError) -> Self {
        Self::Knowledge(error.into())
    }
}

/// Imports a source. Call [`crate::app_state::App::knowledge_changed`] afterwards where a portal is running.
pub async fn import(
    db: &Db,
    clock: &Clock,
    chance: &Chance,
    source: &mut Source,
    options: &ImportOptions,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report, ImportError> {
    let begun = clock.now();
    let (memory, known) = store::remember(&mut db.read().await?, source.name()).await?;
    let plan = plan(source, &options.plan, &known);
    let mut report = Report {
        source: source.name().to_owned(),
        dry_run: options.dry_run,
        articles: plan.articles.len(),
        used: plan.used.clone(),
        ..Report::default()
    };
    for problem in &plan.problems {
        report.add(problem.clone());
    }
    let mut writer = Writer {
        db,
        by: By::new(begun, Actor::Program("import")),
        chance,
        options,
        plan: &plan,
        memory,
        categories: Vec::new(),
        report,
    };
    writer.categories().await?;
    writer.articles(source, progress).await?;
    writer.redirects().await?;
    writer.log().await?;
    let mut report = writer.report;
    report.milliseconds = u64::try_from(clock.now() - begun).unwrap_or(0);
    report.problems.sort_by(|a, b| (a.severity, &a.file, a.line).cmp(&(b.severity, &b.file, b.line)));
    Ok(report)
}

struct Writer<'i> {
    db: &'i Db,
    by: By<'i>,
    chance: &'i Chance,
    options: &'i ImportOptions,
    plan: &'i ImportPlan,
    memory: Memory,
    /// The id of each planned category; none in a dry run for one that is not there yet.
    categories: Vec<Option<i64>>,
    report: Report,
}

impl<'i> Writer<'i> {
    /// Makes the categories that are not there; those that are keep the words and the place they have.
    async fn categories(&mut self) -> Result<(), ImportError> {
        let mut tx = self.db.begin().await?;
        for category in &self.plan.categories {
            if let Some(id) = category_by_slug(&mut tx, &category.slug).await? {
                self.categories.push(Some(id));
                continue;
            }
            self.report.categories_created += 1;
            let parent_id = category.parent.and_then(|parent| self.categories[parent]);
            let new = NewCategory {
                slug: category.slug.clone(),
                parent_id,
                icon: "book".to_owned(),
                position: category.position,
                texts: category
                    .names
                    .iter()
                    .map(|(locale, name)| CategoryText {
                        locale: *locale,
                        name: name.clone(),
                        description: String::new(),
                    })
                    .collect(),
            };
            let id = match upsert_category(&mut tx, &self.by, &new).await {
                // An existing parent may stand too deep already: the parent itself holds the articles then.
                Err(KnowledgeError::TooDeep) => parent_id,
                id => Some(id?),
            };
            self.categories.push(id);
        }
        if self.options.dry_run {
            return Ok(());
        }
        Ok(tx.commit().await?)
    }

    async fn articles(
        &mut self,
        source: &mut Source,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), ImportError> {
        let total = self.plan.translations();
        let mut done = 0;
        progress(Progress { done, total });
        let plan = self.plan;
        for batch in plan.articles.chunks(BATCH) {
            // Reading and turning needs no transaction; the writer's turn is kept short.
            let mut changed = Vec::new();
            for article in batch {
                let changes = self.changes(source, article);
                if !changes.is_empty() {
                    changed.push((article, changes));
                }
                done += article.translations.len();
                progress(Progress { done, total });
            }
            if changed.is_empty() || self.options.dry_run {
                continue;
            }
            let written = self.batch(changed).await;
            written.map_err(|error| match error {
                KnowledgeError::Storage(error) => {
                    ImportError::Storage { error, done: self.report.imported(), total }
                }
                error => error.into(),
            })?;
        }
        Ok(())
    }

    async fn redirects(&mut self) -> Result<(), ImportError> {
        let mut tx = self.db.begin().await?;
        for redirect in &self.plan.redirects {
            if store::redirect_target(&mut tx, &redirect.path).await?.as_deref()
                == Some(decoded(&redirect.target).as_str())
            {
                continue;
            }
            let refused = match add_redirect(&mut tx, &self.by, &redirect.path, &redirect.target).await {
                Ok(()) => {
                    self.report.redirects_kept += 1;
                    continue;
                }
                Err(KnowledgeError::Storage(error)) => return Err(error.into()),
                Err(refused) => Problem::skipped(&redirect.file, refused.to_string()),
            };
            self.report.add(match redirect.line {
                Some(line) => refused.at(line),
                None => refused,
            });
        }
        if self.options.dry_run {
            return Ok(());
        }
        Ok(tx.commit().await?)
    }

    /// One line in the audit log for the whole import.
    async fn log(&mut self) -> Result<(), ImportError> {
        if self.options.dry_run || self.report.created + self.report.updated == 0 {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        let detail = json!({
            "source": self.report.source,
            "created": self.report.created,
            "updated": self.report.updated,
            "skipped": self.report.skipped,
        });
        audit(&mut tx, self.by.now, &self.by.actor, "article.import", "article", None, &detail).await?;
        Ok(tx.commit().await?)
    }
}

/// A path as the database keeps it.
fn decoded(target: &str) -> String {
    if target.starts_with('/') {
        percent_encoding::percent_decode_str(target).decode_utf8_lossy().into_owned()
    } else {
        target.to_owned()
    }
}
