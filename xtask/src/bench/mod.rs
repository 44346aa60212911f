//! `cargo xtask bench`: the home of every measurement. Each part prints its figures; where the project has promised
//! one, beside the promise.

mod figure;
mod import;
mod load;
mod machine;
mod memory;
mod pages;
mod publish;
mod search;
mod sitemap;
mod startup;
mod weight;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::paths::Workspace;
use crate::portal::Build;
use crate::{process, say, site, toolchain};
use figure::Figures;

#[derive(clap::Args)]
pub struct Args {
    /// Only these parts; all of them when none is named.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// The folder with the knowledge bases (kb-workfront.zip, kb-commerce) and judged collections (retrieval) that
    /// `search`, `publish` and `import` read.
    #[arg(long, value_name = "DIR", env = "KOTAE_TEST_CORPUS")]
    data: Option<PathBuf>,
    /// How long each load lasts.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many articles the large portal of `search` holds. Suggestions are promised for 10,000, searches while the
    /// index is built anew for 100,000: that takes some minutes more.
    #[arg(long, default_value_t = 10_000)]
    articles: usize,
    /// Build nothing: measure what the last run built.
    #[arg(long)]
    as_built: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Article pages per second, against a bare axum "hello".
    Pages,
    /// Search: over HTTP, with 10,000 articles, while the index is rebuilt, and against seven other engines.
    Search,
    /// From publishing an article to finding it.
    Publish,
    /// Articles imported per second.
    Import,
    /// Resident memory, idle and under load.
    Memory,
    /// From start to ready.
    Startup,
    /// Bytes and requests of a page.
    Weight,
}

/// What the parts share.
struct Bench<'a> {
    workspace: &'a Workspace,
    /// The release build of the portal.
    build: Build,
    /// The load generator, and the bare server to compare to.
    load: PathBuf,
    bare: PathBuf,
    seconds: u64,
    /// Articles of the large portal.
    articles: usize,
    corpus: Option<PathBuf>,
    /// Whether everything is there already.
    is_built: bool,
}

/// Measures the named parts. Fails where a promise is missed or a part could not be measured.
pub fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    toolchain::check_tools()?;
    let bench = Bench::prepare(workspace, args)?;
    say::heading("Machine");
    machine::describe(&bench)?;
    let mut figures = Figures::default();
    for part in Part::value_variants() {
        if args.parts.is_empty() || args.parts.contains(part) {
            say::heading(part.title());
            if let Err(error) = part.measure(&bench, &mut figures) {
                say::failure(&error);
                figures.missing(part.title());
            }
        }
    }
    Ok(figures.close())
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Pages => "Pages",
            Self::Search => "Search",
            Self::Publish => "From publishing to finding",
            Self::Import => "Import",
            Self::Memory => "Memory",
            Self::Startup => "Start-up",
            Self::Weight => "Weight",
        }
    }

    fn measure(self, bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
        match self {
            Self::Pages => pages::measure(bench, figures),
            Self::Search => search::measure(bench, figures),
            Self::Publish => publish::measure(bench, figures),
            Self::Import => import::measure(bench, figures),
            Self::Memory => memory::measure(bench, figures),
            Self::Startup => startup::measure(bench, figures),
            Self::Weight => weight::measure(bench, figures),
        }
    }
}

impl<'a> Bench<'a> {
    /// Builds everything that is measured, and what measures it, with optimisation.
    fn prepare(workspace: &'a Workspace, args: &Args) -> Result<Self> {
        let release = workspace.target.join("release");
        let build = if args.as_built {
            Build { program: release.join("kotae"), site: workspace.site() }
        } else {
            let site = site::build(workspace)?;
            Build { program: crate::compile::server(workspace, true)?, site }
        };
        // The portal runs in its data folder: a relative path would be another one there.
        let corpus = args.data.as_ref().map(std::path::absolute).transpose()?;
        let bench = Self {
            workspace,
            build,
            load: release.join("load"),
            bare: release.join("bare"),
            seconds: args.seconds,
            articles: args.articles,
            corpus,
            is_built: args.as_built,
        };
        bench.tool(
            "load",
            "the load generator shares the machine with what it measures, so it must be fast",
        )?;
        Ok(bench)
    }

    /// Builds a program that measures, with optimisation.
    fn tool(&self, package: &str, why: &str) -> Result<()> {
        if self.is_built {
            return Ok(());
        }
        say::step(&format!("Building `{package}`"), why);
        let mut build = process::cargo();
        build.args(["build", "--release", "--package", package]);
        process::run(build.current_dir(&self.workspace.root))
    }

    /// The large knowledge base as a zip archive.
    fn large(&self) -> Result<PathBuf> {
        self.given("kb-workfront.zip")
    }

    /// The smaller knowledge base as a folder.
    fn smaller(&self) -> Result<PathBuf> {
        self.given("kb-commerce")
    }

    /// A file or folder of the data that were named.
    fn given(&self, name: &str) -> Result<PathBuf> {
        let folder = self.corpus.as_ref().context(
            "this part reads large collections: name their folder with --data or KOTAE_TEST_CORPUS",
        )?;
        let path = folder.join(name);
        if !path.exists() {
            bail!("{} is missing", path.display());
        }
        Ok(path)
    }
}
