//! From start to the first answer that says "ready".

use anyhow::Result;

use super::Bench;
use super::figure::Figures;
use super::pages::median;
use crate::portal::Portal;
use crate::stopwatch::Stopwatch;

const ROUNDS: usize = 5;

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let data = tempfile::tempdir()?;
    let watch = Stopwatch::start();
    drop(Portal::seeded(bench.workspace, &bench.build, data.path())?);
    figures.tell(
        "first start: tables made, demo written; and stop",
        watch.elapsed().as_secs_f64() * 1_000.0,
        "ms",
    );
    let mut later = Vec::new();
    for _ in 0..ROUNDS {
        let watch = Stopwatch::start();
        let portal = Portal::on(bench.workspace, &bench.build, data.path())?;
        later.push(watch.elapsed().as_secs_f64() * 1_000.0);
        drop(portal);
    }
    figures.tell("later starts, to ready", median(later), "ms");
    Ok(())
}
