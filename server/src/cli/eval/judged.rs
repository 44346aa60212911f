//! `kotae eval --corpus … --queries … --qrels …`: a judged collection.

use super::{counted, json, stopwatch};
use crate::search::Ranking;
use crate::search::eval::{Corpus, Doubts, Judged, Report};
use anyhow::bail;
use std::fmt::{self, Write};
use std::path::Path;

pub(super) fn run(
    corpus: Option<&Path>,
    queries: Option<&Path>,
    qrels: Option<&Path>,
    as_json: bool,
) -> anyhow::Result<String> {
    let (Some(corpus), Some(queries), Some(qrels)) = (corpus, queries, qrels) else {
        bail!("name --corpus, --queries and --qrels");
    };
    let corpus = Corpus::read(corpus)?;
    let judged = Judged::read(&corpus, queries, qrels)?;
    warn(judged.doubts);
    let report = corpus.index(stopwatch)?.evaluate(&judged, &Ranking::PRODUCTION, stopwatch)?;
    if as_json { json(&report) } else { Ok(in_words(&report)?) }
}

/// The figures stand all the same: what they leave out must be known.
fn warn(doubts: Doubts) {
    let all = counted(doubts.judgements, "judgement");
    if doubts.without_query > 0 {
        eprintln!("kotae: {} of {all} left out: there is no such query", doubts.without_query);
    }
    if doubts.without_document > 0 {
        eprintln!(
            "kotae: {} of {all} cannot be met: the corpus has no such document, which counts as not found",
            doubts.without_document
        );
    }
}

fn in_words(report: &Report) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let m = &report.measures;
    writeln!(
        text,
        "{} documents indexed in {:.2} s, {} queries",
        report.documents, report.index_seconds, m.queries
    )?;
    for (name, value) in [
        ("nDCG@10", m.ndcg_at_10),
        ("hit@1", m.hit_at_1),
        ("hit@3", m.hit_at_3),
        ("hit@5", m.hit_at_5),
        ("MRR", m.mrr),
        ("MAP", m.map),
        ("P@5", m.precision_at_5),
        ("recall@10", m.recall_at_10),
    ] {
        writeln!(text, "{name:10} {value:.3}")?;
    }
    writeln!(text, "latency    {:.2} ms p50, {:.2} ms p99", report.latency_ms_p50, report.latency_ms_p99)?;
    Ok(text)
}
