//! Signs inside of a line: `[!DNL Name]`, `[!UICONTROL Name]`, `[!BADGE Words]{…}`, `{style=…}`, and invisible
//! characters that translation tools leave behind.

use super::code::{Piece, pieces};
use std::borrow::Cow;

/// Block elements that begin raw HTML; inside of it Markdown's own signs mean nothing.
const HTML_BLOCKS: [&str; 26] = [
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "col",
    "colgroup",
    "caption",
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "section",
    "figure",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
];

/// Turns the signs of a whole body.
pub(super) fn convert(text: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len()), html: false };
    for piece in pieces(text) {
        match piece {
            Piece::Code(code) => {
                writer.line_begins(code);
                writer.out.push_str(&without_names(code));
            }
            Piece::Text(part) => writer.text(part, Bold::Where),
        }
    }
    writer.out
}

/// Code, in which only the signs of names are taken out: they are never part of it.
fn without_names(code: &str) -> Cow<'_, str> {
    if !code.contains("[!DNL ") && !code.contains("[!UICONTROL ") {
        return Cow::Borrowed(code);
    }
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("[!") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match sign(rest).filter(|(name, ..)| matches!(*name, "DNL" | "UICONTROL")) {
            Some((_, words, length)) => {
                out.push_str(words);
                rest = &rest[length..];
            }
            None => {
                out.push_str("[!");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Turns the signs of a text that has no Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len()), html: false };
    writer.text(text, Bold::Never);
    writer.out.replace("**", "").replace('`', "").replace("&amp;", "&").replace("&nbsp;", " ")
}

/// Whether interface words are written bold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bold {
    Never,
    /// Where the place allows it.
    Where,
}

struct Writer {
    out: String,
    /// Inside of raw HTML.
    html: bool,
}

impl Writer {
    /// Follows where raw HTML begins and ends; called with the text at the beginning of a line.
    fn line_begins(&mut self, rest: &str) {
        if !(self.out.is_empty() || self.out.ends_with('\n')) {
            return;
        }
        let line = rest.lines().next().unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        if line.is_empty() {
            self.html = false;
        } else if let Some(tag) = line.strip_prefix('<') {
            let tag = tag.trim_start_matches('/');
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            self.html |= HTML_BLOCKS.contains(&tag[..end].to_ascii_lowercase().as_str());
        }
    }

