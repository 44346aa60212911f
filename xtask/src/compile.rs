//! The server's own compilation.

use std::path::PathBuf;

use anyhow::Result;

use crate::paths::Workspace;
use crate::{process, say};

/// Builds `kotae` and returns where it is.
pub fn server(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    say::step("Building the server", "cargo rebuilds what changed");
    let mut cargo = process::cargo();
    cargo.current_dir(&workspace.root).args(["build", "--package", "kotae"]);
    if release {
        cargo.arg("--release");
    }
    process::run(&mut cargo)?;
    Ok(workspace.target.join(if release { "release" } else { "debug" }).join("kotae"))
}
