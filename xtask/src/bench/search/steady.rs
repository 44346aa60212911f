//! Search over HTTP with thousands of articles: how long an answer takes at a steady rate, and how many there can be.

use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::bench::figure::{Figures, Promise};
use crate::bench::load::Force;
use crate::bench::{Bench, sitemap};
use crate::http;
use crate::portal::Portal;
use crate::stopwatch::Stopwatch;

/// How long the index may take to follow the import.
const INDEXING: Duration = Duration::from_secs(300);

/// Requests per second at which the latency is promised.
const RATE: u32 = 200;

/// Measures a portal on data that were just imported; returns how long its index took.
pub fn measure(bench: &Bench<'_>, data: &Path, imported: u64, figures: &mut Figures) -> Result<Duration> {
    let portal = Portal::on(bench.workspace, &bench.build, data)?;
    let watch = Stopwatch::start();
    wait_for_index(portal.port, imported)?;
    let indexed = watch.elapsed();
    let articles = sitemap::articles(portal.port, "en")?;
    let queries: Vec<String> = articles.iter().map(|path| query(path)).collect();

    println!(
        "{imported} texts in two languages; {} different queries, none asked twice in a row",
        queries.len()
    );
    let steady = bench.load(portal.port, &queries, Force::Steady { rate: RATE })?;
    figures.tell("median answer, at 200 queries/s", steady.p50_ms, "ms");
    figures.hold("99 of 100 answers, at 200 queries/s", steady.p99_ms, "ms", Promise::Under(25.0));
    figures.tell("slowest answer, at 200 queries/s", steady.max_ms, "ms");
    let most = bench.load(portal.port, &queries, Force::Most { connections: 16 })?;
    figures.hold("search, as fast as it goes", most.per_second, "queries/s", Promise::AtLeast(1_000.0));
    Ok(indexed)
}

/// What a person might type who looks for an article: the first words of its title, of which its address is made.
fn query(path: &str) -> String {
    let slug = path.rsplit('/').next().unwrap_or_default();
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).take(4).collect();
    format!("/api/v1/search?locale=en&q={}", words.join("+"))
}

/// Waits until the index holds so many texts: until then the database answers in its place.
pub fn wait_for_index(port: u16, texts: u64) -> Result<()> {
    let watch = Stopwatch::start();
    while indexed(port)? < texts {
        if watch.elapsed() > INDEXING {
            bail!("the index has not followed the import within {} s", INDEXING.as_secs());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// How many texts the index in use holds.
fn indexed(port: u16) -> Result<u64> {
    let metrics = http::text(port, "/metrics")?;
    let line = metrics.lines().find_map(|line| line.strip_prefix("kotae_search_documents "));
    let texts = line.context("the portal does not say how much it has indexed")?;
    Ok(texts.trim().parse::<f64>()? as u64)
}
