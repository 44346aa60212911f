//! What was measured on, and how large the measured things are: no figure means anything without.

use std::fs;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result};

use super::Bench;
use crate::process;

/// Prints the machine, the compiler and the sizes.
pub fn describe(bench: &Bench<'_>) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!(
        "processor   {}, {cores} cores in use",
        field("/proc/cpuinfo", "model name").unwrap_or_default()
    );
    println!("memory      {} MB", kilobytes("/proc/meminfo", "MemTotal")? / 1_024);
    println!("system      {}", process::output(Command::new("uname").arg("-sr"))?.trim());
    println!("compiler    {}", process::output(Command::new("rustc").arg("-V"))?.trim());
    println!("server      {:.1} MB", megabytes(fs::metadata(&bench.build.program)?.len()));
    println!("load        {} s each", bench.seconds);
    Ok(())
}

/// A line such as `VmRSS:   1234 kB` of a file of /proc, in kilobytes.
pub fn kilobytes(file: &str, name: &str) -> Result<u64> {
    let value = field(file, name).with_context(|| format!("{file} has no {name}"))?;
    value.trim_end_matches("kB").trim().parse().with_context(|| format!("{name} of {file} is not in kB"))
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}
