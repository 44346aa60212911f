//! `cargo xtask test`: everything that must hold, in steps that can be called by name.

mod counts;
pub mod e2e;
mod lint;
mod report;
mod tee;
mod unit;

use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use crate::paths::Workspace;
use crate::{process, say, site, toolchain};
use counts::Counts;
use report::Report;

#[derive(clap::Args)]
pub struct Args {
    /// Only these steps; all of them when none is named.
    #[arg(value_enum)]
    steps: Vec<Step>,
    /// Test storage on SQLite alone, and say that the rest was not proven. (KOTAE_TEST_POSTGRES_URL names a cluster to
    /// use instead of an own one.)
    #[arg(long)]
    without_postgres: bool,
    /// Passed on to the test runner of `unit` or `e2e`, for example the name of a test.
    #[arg(last = true)]
    filter: Vec<String>,
}

/// The steps, in the order in which they run: what fails soonest comes first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// The code is formatted.
    Fmt,
    /// No lint complains, on the server's side and on the browser's.
    Lint,
    /// Unit and integration tests, on SQLite and PostgreSQL.
    Unit,
    /// Islands and style sheet build.
    Wasm,
    /// Journeys and accessibility in Chromium.
    E2e,
}

/// Runs the steps to the end, whatever fails on the way, and closes with the line `N passed, N failed`.
pub fn run(workspace: &Workspace, args: &Args) -> ExitCode {
    let mut report = Report::default();
    for step in Step::value_variants() {
        if args.steps.is_empty() || args.steps.contains(step) {
            say::heading(step.title());
            report.record(step.name(), || step.carry_out(workspace, args));
        }
    }
    if args.without_postgres && (args.steps.is_empty() || args.steps.contains(&Step::Unit)) {
        report.unproven("storage on PostgreSQL (--without-postgres)");
    }
    if process::find("cargo-deny").is_none() && (args.steps.is_empty() || args.steps.contains(&Step::Lint)) {
        report.unproven("licences and advisories of dependencies (cargo-deny is not installed)");
    }
    report.close()
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Wasm => "wasm",
            Self::E2e => "e2e",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Fmt => "Format",
            Self::Lint => "Lints",
            Self::Unit => "Unit and integration tests",
            Self::Wasm => "Islands and style sheet",
            Self::E2e => "Journeys in Chromium",
        }
    }

    fn carry_out(self, workspace: &Workspace, args: &Args) -> Result<Counts> {
        match self {
            Self::Fmt => lint::format(workspace),
            Self::Lint => lint::lint(workspace),
            Self::Unit => unit::run(workspace, args.without_postgres, &args.filter),
            Self::Wasm => {
                toolchain::check_tools()?;
                site::build(workspace)?;
                Ok(Counts::one_passed())
            }
            Self::E2e => e2e::run(workspace, &args.filter),
        }
    }
}
