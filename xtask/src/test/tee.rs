//! Runs a command with its output on our terminal, and keeps the lines.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result};

use crate::process;

/// What a command wrote, and how it ended.
pub struct Outcome {
    pub lines: Vec<String>,
    pub status: ExitStatus,
}

/// Runs `command` to its end. Its two outputs keep their own order, not the one between them.
pub fn run(command: &mut Command) -> Result<Outcome> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` could not be started", process::words(command)))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let lines = thread::scope(|scope| {
        let errors = scope.spawn(|| copy(stderr, &mut std::io::stderr()));
        let mut lines = copy(stdout, &mut std::io::stdout());
        lines.extend(errors.join().unwrap_or_default());
        lines
    });
    let status = child.wait()?;
    Ok(Outcome { lines, status })
}

fn copy(from: Option<impl Read>, to: &mut dyn Write) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(from) = from else { return lines };
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        // A terminal that went away must not end the tests.
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n"));
        lines.push(String::from_utf8_lossy(&line).into_owned());
    }
    lines
}
