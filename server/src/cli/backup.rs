//! `kotae backup` and `kotae restore`.

use super::Common;
use super::serve::{lock, writable};
use crate::backup;
use crate::clock::Clock;
use crate::search;
use crate::storage::{DatabaseUrl, Db, open};
use anyhow::{Context, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const DATABASE_WAIT: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Backup {
    /// Where the backup goes.
    file: PathBuf,
    /// Replace the file if there is one; that happens only once the new backup is complete.
    #[arg(long)]
    force: bool,
}

#[derive(Args)]
pub(super) struct Restore {
    /// A file that `kotae backup` made.
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let config = common.config([])?;
        let url =
            DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
        if let DatabaseUrl::File(path) = &url
            && !path.exists()
        {
            bail!("there is no portal in {}; name its data folder with --data", config.data.display());
        }
        if self.file.exists() && !self.force {
            bail!("{} exists already: choose another name, or replace it with --force", self.file.display());
        }
        let db = open(&url, DATABASE_WAIT).await.context("cannot open the database")?;
        let part = self.file.with_extension("part");
        let file = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
        let bar = bar("backing up");
        let written =
            backup::dump(&db, Clock::System.now(), BufWriter::new(file), |rows| bar.set_position(rows)).await;
        let (manifest, file) = match written {
            Ok(done) => done,
            Err(error) => {
                // The half-made file helps nobody; the old backup is untouched.
                let _ = std::fs::remove_file(&part);
                return Err(error.into());
            }
        };
        file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        std::fs::rename(&part, &self.file)?;
        bar.finish_and_clear();
        let rows: u64 = manifest.tables.iter().map(|(_, rows)| rows).sum();
        println!("Backed up {rows} rows of {} tables to {}", manifest.tables.len(), self.file.display());
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let config = common.config([])?;
        let file = File::open(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let url =
            DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
        writable(&config.data)?;
        let _lock = match &url {
            DatabaseUrl::File(_) => Some(lock(&config.data)?),
            DatabaseUrl::Postgres(_) => None,
        };
        let db: Db = open(&url, DATABASE_WAIT).await.context("cannot open the database")?;
        let bar = bar("restoring");
        let manifest = backup::restore(&db, file, |rows| bar.set_position(rows)).await?;
        bar.finish_and_clear();
        // What was indexed of another database must not answer for this one.
        search::forget(&config.data)?;
        let rows: u64 = manifest.tables.iter().map(|(_, rows)| rows).sum();
        println!("Restored {rows} rows; start the portal with `kotae serve`, and search rebuilds itself");
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Rows so far and their rate; how many there will be is not known. Draws only on a terminal.
fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {pos} rows, {per_sec}, {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::no_length().with_style(style).with_message(what)
}
