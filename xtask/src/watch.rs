//! `cargo xtask watch`: rebuilds what a saved file touches, and puts the new server in the old one's place.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::guard::{Guard, Guarded};
use crate::paths::Workspace;
use crate::run::{self, Args};
use crate::stopwatch::Stopwatch;
use crate::{compile, say, site, toolchain};

/// Where a change matters.
const SOURCES: [&str; 5] = ["app", "server", "migrations", "style", "public"];

/// An editor's save is several events; they have arrived when it is quiet for this long.
const QUIET: Duration = Duration::from_millis(150);

/// Builds, serves, and does so again on every change, until it is stopped.
pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    toolchain::check_tools()?;
    let (sender, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // The receiver is gone only when we are ending.
        let _ = sender.send(event);
    })?;
    for folder in SOURCES.map(|name| workspace.root.join(name)).iter().filter(|folder| folder.is_dir()) {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("{} cannot be watched", folder.display()))?;
    }
    let mut served = Served::default();
    loop {
        if let Err(error) = served.refresh(workspace, args) {
            say::failure(&error);
            say::note("what ran before goes on; waiting for the next change");
        }
        wait_for_change(&changes)?;
    }
}

/// Returns when files have changed and then been left alone for a moment.
fn wait_for_change(changes: &Receiver<notify::Result<Event>>) -> Result<()> {
    loop {
        let event = changes.recv().context("the file system is not watched any more")??;
        if is_change(&event) {
            break;
        }
    }
    loop {
        match changes.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reading a file, which a build does, is an event too.
fn is_change(event: &Event) -> bool {
    matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
}

/// The server that runs now, and what it was built from.
#[derive(Default)]
struct Served {
    server: Option<Guarded>,
    built: Option<Built>,
}

/// Changes with anything that the running server would answer differently.
#[derive(PartialEq, Eq)]
struct Built {
    program: PathBuf,
    linked: SystemTime,
    assembled: SystemTime,
}

impl Served {
    fn refresh(&mut self, workspace: &Workspace, args: &Args) -> Result<()> {
        let watch = Stopwatch::start();
        let site = site::build(workspace)?;
        let program = compile::server(workspace, args.release)?;
        let built = Some(Built {
            linked: modified(&program)?,
            assembled: modified(&site)?,
            program: program.clone(),
        });
        let is_running = match &mut self.server {
            Some(server) => server.ended()?.is_none(),
            None => false,
        };
        if is_running && built == self.built {
            return Ok(());
        }
        // The data folder has room for one server: the old one must have ended before the new one starts.
        self.server = None;
        let serve = run::serve(args, &program, &site);
        self.server = Some(Guarded::start(&serve, Guard { signal: "TERM", folder: None, log: None })?);
        self.built = built;
        say::note(&format!("serving what was saved, after {}", watch.words()));
        Ok(())
    }
}

fn modified(path: &Path) -> Result<SystemTime> {
    fs::metadata(path)
        .and_then(|data| data.modified())
        .with_context(|| format!("{} cannot be read", path.display()))
}