    fn text(&mut self, part: &str, bold: Bold) {
        let mut rest = part;
        self.line_begins(rest);
        while let Some(at) = rest.find(['\n', '[', '{', '&', '\u{200b}', '\u{feff}', '\u{2060}']) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\n' => {
                    self.out.push('\n');
                    self.line_begins(&rest[1..]);
                    1
                }
                b'[' => self.sign(rest, bold),
                b'{' => self.braces(rest),
                b'&' => self.entity(rest),
                _ => rest.chars().next().map_or(1, char::len_utf8),
            };
            rest = &rest[length..];
        }
        self.out.push_str(rest);
    }

    /// `[!NAME words]`; gives how much was read.
    fn sign(&mut self, rest: &str, bold: Bold) -> usize {
        let Some((name, words, mut length)) = sign(rest) else {
            self.out.push('[');
            return 1;
        };
        // Names stand in interface words: `[!UICONTROL [!DNL Excel] list]`.
        let inner;
        let words = if words.contains("[!") {
            let mut writer = Self { out: String::new(), html: false };
            writer.text(words, Bold::Never);
            inner = writer.out;
            inner.as_str()
        } else {
            words
        };
        // A translation that lost the outer brackets: `[!DNL Name](page.md)`.
        if rest[length..].starts_with('(') {
            self.out.push_str(&format!("[{words}]"));
            return length;
        }
        match name {
            "UICONTROL" if bold == Bold::Where => self.control(words),
            "BADGE" => {
                self.out.push_str(words.trim().trim_matches('"'));
                length += attributes(&rest[length..]).unwrap_or(0);
            }
            _ => self.out.push_str(words),
        }
        length
    }

    /// A word of the interface: bold, unless it is so already or stands where bold says nothing.
    fn control(&mut self, words: &str) {
        let trimmed = words.trim();
        if trimmed.is_empty() {
            return;
        }
        let line = self.out.rfind('\n').map_or(self.out.as_str(), |at| &self.out[at + 1..]);
        let inside = line.trim_start_matches([' ', '\t', '>']);
        let open = line.matches("**").count() % 2 == 1
            || line.ends_with(['*', '_'])
            || line.rfind("<b>").is_some_and(|at| !line[at..].contains("</b>"))
            || line.rfind("<strong>").is_some_and(|at| !line[at..].contains("</strong>"));
        let alt = line.rfind("![").is_some_and(|at| !line[at..].contains(']'));
        let tag = line.rfind('<').is_some_and(|at| !line[at..].contains('>'));
        if open
            || alt
            || tag
            || inside.starts_with('#')
            || inside.starts_with("<summary>")
            || trimmed.contains(['*', '['])
        {
            self.out.push_str(words);
        } else if self.html {
            self.out.push_str(&format!("<b>{trimmed}</b>"));
        } else {
            let (before, after) = (words.starts_with(' '), words.ends_with(' '));
            self.out.push_str(if before { " **" } else { "**" });
            self.out.push_str(trimmed);
            self.out.push_str(if after { "** " } else { "**" });
        }
    }

    /// `{style="…"}` alone on its line, or behind something that is no image or link: dropped.
    fn braces(&mut self, rest: &str) -> usize {
        const LOST: &str = "&rbrack;";
        if attributes(rest).is_some() && self.out.ends_with(LOST) {
            self.out.truncate(self.out.len() - LOST.len());
            return attributes(rest).unwrap_or(1);
        }
        let line = self.out.rfind('\n').map_or(self.out.as_str(), |at| &self.out[at + 1..]);
        let after_link = line.ends_with(')');
        match attributes(rest) {
            Some(length) if !after_link => {
                if line.trim_matches([' ', '\t', '>']).is_empty() || line.ends_with(['|', ']', '>', '*']) {
                    length
                } else {
                    self.out.push_str(&rest[..length]);
                    length
                }
            }
            _ => {
                self.out.push('{');
                1
            }
        }
    }

    /// Zero-width characters written as entities, with the space that translation tools put behind them.
    fn entity(&mut self, rest: &str) -> usize {
        const INVISIBLE: [&str; 6] =
            ["&#x200B;", "&#x200b;", "&#8203;", "&ZeroWidthSpace;", "&#xFEFF;", "&#xfeff;"];
        let Some(entity) = INVISIBLE.iter().find(|entity| rest.starts_with(**entity)) else {
            self.out.push('&');
            return 1;
        };
        let opening = self.out.ends_with(['[', '(', '「', '*']);
        let space = rest[entity.len()..].starts_with(' ');
        entity.len() + usize::from(opening && space)
    }
}

/// `[!NAME words]` at the beginning: name, words, length. Words may hold balanced brackets.
fn sign(rest: &str) -> Option<(&str, &str, usize)> {
    let inside = rest.strip_prefix("[!")?;
    let end = inside.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(inside.len());
    let name = &inside[..end];
    let separated =
        inside[end..].starts_with([' ', '\u{a0}', '\n', ']', '"']) || !inside.is_char_boundary(end);
    if !(matches!(name, "DNL" | "UICONTROL" | "BADGE") || (name.len() > 1 && inside[end..].starts_with(' ')))
    {
        return None;
    }
    // Translated files lose the space: `[!UICONTROL保存]`.
    let words_at = if separated && !inside[end..].starts_with([']', '"']) {
        end + inside[end..].chars().next()?.len_utf8()
    } else {
        end
    };
    let mut depth = 1;
    for (at, c) in inside[words_at..].char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            '\n' if inside[words_at + at..].starts_with("\n\n") => return None,
            _ => {}
        }
        if depth == 0 {
            return Some((name, &inside[words_at..words_at + at], 2 + words_at + at + 1));
        }
    }
    None
}

/// The length of `{key=value …}`, `{.class}` or `{:…}` at the beginning; none for other braces.
pub(in crate::import) fn attributes(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('{')?;
    let end = inside.find(['}', '\n'])?;
    if !inside[end..].starts_with('}') {
        return None;
    }
    let inside = inside[..end].trim();
    let key = inside.trim_start_matches(':');
    let name = key.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(key.len());
    let pairs = name > 0 && key[name..].starts_with('=') && !key.contains("==");
    let class = key.starts_with('.')
        && key.len() > 1
        && key[1..].chars().all(|c| c.is_ascii_alphanumeric() || "-_ .".contains(c));
    (pairs || class || inside.starts_with(':')).then_some(end + 2)
}
