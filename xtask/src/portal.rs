//! A portal of our own: the built server on a free port with a data folder that goes away with it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::guard::{Guard, Guarded};
use crate::http;
use crate::paths::Workspace;

/// A running portal; dropping it stops the server, and removes its data when they are temporary.
pub struct Portal {
    _server: Guarded,
    _folder: Option<TempDir>,
    data: PathBuf,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
}

/// What portals are started from.
pub struct Build {
    /// The `kotae` program.
    pub program: PathBuf,
    /// What browsers load.
    pub site: PathBuf,
}

impl Portal {
    /// Starts a portal with the demo in a temporary folder, and waits until it answers.
    pub fn demo(workspace: &Workspace, build: &Build) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("kotae-portal-").tempdir()?;
        let mut portal = Self::launch(workspace, build, folder.path(), true, Some(folder.path()))?;
        portal._folder = Some(folder);
        Ok(portal)
    }

    /// Starts a portal with the demo in a folder that stays, and waits until it answers.
    pub fn seeded(workspace: &Workspace, build: &Build, data: &Path) -> Result<Self> {
        Self::launch(workspace, build, data, true, None)
    }

    /// Starts a portal on data that are there already, and waits until it answers.
    pub fn on(workspace: &Workspace, build: &Build, data: &Path) -> Result<Self> {
        Self::launch(workspace, build, data, false, None)
    }

    fn launch(
        workspace: &Workspace,
        build: &Build,
        data: &Path,
        demo: bool,
        temporary: Option<&Path>,
    ) -> Result<Self> {
        let port = free_port()?;
        let mut serve = Command::new(&build.program);
        serve.args(["serve", "--addr", &format!("127.0.0.1:{port}")]);
        serve.arg("--data").arg(data).arg("--site").arg(&build.site).current_dir(data);
        if demo {
            serve.arg("--demo");
        }
        // Tests and measurements play many visitors; each says where it comes from, as behind a reverse proxy.
        serve.env("KOTAE_TRUSTED_PROXIES", "1");
        // A measurement is one network, and asks for all there is.
        serve.env("KOTAE_SEARCH_RATE", "0");
        let log = workspace.work("logs").join("portal.log");
        fs::create_dir_all(workspace.work("logs"))?;
        let guard = Guard { signal: "TERM", folder: temporary, log: Some(File::create(&log)?) };
        let mut server = Guarded::start(&serve, guard)?;
        server
            .wait_until("the portal", Duration::from_secs(120), || is_ready(port))
            .with_context(|| format!("see {}", log.display()))?;
        Ok(Self { _server: server, _folder: None, data: data.to_owned(), port })
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its process id, as it stands in the lock of the data folder.
    pub fn process(&self) -> Result<u32> {
        let lock = fs::read_to_string(self.data.join("kotae.lock")).context("the portal holds no lock")?;
        lock.trim().parse().context("the portal's lock holds no process id")
    }
}

/// A port of loopback that nothing listens on.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether the portal says that it can do its work.
fn is_ready(port: u16) -> bool {
    http::get(port, "/readyz", &[]).is_ok_and(|response| response.status == 200)
}
