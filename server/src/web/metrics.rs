//! `/metrics` for Prometheus: counts and durations by route of the table. Never a path, a query or a customer's word.

use super::{Ctx, Error};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics::SharedString;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
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
    let handle = recorder();
    // Nothing while the index is being built and the database answers in its place.
    metrics::gauge!("kotae_search_documents").set(ctx.app.search.documents().unwrap_or(0) as f64);
    let text = handle.map(PrometheusHandle::render).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
