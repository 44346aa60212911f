//! Snippets: passages that many articles share, written once in a file of their own and called by `{{name}}`.

use super::code::{Piece, pieces};
use super::{Remark, comments};
use std::collections::HashMap;

/// How far snippets may call each other.
const DEPTH: usize = 5;

/// The snippets of one language, by name.
#[derive(Debug, Default)]
pub(in crate::import) struct Snippets(HashMap<String, String>);

impl Snippets {
    /// Takes the snippets of one file: each begins with a heading `## Words {#name}` and reaches to the next one.
    /// The file as a whole can be called by its path.
    pub(in crate::import) fn add_file(&mut self, path: &str, text: &str) {
        let text = comments::strip(&text.replace("\r\n", "\n"), &mut Vec::new());
        let mut name: Option<String> = None;
        let mut passage = String::new();
        for line in text.lines() {
            if let Some(next) = snippet_name(line) {
                self.keep(name.replace(next), &mut passage);
            } else {
                passage.push_str(line);
                passage.push('\n');
            }
        }
        self.keep(name, &mut passage);
        self.0.insert(path.to_owned(), text.trim_matches('\n').to_owned());
    }

    fn keep(&mut self, name: Option<String>, passage: &mut String) {
        if let Some(name) = name {
            self.0.insert(name, passage.trim_matches('\n').trim_end().to_owned());
        }
        passage.clear();
    }

    fn find(&self, name: &str) -> Option<&str> {
        let file = name.strip_prefix("$include").map(|path| path.trim().trim_matches('"'));
        match file {
            // `/help/_includes/x.md`: the first level is what documentation tools call the top folder.
            Some(path) => {
                let path = path.trim_start_matches('/');
                let below = path.split_once('/').map_or(path, |(_, rest)| rest);
                let known = self.0.iter().find(|(known, _)| known.ends_with(below) && known.contains('/'));
                known.map(|(_, text)| text.as_str())
            }
            None => self.0.get(name).map(String::as_str),
        }
    }

    /// Puts every known snippet where it is called. Unknown names stay: templates in articles look the same.
    pub(super) fn expand(&self, text: &str, remarks: &mut Vec<Remark>) -> String {
        let mut text = text.to_owned();
        for _ in 0..DEPTH {
            match self.expand_once(&text) {
                Some(expanded) => text = expanded,
                None => break,
            }
        }
        for (at, line) in text.lines().enumerate() {
            let call = line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
            if let Some(name) = call.filter(|name| name.starts_with("$include")) {
                remarks.push(Remark {
                    line: Some(at + 1),
                    reason: format!("a snippet is not in the source: {name}"),
                });
            }
        }
        text
    }

    fn expand_once(&self, text: &str) -> Option<String> {
        if !text.contains("{{") || self.0.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut changed = false;
        for piece in pieces(text) {
            let part = match piece {
                Piece::Code(code) => {
                    out.push_str(code);
                    continue;
                }
                Piece::Text(part) => part,
            };
            let mut rest = part;
            while let Some(start) = rest.find("{{") {
                out.push_str(&rest[..start]);
                rest = &rest[start..];
                let call = rest.find("}}").map(|end| (rest[2..end].trim(), end + 2));
                match call.and_then(|(name, end)| self.find(name).map(|passage| (passage, end))) {
                    Some((passage, end)) => {
                        changed = true;
                        put(&mut out, passage);
                        rest = &rest[end..];
                    }
                    None => {
                        out.push_str("{{");
                        rest = &rest[2..];
                    }
                }
            }
            out.push_str(rest);
        }
        changed.then_some(out)
    }
}

/// Writes a passage; its further lines get the indentation or quote signs that stand before the call.
fn put(out: &mut String, passage: &str) {
    let before = out.rfind('\n').map_or(out.as_str(), |at| &out[at + 1..]);
    let indent =
        if before.chars().all(|c| matches!(c, ' ' | '\t' | '>')) { before.to_owned() } else { String::new() };
    for (at, line) in passage.lines().enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() || indent.contains('>') {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
}

/// The name in a heading `## Words {#name}`.
fn snippet_name(line: &str) -> Option<String> {
    let heading = line.strip_prefix("## ")?.trim_end();
    let (_, id) = heading.strip_suffix('}')?.rsplit_once("{#")?;
    Some(id.trim().to_owned())
}
