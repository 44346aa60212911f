//! When the next request is due.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Hands out turns to all connections until the time is over.
pub struct Pace {
    start: Instant,
    end: Instant,
    /// Between two requests; `None` for as fast as possible.
    interval: Option<Duration>,
    next: AtomicUsize,
}

/// One request to make.
pub struct Turn {
    /// Counts up from 0 over all connections.
    pub number: usize,
    /// When the request is to be sent.
    pub due: Instant,
}

impl Pace {
    pub fn start(rate: Option<f64>, length: Duration) -> Self {
        let start = Instant::now();
        let interval = rate.map(|rate| Duration::from_secs_f64(1.0 / rate));
        Self { start, end: start + length, interval, next: AtomicUsize::new(0) }
    }

    /// Waits for the next turn; `None` when the time is over.
    pub async fn next(&self) -> Option<Turn> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = match self.interval {
            Some(interval) => self.start + interval.mul_f64(number as f64),
            None => Instant::now(),
        };
        if due >= self.end {
            return None;
        }
        if self.interval.is_some() {
            sleep_until(due).await;
        }
        Some(Turn { number, due })
    }

    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
