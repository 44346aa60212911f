//! What every engine can do, and how it is measured.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::job::{DEPTH, Job, Text, read};
use crate::speed::{self, Speed, Stopwatch};

/// An engine with an index of all documents.
pub trait Peer: Sync + Sized {
    /// As it tells it.
    fn version(&self) -> Result<String>;
    /// Somebody who asks, with a connection or a reader of their own.
    fn client(&self) -> Result<Box<dyn Client>>;
    fn index_bytes(&self) -> Result<u64>;
    /// Resident memory of what answers.
    fn memory_bytes(&self) -> Result<u64>;
}

pub trait Client: Send {
    /// The places in the corpus of the documents that fit, best first. What is asked is plain text: no character of it
    /// means anything to a query language.
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>>;

    /// The same as a person is shown it; `None` where the engine has nothing to make excerpts with, or was not asked to
    /// keep the texts.
    fn page(&mut self, _text: &str, _limit: usize) -> Option<Result<Page>> {
        None
    }
}

/// Titles, each with an excerpt in which what was searched for is marked.
pub type Page = Vec<(String, String)>;

/// What came out.
#[derive(Serialize)]
pub struct Figures {
    version: String,
    documents: usize,
    index_seconds: f64,
    index_bytes: u64,
    memory_bytes: u64,
    #[serde(flatten)]
    speed: Option<Speed>,
}

/// Builds the index, ranks what is judged, and loads the engine.
pub fn measure<P: Peer>(job: &Job, build: impl FnOnce(&Job, &[Text]) -> Result<P>) -> Result<Figures> {
    let corpus = read(&job.corpus)?;
    let queries = read(&job.queries)?;
    let watch = Stopwatch::start();
    let peer = build(job, &corpus)?;
    let index_seconds = watch.elapsed().as_secs_f64();
    // Only the ids are needed from here on: what the engine itself holds is to be seen.
    let ids: Vec<String> = corpus.into_iter().map(|text| text.id).collect();
    if job.rankings.is_some() {
        rank(job, &peer, &queries, &ids)?;
    }
    let speed = if job.seconds > 0.0 { Some(speed::measure(job, &peer, &queries)?) } else { None };
    Ok(Figures {
        version: peer.version()?,
        documents: ids.len(),
        index_seconds,
        index_bytes: peer.index_bytes()?,
        memory_bytes: peer.memory_bytes()?,
        speed,
    })
}

fn rank(job: &Job, peer: &impl Peer, queries: &[Text], ids: &[String]) -> Result<()> {
    let Some(path) = &job.rankings else { return Ok(()) };
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut client = peer.client()?;
    for query in queries {
        let found = client.search(&query.text, DEPTH)?;
        let found: Vec<&String> = found.into_iter().map(|place| &ids[place]).collect();
        serde_json::to_writer(&mut file, &(&query.id, found))?;
        writeln!(file)?;
    }
    Ok(file.flush()?)
}
