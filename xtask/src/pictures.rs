//! `cargo xtask pictures`: how the pages look, for README.md and for whoever judges a change by eye.

use std::fs;

use anyhow::Result;

use crate::paths::Workspace;
use crate::test::e2e::Stage;
use crate::{process, say};

/// Writes `docs/screenshots/*.png`, and every page into `target/pictures`.
pub fn take(workspace: &Workspace) -> Result<()> {
    let stage = Stage::set(workspace)?;
    let all = workspace.target.join("pictures");
    fs::create_dir_all(&all)?;
    let mut playwright = stage.playwright(&["pictures"]);
    playwright.arg("--reporter=list").env("KOTAE_TEST_PICTURES", &all);
    process::run(&mut playwright)?;
    say::note(&format!("all pages: {}", all.display()));
    Ok(())
}
