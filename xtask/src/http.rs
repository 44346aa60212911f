//! A small HTTP client for loopback: one GET per connection.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Longer than any page of the portal takes.
const LIMIT: Duration = Duration::from_secs(30);

/// What came back.
pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
    /// Bytes that went over the wire, head included.
    pub transferred: usize,
}

/// Asks a server on loopback for a path. `headers` are further lines, such as `("accept-encoding", "br")`.
pub fn get(port: u16, path: &str, headers: &[(&str, &str)]) -> Result<Response> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(LIMIT))?;
    let mut request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).with_context(|| format!("{path} was not answered"))?;
    parse(&answer).with_context(|| format!("{path} was not answered in HTTP"))
}

/// Like [`get`], for text that must be there.
pub fn text(port: u16, path: &str) -> Result<String> {
    let response = get(port, path, &[])?;
    if response.status != 200 {
        bail!("{path} was answered with {}", response.status);
    }
    String::from_utf8(response.body).with_context(|| format!("{path} is not text"))
}

fn parse(answer: &[u8]) -> Result<Response> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").context("the head does not end")?;
    let head = str::from_utf8(&answer[..end])?.to_ascii_lowercase();
    let status = head.split(' ').nth(1).context("no status")?.parse()?;
    let rest = &answer[end + 4..];
    let chunked = head.lines().any(|line| line.starts_with("transfer-encoding:") && line.contains("chunked"));
    let body = if chunked { join_chunks(rest)? } else { rest.to_vec() };
    Ok(Response { status, body, transferred: answer.len() })
}

fn join_chunks(mut rest: &[u8]) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").context("a chunk has no size")?;
        let size = usize::from_str_radix(str::from_utf8(&rest[..end])?.trim(), 16)?;
        let start = end + 2;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(rest.get(start..start + size).context("a chunk is cut off")?);
        rest = rest.get(start + size + 2..).context("a chunk does not end")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_chunks_is_put_together() {
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nKota\r\n1\r\ne\r\n0\r\n\r\n";
        let response = parse(answer).unwrap();
        assert_eq!((response.status, response.body.as_slice()), (200, &b"Kotae"[..]));
        assert_eq!(response.transferred, answer.len());
        assert!(parse(&answer[..answer.len() - 12]).is_err(), "cut off");
    }
}
