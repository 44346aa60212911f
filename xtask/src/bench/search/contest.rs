//! Kotae and its peers on the same collections, one after the other, and what is promised of that.

use anyhow::Result;

use super::collection::Collection;
use super::engine::{Engine, Kind, Outcome};
use super::quality::Quality;
use super::{kotae, table};
use crate::bench::Bench;
use crate::bench::figure::{Figures, Promise};
use crate::say;

/// A peer's figures, or why there are none.
pub type Row<'a> = (&'a Engine, Result<Outcome>);

/// Prints the table and holds what is promised.
pub fn measure(
    bench: &Bench<'_>,
    collections: impl Iterator<Item = Collection>,
    figures: &mut Figures,
) -> Result<()> {
    let engines = Engine::all(bench);
    // Two loads for each engine on each collection: half as long as others.
    let seconds = bench.seconds.div_ceil(2);
    let mut results = Vec::new();
    for collection in collections {
        say::note(&format!("{}: Kotae", collection.name));
        let ours = kotae::measure(bench, &collection, seconds)?;
        let mut rows: Vec<Row<'_>> = Vec::new();
        for engine in &engines {
            say::note(&format!("{}: {}", collection.name, engine.name));
            rows.push((engine, engine.measure(&collection, seconds as f64)));
        }
        results.push((collection, ours, rows));
    }
    table::head();
    for (collection, ours, rows) in &results {
        table::print(collection, ours, rows);
    }
    table::legend();
    for (collection, ours, rows) in &results {
        hold(collection, ours, rows, figures);
    }
    Ok(())
}

fn hold(collection: &Collection, ours: &Outcome, rows: &[Row<'_>], figures: &mut Figures) {
    let name = &collection.name;
    let measured = || rows.iter().filter_map(|(engine, outcome)| Some((*engine, outcome.as_ref().ok()?)));
    let best =
        measured().filter_map(|(_, outcome)| outcome.quality).reduce(|best, other| best.best_of(&other));
    if let (Some(quality), Some(best)) = (&ours.quality, best) {
        let least = Quality::least_against(quality, &best);
        figures.hold(
            &format!("{name}: quality against the best peer's"),
            least,
            "times",
            Promise::AtLeast(1.0),
        );
    }
    let Some(speed) = ours.speed else { return };
    for (engine, theirs) in measured().filter_map(|(engine, outcome)| Some((engine, outcome.speed?))) {
        let most = match engine.kind {
            Kind::Server => 1.0,
            Kind::InProcess if engine.name == "bare Tantivy" => 3.0,
            Kind::InProcess => continue,
        };
        let name = format!("{name}: median against {}", engine.name);
        let times = speed.p50_ms / theirs.p50_ms;
        figures.hold(&format!("{name}, titles against ids"), times, "times", Promise::AtMost(most));
        if let (Some(page), Some(ours)) = (theirs.page_p50_ms, speed.page_p50_ms) {
            figures.hold(&format!("{name}, page against page"), ours / page, "times", Promise::AtMost(most));
        }
    }
}
