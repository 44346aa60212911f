//! `kotae import markdown`: brings a folder or a zip archive of Markdown in.

use super::Common;
use super::serve::writable;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::import::{ImportOptions, PlanOptions, Progress, Report, Source, import};
use crate::storage::{DatabaseUrl, open};
use anyhow::Context;
use app::i18n::Locale;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const DATABASE_WAIT: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Import {
    #[command(subcommand)]
    format: Format,
}

#[derive(Subcommand)]
enum Format {
    /// Markdown files with front matter, in a folder or a zip archive.
    Markdown(Markdown),
}

#[derive(Args)]
struct Markdown {
    /// A folder or a zip archive.
    source: PathBuf,
    /// Folders named ja and en (ja-JP, en_US …) are languages; the same path in both is one article.
    #[arg(long)]
    locale_from_folder: bool,
    /// Folders are categories, three deep; their names come from TOC.md or an overview page where there is one.
    #[arg(long)]
    category_from_folder: bool,
    /// CSV of moved addresses (source,dest), kept as permanent redirects.
    #[arg(long, value_name = "FILE.csv")]
    redirects: Option<PathBuf>,
    /// Tell what would happen and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// Language of files that do not say theirs: ja or en (default: guessed from the words).
    #[arg(long, value_parser = locale)]
    locale: Option<Locale>,
    /// Category of files that have none; levels separated by a slash.
    #[arg(long)]
    category: Option<String>,
    /// What this source is remembered by (default: the name of the folder or archive). The same name updates the
    /// articles that came from it.
    #[arg(long)]
    name: Option<String>,
    /// Write over articles that were edited at the desk since they were imported.
    #[arg(long)]
    overwrite: bool,
}

fn locale(tag: &str) -> Result<Locale, String> {
    Locale::from_tag(tag).ok_or_else(|| "the languages are ja and en".to_owned())
}

impl Import {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let Format::Markdown(markdown) = self.format;
        markdown.run(common).await
    }
}

impl Markdown {
    async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let mut source = Source::open(&self.source)?;
        if let Some(name) = &self.name {
            source.rename(name);
        }
        let redirects = match &self.redirects {
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| {
                    format!(
                        "cannot read {}; give a CSV file in UTF-8 with two columns, source and dest",
                        path.display()
                    )
                })?;
                Some((path.display().to_string(), text))
            }
            None => None,
        };
        let options = ImportOptions {
            plan: PlanOptions {
                locale_from_folder: self.locale_from_folder,
                category_from_folder: self.category_from_folder,
                locale: self.locale,
                category: self.category.clone(),
                redirects,
            },
            dry_run: self.dry_run,
            overwrite: self.overwrite,
        };
        let config = common.config([])?;
        writable(&config.data)?;
        let url =
            DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
        let db = open(&url, DATABASE_WAIT).await.context("cannot open the database")?;
        let bar = bar();
        let mut progress = |Progress { done, total }: Progress| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        };
        let report =
            import(&db, &Clock::System, &Chance::system(), &mut source, &options, &mut progress).await;
        bar.finish_and_clear();
        db.close().await;
        let report = report?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print!("{report}");
            println!("{}", self.rate(&report));
        }
        if report.imported() == 0 {
            eprintln!("kotae: nothing was imported; {}", self.advice(&report));
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }

    fn rate(&self, report: &Report) -> String {
        let seconds = (report.milliseconds.max(1) as f64) / 1000.0;
        let files = report.imported() as f64;
        format!("{} files in {seconds:.1} s ({:.0} files/s)", report.imported(), files / seconds)
    }

    fn advice(&self, report: &Report) -> &'static str {
        if report.skipped > 0 && self.locale_from_folder && self.locale.is_none() {
            "mend the files above, or leave --locale-from-folder out if there are no ja/ and en/ folders"
        } else if report.skipped > 0 {
            "mend the files above and run it again"
        } else {
            "there is no .md file in it; name the folder that holds the articles"
        }
    }
}

/// Files, rate and time left; only on a terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("importing {bar:30} {pos}/{len} files  {per_sec}  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}
