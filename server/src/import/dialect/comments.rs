//! HTML comments: notes of the authors to each other, never for readers.

use super::Remark;
use super::code::{Piece, pieces};

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// Takes the comments out; one that is never closed goes to the end of its line.
pub(super) fn strip(text: &str, remarks: &mut Vec<Remark>) -> String {
    // Translation tools escape the signs of some comments.
    let escaped = text.contains("&lt;!--") && (text.contains("--&gt;") || text.contains(CLOSE));
    let restored = escaped.then(|| text.replace("&lt;!--", OPEN).replace("--&gt;", CLOSE));
    let text = restored.as_deref().unwrap_or(text);
    if !text.contains(OPEN) && !text.contains(CLOSE) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // A comment may hold code and code may hold a comment: whichever begins first counts.
    while let Some((start, end)) = next_comment(text, at, remarks) {
        out.push_str(&text[at..start]);
        at = end;
    }
    out.push_str(&text[at..]);
    without_strays(&out)
}

fn next_comment(text: &str, from: usize, remarks: &mut Vec<Remark>) -> Option<(usize, usize)> {
    let mut at = from;
    for piece in pieces(&text[from..]) {
        let Piece::Text(part) = piece else {
            let Piece::Code(part) = piece else { continue };
            at += part.len();
            continue;
        };
        if let Some(found) = part.find(OPEN) {
            let start = at + found;
            let inside = start + OPEN.len();
            if let Some(length) = text[inside..].find(CLOSE) {
                return Some((start, inside + length + CLOSE.len()));
            }
            let line = text[..start].matches('\n').count() + 1;
            remarks.push(Remark {
                line: Some(line),
                reason: "a comment is never closed; it was dropped to the end of its line".to_owned(),
            });
            let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
            return Some((start, end));
        }
        at += part.len();
    }
    None
}

/// Drops lines that only close a comment that nobody opened (comments inside of comments leave them).
fn without_strays(text: &str) -> String {
    if !text.contains(CLOSE) {
        return text.to_owned();
    }
    text.split_inclusive('\n').filter(|line| line.trim() != CLOSE).collect()
}
