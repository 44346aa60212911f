//! `/metrics` for Prometheus: counts and durations by route of the table, and what still waits to be done. Never a path, a
//! query or a customer's word.

use super::{Ctx, Error};
use crate::app_state::App;
use crate::storage::Result as Stored;
use crate::{jobs, mail};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics::SharedString;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::fmt::Write as _;
use std::sync::OnceLock;
use subtle::ConstantTimeEq;

const SECONDS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// One recorder a process; the first page that asks for it, or the first request, installs it.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    // Buckets rather than summaries: memory stays bounded without upkeep.
    RECORDER
        .get_or_init(|| PrometheusBuilder::new().set_buckets(&SECONDS).ok()?.install_recorder().ok())
        .as_ref()
}

/// Counts an answered request; `route` as it stands in the table.
pub fn observe(method: &Method, route: SharedString, status: StatusCode, took_ms: i64) {
    recorder();
    let method = match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    };
    metrics::counter!("kotae_http_requests_total", "method" => method, "route" => route.clone(), "status" => class(status))
        .increment(1);
    metrics::histogram!("kotae_http_request_seconds", "route" => route).record(took_ms as f64 / 1000.0);
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// With a token in the configuration: to whoever has it. Without one: to this machine, and not through a proxy.
pub async fn show(ctx: Ctx) -> Result<Response, Error> {
    let allowed = match &ctx.app.config.metrics_token {
        Some(token) => {
            bearer(&ctx.headers).is_some_and(|sent| sent.as_bytes().ct_eq(token.as_bytes()).into())
        }
        None => ctx.client.is_loopback() && !ctx.headers.contains_key("x-forwarded-for"),
    };
    if !allowed {
        return Err(Error::NotFound);
    }
    let mut text = recorder().map(PrometheusHandle::render).unwrap_or_default();
    let documents = ctx.app.search.documents().unwrap_or(0);
    gauge(&mut text, "kotae_search_documents", "Texts in the index; 0 while there is none", documents);
    // A database that does not answer takes its own figures away, not those of the process.
    match waiting(&ctx.app, ctx.now).await {
        Ok(figures) => {
            for (name, about, figure) in figures {
                gauge(&mut text, name, about, figure);
            }
        }
        Err(error) => tracing::warn!(%error, "cannot count what waits"),
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

type Figure = (&'static str, &'static str, i64);

/// What is to be done and what was given up, as the database has it at `now` (milliseconds). It is the same on every
/// replica but for the index, which each has of its own.
async fn waiting(app: &App, now: i64) -> Stored<[Figure; 5]> {
    let behind = app.search.behind(&app.db).await?;
    let mut conn = app.db.read().await?;
    let jobs = jobs::backlog(&mut conn, now).await?;
    let mails = mail::backlog(&mut conn).await?;
    Ok([
        ("kotae_jobs_waiting", "Jobs that are due or wait for their next try", jobs.waiting),
        ("kotae_jobs_failed", "Jobs that were given up", jobs.failed),
        ("kotae_mails_waiting", "Mails that are not sent yet", mails.waiting),
        ("kotae_mails_failed", "Mails that were given up", mails.failed),
        ("kotae_search_changes_behind", "Changes that this process's index has not taken in", behind),
    ])
}

/// Written here rather than recorded: the figures are this portal's, and asked for when somebody looks.
fn gauge(text: &mut String, name: &str, about: &str, figure: impl std::fmt::Display) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "# HELP {name} {about}\n# TYPE {name} gauge\n{name} {figure}\n");
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

#[cfg(test)]
mod tests {
    use crate::clock::MINUTE;
    use crate::jobs::{Job, enqueue};
    use crate::storage::run;
    use crate::testing::{Client, Shelf, TestDb, db_test, follow};
    use app::i18n::Locale::En;

    db_test!(
        async fn what_waits_and_what_was_given_up_can_be_watched(t: TestDb) {
            let app = t.app().await?;
            let gauges = async || -> Vec<String> {
                let page = Client::anonymous(&app).get("/metrics").await.body;
                let names = ["kotae_jobs_", "kotae_mails_", "kotae_search_"];
                page.lines()
                    .filter(|line| names.iter().any(|name| line.starts_with(name)))
                    .map(|line| line.trim_start_matches("kotae_").to_owned())
                    .collect()
            };
            Shelf(&app).article(None, &[(En, "Oil", "A drop is enough.")]).await?;
            let behind = gauges().await.pop().unwrap_or_default();
            assert!(
                behind.starts_with("search_changes_behind ") && behind != "search_changes_behind 0",
                "{behind}"
            );
            follow(&app).await?;

            let now = app.clock.now();
            let mut tx = app.db.begin().await?;
            enqueue(&mut tx, &Job::SendMail { mail_id: 1 }, now).await?;
            enqueue(&mut tx, &Job::SendMail { mail_id: 2 }, now + MINUTE).await?;
            // In somebody's hands, waiting for the next try, given up.
            let jobs = [(Some(now + 1), now, None), (None, now + MINUTE, None), (None, now, Some(now))];
            for (locked_until, run_at, failed_at) in jobs {
                run!(
                    tx,
                    "INSERT INTO job (kind, run_at, due_at, locked_until, failed_at) VALUES ('x', $1, $2, $3, $4)",
                    run_at,
                    now,
                    locked_until,
                    failed_at
                )?;
            }
            for (number, status) in ["queued", "sent", "failed", "queued"].into_iter().enumerate() {
                run!(
                    tx,
                    "INSERT INTO mail (recipient, locale, subject, body_text, body_html, message_id, status, created_at)
                     VALUES ('', 'en', '', '', '', $1, $2, 0)",
                    number.to_string(),
                    status
                )?;
            }
            tx.commit().await?;
            assert_eq!(
                gauges().await,
                [
                    "search_documents 1",
                    "jobs_waiting 2",
                    "jobs_failed 1",
                    "mails_waiting 2",
                    "mails_failed 1",
                    "search_changes_behind 0"
                ]
            );
            Ok(())
        }
    );
}
