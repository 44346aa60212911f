//! What can be said about the code without running it.

use std::process::Command;

use anyhow::Result;

use super::counts::Counts;
use crate::paths::Workspace;
use crate::toolchain::{self, WASM, WasmToolchain};
use crate::{process, say};

/// Every file is formatted as rustfmt.toml says.
pub fn format(workspace: &Workspace) -> Result<Counts> {
    check(process::cargo().current_dir(&workspace.root).args(["fmt", "--all", "--check"]))
}

/// clippy on the whole workspace, on the islands for the browser, and cargo-deny where it is installed.
pub fn lint(workspace: &Workspace) -> Result<Counts> {
    toolchain::check_tools()?;
    let mut counts = check(process::cargo().current_dir(&workspace.root).args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    counts += islands(workspace)?;
    if process::find("cargo-deny").is_some() {
        counts += dependencies(workspace)?;
    }
    Ok(counts)
}

fn islands(workspace: &Workspace) -> Result<Counts> {
    let toolchain = toolchain::ensure_wasm(workspace)?;
    let mut cargo = toolchain.cargo();
    // The packaged compiler comes without clippy.
    let command = match toolchain {
        WasmToolchain::Ordinary { .. } => "clippy",
        WasmToolchain::Packaged(_) => "check",
    };
    cargo.current_dir(&workspace.root).args([command, "--package", "app", "--lib", "--target", WASM]);
    cargo.args(["--no-default-features", "--features", "portal,desk"]);
    if command == "clippy" {
        cargo.args(["--", "--deny", "warnings"]);
    }
    check(&mut cargo)
}

/// What dependencies bring along; known holes only where the list of them can be had.
fn dependencies(workspace: &Workspace) -> Result<Counts> {
    let mut deny = process::cargo();
    deny.current_dir(&workspace.root).args(["deny", "check", "licenses", "bans", "sources"]);
    if process::succeeds(process::cargo().current_dir(&workspace.root).args(["deny", "fetch", "db"])) {
        deny.arg("advisories");
    } else {
        say::note("the database of advisories cannot be reached: dependencies are not checked against it");
    }
    check(&mut deny)
}

/// A command as a check: that it fails is a result, that it cannot be started an error.
fn check(command: &mut Command) -> Result<Counts> {
    say::note(&process::words(command));
    let status = command.stdin(std::process::Stdio::null()).status()?;
    Ok(if status.success() { Counts::one_passed() } else { Counts::one_failed() })
}
