//! Elapsed time, for reports and deadlines: the one place of xtask that reads a clock.

use std::time::{Duration, Instant};

/// Runs from the moment it is made.
#[derive(Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "a build tool measures real time; nothing in it is simulated"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// "850 ms", "3.2 s", "4 min 05 s".
    pub fn words(self) -> String {
        words(self.elapsed())
    }
}

/// A duration as people say it.
pub fn words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 1.0 {
        format!("{} ms", time.as_millis())
    } else if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_the_unit_that_fits() {
        assert_eq!(words(Duration::from_millis(850)), "850 ms");
        assert_eq!(words(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(words(Duration::from_secs(245)), "4 min 05 s");
    }
}
