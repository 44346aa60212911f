//! The allow-list: the only elements, attributes, classes and URL schemes that leave a text.

use super::urls::{SCHEMES, Target, target};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements. No forms but the check boxes of task lists, which `decorate` turns into signs; no frames, no media
/// players, no SVG, no MathML, nothing whose content a browser reads as other than HTML.
pub(super) const ELEMENTS: [&str; 58] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
];

/// The rest of the elements, kept apart for the width of a line.
pub(super) const MORE_ELEMENTS: [&str; 6] = ["time", "tr", "u", "ul", "var", "wbr"];

/// Attributes by element; `id`, `lang`, `dir` and `title` are allowed everywhere.
const ATTRIBUTES: [(&str, &[&str]); 17] = [
    ("a", &["href", "name", "class"]),
    ("blockquote", &["cite"]),
    ("code", &["class"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("div", &["class"]),
    ("img", &["src", "alt", "width", "height"]),
    ("input", &["type", "checked"]),
    ("ins", &["datetime"]),
    ("ol", &["start", "reversed"]),
    ("p", &["class"]),
    ("section", &["class"]),
    ("td", &["colspan", "rowspan", "align"]),
    ("th", &["colspan", "rowspan", "align", "scope"]),
    ("time", &["datetime"]),
];

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(MORE_ELEMENTS).collect())
        .clean_content_tags(
            [
                "script", "style", "iframe", "noscript", "noembed", "noframes", "template", "xmp", "title",
                "textarea",
            ]
            .into_iter()
            .collect(),
        )
        .tag_attributes(
            ATTRIBUTES
                .into_iter()
                .map(|(tag, attributes)| (tag, attributes.iter().copied().collect::<HashSet<_>>()))
                .collect::<HashMap<_, _>>(),
        )
        .generic_attributes(["id", "lang", "dir", "title"].into_iter().collect())
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(keep);
    builder
});

/// Sanitises HTML; the output is well-formed, with double-quoted attributes.
pub(super) fn clean(html: &str) -> String {
    BUILDER.clean(html).to_string()
}

/// The value that an allowed attribute keeps.
fn keep<'u>(element: &str, attribute: &str, value: &'u str) -> Option<Cow<'u, str>> {
    let kept = match attribute {
        "class" => class_is_ours(element, value),
        "href" => target(value) != Target::Forbidden,
        "src" => matches!(target(value), Target::Local | Target::External),
        "cite" => false,
        "width" | "height" | "colspan" | "rowspan" | "span" | "start" => {
            !value.is_empty() && value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        "align" => matches!(value, "left" | "center" | "right"),
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "type" => value == "checkbox",
        "id" | "name" => {
            !value.trim().is_empty() && value.len() <= 200 && !value.contains(char::is_whitespace)
        }
        "lang" => value.len() <= 35 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        _ => true,
    };
    kept.then_some(Cow::Borrowed(value))
}

/// Whether a class is one that the Markdown renderer writes.
fn class_is_ours(element: &str, value: &str) -> bool {
    match element {
        "a" => matches!(value, "footnote-backref"),
        "code" => language(value).is_some(),
        "div" => callout(value).is_some(),
        "p" => value == "markdown-alert-title",
        "section" => value == "footnotes",
        _ => false,
    }
}

/// The language of a code block by its class, `language-rust`.
pub(super) fn language(class: &str) -> Option<&str> {
    class.strip_prefix("language-").filter(|name| {
        !name.is_empty()
            && name.len() <= 30
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte))
    })
}

/// The kind of a callout by its class.
pub(super) fn callout(class: &str) -> Option<&str> {
    let kind = class.strip_prefix("markdown-alert markdown-alert-")?;
    matches!(kind, "note" | "tip" | "important" | "warning" | "caution").then_some(kind)
}
