//! How fast a large knowledge base comes in.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Bench;
use super::figure::Figures;
use crate::process;

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
        let mut import = Command::new(&self.build.program);
        import.args(["import", "markdown", "--locale-from-folder", "--category-from-folder", "--json"]);
        import.arg("--data").arg(data).arg(self.large()?).current_dir(data);
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
