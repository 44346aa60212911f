//! The worker: a few loops inside `kotae serve` that claim what is due, one job each.

use super::queue::{self, Claimed, TRIES, claim, next_due, pause};
use super::{Job, JobError, enqueue, run};
use crate::app_state::App;
use crate::clock::SECOND;
use crate::panics::{begun_anew, caught};
use crate::storage::Result;
use std::time::Duration;
use tokio::task::JoinSet;

/// Jobs in hand at the same time: a mail server that hangs does not keep the others waiting.
const LOOPS: usize = 3;

/// A job that takes longer is stopped and tried again; well below the lease, so that nobody else has it by then.
const LIMIT: Duration = Duration::from_secs(120);

/// Another process on the same database cannot ring our bell: look at least this often (milliseconds).
const LOOK_EVERY: i64 = 5 * SECOND;

/// After an error of the database itself.
const STORE_PAUSE: Duration = Duration::from_secs(2);

/// The running loops.
pub struct Worker(JoinSet<()>);

impl Worker {
    /// Starts working until `app.stop` is requested.
    pub fn start(app: &App) -> Self {
        let mut loops = JoinSet::new();
        for _ in 0..LOOPS {
            loops.spawn(begun_anew(app.clone(), "jobs", work));
        }
        Self(loops)
    }

    /// Waits for the jobs in hand, after `app.stop` was requested; those that take longer than `patience` are left to
    /// their lease.
    pub async fn finish(mut self, patience: Duration) {
        let all = async { while self.0.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("a job was still running at the end; it will be taken up again");
        }
    }
}

async fn work(app: App) {
    while let Err(error) = ensure_periodic(&app).await {
        tracing::warn!(%error, "cannot write the periodic jobs");
        if app.stop.within(STORE_PAUSE).await {
            return;
        }
    }
    while !app.stop.is_requested() {
        match run_next(&app).await {
            // There may be more, for the other loops too.
            Ok(true) => app.work.notify_one(),
            Ok(false) => wait(&app).await,
            Err(error) => {
                tracing::warn!(%error, "cannot reach the jobs");
                app.stop.within(STORE_PAUSE).await;
            }
        }
    }
}

/// Until the next job is due, the bell rings, or the process is to stop.
async fn wait(app: &App) {
    let due = async { next_due(&mut app.db.read().await?).await };
    let due = due.await.unwrap_or_default();
    let ms = due.map_or(LOOK_EVERY, |due| (due - app.clock.now()).clamp(50, LOOK_EVERY));
    tokio::select! {
        () = tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(1000))) => {}
        () = app.work.notified() => {}
        () = app.stop.requested() => {}
    }
}

async fn ensure_periodic(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    for job in Job::PERIODIC {
        enqueue(&mut tx, &job, app.clock.now()).await?;
    }
    tx.commit().await
}

/// Runs everything that is due now, one after the other; gives how many jobs ran.
#[cfg(test)]
pub async fn run_due(app: &App) -> Result<usize> {
    let mut count = 0;
    while run_next(app).await? {
        count += 1;
    }
    Ok(count)
}

/// Claims one job and runs it; `false` when nothing is due.
async fn run_next(app: &App) -> Result<bool> {
    run_next_by(app, |app, job| async move { run::run(&app, &job).await }).await
}

/// The same with whatever does the work.
pub(super) async fn run_next_by<F>(app: &App, work: impl FnOnce(App, Job) -> F) -> Result<bool>
where
    F: Future<Output = std::result::Result<(), JobError>>,
{
    let now = app.clock.now();
    // Looking first costs no write lock while there is nothing to do.
    if next_due(&mut app.db.read().await?).await?.is_none_or(|due| due > now) {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    let Some(claimed) = claim(&mut tx, now).await? else { return Ok(false) };
    tx.commit().await?;
    let job = queue::decode(&claimed.kind, &claimed.payload);
    let result = match &job {
        // A newer version wrote it; it may be back tomorrow.
        None => Err(JobError::Retry("this version does not know this kind of job".to_owned())),
        Some(job) if claimed.attempt > TRIES && job.period().is_none() => {
            Err(JobError::GiveUp("the process ended each time it was tried".to_owned()))
        }
        Some(job) => match tokio::time::timeout(LIMIT, caught(work(app.clone(), job.clone()))).await {
            Ok(Ok(result)) => result,
            // The loop goes on with the other jobs; this one waits for its next try, or for the desk.
            Ok(Err(panicked)) => Err(JobError::Retry(panicked.to_string())),
            Err(_) => Err(JobError::Retry(format!("it took longer than {} s", LIMIT.as_secs()))),
        },
    };
    settle(app, &claimed, job.as_ref(), result).await?;
    Ok(true)
}

/// Notes how a job went.
async fn settle(
    app: &App,
    claimed: &Claimed,
    job: Option<&Job>,
    result: std::result::Result<(), JobError>,
) -> Result<()> {
    let now = app.clock.now();
    let period = job.and_then(Job::period);
    let mut tx = app.db.begin().await?;
    match result {
        Ok(()) => {
            queue::done(&mut tx, claimed, period.map(|period| now + period)).await?;
        }
        Err(error) => {
            let over = matches!(error, JobError::GiveUp(_)) || claimed.attempt >= TRIES;
            let error = error.to_string();
            tracing::warn!(kind = claimed.kind, attempt = claimed.attempt, error, "a job failed");
            metrics::counter!("kotae_job_failures_total", "kind" => claimed.kind.clone()).increment(1);
            // What comes back anyway is never given up.
            if let (true, None) = (over, period) {
                if queue::give_up(&mut tx, claimed, &error, now).await?
                    && let Some(job) = job
                {
                    run::gave_up(&mut tx, job, &error).await?;
                }
            } else {
                let wait = pause(claimed.attempt).min(period.unwrap_or(i64::MAX));
                queue::put_back(&mut tx, claimed, &error, now + wait).await?;
            }
        }
    }
    tx.commit().await
}
