//! For tests: reads rendered HTML as a browser does and holds every node against the policy.

use super::allow::{ELEMENTS, MORE_ELEMENTS};
use super::{ID_PREFIX, Profile};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The page's tree under a `<div>`. Keep it while its nodes are walked: a dropped node empties all that is below it.
pub(super) fn parse(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(html)
}

/// One element as `(name, attributes)`.
pub(super) type Element = (String, Vec<(String, String)>);

/// All elements of the tree, in order.
pub(super) fn elements(html: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let dom = parse(html);
    let mut queue = vec![dom.document.clone()];
    while let Some(node) = queue.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attributes =
                attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            found.push((name.local.to_string(), attributes));
        }
        queue.extend(node.children.borrow().iter().rev().cloned());
    }
    found
}

/// All words of the tree.
pub(super) fn text(html: &str) -> String {
    let mut words = String::new();
    let dom = parse(html);
    let mut queue = vec![dom.document.clone()];
    while let Some(node) = queue.pop() {
        if let NodeData::Text { contents } = &node.data {
            words.push_str(&contents.borrow());
        }
        queue.extend(node.children.borrow().iter().rev().cloned());
    }
    words
}

/// The values of one attribute of all elements of a name.
pub(super) fn values(html: &str, element: &str, attribute: &str) -> Vec<String> {
    elements(html)
        .into_iter()
        .filter(|(name, _)| name == element)
        .flat_map(|(_, attributes)| attributes)
        .filter(|(key, _)| key == attribute)
        .map(|(_, value)| value)
        .collect()
}

/// Everything in the tree that the policy forbids; empty for safe HTML.
///
/// Written apart from `allow`, on the result and not on the way there: a mistake there is not repeated here.
pub(super) fn violations(html: &str, profile: Profile) -> Vec<String> {
    let mut found = Vec::new();
    let dom = parse(html);
    let mut queue: Vec<Handle> = vec![dom.document.clone()];
    let mut ids = std::collections::HashSet::new();
    while let Some(node) = queue.pop() {
        queue.extend(node.children.borrow().iter().cloned());
        match &node.data {
            NodeData::Comment { .. } => found.push("a comment".to_owned()),
            NodeData::ProcessingInstruction { .. } => found.push("a processing instruction".to_owned()),
            NodeData::Element { name, attrs, .. } => {
                let element = name.local.as_ref();
                // The fragment's own root.
                if element == "html" {
                    continue;
                }
                if name.ns != ns!(html) {
                    found.push(format!("<{element}> of another namespace"));
                }
                if element == "input" || !ELEMENTS.iter().chain(&MORE_ELEMENTS).any(|known| *known == element)
                {
                    found.push(format!("<{element}>"));
                }
                if element == "h1" || (profile == Profile::Message && element == "h2") {
                    found.push(format!("<{element}> beside the page's"));
                }
                for attribute in attrs.borrow().iter() {
                    let (key, value) = (attribute.name.local.as_ref(), attribute.value.as_ref());
                    check_attribute(&mut found, profile, element, key, value);
                    if key == "id" && !ids.insert(value.to_owned()) {
                        found.push(format!("id {value:?} twice"));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn check_attribute(found: &mut Vec<String>, profile: Profile, element: &str, key: &str, value: &str) {
    const PLAIN: [&str; 24] = [
        "alt",
        "aria-hidden",
        "aria-label",
        "colspan",
        "data-lang",
        "datetime",
        "decoding",
        "dir",
        "height",
        "lang",
        "loading",
        "open",
        "rel",
        "reversed",
        "role",
        "rowspan",
        "scope",
        "span",
        "start",
        "tabindex",
        "title",
        "width",
        "class",
        "id",
    ];
    match key {
        "href" | "src" => {
            // A browser drops these characters before it looks for the scheme.
            let read: String = value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect();
            let read = read.to_ascii_lowercase();
            let scheme = read.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
                scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                    && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            });
            let allowed: &[&str] =
                if key == "src" { &["http", "https"] } else { &["http", "https", "mailto", "tel"] };
            if scheme.is_some_and(|scheme| !allowed.contains(&scheme)) {
                found.push(format!("{element} {key}={value:?}"));
            }
            let elsewhere = scheme.is_some() || read.replace('\\', "/").starts_with("//");
            if profile == Profile::Message && key == "src" && elsewhere {
                found.push(format!("an image from elsewhere: {value:?}"));
            }
        }
        "id" if profile == Profile::Message => found.push(format!("an id in a message: {value:?}")),
        "id" if !value.starts_with(ID_PREFIX) => found.push(format!("an id of its own: {value:?}")),
        "class" => {
            let ours = [
                "anchor",
                "table-wrap",
                "code-block",
                "task",
                "callout",
                "callout-note",
                "callout-tip",
                "callout-important",
                "callout-warning",
                "callout-caution",
                "callout-title",
                "footnotes",
                "footnote-back",
                "align-left",
                "align-center",
                "align-right",
            ];
            if !value.split_whitespace().all(|class| ours.contains(&class) || class.starts_with("language-"))
            {
                found.push(format!("class {value:?}"));
            }
        }
        _ if PLAIN.contains(&key) => {}
        _ => found.push(format!("{element} {key}={value:?}")),
    }
}
