//! A portal of our own: the built server on a free port with a data folder that goes away with it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::guard::{Guard, Guarded};
use crate::paths::Workspace;

/// A running portal; dropping it stops the server and removes its data.
pub struct Portal {
    _server: Guarded,
    data: TempDir,
    port: u16,
}

impl Portal {
    /// Starts `program` with the built site and the demo, and waits until it answers.
    pub fn start(workspace: &Workspace, program: &Path, site: &Path) -> Result<Self> {
        let data = tempfile::Builder::new().prefix("kotae-portal-").tempdir()?;
        let port = free_port()?;
        let mut serve = Command::new(program);
        serve.args(["serve", "--demo", "--addr", &format!("127.0.0.1:{port}")]);
        serve.arg("--data").arg(data.path()).arg("--site").arg(site).current_dir(data.path());
        let log = workspace.work("logs").join("portal.log");
        fs::create_dir_all(workspace.work("logs"))?;
        let guard = Guard { signal: "TERM", folder: Some(data.path()), log: Some(File::create(&log)?) };
        let mut server = Guarded::start(&serve, guard)?;
        server
            .wait_until("the portal", Duration::from_secs(120), || is_ready(port))
            .with_context(|| format!("see {}", log.display()))?;
        Ok(Self { _server: server, data, port })
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.data.path().to_owned()
    }
}

/// A port of loopback that nothing listens on.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether the portal says that it can do its work.
fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}
