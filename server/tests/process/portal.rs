//! A running `kotae serve` of its own, on a free port and a folder that goes away.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

pub struct Portal {
    child: Child,
    pub addr: String,
}

pub fn kotae() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kotae"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOTAE_")) {
        command.env_remove(name);
    }
    command.env("KOTAE_LOG", "warn");
    command
}

/// Runs a command to its end.
pub fn run(arguments: &[&str], data: &Path) -> Output {
    kotae().args(arguments).arg("--data").arg(data).output().expect("the program starts")
}

impl Portal {
    /// Starts and waits for the line that names the address.
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut child = kotae()
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("piped above"));
        let addr = out
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("http://").map(|(_, rest)| rest.trim().to_owned()))
            .expect("the portal names its address");
        let addr = addr.split(['/', ' ']).next().unwrap_or_default().to_owned();
        Self { child, addr }
    }

    /// Starts on an address, and waits for nothing.
    pub fn start_at(addr: String, data: &Path, arguments: &[&str]) -> Self {
        let mut command = kotae();
        command.args(["serve", "--addr", &addr, "--data"]).arg(data).args(arguments);
        Self { child: command.spawn().expect("the program starts"), addr }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a whole HTTP/1.1 request; gives status, headers and body, or nothing if the connection broke.
    pub fn send(&self, request: &str) -> Option<(u16, String, String)> {
        let mut stream = TcpStream::connect(&self.addr).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, head.to_owned(), body.to_owned()))
    }

    pub fn get(&self, path: &str) -> Option<(u16, String, String)> {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.addr))
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let _ = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
    }

    /// SIGTERM; gives whether it left with success.
    pub fn stop(mut self) -> bool {
        self.signal("TERM");
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
