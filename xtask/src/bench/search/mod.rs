//! Search: over HTTP with a large knowledge base, with 10,000 articles or more and while the index is rebuilt, and against
//! other engines.

mod collection;
mod contest;
mod engine;
mod growth;
mod kotae;
mod markdown;
mod quality;
mod steady;
mod table;
mod traffic;

use anyhow::Result;

use super::Bench;
use super::figure::Figures;
use crate::{process, say};
use collection::Collection;
pub use steady::wait_for_index;

pub fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    bench.tool("peers", "they are measured with optimisation, as the portal is")?;
    let data = tempfile::tempdir()?;
    let imported = bench.import(data.path())?.created + bench.import_smaller(data.path())?.created;
    let indexed = steady::measure(bench, data.path(), imported, figures)?;
    let folder = tempfile::tempdir()?;
    let index = kotae::index_folder(data.path())?;
    let mut export = std::process::Command::new(engine::program(bench));
    process::run(export.arg("export").arg(&index).arg(folder.path()))?;
    let knowledge =
        [Collection::of_titles(folder.path(), "en")?, Collection::of_titles(folder.path(), "ja")?];
    let raw: u64 = knowledge.iter().map(|collection| collection.bytes).sum();
    growth::index(imported, indexed, kotae::size(&index)?, raw, figures);
    drop(data);

    let judged = Collection::judged(&bench.given("retrieval")?)?;
    // Most help centres hold questions with answers of a page, as town halls do.
    for answers in judged.iter().filter(|collection| collection.name == "localgovfaq-ja") {
        if let Err(error) = growth::answers(bench, answers, figures) {
            say::failure(&error);
            figures.missing("a portal with short articles");
        }
    }
    if let Err(error) = growth::measure(bench, &knowledge[0], figures) {
        say::failure(&error);
        figures.missing("a large portal");
    }
    contest::measure(bench, knowledge.into_iter().chain(judged), figures)
}
