//! The browser of the journeys: the system's Chromium, with fonts that have Japanese in them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{apt, process, say};

/// Names another browser of Chromium's kind by its full path.
pub const CHOICE: &str = "KOTAE_TEST_CHROMIUM";

/// Finds the browser, and installs it where there is none.
pub fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os(CHOICE) {
        return Ok(chosen.into());
    }
    if find().is_none() {
        apt::install(&["chromium", "fonts-noto-cjk"], "the journeys run in a real browser")?;
    }
    if !has_japanese() {
        // Pages are right without; only pictures of them would show empty boxes.
        if let Err(error) = apt::install(&["fonts-noto-cjk"], "screenshots need Japanese letters") {
            say::note(&format!("{error}"));
        }
    }
    find().context("no Chromium on PATH; KOTAE_TEST_CHROMIUM can name one by its full path")
}

fn find() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
        .into_iter()
        .find_map(process::find)
}

fn has_japanese() -> bool {
    process::output(Command::new("fc-list").arg(":lang=ja")).is_ok_and(|fonts| !fonts.trim().is_empty())
}
