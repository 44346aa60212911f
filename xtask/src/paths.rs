//! Where things are: the repository, cargo's target directory, and what xtask keeps in it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;

/// The repository and its build directory.
pub struct Workspace {
    /// The folder of the root Cargo.toml.
    pub root: PathBuf,
    /// Cargo's target directory, wherever configuration puts it.
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the workspace that `cargo xtask` was called in.
    pub fn find() -> Result<Self> {
        // Asked at run time: a target directory shared by two clones must not mix up their sources.
        let xtask = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&xtask).parent().context("xtask stands in the repository's root")?.to_owned();
        let metadata = process::output(process::cargo().current_dir(&root).args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        let metadata: serde_json::Value =
            serde_json::from_str(&metadata).context("cargo metadata was not JSON")?;
        let target =
            metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
        Ok(Self { root, target: target.into() })
    }

    /// The finished site that the server reads: `assets/`, `public/`, `manifest.json`.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A folder for intermediate results of xtask's own steps.
    pub fn work(&self, step: &str) -> PathBuf {
        self.target.join("xtask").join(step)
    }
}
