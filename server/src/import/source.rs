//! Where files come from: a folder, a zip archive, or memory. All three give the same thing, a sorted list of
//! relative paths and the bytes behind each, and nothing from outside of themselves.

use super::report::Problem;
use super::zip_source::ZipSource;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a source may hold; more is refused before it is unpacked.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub files: usize,
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all files together.
    pub total: u64,
    /// How many times larger a zip's file may be than its packed form, from a million bytes on.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files: 100_000, file: 64 << 20, total: 4 << 30, ratio: 300 }
    }
}

/// The whole source cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{0} does not exist; give a folder or a zip archive")]
    Missing(PathBuf),
    #[error("{0} is neither a folder nor a zip archive")]
    Kind(PathBuf),
    #[error("{path} cannot be read: {error}")]
    Io { path: PathBuf, error: std::io::Error },
    #[error("the zip archive is broken ({0}); nothing was imported. Make or download it again")]
    Broken(String),
    #[error(
        "the zip archive has a file that would land outside of its folder ({0}); nothing was imported. Do not trust this archive"
    )]
    Escapes(String),
    #[error(
        "the zip archive would unpack to far more than it may ({0}); nothing was imported. Unpack it yourself and import the folder if you trust it"
    )]
    Explodes(String),
    #[error(
        "there are {found} files, more than the {limit} that one import takes; import its folders one by one"
    )]
    TooMany { found: usize, limit: usize },
}

/// One file cannot be read; the others can.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the file is larger than {} MB", .0 >> 20)]
    TooLarge(u64),
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("the zip archive is damaged here: {0}")]
    Damaged(String),
    #[error("there is no such file")]
    Missing,
}

/// An opened source.
pub struct Source {
    name: String,
    limits: Limits,
    files: BTreeMap<String, u64>,
    refused: Vec<Problem>,
    inner: Inner,
}

enum Inner {
    Folder(PathBuf),
    Zip(Box<ZipSource>),
    Memory(BTreeMap<String, Cow<'static, [u8]>>),
}

impl Source {
    /// Opens a folder or a zip archive. Its name is the folder's, or the archive's without `.zip`.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        Self::open_with(path, Limits::default())
    }

    /// As `open`, with other limits.
    pub fn open_with(path: &Path, limits: Limits) -> Result<Self, SourceError> {
        let io = |error| SourceError::Io { path: path.to_owned(), error };
        let meta = match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SourceError::Missing(path.to_owned()));
            }
            meta => meta.map_err(io)?,
        };
        let named = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut refused = Vec::new();
        if meta.is_dir() {
            let name = named.file_name().and_then(|name| name.to_str()).unwrap_or("folder").to_owned();
            let files = walk(path, limits, &mut refused)?;
            return Ok(Self { name, limits, files, refused, inner: Inner::Folder(path.to_owned()) });
        }
        let name = named.file_stem().and_then(|name| name.to_str()).unwrap_or("archive").to_owned();
        let mut magic = [0; 2];
        let mut file = fs::File::open(path).map_err(io)?;
        if file.read_exact(&mut magic).is_err() || &magic != b"PK" {
            let zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
            return Err(if zip {
                SourceError::Broken("it does not begin as a zip archive does".to_owned())
            } else {
                SourceError::Kind(path.to_owned())
            });
        }
        let (zip, files) = ZipSource::open(path, limits, &mut refused)?;
        Ok(Self { name, limits, files, refused, inner: Inner::Zip(Box::new(zip)) })
    }

    /// Files that the program carries with it, by relative path.
    pub fn memory(name: &str, files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let sizes = files.iter().map(|(path, bytes)| (path.clone(), bytes.len() as u64)).collect();
        Self {
            name: name.to_owned(),
            limits: Limits::default(),
            files: sizes,
            refused: Vec::new(),
            inner: Inner::Memory(files),
        }
    }

    /// What this source is called: part of what its files are remembered by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives it another name, so that a renamed folder still updates what came from it.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// Every file with its size in bytes, sorted by path; `/` between folders, nothing hidden.
    pub fn files(&self) -> &BTreeMap<String, u64> {
        &self.files
    }

    /// Files that were not taken, and why.
    pub fn refused(&self) -> &[Problem] {
        &self.refused
    }

    /// The bytes of one file.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let size = *self.files.get(path).ok_or(ReadError::Missing)?;
        if size > self.limits.file {
            return Err(ReadError::TooLarge(self.limits.file));
        }
        match &mut self.inner {
            Inner::Folder(root) => {
                let file = fs::File::open(root.join(path))?;
                read_up_to(file, self.limits.file)
            }
            Inner::Zip(zip) => zip.read(path, size),
            Inner::Memory(files) => files.get(path).map(|bytes| bytes.to_vec()).ok_or(ReadError::Missing),
        }
    }

    /// One file as text; a byte-order mark is dropped.
    pub fn read_text(&mut self, path: &str) -> Result<String, String> {
        let bytes = self.read(path).map_err(|error| error.to_string())?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            format!("the text is not UTF-8 (first wrong byte on line {line}); save it as UTF-8")
        })?;
        if text.contains('\0') {
            return Err("the text has NUL characters; it is not a text file".to_owned());
        }
        Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
    }
}

/// Reads to the end, at most `limit` bytes.
pub(super) fn read_up_to(reader: impl Read, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge(limit)) } else { Ok(bytes) }
}

/// Files that systems leave behind, and hidden ones.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || matches!(part, "__MACOSX" | "Thumbs.db" | "node_modules"))
}

/// Lists a folder. Symbolic links are not followed: they may lead anywhere.
fn walk(
    root: &Path,
    limits: Limits,
    refused: &mut Vec<Problem>,
) -> Result<BTreeMap<String, u64>, SourceError> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let io = |error| SourceError::Io { path: folder.clone(), error };
        for entry in fs::read_dir(&folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                let shown = format!("{prefix}{}", entry.file_name().to_string_lossy());
                refused.push(Problem::skipped(&shown, "the file's name is not UTF-8; rename it"));
                continue;
            };
            let path = format!("{prefix}{name}");
            if is_hidden(&name) {
                continue;
            }
            let kind = entry.file_type().map_err(io)?;
            if kind.is_symlink() {
                refused.push(Problem::skipped(
                    &path,
                    "a symbolic link is not followed; put the file itself here",
                ));
            } else if kind.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() {
                files.insert(path, entry.metadata().map_err(io)?.len());
                if files.len() > limits.files {
                    return Err(SourceError::TooMany { found: files.len(), limit: limits.files });
                }
            }
        }
    }
    Ok(files)
}
