//! `kotae eval`: how good search is, on a judged collection or on the portal's own titles and requests, and how good
//! routing is.

use super::Common;
use crate::chance::Chance;
use crate::learning::{self, LearningReport};
use crate::routing::{self, Examples, RoutingReport};
use crate::search::eval::{
    Collection, Report, Share, TitlesReport, evaluate_offers, evaluate_titles, solved_requests,
};
use crate::search::{self, Explained, Ranking};
use crate::storage::{DatabaseUrl, Db, open};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const DATABASE_WAIT: Duration = Duration::from_secs(10);
/// How many of the failed queries are listed.
const MISSED_LISTED: usize = 10;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Eval {
    #[command(subcommand)]
    what: Option<What>,
    /// Documents: one JSON object a line with `_id`, `title` and `text`.
    #[arg(long, required = true)]
    corpus: Option<PathBuf>,
    /// Queries: one JSON object a line with `_id` and `text`.
    #[arg(long, required = true)]
    queries: Option<PathBuf>,
    /// Judgements: a header, then query id, document id and grade, separated by tabs.
    #[arg(long, required = true)]
    qrels: Option<PathBuf>,
    /// For machines.
    #[arg(long)]
    json: bool,
    /// Show why each hit of this query ranks where it does, instead.
    #[arg(long, value_name = "QUERY")]
    explain: Option<String>,
}

#[derive(Subcommand)]
enum What {
    /// Search for every published article by its own title, and with one slip in it.
    Titles(Titles),
    /// Write every request anew that an article solved, and see whether that article would have been offered.
    Offers(Offers),
    /// Learn from labelled requests where others belong, and see how often that is right.
    Routing(Routing),
    /// Play labelled requests as traffic that CRE solve with articles, and see search get better.
    Learning(Learning),
}

#[derive(Args)]
struct Routing {
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
struct Offers {
    /// For machines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Learning {
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

#[derive(Args)]
struct Titles {
    /// Which slips are made.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// For machines.
    #[arg(long)]
    json: bool,
}

impl Eval {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        match self.what {
            Some(What::Titles(titles)) => titles.run(common).await,
            Some(What::Offers(offers)) => offers.run(common).await,
            Some(What::Routing(routing)) => routing.run(),
            Some(What::Learning(learning)) => learning.run(),
            None => self.collection(),
        }
    }

