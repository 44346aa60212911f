//! Debian packages, where this machine lets us install them.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, say};

/// Installs packages with apt, as root or through a sudo that asks nothing.
///
/// Fails with the line to type where neither is possible.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let names = packages.join(" ");
    if process::find("apt-get").is_none() {
        bail!(
            "missing: {names} (named as in Debian); this machine has no apt-get, so please install it by hand"
        );
    }
    let Some(apt) = privileged() else {
        bail!("missing: {names}; please run `sudo apt-get install --no-install-recommends {names}`");
    };
    say::step(&format!("Installing {names} with apt"), why);
    if attempt(&apt, &install_words(packages)).is_ok() {
        return Ok(());
    }
    say::note("apt could not; refreshing its lists and trying once more");
    attempt(&apt, &["update", "-q"])?;
    attempt(&apt, &install_words(packages))
}

/// How to call apt-get with the rights to install, if there is a way.
fn privileged() -> Option<Vec<&'static str>> {
    if process::is_root() {
        Some(vec!["apt-get"])
    } else if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        Some(vec!["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
    } else {
        None
    }
}

fn install_words<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    // Another apt run (a machine just booted) holds the lock for a while: wait rather than fail.
    let options = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
    options.into_iter().chain(packages.iter().copied()).collect()
}

fn attempt(apt: &[&str], words: &[&str]) -> Result<()> {
    process::run(Command::new(apt[0]).args(&apt[1..]).args(words).env("DEBIAN_FRONTEND", "noninteractive"))
}
