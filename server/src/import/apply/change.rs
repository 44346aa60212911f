//! What differs from the last import.

use super::Writer;
use crate::import::convert::{Converted, convert};
use crate::import::plan::{PlannedArticle, PlannedTranslation};
use crate::import::report::Problem;
use crate::import::source::Source;
use crate::import::store::Imported;
use crate::intake::uploads::{self, Checked, Limits};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A translation that differs from what is stored.
pub(super) struct Change<'p> {
    pub(super) translation: &'p PlannedTranslation,
    pub(super) converted: Converted,
    pub(super) files: Vec<File>,
    pub(super) hash: String,
    pub(super) before: Option<Imported>,
}

/// A file beside the article.
pub(super) struct File {
    /// None if it cannot be stored.
    pub(super) checked: Option<Checked>,
    /// Of the bytes as they are in the source.
    pub(super) hash: String,
}

impl<'i> Writer<'i> {
    /// The translations of an article that have to be written; the others are counted.
    pub(super) fn changes(&mut self, source: &mut Source, article: &'i PlannedArticle) -> Vec<Change<'i>> {
        let mut changes = Vec::new();
        for translation in &article.translations {
            let mut converted = match convert(source, self.plan, translation) {
                Ok(converted) => converted,
                Err(problem) => {
                    self.report.add(problem);
                    continue;
                }
            };
            for problem in std::mem::take(&mut converted.problems) {
                self.report.add(problem);
            }
            let files = self.files(source, translation, &converted.files);
            let category = article.category.map(|at| self.plan.categories[at].slug.as_str());
            let hash = hash(article, translation, category, &converted, &files);
            let before = self.memory.get(&(article.path.clone(), translation.locale)).cloned();
            match &before {
                Some(before) if before.hash == hash => {
                    self.report.unchanged += 1;
                    continue;
                }
                Some(before) if !before.untouched && !self.options.overwrite => {
                    let reason = "it was edited at the desk since it was imported and was left as it is; --overwrite \
                                  writes a new version over it, the edit stays in the history";
                    self.report.add(Problem::skipped(&translation.file, reason));
                    continue;
                }
                Some(_) if self.options.dry_run => self.report.updated += 1,
                None if self.options.dry_run => self.report.created += 1,
                _ => {}
            }
            changes.push(Change { translation, converted, files, hash, before });
        }
        changes
    }

    /// Reads the files beside a translation. One that cannot be taken is told and left out.
    fn files(
        &mut self,
        source: &mut Source,
        translation: &PlannedTranslation,
        paths: &[String],
    ) -> Vec<File> {
        let mut files = Vec::new();
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or(path);
            let read = source.read(path).map_err(|error| error.to_string()).and_then(|bytes| {
                let hash = hex(&Sha256::digest(&bytes));
                let checked = uploads::check(&Limits::for_import(), name, bytes.into());
                checked.map(|checked| (checked, hash)).map_err(|refusal| refusal.to_string())
            });
            match read {
                Ok((checked, hash)) => files.push(File { checked: Some(checked), hash }),
                Err(reason) => {
                    let reason = format!("a file beside it was left out: {path} ({reason})");
                    self.report.add(Problem::note(&translation.file, reason));
                    files.push(File { checked: None, hash: String::new() });
                }
            }
        }
        files
    }
}

/// What a translation is made of, so that a second import sees whether anything differs.
fn hash(
    article: &PlannedArticle,
    translation: &PlannedTranslation,
    category: Option<&str>,
    converted: &Converted,
    files: &[File],
) -> String {
    let files: Vec<&str> = files.iter().map(|file| file.hash.as_str()).collect();
    let all = json!([
        1,
        translation.title,
        translation.slug,
        translation.published,
        translation.date,
        converted.summary,
        converted.body,
        files,
        article.tags,
        category,
    ]);
    hex(&Sha256::digest(all.to_string().as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
