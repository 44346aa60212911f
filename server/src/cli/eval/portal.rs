//! `kotae eval titles`, `offers` and `questions`: what the portal's own articles answer.

use super::{Common, json};
use crate::chance::Chance;
use crate::search::eval::{
    Knowledge, OffersReport, QuestionsReport, TitlesReport, evaluate_offers, evaluate_titles, solved_requests,
};
use crate::search::{self, IndexedArticle};
use crate::storage::{DatabaseUrl, Db, open};
use anyhow::{Context, bail};
use clap::Args;
use std::fmt::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

const DATABASE_WAIT: Duration = Duration::from_secs(10);
/// How many of the failed queries are listed.
const MISSED_LISTED: usize = 10;
/// How many of the questions that found something are.
const FOUND_LISTED: usize = 10;

#[derive(Args)]
pub(super) struct Offers {
    /// For machines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Titles {
    /// Which slips are made.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// For machines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Questions {
    /// Questions: one JSON object a line with `_id` and `text`.
    #[arg(long)]
    queries: PathBuf,
    /// For machines.
    #[arg(long)]
    json: bool,
}

/// The database of the portal that the configuration names.
async fn database(common: &Common) -> anyhow::Result<Db> {
    let config = common.config([])?;
    let url = DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
    if let DatabaseUrl::File(path) = &url
        && !path.exists()
    {
        bail!("there is no portal in {}; name its data folder with --data", config.data.display());
    }
    open(&url, DATABASE_WAIT).await.context("cannot open the database")
}

/// What the portal's search answers from.
pub(super) async fn knowledge(common: &Common) -> anyhow::Result<Knowledge> {
    let db = database(common).await?;
    let knowledge = Knowledge::read(&mut db.read().await?).await?;
    db.close().await;
    some(&knowledge.articles)?;
    Ok(knowledge)
}

fn some(articles: &[IndexedArticle]) -> anyhow::Result<()> {
    if articles.is_empty() {
        bail!("nothing is published yet: import some articles first (kotae import markdown)");
    }
    Ok(())
}

impl Offers {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<String> {
        let db = database(common).await?;
        let mut conn = db.read().await?;
        let articles = search::everything(&mut conn).await?;
        let requests = solved_requests(&mut conn).await?;
        drop(conn);
        db.close().await;
        let report = evaluate_offers(articles, &requests)?;
        if report.requests == 0 {
            bail!("no request was solved with an article yet: there is nothing to ask again");
        }
        if self.json { json(&report) } else { Ok(offers_in_words(&report)?) }
    }
}

fn offers_in_words(report: &OffersReport) -> Result<String, fmt::Error> {
    let mut text = String::new();
    writeln!(text, "{} requests that an article solved, written anew", report.requests)?;
    for (what, count) in [
        ("something is offered", report.offered),
        ("the article that solved it is", report.right),
        ("and stands first", report.right_first),
    ] {
        writeln!(text, "{what:30} {count:5}  {:5.1} %", 100.0 * count as f64 / report.requests as f64)?;
    }
    Ok(text)
}

impl Questions {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<String> {
        let report = knowledge(common).await?.ask(&self.queries, FOUND_LISTED)?;
        if self.json { json(&report) } else { Ok(questions_in_words(&report)?) }
    }
}

fn questions_in_words(report: &QuestionsReport) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let nothing = report.questions - report.found - report.nearest;
    writeln!(text, "{} questions", report.questions)?;
    for (what, count) in [
        ("headed with results", report.found),
        ("nothing found, the nearest shown", report.nearest),
        ("nothing found, nothing near", nothing),
    ] {
        writeln!(text, "{what:34} {count:5}  {:5.1} %", 100.0 * count as f64 / report.questions as f64)?;
    }
    for (question, title) in &report.examples {
        writeln!(text, "{question}\n  first: {title}")?;
    }
    Ok(text)
}

impl Titles {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<String> {
        let db = database(common).await?;
        let articles = search::everything(&mut db.read().await?).await?;
        db.close().await;
        some(&articles)?;
        let report = evaluate_titles(articles, &Chance::seeded(self.seed))?;
        if report.exact_en.of + report.exact_ja.of == 0 {
            bail!("no article is published for everybody: there is no title to search for");
        }
        if self.json { json(&report) } else { Ok(titles_in_words(&report)?) }
    }
}

fn titles_in_words(report: &TitlesReport) -> Result<String, fmt::Error> {
    let mut text = String::new();
    for (what, share) in [
        ("exact title in English, its article first", report.exact_en),
        ("exact title in Japanese, its article first", report.exact_ja),
        ("English title with one slip, its article in the first 3", report.mistyped_en),
    ] {
        if share.of == 0 {
            writeln!(text, "{what:54}     —    (there is none)")?;
            continue;
        }
        writeln!(
            text,
            "{what:54} {:5.1} %  ({} of {}; {} by an article of the same title)",
            share.percent(),
            share.found,
            share.of,
            share.by_same_title
        )?;
    }
    writeln!(text, "Where several articles share one title, any of them counts as found.")?;
    for (typed, first) in report.missed.iter().take(MISSED_LISTED) {
        writeln!(text, "missed: {typed}\n  first: {first}")?;
    }
    if report.missed.len() > MISSED_LISTED {
        writeln!(text, "… and {} more", report.missed.len() - MISSED_LISTED)?;
    }
    Ok(text)
}
