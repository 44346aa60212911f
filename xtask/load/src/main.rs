//! A bounded HTTP load: a fixed number of connections ask for a list of paths, as fast as they are answered or at a
//! constant rate, and the latencies come out as JSON.

mod client;
mod pace;
mod summary;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Parser;

use crate::client::Client;
use crate::pace::Pace;
use crate::summary::Summary;

#[derive(Parser)]
struct Args {
    /// Where the server listens.
    #[arg(long)]
    addr: SocketAddr,
    /// A file with one path per line; they are asked for in turn.
    #[arg(long)]
    paths: PathBuf,
    /// How many connections ask at the same time.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// How long to measure.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Requests per second over all connections; as many as possible without it.
    #[arg(long)]
    rate: Option<f64>,
    /// Give each request another client address, as a reverse proxy reports it.
    #[arg(long)]
    many_clients: bool,
}

/// One thread, as other clients have: whatever it uses more is taken from the server that it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args = Args::parse();
    let text = std::fs::read_to_string(&args.paths).context("the paths cannot be read")?;
    let paths: Arc<[String]> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if paths.is_empty() {
        bail!("{} names no path", args.paths.display());
    }
    // Connections are opened before the clock starts: they are not what is measured.
    let mut clients = Vec::new();
    for _ in 0..args.connections {
        clients.push(Client::connect(args.addr, args.many_clients).await?);
    }
    let pace = Arc::new(Pace::start(args.rate, Duration::from_secs(args.seconds)));
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| tokio::spawn(ask(client, Arc::clone(&paths), Arc::clone(&pace))))
        .collect();
    let mut summary = Summary::default();
    for task in tasks {
        summary.merge(task.await??);
    }
    println!("{}", summary.into_json(pace.elapsed()));
    Ok(())
}

/// One connection's share of the load.
async fn ask(mut client: Client, paths: Arc<[String]>, pace: Arc<Pace>) -> Result<Summary> {
    let mut summary = Summary::default();
    while let Some(turn) = pace.next().await {
        let path = &paths[turn.number % paths.len()];
        let answer = client.get(path, turn.number).await?;
        // Counted from when the request was due, so that a server that stalls cannot hide the requests behind.
        summary.record(turn.due.elapsed(), answer.is_success, answer.bytes);
    }
    Ok(summary)
}
