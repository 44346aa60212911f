//! `cargo xtask dist`: one binary for production, with the site inside.

use std::fs;

use anyhow::{Context, Result};

use crate::paths::Workspace;
use crate::site;
use crate::stopwatch::Stopwatch;
use crate::{process, say, toolchain};

/// Builds `target/dist/kotae`. The server's feature `embed` reads the site from the folder that KOTAE_SITE names.
pub fn build(workspace: &Workspace) -> Result<()> {
    let watch = Stopwatch::start();
    toolchain::check_tools()?;
    let site = site::build(workspace)?;
    say::step("Building the server with the site inside", "one file is all that production needs");
    let target = workspace.work("dist");
    // The compiler does not see when files are added to the folder that it embeds.
    process::run(
        process::cargo()
            .current_dir(&workspace.root)
            .args(["clean", "--quiet", "--release", "--package", "kotae"])
            .env("CARGO_TARGET_DIR", &target),
    )?;
    process::run(
        process::cargo()
            .current_dir(&workspace.root)
            .args(["build", "--release", "--package", "kotae", "--features", "embed"])
            .env("KOTAE_SITE", &site)
            // Apart from the ordinary release build: the two differ in a feature and would undo each other.
            .env("CARGO_TARGET_DIR", &target),
    )?;
    let built = target.join("release/kotae");
    let folder = workspace.target.join("dist");
    fs::create_dir_all(&folder)?;
    let binary = folder.join("kotae");
    fs::copy(&built, &binary).with_context(|| format!("{} cannot be copied", built.display()))?;
    let size = fs::metadata(&binary)?.len();
    say::note(&format!("{} ({} MB), after {}", binary.display(), size / 1_000_000, watch.words()));
    Ok(())
}
