//! `kotae eval --explain QUERY`: why each hit ranks where it does.

use super::{Common, portal, stopwatch};
use crate::search::eval::{Corpus, explain_articles};
use crate::search::{self, Explained, Ranking};
use anyhow::bail;
use app::i18n::Locale;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;

/// One hit, for machines.
#[derive(Serialize)]
struct Hit<'a> {
    rank: usize,
    id: &'a str,
    title: String,
    score: f32,
    title_factor: f32,
    confirmed: f32,
    recalled: f32,
    findings: Vec<Finding<'a>>,
}

/// One word of the query as it was found in one part of an article.
#[derive(Serialize)]
struct Finding<'a> {
    part: &'static str,
    surface: &'a str,
    term: &'a str,
    frequency: u32,
    strength: f32,
}

pub(super) async fn run(
    common: &Common,
    corpus: Option<&Path>,
    query: &str,
    json: bool,
) -> anyhow::Result<ExitCode> {
    if query.trim().is_empty() {
        bail!("--explain wants a question: there is nothing to explain about an empty one");
    }
    let ranking = &Ranking::PRODUCTION;
    let explained = match corpus {
        Some(corpus) => Corpus::read(corpus)?.index(stopwatch)?.explain(query, ranking)?,
        None => explain_articles(portal::articles(common).await?, query, language_of(query), ranking)?,
    };
    if explained.is_empty() {
        eprintln!("kotae: no hit holds anything of this question");
    }
    let hits = (1..).zip(&explained).map(|(rank, (id, explained))| hit(rank, id, explained));
    if json {
        println!("{}", serde_json::to_string(&hits.collect::<Vec<_>>())?);
    } else {
        hits.for_each(|hit| print(&hit));
    }
    Ok(ExitCode::SUCCESS)
}

/// Kana or kanji are typed at the Japanese pages.
fn language_of(query: &str) -> Locale {
    let japanese =
        |c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9d}');
    if query.contains(japanese) { Locale::Ja } else { Locale::En }
}

fn hit<'a>(rank: usize, id: &'a str, explained: &'a Explained) -> Hit<'a> {
    let findings = explained.reasons.iter().map(|reason| Finding {
        part: reason.part.name(),
        surface: &reason.surface,
        term: reason.term.trim_start_matches(search::analysis::GRAM_MARK),
        frequency: reason.frequency,
        strength: reason.strength,
    });
    Hit {
        rank,
        id,
        title: explained.hit.title.iter().map(|segment| segment.text.as_str()).collect(),
        score: explained.hit.score,
        title_factor: explained.title_factor,
        confirmed: explained.confirmed,
        recalled: explained.recalled,
        findings: findings.collect(),
    }
}

/// The score is what the findings add up to, times the title's factor, plus what the first hits confirm.
fn print(hit: &Hit<'_>) {
    println!("{:2}. {:8.3}  {}  {}", hit.rank, hit.score, hit.id, hit.title);
    println!(
        "              title ×{:.2}, words of the first hits +{:.2}, solved requests {:.2}",
        hit.title_factor, hit.confirmed, hit.recalled
    );
    for Finding { part, surface, term, frequency, strength } in &hit.findings {
        println!("              {part:10} {surface} ×{frequency} as {term}: {strength:.3}");
    }
}
