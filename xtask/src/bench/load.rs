//! Runs the load generator and reads what it measured.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Bench;
use crate::process;

/// What a load came to.
#[derive(Deserialize)]
pub struct Load {
    pub requests: u64,
    pub errors: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
}

/// How hard to ask.
#[derive(Clone, Copy)]
pub enum Force {
    /// This many connections, each as fast as it is answered.
    Most { connections: u32 },
    /// This many requests per second, whatever the answers do.
    Steady { rate: u32 },
}

impl Bench<'_> {
    /// Asks the server at `port` for `paths` in turn. An answer other than a success is an error.
    pub fn load(&self, port: u16, paths: &[String], force: Force) -> Result<Load> {
        self.load_for(self.seconds, port, paths, force)
    }

    /// The same for another time than the others.
    pub fn load_for(&self, seconds: u64, port: u16, paths: &[String], force: Force) -> Result<Load> {
        let list = tempfile::NamedTempFile::new()?;
        std::fs::write(list.path(), paths.join("\n"))?;
        let mut load = Command::new(&self.load);
        load.args(["--addr", &format!("127.0.0.1:{port}"), "--seconds", &seconds.to_string()]);
        load.arg("--many-clients").arg("--paths").arg(list.path());
        match force {
            Force::Most { connections } => load.args(["--connections", &connections.to_string()]),
            Force::Steady { rate } => load.args(["--connections", "64", "--rate", &rate.to_string()]),
        };
        let told = process::output(&mut load)?;
        let measured: Load =
            serde_json::from_str(&told).context("the load generator said something else than JSON")?;
        if measured.errors > 0 {
            bail!("{} of {} requests failed", measured.errors, measured.requests);
        }
        Ok(measured)
    }
}
