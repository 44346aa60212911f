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
    let mut latencies = ask(clients[0].as_mut(), queries, &next, length)?;
    latencies.sort_unstable();
    let milliseconds = |share| percentile(&latencies, share).as_secs_f64() * 1_000.0;
    let watch = Stopwatch::start();
    let answered = thread::scope(|scope| {
        let asking: Vec<_> = clients
            .iter_mut()
            .map(|client| scope.spawn(|| ask(client.as_mut(), queries, &next, length)))
            .collect();
        asking
            .into_iter()
            .map(|client| Ok(client.join().ok().context("a client gave up")??.len()))
            .sum::<Result<usize>>()
    })?;
    Ok(Speed {
        p50_ms: milliseconds(0.50),
        p99_ms: milliseconds(0.99),
        per_second: answered as f64 / watch.elapsed().as_secs_f64(),
    })
}

/// Asks for query after query until the time is over; returns how long each took.
fn ask(
    client: &mut dyn Client,
    queries: &[Text],
    next: &AtomicUsize,
    length: Duration,
) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    let watch = Stopwatch::start();
    while watch.elapsed() < length {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let one = Stopwatch::start();
        client.search(&queries[number % queries.len()].text, PAGE)?;
        latencies.push(one.elapsed());
    }
    Ok(latencies)
}

/// The smallest latency that at least `share` of all did not exceed (nearest rank).
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let sorted: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile(&sorted, 0.50), Duration::from_millis(50));
        assert_eq!(percentile(&sorted, 0.99), Duration::from_millis(99));
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }
}
