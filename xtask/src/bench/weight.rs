//! What a page costs a visitor: bytes over the wire and requests, with and without the islands.

use anyhow::{Context, Result};

use super::figure::{Figures, Promise};
use super::{Bench, sitemap};
use crate::http;
use crate::portal::Portal;

/// The files of the customers' islands; everything else is needed without JavaScript too.
const ISLANDS: [&str; 2] = ["portal.js", "portal.wasm"];

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let portal = Portal::demo(bench.workspace, &bench.build)?;
    let article = heaviest(portal.port, sitemap::articles(portal.port, "ja")?)?;
    let islands = islands(bench)?;
    for (name, path, limits) in [
        ("heaviest article", article.as_str(), Some((60.0, 130.0))),
        ("home", "/ja", None),
        ("ask", "/ja/ask", None),
    ] {
        let html = http::text(portal.port, path)?;
        let plain: Vec<String> = files(&html).into_iter().filter(|file| !islands.contains(file)).collect();
        let without = transferred(portal.port, path)? + sum(portal.port, &plain)?;
        let with = without + sum(portal.port, &islands)?;
        let requests = 1 + plain.len() + islands.len();
        let (plain_name, full_name) = (format!("{name}, without islands"), format!("{name}, with islands"));
        match limits {
            Some((least, most)) => {
                figures.hold(&plain_name, kilobytes(without), "kB", Promise::AtMost(least));
                figures.hold(&full_name, kilobytes(with), "kB", Promise::AtMost(most));
                figures.hold(&format!("{name}, requests"), requests as f64, "", Promise::AtMost(6.0));
            }
            None => {
                figures.tell(&plain_name, kilobytes(without), "kB");
                figures.tell(&full_name, kilobytes(with), "kB");
            }
        }
    }
    Ok(())
}

fn heaviest(port: u16, paths: Vec<String>) -> Result<String> {
    let mut weighed = Vec::new();
    for path in paths {
        weighed.push((transferred(port, &path)?, path));
    }
    weighed.into_iter().max().map(|(_, path)| path).context("there is no article")
}

/// The addresses of the islands' files.
fn islands(bench: &Bench<'_>) -> Result<Vec<String>> {
    let manifest = std::fs::read_to_string(bench.build.site.join("manifest.json"))?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
    ISLANDS
        .iter()
        .map(|name| Some(format!("/{}", manifest[name].as_str()?)))
        .collect::<Option<_>>()
        .context("the manifest does not name the islands' files")
}

/// What a browser loads for a page by itself: style sheets, icons, scripts and pictures of this server.
fn files(html: &str) -> Vec<String> {
    let mut files = Vec::new();
    for tag in html.split('<').filter_map(|rest| Some(rest.split_once('>')?.0)) {
        let address = match tag.split_ascii_whitespace().next() {
            Some("link") if is_loaded(attribute(tag, "rel")) => attribute(tag, "href"),
            Some("script" | "img") => attribute(tag, "src"),
            _ => None,
        };
        let Some(address) = address.filter(|address| address.starts_with('/')) else { continue };
        if !files.iter().any(|file| file == address) {
            files.push(address.to_owned());
        }
    }
    files
}

fn is_loaded(rel: Option<&str>) -> bool {
    rel.is_some_and(|rel| {
        ["stylesheet", "icon", "preload", "modulepreload"].iter().any(|kind| rel.contains(kind))
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn sum(port: u16, paths: &[String]) -> Result<usize> {
    paths.iter().map(|path| transferred(port, path)).sum()
}

/// Bytes over the wire, head included, for a browser that takes brotli.
fn transferred(port: u16, path: &str) -> Result<usize> {
    let response = http::get(port, path, &[("accept-encoding", "gzip, br")])?;
    anyhow::ensure!(response.status == 200, "{path} was answered with {}", response.status);
    Ok(response.transferred)
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_loads_by_itself_is_found_in_the_page() {
        let html = r#"<link rel="stylesheet" href="/a.css"><link rel="alternate" href="/feed"><img alt="" src="/b.png">
            <a href="/c">c</a><script src="https://elsewhere.example/d.js"></script><link href="/a.css" rel="preload">"#;
        assert_eq!(files(html), ["/a.css", "/b.png"]);
    }
}
