//! HTML whose words a parser leaves where they stand: nothing is moved elsewhere, and nothing implied but the ends of
//! paragraphs, list items and parts of tables, which authors leave out.
//!
//! Most of what comes out of `tree` is such HTML, tables that authors wrote by hand included. What it says can be read
//! off as it is, many times faster than a parser builds a tree and writes it again. Whatever is not recognised here is
//! left to the sanitiser, so the rules are narrower than those of HTML, and `allow` knows every element.

use std::borrow::Cow;

use super::escape::VOID;
use super::html::unescape;

/// What a reader of sound HTML comes upon.
pub(super) enum Event<'a> {
    /// An element with content begins. Words are `silent` that Kotae wrote, or that are not for reading on.
    Open {
        name: &'a str,
        silent: bool,
    },
    Close {
        name: &'a str,
        silent: bool,
    },
    /// An element without content.
    Void(&'a str),
    Text(Cow<'a, str>),
}

/// Tells what some HTML consists of; `false`, after some of it was told perhaps, when it is not sound.
pub(super) fn read<'a>(html: &'a str, mut tell: impl FnMut(Event<'a>)) -> bool {
    let mut open: Vec<Open> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            if !is_sound_text(text) || (!takes_text(&open) && !text.trim_ascii().is_empty()) {
                return false;
            }
            tell(Event::Text(unescape(text)));
        }
        if markup.is_empty() {
            break;
        }
        let Some((tag, behind)) = tag(markup) else { return false };
        rest = behind;
        match tag {
            Tag::Start { name, .. } if VOID.contains(&name) => {
                if !is_void_at_home(name, &open) {
                    return false;
                }
                tell(Event::Void(name));
            }
            Tag::Start { name, silent } => {
                while begins_behind(name, parent(&open)) {
                    close(&mut open, &mut tell);
                }
                if matches!(name, "td" | "th") && matches!(parent(&open), "thead" | "tbody" | "tfoot") {
                    open.push(Open { name: "tr", silent: false });
                    tell(Event::Open { name: "tr", silent: false });
                }
                if !is_at_home(name, &open) {
                    return false;
                }
                // A line break at its beginning is not part of it.
                if name == "pre" {
                    rest = behind.strip_prefix('\n').unwrap_or(behind);
                }
                open.push(Open { name, silent });
                tell(Event::Open { name, silent });
            }
            Tag::End(name) if is_stray(name, parent(&open)) => {}
            // An end without a beginning is a paragraph without words.
            Tag::End(name @ "p") if is_at_home(name, &open) => {
                tell(Event::Open { name, silent: false });
                tell(Event::Close { name, silent: false });
            }
            Tag::End(name) => {
                while ends_with(name, parent(&open)) {
                    close(&mut open, &mut tell);
                }
                if parent(&open) != name {
                    return false;
                }
                close(&mut open, &mut tell);
            }
        }
    }
    open.is_empty()
}

fn close<'a>(open: &mut Vec<Open<'a>>, tell: &mut impl FnMut(Event<'a>)) {
    if let Some(Open { name, silent }) = open.pop() {
        tell(Event::Close { name, silent });
    }
}

struct Open<'a> {
    name: &'a str,
    silent: bool,
}

fn parent<'a>(open: &[Open<'a>]) -> &'a str {
    open.last().map_or("", |open| open.name)
}

/// Whether an element that begins is not part of the one around it, but ends that.
fn begins_behind(name: &str, around: &str) -> bool {
    match around {
        "p" => is_block(name),
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "td" | "th" => matches!(name, "td" | "th" | "tr"),
        "tr" => name == "tr",
        _ => false,
    }
}

/// Whether what ends takes the element with it that is open inside.
fn ends_with(name: &str, inside: &str) -> bool {
    match inside {
        "p" => name != "p" && is_block(name),
        "li" => matches!(name, "ul" | "ol" | "td" | "th" | "tr"),
        "ul" | "ol" => matches!(name, "td" | "th" | "tr"),
        "dt" | "dd" => name == "dl",
        "td" | "th" => matches!(name, "tr" | "thead" | "tbody" | "tfoot" | "table"),
        "tr" => matches!(name, "thead" | "tbody" | "tfoot" | "table"),
        "thead" | "tbody" | "tfoot" => name == "table",
        _ => false,
    }
}

/// An end that ends nothing: a column has none, and rows and cells have only one.
fn is_stray(name: &str, around: &str) -> bool {
    match name {
        "col" => matches!(around, "table" | "colgroup"),
        "tr" => matches!(around, "table" | "thead" | "tbody" | "tfoot"),
        "td" | "th" => around == "tr",
        _ => false,
    }
}

