//! One article into the database: whole, or not at all.

use super::Writer;
use super::change::Change;
use crate::import::convert::placeholder;
use crate::import::plan::PlannedArticle;
use crate::import::report::Problem;
use crate::import::store;
use crate::intake::uploads::{self, Owner};
use crate::knowledge::{
    Draft, KnowledgeError, NewArticle, Saving, change_slug, create_article, create_translation, publish,
    save_revision, set_category, set_tags, unpublish,
};
use crate::storage::{Tx, run};
use app::i18n::Locale;

impl<'i> Writer<'i> {
    /// Writes some articles in one transaction.
    pub(super) async fn batch(
        &mut self,
        articles: Vec<(&'i PlannedArticle, Vec<Change<'i>>)>,
    ) -> Result<(), KnowledgeError> {
        let mut tx = self.db.begin().await?;
        let before = self.report.clone();
        for (article, changes) in articles {
            run!(tx, "SAVEPOINT article")?;
            match self.article(&mut tx, article, &changes).await {
                Ok(attachments) => {
                    self.report.attachments_created += attachments;
                    for change in &changes {
                        let count = if change.before.is_some() {
                            &mut self.report.updated
                        } else {
                            &mut self.report.created
                        };
                        *count += 1;
                    }
                }
                // A database that is full or gone is the whole import's matter, a row that it refuses the article's.
                Err(KnowledgeError::Storage(error)) if error.is_passing() => {
                    // What this transaction would have written is not written: it must not be counted.
                    self.report = before;
                    return Err(error.into());
                }
                Err(error) => {
                    run!(tx, "ROLLBACK TO SAVEPOINT article")?;
                    for change in &changes {
                        self.report.add(Problem::skipped(&change.translation.file, error.to_string()));
                    }
                }
            }
            run!(tx, "RELEASE SAVEPOINT article")?;
        }
        if let Err(error) = tx.commit().await {
            self.report = before;
            return Err(error.into());
        }
        Ok(())
    }

    /// Writes one article; gives how many attachments are new.
    async fn article(
        &self,
        tx: &mut Tx,
        article: &PlannedArticle,
        changes: &[Change<'_>],
    ) -> Result<usize, KnowledgeError> {
        let category_id = article.category.and_then(|at| self.categories[at]);
        let siblings = Locale::ALL.into_iter();
        let known = siblings.filter_map(|locale| self.memory.get(&(article.path.clone(), locale))).next();
        let article_id = match known {
            Some(imported) => imported.article_id,
            None => create_article(tx, &self.by, &NewArticle { category_id, owner_id: None }).await?,
        };
        if known.is_some() && category_id.is_some() {
            set_category(tx, &self.by, article_id, category_id).await?;
        }
        set_tags(tx, &self.by, article_id, &article.tags).await?;
        let mut attachments = 0;
        for change in changes {
            attachments += self.translation(tx, article_id, change).await?;
            let path = format!("{}/{}", self.report.source, article.path);
            store::note(tx, self.by.now, &path, change.translation.locale, article_id, &change.hash).await?;
        }
        Ok(attachments)
    }

    async fn translation(
        &self,
        tx: &mut Tx,
        article_id: i64,
        change: &Change<'_>,
    ) -> Result<usize, KnowledgeError> {
        let planned = change.translation;
        let translation_id = match &change.before {
            Some(before) => {
                change_slug(tx, &self.by, before.translation_id, &planned.slug).await?;
                before.translation_id
            }
            None => create_translation(tx, &self.by, article_id, planned.locale, &planned.slug).await?,
        };
        let (body, attachments) = self.attach(tx, article_id, change).await?;
        let draft = Draft {
            title: planned.title.clone(),
            summary: change.converted.summary.clone(),
            body,
            note: format!("{}/{}", self.report.source, planned.file),
        };
        let base = change.before.as_ref().and_then(|before| before.head_id);
        if let Saving::Conflict(_) = save_revision(tx, &self.by, translation_id, base, &draft).await? {
            return Err(KnowledgeError::SlugTaken(planned.slug.clone()));
        }
        if planned.published {
            publish(tx, &self.by, translation_id).await?;
        } else {
            unpublish(tx, &self.by, translation_id).await?;
        }
        if let Some(date) = planned.date {
            store::date(tx, &self.by, translation_id, date).await?;
        }
        Ok(attachments)
    }

    /// Stores the files of a translation and puts their addresses into its body.
    async fn attach(
        &self,
        tx: &mut Tx,
        article_id: i64,
        change: &Change<'_>,
    ) -> Result<(String, usize), KnowledgeError> {
        let mut body = change.converted.body.clone();
        let mut created = 0;
        for (at, file) in change.files.iter().enumerate() {
            let address = match &file.checked {
                None => String::from("#"),
                Some(checked) => {
                    match store::attached(tx, article_id, &checked.sha256, &checked.name).await? {
                        Some(attachment) => attachment.href(),
                        None => {
                            created += 1;
                            let owner = Owner::Article(article_id);
                            uploads::store(tx, self.chance, self.by.now, &owner, checked).await?.href()
                        }
                    }
                }
            };
            body = body.replace(&placeholder(at), &address);
        }
        Ok((body, created))
    }
}
