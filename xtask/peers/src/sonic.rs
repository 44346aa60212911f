//! sonic-server, over its own protocol ("Sonic Channel"), with the settings it comes with.
//!
//! It has no fields and keeps no frequencies: titles and texts go in as one.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::job::{DEPTH, Job, Language, Text};
use crate::memory;
use crate::peer::{Client, Peer};
use crate::speed::Stopwatch;

/// The name of the program, as `cargo install sonic-server` installs it.
const PROGRAM: &str = "sonic";
const PASSWORD: &str = "bench";
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer commands are refused; the server says 20,000 when a channel opens.
const MOST_BYTES: usize = 18_000;

/// A server of our own, which ends with this value.
pub struct Server {
    process: Child,
    address: SocketAddr,
    language: &'static str,
    folder: PathBuf,
}

struct Channel {
    reader: BufReader<TcpStream>,
    language: &'static str,
}

impl Server {
    pub fn build(job: &Job, corpus: &[Text]) -> Result<Self> {
        let port: u16 = job.server.as_deref().context("the job names no port")?.parse()?;
        let language = match job.language {
            Language::En => "eng",
            Language::Ja => "jpn",
        };
        let settings = job.folder.join("sonic.cfg");
        std::fs::write(&settings, configuration(port, job))?;
        let process = Command::new(PROGRAM)
            .arg("-c")
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("sonic-server could not be started")?;
        let address = (Ipv4Addr::LOCALHOST, port).into();
        let server = Self { process, address, language, folder: job.folder.clone() };
        server.fill(corpus)?;
        Ok(server)
    }

    fn fill(&self, corpus: &[Text]) -> Result<()> {
        let mut channel = self.open("ingest")?;
        for (place, text) in corpus.iter().enumerate() {
            for piece in pieces(&format!("{} {}", text.title, text.text)) {
                let push = format!("PUSH docs all {place} \"{piece}\" LANG({})", self.language);
                let said = channel.ask(&push)?;
                if said != "OK" {
                    bail!("sonic-server refused a text: {said}");
                }
            }
        }
        // Words that were pushed are found once the index of words is written.
        self.open("control")?.ask("TRIGGER consolidate")?;
        Ok(())
    }

    /// Opens a channel; waits for a server that is still starting.
    fn open(&self, mode: &str) -> Result<Channel> {
        let watch = Stopwatch::start();
        let stream = loop {
            match TcpStream::connect_timeout(&self.address, PATIENCE) {
                Ok(stream) => break stream,
                Err(_) if watch.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
                Err(error) => return Err(error).context("sonic-server does not answer"),
            }
        };
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut channel = Channel { reader: BufReader::new(stream), language: self.language };
        channel.line()?;
        let said = channel.ask(&format!("START {mode} {PASSWORD}"))?;
        if !said.starts_with("STARTED") {
            bail!("sonic-server opens no channel: {said}");
        }
        Ok(channel)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Peer for Server {
    fn version(&self) -> Result<String> {
        let said = Command::new(PROGRAM).arg("--version").output()?;
        Ok(String::from_utf8_lossy(&said.stdout).split_whitespace().last().unwrap_or_default().to_owned())
    }

    fn client(&self) -> Result<Box<dyn Client>> {
        Ok(Box::new(self.open("search")?))
    }

    fn index_bytes(&self) -> Result<u64> {
        memory::on_disk(&self.folder)
    }

    fn memory_bytes(&self) -> Result<u64> {
        memory::of(self.process.id())
    }
}

impl Channel {
    fn ask(&mut self, command: &str) -> Result<String> {
        self.reader.get_mut().write_all(format!("{command}\n").as_bytes())?;
        self.line()
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Client for Channel {
    fn search(&mut self, text: &str, limit: usize) -> Result<Vec<usize>> {
        let Some(words) = pieces(text).into_iter().next() else { return Ok(Vec::new()) };
        let query = format!("QUERY docs all \"{words}\" LIMIT({limit}) LANG({})", self.language);
        let said = self.ask(&query)?;
        if !said.starts_with("PENDING") {
            bail!("sonic-server refused a query: {said}");
        }
        let event = self.line()?;
        let found = event.strip_prefix("EVENT QUERY ").context("sonic-server answered something else")?;
        found
            .split_whitespace()
            .skip(1)
            .map(|place| place.parse().context("no place in the corpus"))
            .collect()
    }
}

/// A text in commands' worth of characters: on one line, quotation marks escaped.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        let full = pieces.last().is_some_and(|piece| piece.len() >= MOST_BYTES && c.is_whitespace());
        if full || pieces.last().is_some_and(|piece| piece.len() >= MOST_BYTES + 1_000) {
            pieces.push(String::new());
        }
        let Some(piece) = pieces.last_mut() else { continue };
        match c {
            '"' | '\\' => piece.extend(['\\', c]),
            c if c.is_whitespace() || c.is_control() => piece.push(' '),
            c => piece.push(c),
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// What it comes with, apart from where things are and how many hits there can be.
fn configuration(port: u16, job: &Job) -> String {
    let folder = job.folder.display();
    format!(
        r#"[channel]
inet = "127.0.0.1:{port}"
auth_password = "{PASSWORD}"
[search]
query_limit_maximum = {DEPTH}
[store.kv]
path = "{folder}/kv/"
[store.fst]
path = "{folder}/fst/"
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_on_one_line_in_pieces_that_are_not_refused() {
        assert_eq!(pieces("say \"yes\"\n\\"), ["say \\\"yes\\\" \\\\"]);
        assert_eq!(pieces(" \n").len(), 0);
        let long = pieces(&"word ".repeat(10_000));
        assert_eq!(long.len(), 3);
        assert!(pieces(&"語".repeat(10_000)).iter().all(|piece| piece.len() < 20_000));
    }
}
