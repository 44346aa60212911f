//! Resident memory of the server, idle with the demo and under load.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::figure::{Figures, Promise};
use super::load::Force;
use super::{Bench, machine, sitemap};
use crate::portal::Portal;

/// What the start has left over is given back after a while.
const REST: Duration = Duration::from_secs(5);

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    // Started on seeded data: an idle portal has not just written its demo.
    let data = tempfile::tempdir()?;
    drop(Portal::seeded(bench.workspace, &bench.build, data.path())?);
    let portal = Portal::on(bench.workspace, &bench.build, data.path())?;
    let status = format!("/proc/{}/status", portal.process()?);
    let megabytes = |name| Ok::<_, anyhow::Error>(machine::kilobytes(&status, name)? as f64 / 1_024.0);
    thread::sleep(REST);
    figures.hold("resident, idle with the demo", megabytes("VmRSS")?, "MB", Promise::Under(60.0));

    let articles = sitemap::articles(portal.port, "en")?;
    let words = ["password", "invoice", "sign+in", "request", "article", "mail"];
    let searches = words.iter().map(|word| format!("/api/v1/search?locale=en&q={word}"));
    let paths: Vec<String> = articles.into_iter().chain(searches).collect();
    bench.load(portal.port, &paths, Force::Most { connections: 32 })?;
    figures.tell("resident, after a load of pages and searches", megabytes("VmRSS")?, "MB");
    figures.tell("the most that it has been", megabytes("VmHWM")?, "MB");
    Ok(())
}
