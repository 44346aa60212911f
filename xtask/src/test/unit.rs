//! The Rust tests, with a PostgreSQL for those that touch storage.

use std::process::Command;

use anyhow::{Context, Result};

use super::counts::Counts;
use super::tee;
use crate::paths::Workspace;
use crate::{postgres, process, say, toolchain};

/// Where storage tests find their PostgreSQL. Whoever sets it has a cluster already.
const POSTGRES: &str = "KOTAE_TEST_POSTGRES_URL";

/// How `db_test!` names a test's run on PostgreSQL.
const ON_POSTGRES: &str = "::on_postgres";

/// Runs every test of the workspace; `filter` goes to the runner.
pub fn run(workspace: &Workspace, without_postgres: bool, filter: &[String]) -> Result<Counts> {
    toolchain::check_tools()?;
    let mut cluster = None;
    if !without_postgres && std::env::var_os(POSTGRES).is_none() {
        let started = postgres::start(workspace)
            .context("no PostgreSQL to test on; --without-postgres leaves those tests out, and says so")?;
        cluster = Some(started);
    }

    let nextest = process::find("cargo-nextest").is_some();
    let mut runner = process::cargo();
    runner.current_dir(&workspace.root);
    if nextest {
        runner.args(["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"]);
        runner.args(["--final-status-level", "fail", "--hide-progress-bar", "--color", "never"]);
    } else {
        say::note("cargo-nextest is not installed; cargo's own runner does the same, more slowly");
        runner.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast", "--quiet"]);
    }
    runner.args(filter);
    if without_postgres {
        runner.args(["--", "--skip", ON_POSTGRES]);
    }
    if let Some(cluster) = &cluster {
        runner.env(POSTGRES, &cluster.url);
    }
    let mut counts = count(&mut runner, if nextest { Counts::from_nextest } else { Counts::from_libtest })?;
    if filter.is_empty() {
        let mut examples = process::cargo();
        examples.current_dir(&workspace.root).args(["test", "--doc", "--workspace", "--quiet"]);
        counts += count(&mut examples, Counts::from_libtest)?;
    }
    Ok(counts)
}

/// Runs a test runner and reads its counts. One that fails without naming a failed test (the code does not compile,
/// say) is one failure.
fn count(runner: &mut Command, read: fn(&[String]) -> Counts) -> Result<Counts> {
    say::note(&process::words(runner));
    let outcome = tee::run(runner)?;
    let counts = read(&outcome.lines);
    Ok(if !outcome.status.success() && counts.failed == 0 { counts + Counts::one_failed() } else { counts })
}
