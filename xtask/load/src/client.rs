//! One HTTP/1.1 connection that is kept open.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{Request, header};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Client {
    address: SocketAddr,
    sender: SendRequest<Empty<Bytes>>,
    many_clients: bool,
}

/// What matters of a response.
pub struct Answer {
    pub is_success: bool,
    /// Size of the body as it was sent.
    pub bytes: usize,
}

impl Client {
    pub async fn connect(address: SocketAddr, many_clients: bool) -> Result<Self> {
        Ok(Self { address, sender: open(address).await?, many_clients })
    }

    /// Asks as a browser does, and reads the answer to its end. `number` tells clients apart.
    pub async fn get(&mut self, path: &str, number: usize) -> Result<Answer> {
        if self.sender.ready().await.is_err() {
            self.sender = open(self.address).await?;
        }
        let mut request = Request::get(path)
            .header(header::HOST, self.address.to_string())
            .header(header::ACCEPT_ENCODING, "gzip, br");
        if self.many_clients {
            let [_, a, b, c] = u32::try_from(number % (1 << 24)).unwrap_or_default().to_be_bytes();
            request = request.header("x-forwarded-for", format!("10.{a}.{b}.{c}"));
        }
        let request = request.body(Empty::new()).with_context(|| format!("{path} is not a path"))?;
        let response = self.sender.send_request(request).await?;
        let is_success = response.status().is_success();
        let mut body = response.into_body();
        let mut bytes = 0;
        while let Some(frame) = body.frame().await {
            bytes += frame?.data_ref().map_or(0, Bytes::len);
        }
        Ok(Answer { is_success, bytes })
    }
}

async fn open(address: SocketAddr) -> Result<SendRequest<Empty<Bytes>>> {
    let stream =
        TcpStream::connect(address).await.with_context(|| format!("nothing listens on {address}"))?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // An error of the connection shows in the request that it belongs to.
    tokio::spawn(async move { connection.await.ok() });
    Ok(sender)
}
