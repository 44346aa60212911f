//! Memory of processes, and sizes of folders.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Resident memory of this process.
pub fn own() -> Result<u64> {
    of(std::process::id())
}

/// Resident memory of a process.
pub fn of(process: u32) -> Result<u64> {
    kilobytes(&format!("/proc/{process}/status"), "VmRSS:")
}

/// What a process and its children hold together; what they share counts once.
pub fn of_family(parent: u32) -> Result<u64> {
    let mut bytes = share_of(parent)?;
    for entry in fs::read_dir("/proc")? {
        let Some(process) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // One that ends while it is looked at holds nothing any more.
        if parent_of(process).is_ok_and(|of| of == parent) {
            bytes += share_of(process).unwrap_or(0);
        }
    }
    Ok(bytes)
}

/// The process that started another.
pub fn parent_of(process: u32) -> Result<u32> {
    let file = format!("/proc/{process}/status");
    let text = fs::read_to_string(&file)?;
    let line = text.lines().find_map(|line| line.strip_prefix("PPid:")).context("no parent")?;
    Ok(line.trim().parse()?)
}

/// Memory of a process, with its share of what it has in common with others.
fn share_of(process: u32) -> Result<u64> {
    kilobytes(&format!("/proc/{process}/smaps_rollup"), "Pss:")
}

fn kilobytes(file: &str, name: &str) -> Result<u64> {
    let text = fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .with_context(|| format!("{file} has no {name}"))?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? * 1_024)
}

/// Bytes of all files below a folder.
pub fn on_disk(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() { on_disk(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}