/// What no paragraph holds. Tables are left out: where they begin it is up to the page.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "blockquote"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}

/// Between the parts of a table and of a list stands nothing but space: a parser moves words out of a table, and
/// `lists` those in a list into an item.
fn takes_text(open: &[Open]) -> bool {
    !matches!(parent(open), "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup" | "ul" | "ol" | "dl")
}

/// Whether an element may begin here without closing, or implying, another whose words would be read otherwise.
fn is_at_home(name: &str, open: &[Open]) -> bool {
    match name {
        "li" => matches!(parent(open), "ul" | "ol") && !is_in_paragraph(open),
        "dt" | "dd" => parent(open) == "dl" && !is_in_paragraph(open),
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => parent(open) == "table",
        "tr" => matches!(parent(open), "table" | "thead" | "tbody" | "tfoot"),
        "td" | "th" => parent(open) == "tr",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            takes_text(open)
                && !is_in_paragraph(open)
                && !open.iter().any(|open| super::html::is_heading(open.name))
        }
        "blockquote" | "details" | "div" | "dl" | "figcaption" | "figure" | "ol" | "p" | "pre"
        | "section" | "summary" | "table" | "ul" => takes_text(open) && !is_in_paragraph(open),
        "a" => takes_text(open) && !open.iter().any(|open| open.name == "a"),
        "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "ins" | "kbd"
        | "mark" | "q" | "s" | "samp" | "small" | "span" | "strong" | "sub" | "sup" | "time" | "u"
        | "var" => takes_text(open),
        _ => false,
    }
}

fn is_void_at_home(name: &str, open: &[Open]) -> bool {
    match name {
        "col" => matches!(parent(open), "colgroup" | "table"),
        "hr" => takes_text(open) && !is_in_paragraph(open),
        "br" | "img" | "input" | "wbr" => takes_text(open),
        _ => false,
    }
}

/// Whether a block that begins here would end a paragraph. None reaches into the cells and the caption of a table.
fn is_in_paragraph(open: &[Open]) -> bool {
    let around = open.iter().rev().take_while(|open| !matches!(open.name, "td" | "th" | "caption"));
    around.into_iter().any(|open| open.name == "p")
}

/// No character that a parser drops or replaces, and no reference but those that a serialiser writes.
fn is_sound_text(text: &str) -> bool {
    let references = ["amp;", "lt;", "gt;", "quot;", "nbsp;"];
    !text.contains(['\0', '\r', '\u{c}', '\u{feff}'])
        && text
            .match_indices('&')
            .all(|(at, _)| references.iter().any(|reference| text[at + 1..].starts_with(reference)))
}

enum Tag<'a> {
    Start { name: &'a str, silent: bool },
    End(&'a str),
}

/// Reads the tag at the beginning, and gives what follows it. Names are in lower case, values between double quotes.
fn tag(markup: &str) -> Option<(Tag<'_>, &str)> {
    let rest = &markup[1..];
    if let Some(rest) = rest.strip_prefix('/') {
        let (name, rest) = name(rest)?;
        return Some((Tag::End(name), rest.strip_prefix('>')?));
    }
    let (element, mut rest) = name(rest)?;
    let (mut class, mut href) = (None, None);
    loop {
        let attributes = rest.trim_start_matches([' ', '\n']);
        if let Some(behind) = attributes.strip_prefix('>') {
            let silent = is_silent(element, class.unwrap_or_default(), href)?;
            return Some((Tag::Start { name: element, silent }, behind));
        }
        if let Some(behind) = attributes.strip_prefix("/>") {
            return VOID.contains(&element).then_some((Tag::Start { name: element, silent: false }, behind));
        }
        if attributes.len() == rest.len() {
            return None;
        }
        let (key, behind) = name(attributes)?;
        let mut value = "";
        rest = behind;
        if let Some(quoted) = behind.strip_prefix("=\"") {
            let end = quoted.find('"')?;
            value = &quoted[..end];
            rest = &quoted[end + 1..];
        }
        match key {
            "class" => _ = class.get_or_insert(value),
            "href" => _ = href.get_or_insert(value),
            _ => {}
        }
    }
}

/// A name of an element or an attribute, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (text.starts_with(|c: char| c.is_ascii_lowercase())).then(|| text.split_at(end))
}

/// Whether words are left out that stand in an element: the name of a callout, the arrow back from a footnote. `None`
/// where that is not for sure.
fn is_silent(element: &str, class: &str, href: Option<&str>) -> Option<bool> {
    match (element, class) {
        _ if class.contains('&') => None,
        ("p", "markdown-alert-title") => Some(true),
        ("a", "footnote-backref") => href?.starts_with('#').then_some(true),
        _ => Some(false),
    }
}
