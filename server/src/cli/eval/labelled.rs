//! `kotae eval routing` and `kotae eval learning`: requests of which it is known where they belong.

use super::{counted, json, stopwatch};
use crate::chance::Chance;
use crate::learning::{self, LearningReport};
use crate::routing::{self, Examples, RoutingReport};
use anyhow::bail;
use clap::Args;
use std::fmt::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Routing {
    /// What is learned: CSV with the columns `text` and `category`.
    #[arg(long)]
    train: PathBuf,
    /// What is asked: the same, of requests that are not in the first file.
    #[arg(long)]
    test: PathBuf,
    /// For machines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Learning {
    /// What is played: CSV with the columns `text` and `category`. Five of each category begin its article.
    #[arg(long)]
    train: PathBuf,
    /// What is searched: the same, of requests that are not in the first file.
    #[arg(long)]
    test: PathBuf,
    /// In which order the requests come.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// For machines.
    #[arg(long)]
    json: bool,
}

/// What is learned and what is asked, which must have categories in common.
fn read(train: &Path, test: &Path) -> anyhow::Result<(Examples, Examples)> {
    let (learned, asked) = (Examples::read(train)?, Examples::read(test)?);
    let (strangers, all) = (asked.strangers_to(&learned), asked.len());
    if strangers == all {
        let (test, train) = (test.display(), train.display());
        bail!("no category of {test} is one of {train}: nothing that is asked could have been learned");
    }
    if strangers > 0 {
        eprintln!(
            "kotae: {strangers} of {} cannot be right: their category is not among those learned",
            counted(all, "request")
        );
    }
    Ok((learned, asked))
}

impl Routing {
    pub(super) fn run(self) -> anyhow::Result<String> {
        let (train, test) = read(&self.train, &self.test)?;
        let report = routing::evaluate(&train, &test, stopwatch);
        if self.json { json(&report) } else { Ok(routing_in_words(&report)?) }
    }
}

fn routing_in_words(report: &RoutingReport) -> Result<String, fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "{} requests with {} labels learned in {:.2} s, {} asked",
        report.learned, report.labels, report.learning_seconds, report.asked
    )?;
    for (name, value) in [
        ("accuracy", report.accuracy),
        ("right one among the first 3", report.top_3),
        ("similar requests, hit@1", report.neighbours_hit_at_1),
        ("similar requests, hit@3", report.neighbours_hit_at_3),
        ("similar requests, hit@5", report.neighbours_hit_at_5),
        ("similar requests, shown", report.similar_shown),
        ("of those with a right one", report.similar_right),
        ("coverage at 95 % precision", report.coverage_at_95),
        ("offered, by its own line", report.offered),
        ("of those right", report.offered_right),
    ] {
        writeln!(text, "{name:28} {value:.3}")?;
    }
    writeln!(text, "{:28} {:.2} ms p50, {:.2} ms p99", "latency", report.ms_p50, report.ms_p99)?;
    Ok(text)
}

impl Learning {
    pub(super) fn run(self) -> anyhow::Result<String> {
        let (train, test) = read(&self.train, &self.test)?;
        let report = learning::evaluate(&train, &test, &Chance::seeded(self.seed), stopwatch)?;
        if report.traffic == 0 {
            bail!(
                "no request is left to play: {} begin the articles, five of each category at most, and there are no \
                 others; give a longer --train",
                report.begun_with
            );
        }
        if self.json { json(&report) } else { Ok(learning_in_words(&report)?) }
    }
}

/// How wide a share of 1 is drawn, in characters.
const BAR: f64 = 40.0;

fn learning_in_words(report: &LearningReport) -> Result<String, fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "{} articles, begun with {} phrases in all; {} requests played as traffic, {} others searched for",
        report.articles, report.begun_with, report.traffic, report.asked
    )?;
    writeln!(text, "{:>8} {:>8} {:>7} {:>7}  hit@1 ▓, hit@3 ░", "requests", "learned", "hit@1", "hit@3")?;
    for point in &report.points {
        let wide = |share: f64| (share * BAR).round() as usize;
        let (first, third) = (wide(point.hit_at_1), wide(point.hit_at_3));
        writeln!(
            text,
            "{:8} {:8} {:7.3} {:7.3}  {}{}",
            point.traffic,
            point.learned,
            point.hit_at_1,
            point.hit_at_3,
            "▓".repeat(first),
            "░".repeat(third.saturating_sub(first))
        )?;
    }
    writeln!(
        text,
        "learning everything took {:.2} s; a search {:.2} ms p50, {:.2} ms p99",
        report.learning_seconds, report.ms_p50, report.ms_p99
    )?;
    Ok(text)
}
