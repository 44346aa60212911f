//! Counts and durations for `/metrics`, by route of the table: never a path, a query or a customer's word.

use axum::http::{Method, StatusCode};

pub fn observe(method: &Method, route: &'static str, status: StatusCode, took_ms: i64) {
    let labels = [
        ("method", method.as_str().to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("kotae_http_requests_total", &labels).increment(1);
    metrics::histogram!("kotae_http_request_seconds", "route" => route).record(took_ms as f64 / 1000.0);
}
