//! What browsers load: compiled, bundled, named by content, compressed, and listed in a manifest.
//!
//! Each step writes into its own folder below `target/xtask` and is skipped while its inputs are the same. The site
//! is put together from their results in a new folder that takes the old one's place by a rename.
//!
//! ```text
//! site/manifest.json            {"kotae.css": "assets/kotae.1a2b3c4d5e6f.css", …}
//! site/assets/NAME.HASH.EXT     never changes under its name; .br and .gz beside it
//! site/public/…                 public/ as it is; .br and .gz beside what shrinks
//! ```

mod compress;
mod css;
mod fingerprint;
mod manifest;
mod wasm;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::paths::Workspace;
use crate::stopwatch::Stopwatch;
use crate::{say, toolchain};
use fingerprint::{Fingerprint, Step};
use manifest::Manifest;

/// Builds `target/site` as far as it is out of date, and returns its path.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let watch = Stopwatch::start();
    let work = workspace.work("site");
    fs::create_dir_all(&work).with_context(|| format!("{} cannot be made", work.display()))?;
    // Two builds at once would mix their results. The lock ends with the file.
    let lock = File::create(work.join("lock"))?;
    lock.lock().context("the site's lock could not be taken")?;

    let toolchain = toolchain::ensure_wasm(workspace)?;
    let islands = wasm::build(workspace, &toolchain)?;
    let style = css::build(workspace)?;

    let public = workspace.root.join("public");
    let mut inputs = Fingerprint::new("site 1");
    for folder in [&islands, &style, &public] {
        inputs.folder(folder)?;
    }
    let site = workspace.site();
    let step = Step::new(workspace, "site", inputs);
    if step.is_done() && site.join(manifest::FILE).is_file() {
        return Ok(site);
    }
    say::step("Putting the site together", "names with a content hash, compressed once for every visitor");
    let staged = work.join("staged");
    empty(&staged)?;
    assemble(workspace, &staged, &islands, &style, &public)?;
    replace(&staged, &site, &work.join("replaced"))?;
    step.done()?;
    say::note(&format!("{} is ready, after {}", site.display(), watch.words()));
    Ok(site)
}

fn assemble(workspace: &Workspace, staged: &Path, islands: &Path, style: &Path, public: &Path) -> Result<()> {
    let mut manifest = Manifest::new(staged);
    wasm::publish(islands, &mut manifest)?;
    css::publish(style, &mut manifest)?;
    manifest.write()?;
    copy(public, &staged.join("public"))?;
    compress::folder(staged, &workspace.work("compressed"))
}

/// Copies a folder with everything in it; an absent one is an empty one.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    if !from.is_dir() {
        return Ok(());
    }
    for entry in WalkDir::new(from).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Makes sure that a folder is there and has nothing in it.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// Puts a finished folder in the place of an older one.
fn replace(new: &Path, place: &Path, aside: &Path) -> Result<()> {
    if aside.exists() {
        fs::remove_dir_all(aside)?;
    }
    if place.exists() {
        fs::rename(place, aside)?;
    }
    fs::rename(new, place).with_context(|| format!("{} cannot be put in its place", place.display()))?;
    if aside.exists() {
        fs::remove_dir_all(aside)?;
    }
    Ok(())
}
