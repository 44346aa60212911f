//! How many article pages a second an anonymous reader is served, beside the most that axum could do here.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::figure::{Figures, Promise};
use super::load::Force;
use super::{Bench, sitemap};
use crate::guard::{Guard, Guarded};
use crate::http;
use crate::portal::{self, Portal};

/// Machines get slower and faster while one measures: the two take turns.
const ROUNDS: usize = 3;

const FORCE: Force = Force::Most { connections: 32 };

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let portal = Portal::demo(bench.workspace, &bench.build)?;
    let articles = sitemap::articles(portal.port, "en")?;
    let port = portal::free_port()?;
    let mut bare = Command::new(&bench.bare);
    bare.arg(format!("127.0.0.1:{port}"));
    let mut server = Guarded::start(&bare, Guard { signal: "TERM", folder: None, log: None })?;
    server.wait_until("the bare server", Duration::from_secs(10), || http::get(port, "/", &[]).is_ok())?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(bench.load(port, &["/".into()], FORCE)?.per_second);
        ours.push(bench.load(portal.port, &articles, FORCE)?.per_second);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    figures.tell(&format!("anonymous article pages ({} articles in turn)", articles.len()), ours, "pages/s");
    figures.tell("bare axum, \"Hello, World!\"", theirs, "answers/s");
    figures.hold("article pages as a share of bare axum", ours / theirs, "", Promise::AtLeast(0.5));
    Ok(())
}

/// The middle one of an odd number of values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
