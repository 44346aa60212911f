//! `cargo xtask …`: the commands of this repository. Each module is one of them, or a tool that they share.

mod apt;
mod bench;
mod chromium;
mod compile;
mod dist;
mod guard;
mod http;
mod paths;
mod pictures;
mod portal;
mod postgres;
mod process;
mod run;
mod say;
mod site;
mod stopwatch;
mod test;
mod toolchain;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::paths::Workspace;

/// The commands of the Kotae repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and start the portal, with the demo unless --empty.
    Run(run::Args),
    /// Run, and build and start again whenever a file is saved.
    Watch(run::Args),
    /// Prove everything: format, lints, tests on both databases, wasm, journeys in a browser.
    Test(test::Args),
    /// Measure: throughput, latency, memory, start-up, weight; against a named peer where there is one.
    Bench(bench::Args),
    /// Take the pictures of README.md and, to look at, of every page at both widths by day and by night.
    Pictures,
    /// Build only what browsers load: wasm, style sheet and public files, into target/site.
    Site,
    /// Build one production binary with the site inside, at target/dist/kotae.
    Dist,
}

fn main() -> ExitCode {
    match Cli::parse().command.carry_out() {
        Ok(code) => code,
        Err(error) => {
            say::failure(&error);
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn carry_out(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::find()?;
        match self {
            Self::Run(args) => run::run(&workspace, &args)?,
            Self::Watch(args) => watch::run(&workspace, &args)?,
            Self::Test(args) => return Ok(test::run(&workspace, &args)),
            Self::Bench(args) => return bench::run(&workspace, &args),
            Self::Pictures => pictures::take(&workspace)?,
            Self::Site => drop(site::build(&workspace)?),
            Self::Dist => dist::build(&workspace)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