    fn collection(self) -> anyhow::Result<ExitCode> {
        let (Some(corpus), Some(queries), Some(qrels)) = (self.corpus, self.queries, self.qrels) else {
            bail!("name --corpus, --queries and --qrels");
        };
        let collection = Collection::read(&corpus, &queries, &qrels)?;
        let ranking = &Ranking::PRODUCTION;
        let indexed = collection.index(stopwatch)?;
        if let Some(query) = self.explain {
            for (rank, (id, explained)) in (1..).zip(indexed.explain(&query, ranking)?) {
                print_explained(rank, &id, &explained);
            }
            return Ok(ExitCode::SUCCESS);
        }
        let report = collection.evaluate(&indexed, ranking, stopwatch)?;
        if self.json {
            println!("{}", serde_json::to_string(&report)?)
        } else {
            print(&report)
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement of real time, which decides nothing")]
fn stopwatch() -> Instant {
    Instant::now()
}

/// The score is what the findings add up to, times the title's factor, plus what the first hits confirm.
fn print_explained(rank: usize, id: &str, explained: &Explained) {
    let title: String = explained.hit.title.iter().map(|segment| segment.text.as_str()).collect();
    println!("{rank:2}. {:8.3}  {id}  {title}", explained.hit.score);
    println!(
        "              title ×{:.2}, words of the first hits +{:.2}, solved requests {:.2}",
        explained.title_factor, explained.confirmed, explained.recalled
    );
    for reason in &explained.reasons {
        let term = reason.term.trim_start_matches(search::analysis::GRAM_MARK);
        println!(
            "              {:10} {} ×{} as {term}: {:.3}",
            reason.part.name(),
            reason.surface,
            reason.frequency,
            reason.strength
        );
    }
}

fn print(report: &Report) {
    let m = &report.measures;
    println!(
        "{} documents indexed in {:.2} s, {} queries",
        report.documents, report.index_seconds, m.queries
    );
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
        println!("{name:10} {value:.3}");
    }
    println!("latency    {:.2} ms p50, {:.2} ms p99", report.latency_ms_p50, report.latency_ms_p99);
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

impl Offers {
    async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
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
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
            return Ok(ExitCode::SUCCESS);
        }
        println!("{} requests that an article solved, written anew", report.requests);
        for (what, count) in [
            ("something is offered", report.offered),
            ("the article that solved it is", report.right),
            ("and stands first", report.right_first),
        ] {
            println!("{what:30} {count:5}  {:5.1} %", 100.0 * count as f64 / report.requests as f64);
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Titles {
    async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let db = database(common).await?;
        let articles = search::everything(&mut db.read().await?).await?;
        db.close().await;
        if articles.is_empty() {
            bail!("nothing is published yet: import some articles first (kotae import markdown)");
        }
        let report = evaluate_titles(articles, &Chance::seeded(self.seed))?;
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print_titles(&report);
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Routing {
    fn run(self) -> anyhow::Result<ExitCode> {
        let (train, test) = (Examples::read(&self.train)?, Examples::read(&self.test)?);
        let report = routing::evaluate(&train, &test, stopwatch);
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print_routing(&report);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print_routing(report: &RoutingReport) {
    println!(
        "{} requests with {} labels learned in {:.2} s, {} asked",
        report.learned, report.labels, report.learning_seconds, report.asked
    );
    for (name, value) in [
        ("accuracy", report.accuracy),
        ("right one among the first 3", report.top_3),
        ("similar requests, hit@1", report.neighbours_hit_at_1),
        ("similar requests, hit@3", report.neighbours_hit_at_3),
        ("similar requests, hit@5", report.neighbours_hit_at_5),
        ("coverage at 95 % precision", report.coverage_at_95),
        ("offered, by its own line", report.offered),
        ("of those right", report.offered_right),
    ] {
        println!("{name:28} {value:.3}");
    }
    println!("{:28} {:.2} ms p50, {:.2} ms p99", "latency", report.ms_p50, report.ms_p99);
}

impl Learning {
    fn run(self) -> anyhow::Result<ExitCode> {
        let (train, test) = (Examples::read(&self.train)?, Examples::read(&self.test)?);
        let report = learning::evaluate(&train, &test, &Chance::seeded(self.seed), stopwatch)?;
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print_learning(&report);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// How wide a share of 1 is drawn, in characters.
const BAR: f64 = 40.0;

fn print_learning(report: &LearningReport) {
    println!(
        "{} articles, each begun with {} phrases; {} requests played as traffic, {} others searched for",
        report.articles, report.phrases_to_begin, report.traffic, report.asked
    );
    println!("{:>8} {:>8} {:>7} {:>7}  hit@1 ▓, hit@3 ░", "requests", "learned", "hit@1", "hit@3");
    for point in &report.points {
        let wide = |share: f64| (share * BAR).round() as usize;
        let (first, third) = (wide(point.hit_at_1), wide(point.hit_at_3));
        println!(
            "{:8} {:8} {:7.3} {:7.3}  {}{}",
            point.traffic,
            point.learned,
            point.hit_at_1,
            point.hit_at_3,
            "▓".repeat(first),
            "░".repeat(third.saturating_sub(first))
        );
    }
    println!(
        "learning everything took {:.2} s; a search {:.2} ms p50, {:.2} ms p99",
        report.learning_seconds, report.ms_p50, report.ms_p99
    );
}

fn print_titles(report: &TitlesReport) {
    let line = |what: &str, share: Share| {
        println!(
            "{what:54} {:5.1} %  ({} of {}; {} by an article of the same title)",
            share.percent(),
            share.found,
            share.of,
            share.by_same_title
        );
    };
    line("exact title in English, its article first", report.exact_en);
    line("exact title in Japanese, its article first", report.exact_ja);
    line("English title with one slip, its article in the first 3", report.mistyped_en);
    println!("Where several articles share one title, any of them counts as found.");
    for (typed, first) in report.missed.iter().take(MISSED_LISTED) {
        println!("missed: {typed}\n  first: {first}");
    }
    if report.missed.len() > MISSED_LISTED {
        println!("… and {} more", report.missed.len() - MISSED_LISTED);
    }
}
