//! `kotae eval`: how good search is, on a judged collection or on the portal's own titles and requests, and how good
//! routing is. What cannot be measured is an error, never a figure.

mod explain;
mod judged;
mod labelled;
mod portal;

use super::Common;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Eval {
    #[command(subcommand)]
    what: Option<What>,
    /// Documents: one JSON object a line with `_id`, `title` and `text`.
    #[arg(long, required_unless_present = "explain")]
    corpus: Option<PathBuf>,
    /// Queries: one JSON object a line with `_id` and `text`.
    #[arg(long, required_unless_present = "explain")]
    queries: Option<PathBuf>,
    /// Judgements: query id, document id and grade, separated by tabs, with a header or without.
    #[arg(long, required_unless_present = "explain")]
    qrels: Option<PathBuf>,
    /// For machines.
    #[arg(long)]
    json: bool,
    /// Show why each hit of this query ranks where it does, instead: in --corpus, or without one among the portal's
    /// articles (with what solved requests taught, and synonyms).
    #[arg(long, value_name = "QUERY")]
    explain: Option<String>,
}

#[derive(Subcommand)]
enum What {
    /// Search for every published article by its own title, and with one slip in it.
    Titles(portal::Titles),
    /// Write every request anew that an article solved, and see whether that article would have been offered.
    Offers(portal::Offers),
    /// Search the portal for each of many questions, and see how many find something.
    Questions(portal::Questions),
    /// Learn from labelled requests where others belong, and see how often that is right.
    Routing(labelled::Routing),
    /// Play labelled requests as traffic that CRE solve with articles, and see search get better.
    Learning(labelled::Learning),
}

impl Eval {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let text = match (self.what, self.explain) {
            (Some(What::Titles(titles)), _) => titles.run(common).await,
            (Some(What::Offers(offers)), _) => offers.run(common).await,
            (Some(What::Questions(questions)), _) => questions.run(common).await,
            (Some(What::Routing(routing)), _) => routing.run(),
            (Some(What::Learning(learning)), _) => learning.run(),
            (None, Some(query)) => explain::run(common, self.corpus.as_deref(), &query, self.json).await,
            (None, None) => {
                judged::run(self.corpus.as_deref(), self.queries.as_deref(), self.qrels.as_deref(), self.json)
            }
        }?;
        match io::stdout().write_all(text.as_bytes()) {
            // Whoever reads has seen enough, as `head` does.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
            written => Ok(written.map(|()| ExitCode::SUCCESS)?),
        }
    }
}

/// A report for machines, on one line.
fn json(report: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(report)? + "\n")
}

#[expect(clippy::disallowed_methods, reason = "a measurement of real time, which decides nothing")]
fn stopwatch() -> Instant {
    Instant::now()
}

/// "1 judgement", "2 judgements".
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
