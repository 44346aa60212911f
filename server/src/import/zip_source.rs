//! A zip archive as a source. Nothing is unpacked to disk; names, sizes and links are checked before a byte is read.

use super::report::Problem;
use super::source::{Limits, ReadError, SourceError, is_hidden, read_up_to};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;
use zip::ZipArchive;

pub(super) struct ZipSource {
    archive: ZipArchive<BufReader<File>>,
    /// The place of each accepted file in the archive.
    places: HashMap<String, usize>,
}

/// Packed files smaller than this may have any ratio: a page of repeated lines packs very well.
const RATIO_FROM: u64 = 1_000_000;

impl ZipSource {
    /// Opens an archive and lists what may be read from it.
    pub(super) fn open(
        path: &Path,
        limits: Limits,
        refused: &mut Vec<Problem>,
    ) -> Result<(Self, BTreeMap<String, u64>), SourceError> {
        let broken = |error: String| SourceError::Broken(error);
        let file = File::open(path).map_err(|error| SourceError::Io { path: path.to_owned(), error })?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(error.to_string()))?;
        if archive.len() > limits.files {
            return Err(SourceError::TooMany { found: archive.len(), limit: limits.files });
        }
        let mut files = BTreeMap::new();
        let mut places = HashMap::new();
        let mut total = 0_u64;
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|error| broken(error.to_string()))?;
            let Ok(name) = std::str::from_utf8(entry.name_raw()).map(|name| name.replace('\\', "/")) else {
                refused.push(Problem::skipped(entry.name(), "the file's name is not UTF-8; rename it"));
                continue;
            };
            if escapes(&name) {
                return Err(SourceError::Escapes(name));
            }
            if entry.is_dir() || name.ends_with('/') || is_hidden(&name) {
                continue;
            }
            if entry.is_symlink() {
                refused.push(Problem::skipped(
                    &name,
                    "a symbolic link is not followed; put the file itself here",
                ));
                continue;
            }
            if entry.encrypted() {
                refused.push(Problem::skipped(
                    &name,
                    "the file is encrypted; make the archive without a password",
                ));
                continue;
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            total = total.saturating_add(size);
            if size > RATIO_FROM && size / packed.max(1) > limits.ratio {
                return Err(SourceError::Explodes(format!("{name} from {packed} to {size} bytes")));
            }
            if total > limits.total {
                return Err(SourceError::Explodes(format!("more than {} MB", limits.total >> 20)));
            }
            if files.insert(name.clone(), size).is_some() {
                refused.push(Problem::skipped(
                    &name,
                    "the archive has two files of this name; the last one counts",
                ));
            }
            places.insert(name, place);
        }
        Ok((Self { archive, places }, files))
    }

    /// The bytes of one file; never more than the archive says it has.
    pub(super) fn read(&mut self, path: &str, size: u64) -> Result<Vec<u8>, ReadError> {
        let place = *self.places.get(path).ok_or(ReadError::Missing)?;
        let entry = self.archive.by_index(place).map_err(|error| ReadError::Damaged(error.to_string()))?;
        match read_up_to(entry, size) {
            Err(ReadError::TooLarge(_)) => Err(ReadError::Damaged("it is larger than it says".to_owned())),
            Err(ReadError::Io(error))
                if matches!(
                    error.kind(),
                    ErrorKind::InvalidData
                        | ErrorKind::InvalidInput
                        | ErrorKind::UnexpectedEof
                        | ErrorKind::Other
                ) =>
            {
                Err(ReadError::Damaged(error.to_string()))
            }
            result => result,
        }
    }
}

/// Whether a name leads out of the folder that it would be unpacked to.
fn escapes(name: &str) -> bool {
    name.starts_with('/')
        || name.split('/').any(|part| part == "..")
        || name.contains('\0')
        || name.as_bytes().get(1) == Some(&b':')
}
