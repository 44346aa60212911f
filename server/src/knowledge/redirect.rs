//! Addresses that moved: stored without their host, decoded, and answered with 301.

use super::{By, KnowledgeError, Result};
use crate::storage::{self, Conn, Tx, first, run};
use app::i18n::Locale;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// What a path segment must not hold as it is (RFC 3986, 3.3); everything beyond ASCII is encoded anyway.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// How many moves one address may take before it is called a loop.
const HOPS: usize = 16;

/// Where an article is read, percent-encoded.
pub fn article_path(locale: Locale, slug: &str) -> String {
    format!("/{}/articles/{}", locale.tag(), utf8_percent_encode(slug, SEGMENT))
}

/// Where a category is listed, percent-encoded.
pub fn category_path(locale: Locale, slug: &str) -> String {
    format!("/{}/categories/{}", locale.tag(), utf8_percent_encode(slug, SEGMENT))
}

/// Answers an old address with a new one. `path` may come with scheme and host, which are dropped; `target` is a path
/// of this portal or an http(s) address. An older redirect from the same path is replaced.
///
/// # Errors
/// [`KnowledgeError::RedirectLoop`] if the target leads back, [`KnowledgeError::RedirectAddress`] if either is none.
pub async fn add_redirect(tx: &mut Tx, by: &By<'_>, path: &str, target: &str) -> Result<()> {
    let path = source(path)?;
    let target = target.trim();
    let own = target.starts_with('/') && !target.starts_with("//");
    let target = match (own, url::Url::parse(target)) {
        (true, _) => source(target)?,
        (false, Ok(url)) if matches!(url.scheme(), "http" | "https") => url.to_string(),
        _ => return Err(KnowledgeError::RedirectAddress(target.to_owned())),
    };
    let mut next = target.clone();
    for _ in 0..HOPS {
        if next == path {
            return Err(KnowledgeError::RedirectLoop(path));
        }
        match stored(tx, &next).await? {
            Some(further) => next = further,
            None => {
                run!(
                    tx,
                    "INSERT INTO redirect (path, target, created_at) VALUES ($1, $2, $3)
                     ON CONFLICT (path) DO UPDATE SET target = excluded.target, created_at = excluded.created_at",
                    path.as_str(),
                    target.as_str(),
                    by.now
                )?;
                return Ok(());
            }
        }
    }
    Err(KnowledgeError::RedirectLoop(path))
}

/// Frees a path that something lives at again.
pub(super) async fn drop_redirect(tx: &mut Tx, path: &str) -> Result<()> {
    run!(tx, "DELETE FROM redirect WHERE path = $1", source(path)?.as_str())?;
    Ok(())
}

/// Where a path that no page answers has moved to, at the end of all its moves, percent-encoded.
pub async fn moved_to(conn: &mut Conn, path: &str) -> storage::Result<Option<String>> {
    let Ok(mut at) = source(path) else { return Ok(None) };
    let mut moved = false;
    for _ in 0..HOPS {
        match stored(conn, &at).await? {
            Some(next) => (at, moved) = (next, true),
            None => break,
        }
    }
    Ok(moved.then(|| if at.starts_with('/') { encoded(&at) } else { at }))
}

async fn stored(conn: &mut Conn, path: &str) -> storage::Result<Option<String>> {
    let row = first!(conn, (String,), "SELECT target FROM redirect WHERE path = $1", path)?;
    Ok(row.map(|row| row.0))
}

/// A path as it is stored: without host, query and fragment, decoded, composed (NFC), without a slash at its end.
pub(super) fn source(address: &str) -> Result<String> {
    let address = address.trim();
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => address,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded: String = percent_decode_str(path).decode_utf8_lossy().nfc().collect();
    let bare = decoded.trim_end_matches('/');
    if !bare.starts_with('/') || bare.starts_with("//") || bare.contains(['\n', '\r', '\0', '\\']) {
        return Err(KnowledgeError::RedirectAddress(address.to_owned()));
    }
    Ok(bare.to_owned())
}

fn encoded(path: &str) -> String {
    path.split('/')
        .map(|segment| utf8_percent_encode(segment, SEGMENT).to_string())
        .collect::<Vec<_>>()
        .join("/")
}
