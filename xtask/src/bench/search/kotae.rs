//! Kotae itself among the engines: asked over HTTP, judged by `kotae eval`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::collection::{Collection, read};
use super::engine::{CONNECTIONS, Outcome, Speed};
use super::quality::Quality;
use super::traffic::Traffic;
use super::{markdown, wait_for_index};
use crate::bench::load::Force;
use crate::bench::{Bench, machine};
use crate::portal::Portal;
use crate::process;

/// Before the clock starts: pages of the index are mapped.
const WARM_UP: u64 = 1;

/// What `kotae eval --json` prints, as far as it is of interest here.
#[derive(Deserialize)]
struct Evaluation {
    index_seconds: f64,
    #[serde(flatten)]
    quality: Quality,
}

/// Measures a portal that holds nothing but the collection.
pub fn measure(bench: &Bench<'_>, collection: &Collection, seconds: u64) -> Result<Outcome> {
    let evaluation = evaluate(bench, collection)?;
    let (source, data) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let documents = read(&collection.corpus)?;
    markdown::write(documents.iter().map(|document| (document, String::new())), source.path())?;
    let report = bench.import_from(data.path(), source.path(), &["--locale", collection.language])?;
    let portal = Portal::on(bench.workspace, &bench.build, data.path())?;
    wait_for_index(portal.port, report.created)?;
    let speed = if collection.is_timed { Some(speed(bench, &portal, collection, seconds)?) } else { None };
    let status = format!("/proc/{}/status", portal.process()?);
    Ok(Outcome {
        version: String::new(),
        index_seconds: evaluation.index_seconds,
        index_bytes: size(&index_folder(data.path())?)?,
        memory_bytes: machine::kilobytes(&status, "VmRSS")? * 1_024,
        speed,
        quality: collection.judgements.is_some().then_some(evaluation.quality),
    })
}

fn speed(bench: &Bench<'_>, portal: &Portal, collection: &Collection, seconds: u64) -> Result<Speed> {
    let queries = read(&collection.queries)?;
    let mut traffic = Traffic::new(queries.iter().map(|query| query.text.as_str()), collection.language);
    let one = Force::Most { connections: 1 };
    bench.load_for(WARM_UP, portal.port, &traffic.pages(), one)?;
    let page = bench.load_for(seconds, portal.port, &traffic.pages(), one)?;
    let alone = bench.load_for(seconds, portal.port, &traffic.titles(), one)?;
    let together = Force::Most { connections: CONNECTIONS };
    let per_second = bench.load_for(seconds, portal.port, &traffic.titles(), together)?.per_second;
    Ok(Speed { p50_ms: alone.p50_ms, p99_ms: alone.p99_ms, per_second, page_p50_ms: Some(page.p50_ms) })
}

/// Quality, and how long an index of plain texts takes, as the peers are given them.
fn evaluate(bench: &Bench<'_>, collection: &Collection) -> Result<Evaluation> {
    // Nothing is evaluated without a judgement: where nobody judged there is one, and its quality is told to nobody.
    let any = tempfile::NamedTempFile::new()?;
    if let (Some(query), Some(document)) =
        (read(&collection.queries)?.first(), read(&collection.corpus)?.first())
    {
        fs::write(any.path(), format!("{}\t{}\t1\n", query.id, document.id))?;
    }
    let judgements = collection.judgements.as_deref().unwrap_or(any.path());
    let mut eval = Command::new(&bench.build.program);
    eval.args(["eval", "--json", "--corpus"]).arg(&collection.corpus);
    eval.arg("--queries").arg(&collection.queries).arg("--qrels").arg(judgements);
    let told = process::output(&mut eval)?;
    serde_json::from_str(&told).context("the evaluation is not as it was expected")
}

/// Where a portal keeps its index.
pub fn index_folder(data: &Path) -> Result<PathBuf> {
    let folders = fs::read_dir(data)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders = folders.filter(|path| path.join("meta.json").is_file());
    folders.next().context("the portal's data folder holds no index")
}

/// Bytes of the files in a folder.
pub fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
