//! `.br` and `.gz` beside every file that shrinks: compressed once, as hard as it goes, and remembered by content.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::fingerprint::hex;

/// Formats that are not compressed already.
const COMPRESSIBLE: [&str; 11] =
    ["css", "html", "ico", "js", "json", "map", "svg", "txt", "wasm", "webmanifest", "xml"];

/// Smaller files fit into one packet either way.
const WORTHWHILE: usize = 256;

/// Compresses a folder's files in place. Results are kept in `cache`, under the hash of what they were made from.
pub fn folder(folder: &Path, cache: &Path) -> Result<()> {
    fs::create_dir_all(cache)?;
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() && is_compressible(entry.path()) {
            files.push(entry.into_path());
        }
    }
    for file in files {
        compress(&file, cache).with_context(|| format!("{} cannot be compressed", file.display()))?;
    }
    Ok(())
}

fn is_compressible(file: &Path) -> bool {
    // The manifest is read by the server alone.
    file.extension().and_then(|extension| extension.to_str()).is_some_and(|it| COMPRESSIBLE.contains(&it))
        && !file.ends_with(super::manifest::FILE)
}

fn compress(file: &Path, cache: &Path) -> Result<()> {
    let contents = fs::read(file)?;
    if contents.len() < WORTHWHILE {
        return Ok(());
    }
    let hash = hex(&Sha256::digest(&contents));
    for (extension, encode) in [("br", brotli as fn(&[u8]) -> Result<Vec<u8>>), ("gz", gzip)] {
        let cached = cache.join(format!("{hash}.{extension}"));
        if !cached.is_file() {
            let mut staged = tempfile::NamedTempFile::new_in(cache)?;
            staged.write_all(&encode(&contents)?)?;
            staged.persist(&cached)?;
        }
        if fs::metadata(&cached)?.len() < contents.len() as u64 {
            fs::write(with_suffix(file, extension), fs::read(&cached)?)?;
        }
    }
    Ok(())
}

fn with_suffix(file: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(contents: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: contents.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &contents[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(contents: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(contents)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_shrinks_gets_two_companions_that_unpack_to_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        let text = "body { margin: 0 }\n".repeat(100);
        fs::write(site.join("a.css"), &text).unwrap();
        fs::write(site.join("tiny.css"), "a {}").unwrap();
        fs::write(site.join("photo.png"), &text).unwrap();
        super::folder(&site, &folder.path().join("cache")).unwrap();

        let mut plain = String::new();
        flate2::read::GzDecoder::new(&fs::read(site.join("a.css.gz")).unwrap()[..])
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &fs::read(site.join("a.css.br")).unwrap()[..], &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        for absent in ["tiny.css.br", "tiny.css.gz", "photo.png.br"] {
            assert!(!site.join(absent).exists(), "{absent}");
        }
    }
}
