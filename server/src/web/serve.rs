//! From the table to a listening server that stops politely.

use super::{Error, middleware, routes};
use crate::app_state::App;
use crate::panics::Panicked;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::future::IntoFuture;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

/// A request that takes longer is answered with 503: nothing in the portal is meant to.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Files may come slowly.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(600);

/// Bytes that come no sooner for being compressed: three packets, of the ten that are sent before any is acknowledged.
const FEW_PACKETS: u16 = 4_096;

/// The whole portal as a service.
pub fn router(app: &App) -> Router {
    layered(routes::router(app).fallback(file_or_missing), app)
}

/// What stands around every route, whichever they are.
fn layered(routes: Router<App>, app: &App) -> Router {
    routes
        .layer(axum::middleware::from_fn(in_time))
        // Within what counts answers and draws their pages. Its own answer would log what the panic says.
        .layer(CatchPanicLayer::custom(|_| Error::Internal(Panicked.into()).into_response()))
        .layer(axum::middleware::from_fn_with_state(app.clone(), middleware::around))
        .layer(compression())
        // For what stands around the routes.
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(DefaultBodyLimit::disable())
        .layer(axum::middleware::from_fn_with_state(app.clone(), middleware::from_memory))
        .with_state(app.clone())
}

/// What is made for one visitor is gzipped: brotli at its fastest takes three times as long for a tenth less.
fn compression() -> CompressionLayer<impl Predicate> {
    let is_large = DefaultPredicate::new().and(SizeAbove::new(FEW_PACKETS));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(is_large)
}

async fn in_time(request: Request, next: Next) -> Response {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let brings_files = media_type.is_some_and(|value| value.starts_with("multipart/form-data"));
    let limit = if brings_files { UPLOAD_TIMEOUT } else { TIMEOUT };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::Unavailable(None).into_response(),
    }
}

/// What no route answers: a built file, a moved address, or nothing.
async fn file_or_missing(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    app.assets.serve(path, request.headers()).unwrap_or_else(|| Error::NotFound.into_response())
}

/// Serves until `app.stop` is requested, then finishes what is in flight. A browser that keeps its connection open
/// without asking anything is not waited for longer than a request may take.
pub async fn serve(app: &App, listener: TcpListener) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let stop = app.stop.clone();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(async move { stop.requested().await });
    let too_long = async {
        app.stop.requested().await;
        tokio::time::sleep(TIMEOUT).await;
    };
    tokio::select! {
        result = serving.into_future() => result,
        () = too_long => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Client, TestDb};
    use axum::routing::get;

    #[tokio::test]
    async fn a_page_that_panics_is_an_error_like_any_other() -> anyhow::Result<()> {
        let app = TestDb::sqlite().await?.app().await?;
        let routes = Router::new().route("/en/breaks", get(async || -> &'static str { panic!("a mistake") }));
        let page = Client::before(layered(routes, &app)).get("/en/breaks").await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.says("Something went wrong"), "{}", page.text());
        assert!(page.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        Ok(())
    }
}
