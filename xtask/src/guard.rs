//! Servers that must end with us, whatever ends us: an error, Ctrl-C, or a kill that cannot be caught.
//!
//! A shell stands between: it starts the server in a process group of its own (so that Ctrl-C in the terminal does
//! not reach it twice) and reads a pipe that only we hold open. When the pipe closes, because we dropped it or
//! because we are gone, the shell stops the server and removes its folder.

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::stopwatch::Stopwatch;

/// `$1` is the signal that asks the server to end, `$2` a folder to remove afterwards or nothing.
const GUARDIAN: &str = r#"
signal=$1 folder=$2
shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3; kill -s "$signal" $server; sleep 15; kill -s KILL $server; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $server
code=$?
kill $watcher 2>/dev/null
[ -n "$folder" ] && rm -rf "$folder"
exit $code
"#;

/// A server under guard; dropping it ends the server and waits for that.
pub struct Guarded {
    guardian: Child,
    lifeline: Option<ChildStdin>,
}

/// How a guarded server is to be treated.
pub struct Guard<'a> {
    /// The signal that ends it in an orderly way: TERM for most, INT for PostgreSQL's fast shutdown.
    pub signal: &'a str,
    /// A folder of its own, removed when it has ended.
    pub folder: Option<&'a Path>,
    /// Where its output goes; our own terminal when absent.
    pub log: Option<File>,
}

impl Guarded {
    /// Starts `server` (its program, arguments, environment and folder) under guard.
    pub fn start(server: &Command, guard: Guard<'_>) -> Result<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", GUARDIAN, "guardian", guard.signal]);
        command.arg(guard.folder.map_or(OsStr::new(""), Path::as_os_str));
        command.arg(server.get_program()).args(server.get_args());
        for (name, value) in server.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(folder) = server.get_current_dir() {
            command.current_dir(folder);
        }
        if let Some(log) = guard.log {
            command.stdout(log.try_clone().context("the log file could not be shared")?).stderr(log);
        }
        let mut guardian = command
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .with_context(|| format!("`{}` could not be started", process::words(server)))?;
        let lifeline = guardian.stdin.take();
        Ok(Self { guardian, lifeline })
    }

    /// Waits until `ready` says yes; fails when the server ends first or the time is over.
    pub fn wait_until(&mut self, what: &str, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let watch = Stopwatch::start();
        while !ready() {
            if let Some(status) = self.ended()? {
                bail!("{what} ended before it was ready, with {status}");
            }
            if watch.elapsed() > limit {
                bail!("{what} was not ready within {} s", limit.as_secs());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// How the server ended, if it has.
    pub fn ended(&mut self) -> Result<Option<std::process::ExitStatus>> {
        self.guardian.try_wait().context("a guarded process could not be watched")
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.lifeline.take();
        // An error here means that the guardian is gone already, which is what was wanted.
        let _ = self.guardian.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropping_the_guard_ends_the_server_and_removes_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        std::fs::create_dir(&home).unwrap();
        let stopped = folder.path().join("stopped");
        let ready = home.join("ready");
        let mut server = Command::new("sh");
        server.arg("-c").arg(r#"trap 'echo bye >"$0"; exit 0' TERM; : >"$1"; while :; do sleep 0.05; done"#);
        server.arg(&stopped).arg(&ready);
        let mut guarded =
            Guarded::start(&server, Guard { signal: "TERM", folder: Some(&home), log: None }).unwrap();
        guarded.wait_until("the server", Duration::from_secs(10), || ready.exists()).unwrap();
        assert!(!stopped.exists());
        drop(guarded);
        assert!(stopped.exists(), "the server was asked to end, and did");
        assert!(!home.exists(), "its folder is gone");
    }

    #[test]
    fn a_server_that_ends_too_early_is_told_with_its_status() {
        let mut server = Command::new("sh");
        server.args(["-c", "exit 7"]);
        let mut guarded = Guarded::start(&server, Guard { signal: "TERM", folder: None, log: None }).unwrap();
        let error = guarded.wait_until("the server", Duration::from_secs(10), || false).unwrap_err();
        assert!(error.to_string().contains("exit status: 7"), "{error}");
    }
}
