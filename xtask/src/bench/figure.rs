//! Measured figures, and whether they keep what was promised.

use std::process::ExitCode;

use crate::say;

/// What the project has promised of a figure.
#[derive(Clone, Copy)]
pub enum Promise {
    AtLeast(f64),
    Under(f64),
    AtMost(f64),
}

impl Promise {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bound) => value >= bound,
            Self::Under(bound) => value < bound,
            Self::AtMost(bound) => value <= bound,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(bound) => format!("at least {}", number(bound)),
            Self::Under(bound) => format!("under {}", number(bound)),
            Self::AtMost(bound) => format!("at most {}", number(bound)),
        }
    }
}

/// The promises of a run.
#[derive(Default)]
pub struct Figures {
    kept: u32,
    missed: Vec<String>,
}

impl Figures {
    /// A figure that nothing was promised of.
    pub fn tell(&self, name: &str, value: f64, unit: &str) {
        println!("{name:<58} {:>10} {unit}", number(value));
    }

    /// A figure with its promise.
    pub fn hold(&mut self, name: &str, value: f64, unit: &str, promise: Promise) {
        let holds = promise.holds(value);
        let word = if holds { "kept" } else { "MISSED" };
        println!("{name:<58} {:>10} {unit:<12} {word}: {}", number(value), promise.words());
        if holds {
            self.kept += 1;
        } else {
            self.missed.push(format!("{name}: {} {unit}, promised {}", number(value), promise.words()));
        }
    }

    /// A part that could not be measured.
    pub fn missing(&mut self, part: &str) {
        self.missed.push(format!("{part}: not measured"));
    }

    pub fn close(self) -> ExitCode {
        say::heading("Promises");
        for missed in &self.missed {
            println!("{missed}");
        }
        println!("{} kept, {} missed", self.kept, self.missed.len());
        if self.missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// As many digits as can be trusted.
fn number(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_at_least_and_at_most_and_not_to_under() {
        assert!(Promise::AtLeast(0.5).holds(0.5));
        assert!(Promise::AtMost(60.0).holds(60.0));
        assert!(!Promise::Under(25.0).holds(25.0));
        assert!(!Promise::Under(25.0).holds(f64::NAN), "a figure that is no number keeps nothing");
    }
}
