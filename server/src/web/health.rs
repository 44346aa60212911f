//! Whether the process lives, and whether it can do its work.

use super::routes::{Access, Table};
use crate::app_state::App;
use crate::storage::value;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub fn table(table: &mut Table) {
    table.get("/healthz", Access::Public, alive).get("/readyz", Access::Public, ready).get(
        "/metrics",
        Access::Public,
        super::metrics::show,
    );
}

pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// 200 when the database answers, 503 with one word on what is missing otherwise.
async fn ready(State(app): State<App>) -> Response {
    let answer = async { value!(app.db.read().await?, i64, "SELECT CAST(1 AS BIGINT)") };
    match answer.await {
        Ok(_) => (StatusCode::OK, "ready\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database\n").into_response(),
    }
}
