//! Assets under names that tell their content, and the list that leads from plain names to them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::fingerprint::short_hash;

/// The list's own name in the site.
pub const FILE: &str = "manifest.json";

/// The assets of a site that is being put together.
pub struct Manifest {
    site: PathBuf,
    entries: BTreeMap<String, String>,
}

impl Manifest {
    pub fn new(site: &Path) -> Self {
        Self { site: site.to_owned(), entries: BTreeMap::new() }
    }

    /// Writes an asset and returns the file name that it got: `kotae.css` becomes `kotae.1a2b3c4d5e6f.css`.
    pub fn add(&mut self, name: &str, contents: &[u8]) -> Result<String> {
        let hashed = hashed_name(name, contents)?;
        self.write_asset(&hashed, contents)?;
        self.entries.insert(name.into(), format!("assets/{hashed}"));
        Ok(hashed)
    }

    /// Writes an asset under a path below `assets/` that its maker has already made unique; it is not listed.
    pub fn write_asset(&self, path: &str, contents: &[u8]) -> Result<()> {
        let file = self.site.join("assets").join(path);
        let folder = file.parent().context("an asset stands in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&file, contents).with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Writes the list.
    pub fn write(&self) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.entries)?;
        fs::write(self.site.join(FILE), text + "\n").context("the manifest cannot be written")
    }
}

fn hashed_name(name: &str, contents: &[u8]) -> Result<String> {
    let (stem, extension) = name.rsplit_once('.').with_context(|| format!("{name} has no extension"))?;
    Ok(format!("{stem}.{}.{extension}", short_hash(contents)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_through_the_list_and_renamed_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::new(folder.path());
        let first = manifest.add("kotae.css", b"a{}").unwrap();
        let second = manifest.add("kotae.css", b"b{}").unwrap();
        assert_ne!(first, second);
        manifest.write().unwrap();

        let list: BTreeMap<String, String> =
            serde_json::from_str(&fs::read_to_string(folder.path().join(FILE)).unwrap()).unwrap();
        assert_eq!(fs::read(folder.path().join(&list["kotae.css"])).unwrap(), b"b{}");
    }
}
