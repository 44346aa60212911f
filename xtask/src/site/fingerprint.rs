//! What a step was made from, so that it is skipped while that stays the same.
//!
//! Contents are hashed, not times: a fresh checkout of the same files costs nothing.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::paths::Workspace;

/// A hash of everything that a step reads.
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// `recipe` names the step and its version: change it when the step itself changes what it makes.
    pub fn new(recipe: &str) -> Self {
        let mut fingerprint = Self(Sha256::new());
        fingerprint.text(recipe);
        fingerprint
    }

    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a file's contents.
    pub fn file(&mut self, file: &Path) -> Result<()> {
        let contents = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        self.bytes(&contents);
        Ok(())
    }

    /// Adds every file of a folder, with its name; an absent folder is an empty one.
    pub fn folder(&mut self, folder: &Path) -> Result<()> {
        if !folder.is_dir() {
            return Ok(());
        }
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.with_context(|| format!("{} cannot be listed", folder.display()))?;
            if entry.file_type().is_file() {
                self.text(&entry.path().strip_prefix(folder)?.to_string_lossy());
                self.file(entry.path())?;
            }
        }
        Ok(())
    }

    /// The hash, as 64 hexadecimal digits.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        // The length keeps ("ab", "c") apart from ("a", "bc").
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// A step with the fingerprint of its inputs.
pub struct Step {
    record: PathBuf,
    fingerprint: String,
}

impl Step {
    pub fn new(workspace: &Workspace, name: &str, inputs: Fingerprint) -> Self {
        let record = workspace.work("fingerprints").join(name);
        Self { record, fingerprint: inputs.finish() }
    }

    /// Whether the step has been completed with exactly these inputs.
    pub fn is_done(&self) -> bool {
        fs::read_to_string(&self.record).is_ok_and(|recorded| recorded == self.fingerprint)
    }

    /// To be called before results are touched: a step that is interrupted counts as not done.
    pub fn begin(&self) -> Result<()> {
        match fs::remove_file(&self.record) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Remembers that the step is complete.
    pub fn done(&self) -> Result<()> {
        let folder = self.record.parent().context("a record stands in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&self.record, &self.fingerprint)?;
        Ok(())
    }
}

/// The first 12 hexadecimal digits of a content's hash: 48 bits, enough to tell versions of one file apart.
pub fn short_hash(contents: &[u8]) -> String {
    let mut hash = hex(&Sha256::digest(contents));
    hash.truncate(12);
    hash
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(folder: &Path) -> Workspace {
        Workspace { root: folder.to_owned(), target: folder.join("target") }
    }

    fn inputs(folder: &Path) -> Fingerprint {
        let mut inputs = Fingerprint::new("test 1");
        inputs.folder(folder).unwrap();
        inputs
    }

    #[test]
    fn a_step_is_done_until_a_name_or_a_byte_of_its_inputs_changes() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        let source = folder.path().join("source");
        fs::create_dir(&source).unwrap();
        fs::write(source.join("a.css"), "a {}").unwrap();

        let step = Step::new(&workspace, "test", inputs(&source));
        assert!(!step.is_done(), "never done before");
        step.done().unwrap();
        assert!(Step::new(&workspace, "test", inputs(&source)).is_done());

        fs::write(source.join("a.css"), "b {}").unwrap();
        assert!(!Step::new(&workspace, "test", inputs(&source)).is_done(), "a byte changed");
        fs::write(source.join("a.css"), "a {}").unwrap();
        fs::rename(source.join("a.css"), source.join("b.css")).unwrap();
        assert!(!Step::new(&workspace, "test", inputs(&source)).is_done(), "a name changed");
    }

    #[test]
    fn a_step_that_was_begun_and_not_finished_is_not_done() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        let step = Step::new(&workspace, "test", Fingerprint::new("test 1"));
        step.done().unwrap();
        step.begin().unwrap();
        assert!(!step.is_done());
    }
}
