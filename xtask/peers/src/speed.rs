//! How fast pages of hits come: asked by one client after the other, and by as many as the machine has cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::job::{Job, PAGE, Text};
use crate::peer::{Client, Peer};

/// Queries before the clock starts: caches fill and pages are mapped.
const WARM_UP: usize = 50;

/// Latencies of one client by itself; throughput of all clients together.
#[derive(Serialize)]
pub struct Speed {
    p50_ms: f64,
    p99_ms: f64,
    per_second: f64,
    /// Median of a page with titles and excerpts, where the engine makes them.
    page_p50_ms: Option<f64>,
}

/// The one place that reads a clock.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a measurement of real time; nothing in it is simulated")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

pub fn measure(job: &Job, peer: &impl Peer, queries: &[Text]) -> Result<Speed> {
    let length = Duration::from_secs_f64(job.seconds);
    let mut clients = (0..job.clients.max(1)).map(|_| peer.client()).collect::<Result<Vec<_>>>()?;
    for client in &mut clients {
        for query in queries.iter().take(WARM_UP) {
            client.search(&query.text, PAGE)?;
        }
    }
    let next = AtomicUsize::new(0);
    let hits = |client: &mut dyn Client, text: &str| client.search(text, PAGE).map(drop);
    let latencies = Latencies::of(ask(clients[0].as_mut(), queries, &next, length, hits)?);
    let pages = pages(clients[0].as_mut(), queries, &next, length)?;
    let watch = Stopwatch::start();
    let answered = thread::scope(|scope| {
        let asking: Vec<_> = clients
            .iter_mut()
            .map(|client| scope.spawn(|| ask(client.as_mut(), queries, &next, length, hits)))
            .collect();
        asking
            .into_iter()
            .map(|client| Ok(client.join().ok().context("a client gave up")??.len()))
            .sum::<Result<usize>>()
    })?;
    Ok(Speed {
        p50_ms: latencies.milliseconds(0.50),
        p99_ms: latencies.milliseconds(0.99),
        per_second: answered as f64 / watch.elapsed().as_secs_f64(),
        page_p50_ms: pages.map(|pages| pages.milliseconds(0.50)),
    })
}

/// How long pages with titles and excerpts take.
fn pages(
    client: &mut dyn Client,
    queries: &[Text],
    next: &AtomicUsize,
    length: Duration,
) -> Result<Option<Latencies>> {
    for query in queries.iter().take(WARM_UP) {
        match client.page(&query.text, PAGE) {
            Some(page) => drop(page?),
            None => return Ok(None),
        }
    }
    let page = |client: &mut dyn Client, text: &str| {
        client.page(text, PAGE).context("a page that there was a moment ago")?.map(drop)
    };
    Ok(Some(Latencies::of(ask(client, queries, next, length, page)?)))
}

/// Asks for query after query until the time is over; returns how long each took.
fn ask(
    client: &mut dyn Client,
    queries: &[Text],
    next: &AtomicUsize,
    length: Duration,
    question: impl Fn(&mut dyn Client, &str) -> Result<()>,
) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    let watch = Stopwatch::start();
    while watch.elapsed() < length {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let one = Stopwatch::start();
        question(client, &queries[number % queries.len()].text)?;
        latencies.push(one.elapsed());
    }
    Ok(latencies)
}

/// Sorted.
struct Latencies(Vec<Duration>);

impl Latencies {
    fn of(mut measured: Vec<Duration>) -> Self {
        measured.sort_unstable();
        Self(measured)
    }

    /// The smallest latency that at least `share` of all did not exceed (nearest rank).
    fn milliseconds(&self, share: f64) -> f64 {
        let rank = (share * self.0.len() as f64).ceil() as usize;
        self.0.get(rank.saturating_sub(1)).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let latencies = Latencies::of((1..=100).rev().map(Duration::from_millis).collect());
        let milliseconds = |share| latencies.milliseconds(share).round() as u64;
        assert_eq!((milliseconds(0.50), milliseconds(0.99)), (50, 99));
        assert_eq!(Latencies::of(Vec::new()).milliseconds(0.5), 0.0);
    }
}
