//! Reads sanitised HTML as a flat list of tags and texts, and writes it again.
//!
//! Only for the output of `allow`: well-formed, attributes double-quoted, no comments, and no element whose content
//! is anything but HTML; so every `<` begins a tag.

use super::escape::{VOID, attribute};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, String)>,
    },
    Close(&'a str),
    /// As written: `&`, `<` and `>` escaped.
    Text(&'a str),
}

/// Splits sanitised HTML into tokens.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            out.push(Token::Text(rest));
            break;
        };
        if start > 0 {
            out.push(Token::Text(&rest[..start]));
        }
        let tag = &rest[start + 1..];
        let end = end_of_tag(tag);
        out.push(read_tag(&tag[..end]));
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    out
}

fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

fn read_tag(tag: &str) -> Token<'_> {
    if let Some(name) = tag.strip_prefix('/') {
        return Token::Close(name.trim());
    }
    let end = tag.find([' ', '/']).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    let mut attributes = Vec::new();
    while let Some(equals) = rest.find("=\"") {
        let key = rest[..equals].trim();
        let value = &rest[equals + 2..];
        let close = value.find('"').unwrap_or(value.len());
        attributes.push((key, unescape(&value[..close]).into_owned()));
        rest = value.get(close + 1..).unwrap_or_default();
    }
    Token::Open { name, attributes }
}

/// The characters that a serialiser escapes, back.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&");
    Cow::Owned(text)
}

/// Writes a start tag.
pub(super) fn open(out: &mut String, name: &str, attributes: &[(&str, String)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        out.push_str(&attribute(value));
        out.push('"');
    }
    out.push('>');
}

/// Writes an end tag; elements without one get none.
pub(super) fn close(out: &mut String, name: &str) {
    if !VOID.contains(&name) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

/// The value of an attribute.
pub(super) fn get<'t>(attributes: &'t [(&str, String)], key: &str) -> Option<&'t str> {
    attributes.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
}

/// The class of an element, empty if it has none.
pub(super) fn class<'t>(attributes: &'t [(&str, String)]) -> &'t str {
    get(attributes, "class").unwrap_or_default()
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The tokens between a start tag and its end tag.
pub(super) fn inside<'t, 'a>(tokens: &'t [Token<'a>], at: usize) -> &'t [Token<'a>] {
    let mut depth = 0_usize;
    for (offset, token) in tokens[at + 1..].iter().enumerate() {
        match token {
            Token::Open { name, .. } if !VOID.contains(name) => depth += 1,
            Token::Close(_) if depth == 0 => return &tokens[at + 1..=at + offset],
            Token::Close(_) => depth -= 1,
            _ => {}
        }
    }
    &tokens[at + 1..]
}

/// The words of some tokens, whitespace collapsed.
pub(super) fn words(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            Token::Text(part) => text.push_str(&unescape(part)),
            Token::Open { name: "br", .. } => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a token shows anything.
pub(super) fn is_visible(token: &Token) -> bool {
    match token {
        Token::Text(text) => !unescape(text).trim().is_empty(),
        Token::Open { name: "img", attributes } => get(attributes, "src").is_some(),
        Token::Open { name, .. } => *name == "input",
        Token::Close(_) => false,
    }
}

/// Whether some tokens have a name for a screen reader.
pub(super) fn has_words(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| match token {
        Token::Text(text) => !text.trim().is_empty(),
        Token::Open { name: "img", attributes } => {
            get(attributes, "alt").is_some_and(|alt| !alt.trim().is_empty())
        }
        _ => false,
    })
}
