//! The table: a section for each collection, a line for each engine, and each one's figures against Kotae's.

use super::collection::Collection;
use super::contest::Row;
use super::engine::{Kind, Outcome};

/// Names the columns.
pub fn head() {
    println!(
        "\n{:<26} {:>9} {:>7} {:>8} {:>6} {:>8} {:>8} {:>6} {:>8} {:>8} {:>8} {:>7} {:>6} {:>6}",
        "",
        "queries/s",
        "×Kotae",
        "p50 ms",
        "×Kotae",
        "p99 ms",
        "page ms",
        "×Kotae",
        "index s",
        "index MB",
        "mem. MB",
        "nDCG@10",
        "hit@1",
        "MAP"
    );
}

/// One collection's section.
pub fn print(collection: &Collection, ours: &Outcome, rows: &[Row<'_>]) {
    let megabytes = collection.bytes as f64 / 1e6;
    println!("{}: {} documents, {megabytes:.1} MB", collection.name, collection.documents);
    println!("{}", line("Kotae, over HTTP", ours, None));
    for (engine, outcome) in rows {
        match outcome {
            Ok(outcome) => {
                let server = if engine.kind == Kind::Server { ", server" } else { "" };
                let name = format!("{} {}{server}", engine.name, outcome.version);
                println!("{}", line(&name, outcome, Some(ours)));
            }
            Err(reason) => println!("  {:<24} {reason:#}", engine.name),
        }
    }
}

/// What the columns mean.
pub fn legend() {
    println!(
        "
queries/s: as many clients as there are cores in process, 16 connections to a server; node and Python have one thread.
p50, p99: one client, ten hits: the peers' as ids, Kotae's with titles and links, as JSON.
page: the median of a page with titles and marked excerpts, where the engine has something to make them with.
×Kotae: a peer's figure divided by Kotae's in this run.
index s: plain texts to an index that can be searched. index MB: with the texts, where the engine makes excerpts of them;
else only what finds them, and of those on node what they would write to a file.
mem.: resident, of the process that answers; of PostgreSQL's all. Kotae's is a whole portal.
"
    );
}

fn line(name: &str, outcome: &Outcome, ours: Option<&Outcome>) -> String {
    let mut line = format!("  {name:<24}");
    let our_speed = ours.and_then(|ours| ours.speed);
    match outcome.speed {
        Some(speed) => {
            let ratio = |of: fn(&super::engine::Speed) -> f64| {
                our_speed.map_or_else(String::new, |ours| format!("{:.2}", of(&speed) / of(&ours)))
            };
            let (rates, medians) = (ratio(|speed| speed.per_second), ratio(|speed| speed.p50_ms));
            let (rate, p50, p99) = (speed.per_second, speed.p50_ms, speed.p99_ms);
            line += &format!(" {rate:>9.0} {rates:>7} {p50:>8.2} {medians:>6} {p99:>8.2}");
            let page = speed.page_p50_ms.map_or_else(String::new, |page| format!("{page:.2}"));
            let pages = match (speed.page_p50_ms, our_speed.and_then(|ours| ours.page_p50_ms)) {
                (Some(page), Some(ours)) => format!("{:.2}", page / ours),
                _ => String::new(),
            };
            line += &format!(" {page:>8} {pages:>6}");
        }
        None => line += &" ".repeat(59),
    }
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let (index, memory) = (megabytes(outcome.index_bytes), megabytes(outcome.memory_bytes));
    line += &format!(" {:>8.2} {index:>8.2} {memory:>8.0}", outcome.index_seconds);
    if let Some(quality) = outcome.quality {
        line += &format!(" {:>7.3} {:>6.3} {:>6.3}", quality.ndcg_at_10, quality.hit_at_1, quality.map);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::search::engine::Speed;

    #[test]
    fn figures_stand_beside_their_share_of_kotaes() {
        let outcome = |p50_ms| Outcome {
            version: String::new(),
            index_seconds: 1.0,
            index_bytes: 2_000_000,
            memory_bytes: 30_000_000,
            speed: Some(Speed {
                p50_ms,
                p99_ms: 9.0,
                per_second: 1_000.0 / p50_ms,
                page_p50_ms: Some(p50_ms * 4.0),
            }),
            quality: None,
        };
        let told = line("peer", &outcome(4.0), Some(&outcome(2.0)));
        let words: Vec<&str> = told.split_whitespace().collect();
        assert_eq!(
            words,
            ["peer", "250", "0.50", "4.00", "2.00", "9.00", "16.00", "2.00", "1.00", "2.00", "30"]
        );
    }
}
