//! The command line. Errors say what to do next, and leave with a non-zero code.

mod admin;
mod backup;
mod eval;
mod import;
mod serve;

use crate::config::Config;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A self-service portal: answer once.
#[derive(Parser)]
#[command(name = "kotae", version, about)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes; each can stand in kotae.toml or in the environment as KOTAE_… too.
#[derive(Args, Default)]
struct Common {
    /// Configuration file (default: ./kotae.toml if there is one).
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Data folder.
    #[arg(long, global = true)]
    data: Option<String>,
    /// postgres://… (default: SQLite in the data folder).
    #[arg(long, global = true)]
    database_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Manage administrators.
    Admin(admin::Admin),
    /// Measure how good search is.
    Eval(eval::Eval),
    /// Run the portal.
    Serve(serve::Serve),
    /// Bring articles in from elsewhere.
    Import(import::Import),
    /// Write the whole portal into one file, while it runs.
    Backup(backup::Backup),
    /// Read a backup into an empty database; the portal must not be running.
    Restore(backup::Restore),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Admin(admin) => admin.run(&cli.common).await,
            Command::Eval(eval) => eval.run(&cli.common).await,
            Command::Serve(serve) => serve.run(&cli.common).await,
            Command::Import(import) => import.run(&cli.common).await,
            Command::Backup(backup) => backup.run(&cli.common).await,
            Command::Restore(restore) => restore.run(&cli.common).await,
        }
    });
    // A blocking thread that still runs must not hold the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match result {
        Ok(code) => code,
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("kotae: {error:#}");
    ExitCode::FAILURE
}

impl Common {
    /// The configuration, with a command's own flags on top.
    fn config(
        &self,
        flags: impl IntoIterator<Item = (&'static str, Option<String>)>,
    ) -> anyhow::Result<Config> {
        let own = [("data", self.data.clone()), ("database_url", self.database_url.clone())];
        let flags = own.into_iter().chain(flags).filter_map(|(key, value)| value.map(|value| (key, value)));
        Ok(Config::load(self.config.as_deref(), std::env::vars(), flags)?)
    }
}
