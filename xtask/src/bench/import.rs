//! How fast a large knowledge base comes in.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Bench;
use super::figure::Figures;
use crate::process;

/// How both knowledge bases are laid out.
const LANGUAGES_IN_FOLDERS: [&str; 2] = ["--locale-from-folder", "--category-from-folder"];

/// The lines of the importer's report that are of interest here.
#[derive(Deserialize)]
pub struct Report {
    pub created: u64,
    pub unchanged: u64,
    pub skipped: u64,
    pub milliseconds: u64,
}

impl Report {
    fn per_second(&self) -> f64 {
        (self.created + self.unchanged) as f64 * 1_000.0 / self.milliseconds as f64
    }
}

impl Bench<'_> {
    /// Imports the large knowledge base into a data folder.
    pub fn import(&self, data: &Path) -> Result<Report> {
        self.import_from(data, &self.large()?, &LANGUAGES_IN_FOLDERS)
    }

    /// Imports the smaller knowledge base into a data folder.
    pub fn import_smaller(&self, data: &Path) -> Result<Report> {
        self.import_from(data, &self.smaller()?, &LANGUAGES_IN_FOLDERS)
    }

    /// Imports a folder or an archive of Markdown into a data folder.
    pub fn import_from(&self, data: &Path, source: &Path, options: &[&str]) -> Result<Report> {
        let mut import = Command::new(&self.build.program);
        import.args(["import", "markdown", "--json"]).args(options);
        import.arg("--data").arg(data).arg(source).current_dir(data);
        let told = process::output(&mut import)?;
        serde_json::from_str(&told).context("the importer's report is not as it was expected")
    }
}

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let data = tempfile::tempdir()?;
    let first = bench.import(data.path())?;
    figures.tell(
        &format!("import of {} files, {} skipped", first.created, first.skipped),
        first.per_second(),
        "articles/s",
    );
    let second = bench.import(data.path())?;
    figures.tell(
        &format!("the same again, {} unchanged", second.unchanged),
        second.per_second(),
        "articles/s",
    );
    Ok(())
}
