//! The peer that pages are compared to: the smallest useful axum server, which says hello and nothing else.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

/// Listens on the address given as the only argument.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let address: SocketAddr = std::env::args().nth(1).unwrap_or_default().parse()?;
    let router = Router::new().route("/", get(|| async { "Hello, World!" }));
    axum::serve(TcpListener::bind(address).await?, router).await?;
    Ok(())
}
