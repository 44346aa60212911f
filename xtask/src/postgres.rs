//! A throw-away PostgreSQL cluster: made in a temporary folder, gone with the value.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::guard::{Guard, Guarded};
use crate::paths::Workspace;
use crate::{apt, portal, process, say};

/// The database's superuser, and only user.
const USER: &str = "kotae";

/// A running cluster that nothing else knows of.
pub struct Cluster {
    _server: Guarded,
    _home: TempDir,
    /// `postgres://…`, for a superuser on loopback.
    pub url: String,
}

/// Starts a cluster; installs PostgreSQL first where it is missing and apt may be used.
pub fn start(workspace: &Workspace) -> Result<Cluster> {
    let programs = programs()?;
    say::step("Starting a PostgreSQL of our own", "in a temporary folder; it goes with this command");
    let home = tempfile::Builder::new().prefix("kotae-postgres-").tempdir()?;
    let data = home.path().join("data");
    let account = Account::choose()?;
    account.own(home.path())?;

    let mut initdb = account.command(&programs.join("initdb"));
    initdb.arg("-D").arg(&data).args([
        "-U",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
    ]);
    process::output(initdb.current_dir(home.path())).context("the cluster could not be made")?;

    let port = portal::free_port()?;
    let mut postgres = account.command(&programs.join("postgres"));
    postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]).current_dir(home.path());
    let folder = home.path().display();
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={folder}"),
        "max_connections=300".to_owned(),
        // Nothing in this cluster outlives a crash, so nothing needs to wait for the disk.
        "fsync=off".to_owned(),
        "synchronous_commit=off".to_owned(),
        "full_page_writes=off".to_owned(),
    ] {
        postgres.args(["-c", &setting]);
    }
    let log = workspace.work("logs").join("postgres.log");
    fs::create_dir_all(workspace.work("logs"))?;
    let guard = Guard { signal: "INT", folder: Some(home.path()), log: Some(File::create(&log)?) };
    let mut server = Guarded::start(&postgres, guard)?;
    let mut answers = Command::new(programs.join("pg_isready"));
    answers.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
    server
        .wait_until("PostgreSQL", Duration::from_secs(60), || process::succeeds(&mut answers))
        .with_context(|| format!("see {}", log.display()))?;
    let url = format!("postgres://{USER}@127.0.0.1:{port}/postgres");
    Ok(Cluster { _server: server, _home: home, url })
}

/// The folder of PostgreSQL's programs.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    apt::install(&["postgresql"], "the tests run on PostgreSQL too, in a cluster of their own")?;
    installed().context("PostgreSQL's programs (initdb, postgres) are not where they were expected")
}

fn installed() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).is_file())
    };
    // Debian keeps each version's programs in a folder of its own, away from PATH.
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(complete)
        .collect();
    versions.sort_by_key(|folder| version(folder));
    versions.pop().or_else(|| Some(process::find("initdb")?.parent()?.to_owned()).filter(complete))
}

/// 15 for /usr/lib/postgresql/15/bin.
fn version(folder: &Path) -> u32 {
    folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0)
}

/// Whom the server runs as: PostgreSQL refuses to run as root.
enum Account {
    Ourselves,
    Other { name: &'static str, id: u32, group: u32 },
}

impl Account {
    fn choose() -> Result<Self> {
        if !process::is_root() {
            return Ok(Self::Ourselves);
        }
        if process::find("setpriv").is_none() {
            bail!(
                "PostgreSQL refuses to run as root, and `setpriv` (package util-linux) is missing to change the user"
            );
        }
        for name in ["postgres", "nobody"] {
            let number =
                |flag| process::output(Command::new("id").args([flag, name])).ok()?.trim().parse().ok();
            if let (Some(id), Some(group)) = (number("-u"), number("-g")) {
                return Ok(Self::Other { name, id, group });
            }
        }
        bail!("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as")
    }

    /// Gives a folder to the account.
    fn own(&self, folder: &Path) -> Result<()> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { name, id, group } => std::os::unix::fs::chown(folder, Some(*id), Some(*group))
                .with_context(|| format!("{} cannot be given to {name}", folder.display())),
        }
    }

    /// A command that the account runs.
    fn command(&self, program: &Path) -> Command {
        match self {
            Self::Ourselves => Command::new(program),
            Self::Other { id, group, .. } => {
                let mut command = Command::new("setpriv");
                command.args([format!("--reuid={id}"), format!("--regid={group}"), "--clear-groups".into()]);
                command.arg(program);
                command
            }
        }
    }
}
