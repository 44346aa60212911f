//! `cargo xtask run`: from a fresh clone to the portal in the browser.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::Workspace;
use crate::{compile, process, say, site, toolchain};

#[derive(clap::Args)]
pub struct Args {
    /// Build and run with optimisation.
    #[arg(long)]
    pub release: bool,
    /// The port to listen on, at 127.0.0.1.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Start without the demo's articles, people and requests.
    #[arg(long)]
    empty: bool,
    /// Keep the data in this PostgreSQL database (postgres://…) instead of SQLite.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The data folder: SQLite database, search index, attachments, mail.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

/// Builds what changed and becomes the server.
pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    toolchain::check_tools()?;
    let site = site::build(workspace)?;
    let server = compile::server(workspace, args.release)?;

    let mut serve = serve(args, &server, &site);
    say::step("Starting the portal", "stop it with Ctrl-C");
    // The server takes our place, so that every signal meant for it reaches it.
    let error = serve.exec();
    Err(error).with_context(|| format!("`{}` could not be started", process::words(&serve)))
}

/// The server's command line.
pub fn serve(args: &Args, server: &Path, site: &Path) -> Command {
    let mut serve = Command::new(server);
    serve.arg("serve").args(["--addr", &format!("127.0.0.1:{}", args.port)]);
    serve.arg("--data").arg(&args.data).arg("--site").arg(site);
    if !args.empty {
        serve.arg("--demo");
    }
    if let Some(url) = &args.database_url {
        serve.args(["--database-url", url]);
    }
    serve
}
