//! How many passed and failed, as the test runners tell it in their closing lines.

use std::ops::{Add, AddAssign};

use anyhow::{Context, Result};

/// Outcomes of tests, or of a step that is a single check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl Counts {
    /// A check that held.
    pub fn one_passed() -> Self {
        Self { passed: 1, failed: 0 }
    }

    /// A check that did not hold.
    pub fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    /// Sums libtest's closing lines, one per test binary: `test result: ok. 3 passed; 0 failed; …`.
    pub fn from_libtest(lines: &[String]) -> Self {
        let closing = lines.iter().filter_map(|line| line.strip_prefix("test result: ")?.split_once(". "));
        closing.fold(Self::default(), |sum, (_, outcomes)| sum + Self::from_outcomes(outcomes.split("; ")))
    }

    /// Reads nextest's closing line, `Summary [ 0.3s] 5 tests run: 3 passed, 1 failed, 1 timed out, 0 skipped`. What
    /// failed tests have written stands before it, libtest's closing lines included.
    pub fn from_nextest(lines: &[String]) -> Self {
        let closing = lines
            .iter()
            .rev()
            .find_map(|line| Some(line.trim_start().strip_prefix("Summary [")?.split_once("run: ")?.1));
        closing.map_or_else(Self::default, |outcomes| Self::from_outcomes(outcomes.split(", ")))
    }

    /// Sums outcomes such as "3 passed (1 slow)"; whatever did not pass and was not left out has failed.
    fn from_outcomes<'a>(outcomes: impl Iterator<Item = &'a str>) -> Self {
        let mut sum = Self::default();
        for outcome in outcomes {
            let Some((number, kind)) = outcome.split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            if kind.starts_with("passed") {
                sum.passed += number;
            } else if ["failed", "timed out", "exec failed"].iter().any(|bad| kind.starts_with(bad)) {
                sum.failed += number;
            }
        }
        sum
    }

    /// The totals of Playwright's JSON report. A flaky test has failed once, so it counts as failed.
    pub fn from_playwright(report: &str) -> Result<Self> {
        let report: serde_json::Value =
            serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let count = |name: &str| {
            report["stats"][name].as_u64().with_context(|| format!("Playwright's report has no stats.{name}"))
        };
        Ok(Self { passed: count("expected")?, failed: count("unexpected")? + count("flaky")? })
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn results_of_several_test_binaries_are_summed() {
        let output = "running 3 tests\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n\
            test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(Counts::from_libtest(&lines(output)), Counts { passed: 6, failed: 1 });
    }

    #[test]
    fn the_summary_of_nextest_counts_time_outs_as_failures_and_leaves_out_what_was_skipped() {
        let output = "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 9 filtered out\n\
            \x20    Summary [   0.337s] 7/10 tests run: 4 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n\
            \x20       FAIL [   0.196s] some::test\n";
        assert_eq!(Counts::from_nextest(&lines(output)), Counts { passed: 4, failed: 3 });
    }

    #[test]
    fn words_of_a_test_about_results_are_not_taken_for_one() {
        let output = lines("the test result: ok. 3 passed; 0 failed");
        assert_eq!(Counts::from_libtest(&output), Counts::default());
        assert_eq!(Counts::from_nextest(&output), Counts::default());
    }

    #[test]
    fn a_flaky_journey_is_a_failed_one() {
        let report = r#"{"stats": {"expected": 5, "unexpected": 1, "flaky": 1, "skipped": 0}}"#;
        assert_eq!(Counts::from_playwright(report).unwrap(), Counts { passed: 5, failed: 2 });
        assert!(Counts::from_playwright("{}").is_err());
    }
}
