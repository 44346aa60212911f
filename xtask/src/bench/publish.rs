//! How long after a CRE presses "publish" a customer finds the article, with thousands of articles around it.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use super::figure::{Figures, Promise};
use super::search::wait_for_index;
use crate::http::{self, Response};
use crate::portal::Portal;
use crate::stopwatch::Stopwatch;

/// Enough for two to be slower than 99 of 100.
const ARTICLES: usize = 200;

/// How long one article may take before it counts as never found.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let data = tempfile::tempdir()?;
    // The demo's people write; the large knowledge base is what they write into.
    drop(Portal::seeded(bench.workspace, &bench.build, data.path())?);
    let imported = bench.import(data.path())?.created;
    let portal = Portal::on(bench.workspace, &bench.build, data.path())?;
    wait_for_index(portal.port, imported)?;
    let mut writer = Writer::sign_in(portal.port)?;
    println!("{ARTICLES} articles, published one after the other among {imported}");
    let mut waits = Vec::new();
    for number in 0..ARTICLES {
        waits.push(writer.publish(&word(number))?.as_secs_f64() * 1_000.0);
    }
    waits.sort_by(f64::total_cmp);
    figures.tell("from \"publish\" to found, median", waits[ARTICLES / 2], "ms");
    figures.hold(
        "from \"publish\" to found, 99 of 100",
        waits[ARTICLES * 99 / 100],
        "ms",
        Promise::Under(1_000.0),
    );
    Ok(())
}

/// A word that no other article has: the number in letters that no tolerance for typing errors mixes up.
pub fn word(number: usize) -> String {
    let letters = ["bafi", "coku", "dumo", "gesa", "hiru", "jolo", "kave", "lupi", "mino", "zeta"];
    let digits = format!("{number:03}");
    digits.bytes().map(|digit| letters[usize::from(digit - b'0')]).collect()
}

/// A CRE of the demo at the desk.
struct Writer {
    port: u16,
    cookies: Vec<(String, String)>,
}

impl Writer {
    fn sign_in(port: u16) -> Result<Self> {
        let mut writer = Self { port, cookies: Vec::new() };
        let people = [("email", "midori@kotae.example"), ("password", "kotae-demo-2026")];
        let answer = writer.submit("/desk/sign-in", &people)?;
        if answer.header("location").next() != Some("/desk") {
            bail!("the demo's CRE could not sign in: {}", answer.status);
        }
        Ok(writer)
    }

    /// Writes and publishes an article with this word in its title, and waits until a stranger finds it.
    fn publish(&mut self, word: &str) -> Result<Duration> {
        let title = format!("Set up {word}");
        let body = format!("Open the settings and choose {word} there.");
        let fields = [("title", title.as_str()), ("body", body.as_str()), ("do", "save")];
        let saved = self.submit("/desk/articles/new?locale=en", &fields)?;
        let edit = saved.header("location").next().context("the draft was not saved")?.to_owned();
        let publish = [("title", title.as_str()), ("body", body.as_str()), ("do", "publish")];
        let page = self.page(&edit)?;
        let base = value_of(&page, "base").unwrap_or_default();
        let token = value_of(&page, "csrf").context("the editor has no token")?;
        let fields = [&[("csrf", token), ("base", base)], &publish[..]].concat();
        let question = format!("/api/v1/search?locale=en&q={word}");
        let watch = Stopwatch::start();
        let answer = self.post(&edit, &fields)?;
        if answer.status != 303 {
            bail!("the article was not published: {}", answer.status);
        }
        // Its address: the title comes in pieces, with what was searched marked.
        let address = format!("/en/articles/set-up-{word}");
        while !http::text(self.port, &question)?.contains(&address) {
            if watch.elapsed() > PATIENCE {
                bail!("an article was not found {} s after it was published", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(watch.elapsed())
    }

    /// Opens the page of a form and sends it filled in.
    fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Response> {
        let page = self.page(path)?;
        let token = value_of(&page, "csrf").with_context(|| format!("{path} has no form"))?;
        self.post(path, &[&[("csrf", token)], fields].concat())
    }

    fn page(&mut self, path: &str) -> Result<String> {
        let cookies = self.cookie_line();
        let answer = http::get(self.port, path, &[("cookie", &cookies)])?;
        self.keep_cookies(&answer);
        if answer.status != 200 {
            bail!("{path} was answered with {}", answer.status);
        }
        Ok(String::from_utf8(answer.body)?)
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Response> {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let cookies = self.cookie_line();
        let answer = http::post(self.port, path, &[("cookie", &cookies), ("origin", &origin)], fields)?;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn cookie_line(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep_cookies(&mut self, answer: &Response) {
        for cookie in answer.header("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.retain(|(kept, _)| kept != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

/// The value of a form's field by its name, as far as it is written plainly.
fn value_of<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let field = page.split("<input").find(|field| field.contains(&format!("name=\"{name}\"")))?;
    Some(field.split_once("value=\"")?.1.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_by_its_name() {
        let page =
            r#"<form><input type="hidden" name="csrf" value="a-b_1"><input name="base" value="2"></form>"#;
        assert_eq!(value_of(page, "csrf"), Some("a-b_1"));
        assert_eq!(value_of(page, "base"), Some("2"));
        assert_eq!(value_of(page, "title"), None);
    }
}
