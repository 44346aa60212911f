//! What answers before the database does: that the process lives, that it cannot work yet, and to people when to come
//! back.

use super::health::alive;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::future::pending;
use tokio::net::TcpListener;

/// Seconds after which a browser or a load balancer may ask again.
const RETRY: u32 = 5;

/// Does the work, and answers on `listener` until it is done.
pub async fn meanwhile<T>(listener: TcpListener, work: impl Future<Output = T>) -> T {
    let service =
        Router::new().route("/healthz", get(alive)).route("/readyz", get(not_ready)).fallback(later);
    let answering = async {
        // Only ends with the process; the work does not depend on it.
        if let Err(error) = axum::serve(listener, service).await {
            tracing::warn!(%error, "nothing answers until the database does");
        }
        pending::<T>().await
    };
    tokio::select! {
        done = work => done,
        never = answering => never,
    }
}

async fn not_ready() -> Response {
    // The connection would outlive this service and go on being answered by it.
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CONNECTION, "close")], "database\n").into_response()
}

async fn later() -> Response {
    let headers = [(header::CONNECTION, "close".to_owned()), (header::RETRY_AFTER, RETRY.to_string())];
    let words = "ただいま準備中です。少したってから、もう一度お試しください。\nStarting up. Please try again in a moment.\n";
    (StatusCode::SERVICE_UNAVAILABLE, headers, words).into_response()
}
