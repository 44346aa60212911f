//! What is promised of a large index: how fast and how large it grows, suggestions while it is large, and searches
//! while it is built anew.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};
use tempfile::TempDir;

use super::collection::{Collection, Text, read};
use super::kotae::index_folder;
use super::traffic::{Traffic, encode};
use super::{markdown, wait_for_index};
use crate::bench::Bench;
use crate::bench::figure::{Figures, Promise};
use crate::bench::load::Force;
use crate::bench::publish::word;
use crate::portal::Portal;
use crate::stopwatch::Stopwatch;

/// Titles that are typed, and how many letters of each.
const TYPED: usize = 500;
const LETTERS: usize = 24;
/// Keystrokes per second: those of some sixty people who write without a pause.
const KEYSTROKES: u32 = 200;
/// Searches per second while the index is built, and while it is not: what leaves room for building.
const SEARCHES: u32 = 50;
/// Articles per second, of whatever length.
const INDEXED: Promise = Promise::AtLeast(10_000.0);
/// More articles than this were never indexed in a second: so long a load ends before the rebuild does.
const SURELY_INDEXED_LATER: u64 = 10_000;
const PATIENCE: Duration = Duration::from_secs(10);

/// What it took to index the large knowledge base from the database, Markdown and all.
pub fn index(texts: u64, took: Duration, bytes: u64, raw: u64, figures: &mut Figures) {
    figures.tell("from start to indexed", took.as_secs_f64(), "s");
    let rate = texts as f64 / took.as_secs_f64();
    figures.hold("indexed from the database, Markdown included", rate, "articles/s", INDEXED);
    figures.tell("titles and texts, raw", raw as f64 / 1e6, "MB");
    let share = bytes as f64 / raw as f64;
    figures.hold("index, as a share of the raw text", share, "", Promise::AtMost(0.8));
}

/// A portal with many articles of one language.
struct Grown {
    portal: Portal,
    articles: u64,
    /// What its index took, from the start.
    indexed: Duration,
    /// Goes after the portal does.
    _data: TempDir,
}

impl Grown {
    /// With the texts of a collection, and copies of them.
    fn of(bench: &Bench<'_>, texts: &[Text], language: &str) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let articles = {
            let source = tempfile::tempdir()?;
            markdown::write(copies(texts, bench.articles), source.path())?;
            bench.import_from(data.path(), source.path(), &["--locale", language])?.created
        };
        let portal = Portal::on(bench.workspace, &bench.build, data.path())?;
        let watch = Stopwatch::start();
        wait_for_index(portal.port, articles)?;
        Ok(Self { portal, articles, indexed: watch.elapsed(), _data: data })
    }
}

/// Measures how fast questions with short answers are indexed.
pub fn answers(bench: &Bench<'_>, collection: &Collection, figures: &mut Figures) -> Result<()> {
    let texts = read(&collection.corpus)?;
    let grown = Grown::of(bench, &texts, collection.language)?;
    println!(
        "{} articles of {} bytes on average: {} of {}, the others copies with a word of their own in title and text",
        grown.articles,
        collection.bytes / texts.len().max(1) as u64,
        texts.len(),
        collection.name
    );
    let rate = grown.articles as f64 / grown.indexed.as_secs_f64();
    figures.hold("short articles, from the database in the same way", rate, "articles/s", INDEXED);
    Ok(())
}

/// Measures a portal with many articles of one language: those of the collection, and copies of them.
pub fn measure(bench: &Bench<'_>, collection: &Collection, figures: &mut Figures) -> Result<()> {
    let texts = read(&collection.corpus)?;
    let Grown { portal, articles, indexed, _data } = Grown::of(bench, &texts, collection.language)?;
    println!(
        "{articles} articles in one language: {} of the knowledge base, the others copies with a word of their own in \
         title and text; indexed in {:.1} s",
        texts.len(),
        indexed.as_secs_f64()
    );

    let step = (texts.len() / TYPED).max(1);
    let titles: Vec<&Text> = texts.iter().step_by(step).collect();
    let keystrokes: Vec<String> = titles.iter().flat_map(|text| keystrokes(&text.title)).collect();
    let typing = bench.load(portal.port, &keystrokes, Force::Steady { rate: KEYSTROKES })?;
    figures.tell("median suggestion, at 200 keystrokes/s", typing.p50_ms, "ms");
    figures.hold("99 of 100 suggestions, at 200 keystrokes/s", typing.p99_ms, "ms", Promise::Under(20.0));

    let mut traffic = Traffic::new(texts.iter().map(|text| text.title.as_str()), collection.language);
    let before = bench.load(portal.port, &traffic.pages(), Force::Steady { rate: SEARCHES })?;
    figures.tell("99 of 100 answers, at 50 searches/s", before.p99_ms, "ms");
    begin_rebuild(&portal)?;
    // A load that outlasts the rebuild would measure what comes after it.
    let length = bench.seconds.min((bench.articles as u64 / SURELY_INDEXED_LATER).max(1));
    let during = bench.load_for(length, portal.port, &traffic.pages(), Force::Steady { rate: SEARCHES })?;
    if !is_building(&portal)? {
        bail!("the index was built before the load was over: more articles (--articles) would keep it busy");
    }
    figures.tell("the same while the index is built anew", during.p99_ms, "ms");
    figures.hold(
        "while it is built anew, against before",
        during.p99_ms / before.p99_ms,
        "times",
        Promise::AtMost(2.0),
    );
    Ok(())
}

/// The texts over and over until there are enough, each copy with a word of its own.
fn copies(texts: &[Text], articles: usize) -> impl Iterator<Item = (&Text, String)> {
    let addition = |number: usize| if number < texts.len() { String::new() } else { word(number) };
    texts.iter().cycle().take(articles).enumerate().map(move |(number, text)| (text, addition(number)))
}

/// A title as it is typed, letter after letter.
fn keystrokes(title: &str) -> impl Iterator<Item = String> {
    let letters = title.chars().count().min(LETTERS);
    (1..=letters).map(move |typed| {
        let text: String = title.chars().take(typed).collect();
        format!("/api/v1/suggest?locale=en&q={}", encode(&text))
    })
}

/// Takes away what says where the index's files are: the portal goes on answering from those, and builds another.
fn begin_rebuild(portal: &Portal) -> Result<()> {
    fs::remove_file(index_folder(portal.data())?.join("meta.json"))?;
    let watch = Stopwatch::start();
    while !is_building(portal)? {
        if watch.elapsed() > PATIENCE {
            bail!("the portal did not notice that its index is damaged");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn is_building(portal: &Portal) -> Result<bool> {
    let mut names = fs::read_dir(portal.data())?.filter_map(|entry| Some(entry.ok()?.file_name()));
    Ok(names.any(|name| name.to_string_lossy().ends_with(".building")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_typed_letter_by_letter() {
        let typed: Vec<String> = keystrokes("予 a").collect();
        assert_eq!(typed[0], "/api/v1/suggest?locale=en&q=%E4%BA%88");
        assert_eq!(typed[2], "/api/v1/suggest?locale=en&q=%E4%BA%88%20a");
        assert_eq!(keystrokes(&"a".repeat(99)).count(), LETTERS);
    }
}
