//! `cargo xtask …`: the commands of this repository. Each module is one of them, or a tool that they share.

mod apt;
mod compile;
mod dist;
mod paths;
mod process;
mod run;
mod say;
mod site;
mod stopwatch;
mod toolchain;

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
    /// Build only what browsers load: wasm, style sheet and public files, into target/site.
    Site,
    /// Build one production binary with the site inside, at target/dist/kotae.
    Dist,
}

fn main() -> ExitCode {
    match Cli::parse().command.carry_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::failure(&error);
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn carry_out(self) -> anyhow::Result<()> {
        let workspace = Workspace::find()?;
        match self {
            Self::Run(args) => run::run(&workspace, &args),
            Self::Site => site::build(&workspace).map(drop),
            Self::Dist => dist::build(&workspace),
        }
    }
}
