//! Latencies, counted.

use std::time::Duration;

/// What a load came to. Every latency is kept: a run is bounded, and percentiles are exact.
#[derive(Default)]
pub struct Summary {
    microseconds: Vec<u64>,
    errors: u64,
    bytes: u64,
}

impl Summary {
    pub fn record(&mut self, latency: Duration, is_success: bool, bytes: usize) {
        self.microseconds.push(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
        self.errors += u64::from(!is_success);
        self.bytes += bytes as u64;
    }

    pub fn merge(&mut self, other: Self) {
        self.microseconds.extend(other.microseconds);
        self.errors += other.errors;
        self.bytes += other.bytes;
    }

    /// Counts, the rate per second, and latencies in milliseconds.
    pub fn into_json(mut self, elapsed: Duration) -> serde_json::Value {
        self.microseconds.sort_unstable();
        let requests = self.microseconds.len();
        let milliseconds = |share| self.percentile(share) as f64 / 1_000.0;
        serde_json::json!({
            "requests": requests,
            "errors": self.errors,
            "bytes": self.bytes,
            "per_second": requests as f64 / elapsed.as_secs_f64(),
            "p50_ms": milliseconds(0.50),
            "p99_ms": milliseconds(0.99),
            "max_ms": milliseconds(1.0),
        })
    }

    /// The smallest latency that at least `share` of all requests did not exceed (nearest rank).
    fn percentile(&self, share: f64) -> u64 {
        let rank = (share * self.microseconds.len() as f64).ceil() as usize;
        self.microseconds.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let mut summary = Summary::default();
        for millisecond in (1..=100).rev() {
            summary.record(Duration::from_millis(millisecond), millisecond != 7, 10);
        }
        let json = summary.into_json(Duration::from_secs(2));
        assert_eq!(json["p50_ms"], 50.0);
        assert_eq!(json["p99_ms"], 99.0);
        assert_eq!(json["max_ms"], 100.0);
        assert_eq!(json["per_second"], 50.0);
        assert_eq!(
            (&json["requests"], &json["errors"], &json["bytes"]),
            (&100.into(), &1.into(), &1000.into())
        );
    }
}
