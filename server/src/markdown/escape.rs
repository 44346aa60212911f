//! Text-level work on raw HTML before it is sanitised: which tags are HTML at all, and how deep they nest.
//!
//! None of this is what makes the output safe; `allow` does that. It keeps words that only look like tags
//! (`ssh <your-project>`) readable, and bounds the work of the parser.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Every element name of HTML, living and obsolete, that a browser or the sanitiser knows. Anything else between
/// angle brackets is a word that its author wanted to be read.
static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote \
     body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl \
     dt em embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head \
     header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map \
     mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol \
     optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search \
     section select slot small source spacer span strike strong style sub summary sup svg table tbody td template \
     textarea tfoot th thead time title tr track tt u ul var video wbr xmp"
        .split_whitespace()
        .collect()
});

/// Elements without an end tag.
pub(super) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose end tag may be left out: they close each other, so they do not nest by themselves.
const SELF_CLOSING: [&str; 10] = ["p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot"];

/// The name after `<` or `</`, as it is written; none if this is no tag.
fn tag_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Whether a text that begins with `<` begins with a tag of HTML, a comment or a declaration.
pub(super) fn is_known_tag(html: &str) -> bool {
    match tag_name(html) {
        Some(name) => KNOWN.contains(name.to_ascii_lowercase().as_str()),
        None => true,
    }
}

/// The text with every `<` of something that is no HTML tag escaped; none if there is nothing to escape.
pub(super) fn escape_unknown_tags(html: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    for (at, _) in html.match_indices('<') {
        if !is_known_tag(&html[at..]) {
            let out = out.get_or_insert_with(|| String::with_capacity(html.len() + 32));
            out.push_str(&html[copied..at]);
            out.push_str("&lt;");
            copied = at + 1;
        }
    }
    out.map(|mut out| {
        out.push_str(&html[copied..]);
        out
    })
}

/// A text as an attribute's value between double quotes.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
    out
}

/// Drops the tags of elements that are nested deeper than `max`; their content stays.
pub(super) fn limit_depth(html: &str, max: usize) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(name) = tag_name(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let end = tag_end(rest);
        let tag = &rest[..end];
        rest = &rest[end..];
        let nests = !VOID.iter().chain(&SELF_CLOSING).any(|other| other.eq_ignore_ascii_case(name));
        if !nests {
            out.push_str(tag);
        } else if tag.starts_with("</") {
            if let Some(at) = open.iter().rposition(|opened| opened.eq_ignore_ascii_case(name)) {
                open.truncate(at);
                out.push_str(tag);
            }
        } else if open.len() < max {
            open.push(name);
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    out
}

/// Where the tag at the beginning ends, quotes respected; the whole text if it never does.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if text[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}
