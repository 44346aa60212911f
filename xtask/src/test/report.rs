//! The closing lines: a line per step with its time, then the sum.

use std::process::ExitCode;

use anyhow::Result;

use super::counts::Counts;
use crate::say;
use crate::stopwatch::Stopwatch;

/// What the steps came to.
#[derive(Default)]
pub struct Report {
    lines: Vec<String>,
    unproven: Vec<&'static str>,
    sum: Counts,
}

impl Report {
    /// Runs a step and remembers its outcome. A step that could not finish counts as one failure.
    pub fn record(&mut self, name: &str, step: impl FnOnce() -> Result<Counts>) {
        let watch = Stopwatch::start();
        let counts = step().unwrap_or_else(|error| {
            say::failure(&error);
            Counts::one_failed()
        });
        let word = if counts.failed == 0 { "passed" } else { "FAILED" };
        let Counts { passed, failed } = counts;
        self.lines
            .push(format!("{word}  {name:<5} {passed:>5} passed {failed:>4} failed   {}", watch.words()));
        self.sum += counts;
    }

    /// Names something that this run leaves open.
    pub fn unproven(&mut self, what: &'static str) {
        self.unproven.push(what);
    }

    /// Prints everything, the sum on a line of its own at the end.
    pub fn close(self) -> ExitCode {
        say::heading("Result");
        for line in &self.lines {
            eprintln!("{line}");
        }
        for what in &self.unproven {
            eprintln!("not proven: {what}");
        }
        println!("{} passed, {} failed", self.sum.passed, self.sum.failed);
        if self.sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
