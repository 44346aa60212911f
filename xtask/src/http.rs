//! A small HTTP client for loopback: one request per connection.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Longer than any page of the portal takes.
const LIMIT: Duration = Duration::from_secs(30);

/// What came back.
pub struct Response {
    pub status: u16,
    /// The lines of the head after the status, as they came.
    head: String,
    pub body: Vec<u8>,
    /// Bytes that went over the wire, head included.
    pub transferred: usize,
}

impl Response {
    /// The values of a header, in their order. `name` in lower case.
    pub fn header<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Asks a server on loopback for a path. `headers` are further lines, such as `("accept-encoding", "br")`.
pub fn get(port: u16, path: &str, headers: &[(&str, &str)]) -> Result<Response> {
    send(port, "GET", path, headers, "")
}

/// Sends a form. The names and values must be such as need no percent sign; spaces are sent as they should be.
pub fn post(port: u16, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Result<Response> {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    let mut headers = headers.to_vec();
    headers.push(("content-type", "application/x-www-form-urlencoded"));
    send(port, "POST", path, &headers, &pairs.join("&"))
}

fn send(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Response> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(LIMIT))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        request.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    request.push_str(body);
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
    let head = str::from_utf8(&answer[..end])?;
    let status = head.split(' ').nth(1).context("no status")?.parse()?;
    let mut response =
        Response { status, head: head.to_owned(), body: Vec::new(), transferred: answer.len() };
    let rest = &answer[end + 4..];
    let chunked = response.header("transfer-encoding").any(|coding| coding.contains("chunked"));
    response.body = if chunked { join_chunks(rest)? } else { rest.to_vec() };
    Ok(response)
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

    #[test]
    fn a_header_is_found_whatever_its_case_as_often_as_it_stands_there() {
        let answer = b"HTTP/1.1 303 See Other\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: B=2\r\n\r\n";
        let response = parse(answer).unwrap();
        assert_eq!(response.header("set-cookie").collect::<Vec<_>>(), ["a=1; Path=/", "B=2"]);
    }
}
