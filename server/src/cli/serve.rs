//! `kotae serve`: the portal itself.

use super::Common;
use crate::app_state::App;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::jobs::Worker;
use crate::panics::{self, begun_anew};
use crate::routing::Suggestions;
use crate::search::{Follower, SearchLog};
use crate::storage::{DatabaseUrl, open};
use crate::web;
use anyhow::{Context, bail};
use app::i18n::Locale;
use clap::Args;
use fs4::fs_std::FileExt;
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long the start waits for a PostgreSQL that is not there yet.
const DATABASE_WAIT: Duration = Duration::from_secs(60);

/// How long the end waits for jobs in hand; what takes longer is taken up again at the next start.
const JOBS_WAIT: Duration = Duration::from_secs(20);

#[derive(Args)]
pub(super) struct Serve {
    /// Address to listen on.
    #[arg(long)]
    addr: Option<String>,
    /// The address that customers type, with scheme.
    #[arg(long)]
    public_url: Option<String>,
    /// Folder of built assets, for development.
    #[arg(long)]
    site: Option<String>,
    /// Fill an empty database with the demo help centre.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self, common: &Common) -> anyhow::Result<ExitCode> {
        let flags = [("addr", self.addr), ("public_url", self.public_url), ("site", self.site)];
        let mut stop = Box::pin(stop_signal()?);
        let mut config = common.config(flags)?;
        start_log(&config);
        panics::log_places();
        writable(&config.data)?;
        let url =
            DatabaseUrl::new(config.database_url.as_deref(), &config.data).map_err(anyhow::Error::msg)?;
        let _lock = match &url {
            DatabaseUrl::File(_) => Some(lock(&config.data)?),
            DatabaseUrl::Postgres(_) => None,
        };
        let listener = match TcpListener::bind(config.addr).await {
            Ok(listener) => listener,
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "{} is in use by another program; stop it, or choose another with --addr 127.0.0.1:PORT",
                config.addr
            ),
            Err(error) => return Err(error).with_context(|| format!("cannot listen on {}", config.addr)),
        };
        // Port 0 asks the system for a free one.
        let free = format!("http://{}", config.addr);
        config.addr = listener.local_addr()?;
        if config.public_url == free {
            config.public_url = format!("http://{}", config.addr);
        }
        let (listener, early) = twice(listener)?;
        let db = tokio::select! {
            db = web::meanwhile(early, open(&url, DATABASE_WAIT)) => db.context("cannot open the database")?,
            () = &mut stop => return Ok(ExitCode::SUCCESS),
        };
        let app = App::new(config, db, Clock::System, Chance::system()).await?;
        tracing::info!(addr = %app.config.addr, public_url = app.config.public_url, "listening");
        if self.demo
            && let Some(seeded) = demo::seed(&app).await?
        {
            println!(
                "The demo is in: {} articles, {} requests, {} visits",
                seeded.articles, seeded.requests, seeded.visits
            );
        }
        println!("Kotae is answering on {}", app.config.public_url);
        if self.demo {
            introduce(&app.config.public_url)?;
        }
        let worker = Worker::start(&app);
        let following = tokio::spawn(begun_anew(app.clone(), "index", Follower::keep));
        let noting = tokio::spawn(begun_anew(app.clone(), "search log", SearchLog::keep));
        let learning = tokio::spawn(begun_anew(app.clone(), "suggestions", Suggestions::follow));
        let stopping = app.clone();
        tokio::spawn(async move {
            stop.await;
            stopping.stop.request();
        });
        web::serve(&app, listener).await?;
        worker.finish(JOBS_WAIT).await;
        following.await?;
        noting.await?;
        learning.await?;
        app.db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// One socket in two hands: what answers until the database is there, and then the portal.
fn twice(listener: TcpListener) -> std::io::Result<(TcpListener, TcpListener)> {
    let socket = listener.into_std()?;
    let early = TcpListener::from_std(socket.try_clone()?)?;
    Ok((TcpListener::from_std(socket)?, early))
}

/// Tells who can sign in to the demo, and how.
fn introduce(url: &str) -> anyhow::Result<()> {
    let cast = demo::cast()?;
    println!("  {url}/ja and {url}/en   the customers' side");
    println!("  {url}/desk   the desk; password {}", cast.password);
    for member in cast.people.iter().filter(|member| member.role.is_staff()) {
        println!("    {:<22} {}, {}", member.email, member.name, member.role.label(Locale::En));
    }
    println!("  Customers sign in by a mail link, which the desk's outbox shows:");
    for member in cast.people.iter().filter(|member| !member.role.is_staff()) {
        println!("    {:<22} {}", member.email, member.name);
    }
    Ok(())
}

fn start_log(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("KOTAE_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,tantivy=warn,sqlx=warn,html5ever=error"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.json_logs { builder.json().init() } else { builder.init() }
}

/// Makes the data folder, and proves that it can be written.
pub(super) fn writable(data: &Path) -> anyhow::Result<()> {
    let probe = data.join(".writable");
    std::fs::create_dir_all(data)
        .and_then(|()| std::fs::write(&probe, b""))
        .and_then(|()| std::fs::remove_file(&probe))
        .with_context(|| {
            format!(
                "the data folder {} cannot be written; give its owner write access, or choose another with --data",
                data.display()
            )
        })
}

/// One serving process a SQLite folder. The lock goes with the process, however it ends.
pub(super) fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join("kotae.lock");
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    if !file.try_lock_exclusive()? {
        let mut holder = String::new();
        file.read_to_string(&mut holder)?;
        bail!(
            "another kotae (process {}) is using {}; stop it first, or give this one its own --data",
            holder.trim(),
            data.display()
        );
    }
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", std::process::id())?;
    Ok(file)
}

/// SIGTERM or Ctrl-C. Both are caught from this call on; the future waits for the first.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: finishing what is in flight");
    })
}
