//! The peers: how each is had, and how it is asked to do its job. One that cannot be had is told to be missing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::collection::Collection;
use super::quality::Quality;
use crate::bench::Bench;
use crate::stopwatch::Stopwatch;
use crate::{apt, portal, postgres, process};

/// One peer's work on one collection may take so long; after that it is ended and told to have failed.
const LIMIT: Duration = Duration::from_secs(300);
/// The Python that Debian's packages belong to.
const PYTHON: &str = "/usr/bin/python3";
/// What asks a server at the same time; as many connections ask the portal.
pub const CONNECTIONS: u32 = 16;

/// The program that drives the peers that are driven from Rust.
pub fn program(bench: &Bench<'_>) -> PathBuf {
    bench.workspace.target.join("release/peers")
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A library in the process that asks.
    InProcess,
    /// A server that is asked over loopback.
    Server,
}

pub struct Engine {
    pub name: &'static str,
    pub kind: Kind,
    /// What starts it, or why it is missing.
    words: Result<Vec<PathBuf>>,
    server: Reach,
}

/// Where a server is to be found.
enum Reach {
    Nowhere,
    /// It is started by its peer, on a free port.
    FreePort,
    Cluster(postgres::Cluster),
}

/// What a peer prints, and what its rankings are worth.
#[derive(Clone, Deserialize)]
pub struct Outcome {
    pub version: String,
    pub index_seconds: f64,
    pub index_bytes: u64,
    pub memory_bytes: u64,
    #[serde(flatten)]
    pub speed: Option<Speed>,
    #[serde(skip)]
    pub quality: Option<Quality>,
}

/// Latencies of one client by itself, throughput of several.
#[derive(Clone, Copy, Deserialize)]
pub struct Speed {
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub per_second: f64,
    /// Median of a page with titles and excerpts; `None` for engines that make none.
    pub page_p50_ms: Option<f64>,
}

#[derive(Serialize)]
struct Job<'a> {
    corpus: &'a Path,
    queries: &'a Path,
    language: &'a str,
    folder: &'a Path,
    seconds: f64,
    clients: usize,
    rankings: Option<&'a Path>,
    server: Option<String>,
}

impl Engine {
    /// All of them, as far as they can be had here.
    pub fn all(bench: &Bench<'_>) -> Vec<Self> {
        let rust = |word: &str| Ok(vec![program(bench), word.into()]);
        let node = packages(bench);
        let script = |name: &str| match &node {
            Ok(folder) => Ok(vec!["node".into(), folder.join(name)]),
            Err(error) => bail!("{error:#}"),
        };
        let here = |name, words| Self { name, kind: Kind::InProcess, words, server: Reach::Nowhere };
        vec![
            here("bare Tantivy", rust("tantivy")),
            here("SQLite FTS5", rust("fts5")),
            here("Xapian", xapian(bench)),
            here("MiniSearch", script("minisearch.mjs")),
            here("Orama", script("orama.mjs")),
            Self::postgres(bench, rust("postgres")),
            Self {
                name: "sonic-server",
                kind: Kind::Server,
                words: sonic().and(rust("sonic")),
                server: Reach::FreePort,
            },
        ]
    }

    fn postgres(bench: &Bench<'_>, words: Result<Vec<PathBuf>>) -> Self {
        let (words, server) = match postgres::start(bench.workspace) {
            Ok(cluster) => (words, Reach::Cluster(cluster)),
            Err(error) => (Err(error), Reach::Nowhere),
        };
        Self { name: "PostgreSQL", kind: Kind::Server, words, server }
    }

    /// Measures it on a collection.
    pub fn measure(&self, collection: &Collection, seconds: f64) -> Result<Outcome> {
        let words = self.words.as_ref().map_err(|error| anyhow::anyhow!("missing: {error:#}"))?;
        let folder = tempfile::tempdir()?;
        let (index, rankings) = (folder.path().join("index"), folder.path().join("rankings"));
        fs::create_dir(&index)?;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let job = Job {
            corpus: &collection.corpus,
            queries: &collection.queries,
            language: collection.language,
            folder: &index,
            seconds: if collection.is_timed { seconds } else { 0.0 },
            clients: if self.kind == Kind::Server { CONNECTIONS as usize } else { cores },
            rankings: collection.judgements.is_some().then_some(&rankings),
            server: match &self.server {
                Reach::Nowhere => None,
                Reach::FreePort => Some(portal::free_port()?.to_string()),
                Reach::Cluster(cluster) => Some(cluster.url.clone()),
            },
        };
        let told = run(words, &job, folder.path())?;
        let mut outcome: Outcome =
            serde_json::from_str(&told).context("the peer said something else than figures")?;
        if let Some(judgements) = &collection.judgements {
            outcome.quality = Some(Quality::read(&rankings, judgements)?);
        }
        Ok(outcome)
    }
}

/// Gives a peer its job and returns what it prints.
fn run(words: &[PathBuf], job: &Job<'_>, folder: &Path) -> Result<String> {
    let [given, told, complaints] = ["job", "told", "complaints"].map(|name| folder.join(name));
    fs::write(&given, serde_json::to_string(job)?)?;
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(File::open(&given)?);
    command.stdout(File::create(&told)?).stderr(File::create(&complaints)?);
    let mut peer =
        command.spawn().with_context(|| format!("`{}` cannot be started", process::words(&command)))?;
    let watch = Stopwatch::start();
    let status = loop {
        if let Some(status) = peer.try_wait()? {
            break status;
        }
        if watch.elapsed() > LIMIT {
            peer.kill()?;
            peer.wait()?;
            bail!("it was not done within {} s", LIMIT.as_secs());
        }
        thread::sleep(Duration::from_millis(50));
    };
    if !status.success() {
        let complaint = fs::read_to_string(&complaints)?;
        bail!("it ended with {status}: {}", complaint.trim());
    }
    Ok(fs::read_to_string(&told)?)
}

/// The scripts for node in a folder below the target directory, with the packages that they need.
fn packages(bench: &Bench<'_>) -> Result<PathBuf> {
    if process::find("node").is_none() || process::find("npm").is_none() {
        bail!("node and npm are not installed");
    }
    let folder = bench.workspace.work("peers");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(bench.workspace.root.join("xtask/peers/node"))? {
        let entry = entry?;
        fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"])
        .current_dir(&folder);
    process::output(&mut npm)?;
    Ok(folder)
}

fn xapian(bench: &Bench<'_>) -> Result<Vec<PathBuf>> {
    let is_there = || process::succeeds(Command::new(PYTHON).args(["-c", "import xapian"]));
    if !is_there() {
        apt::install(&["python3-xapian"], "search is compared with Xapian")?;
    }
    if !is_there() {
        bail!("{PYTHON} does not find its module `xapian`");
    }
    Ok(vec![PYTHON.into(), bench.workspace.root.join("xtask/peers/python/xapian_peer.py")])
}

/// Building it takes longer than everything that is measured here: it is taken where it is installed.
fn sonic() -> Result<()> {
    if process::find("sonic").is_none() {
        bail!(
            "`sonic` is not on PATH; `cargo install sonic-server` (needs clang and libclang-dev) puts it there"
        );
    }
    Ok(())
}
