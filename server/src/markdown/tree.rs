//! The Markdown tree: what is parsed, and what is changed before it becomes HTML.

use super::escape::{attribute, escape_unknown_tags, is_known_tag, limit_depth};
use super::heading::same_title;
use super::urls::is_allowed;
use super::{MAX_DEPTH, Profile, RenderOptions};
use app::i18n::Locale;
use comrak::nodes::{AlertType, Node, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};
use std::borrow::Cow;

/// Parses, adjusts and formats; the result is not yet sanitised.
pub(super) fn to_html(markdown: &str, options: &RenderOptions) -> String {
    let settings = settings(options.profile);
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &settings);
    if let Some(title) = options.title {
        drop_repeated_title(root, title);
    }
    let nodes: Vec<_> = root.descendants().collect();
    for node in nodes {
        adjust(node, &arena, options);
    }
    let mut html = String::with_capacity(markdown.len() * 2);
    format_html(root, &settings, &mut html).expect("writing to a string does not fail");
    limit_depth(&html, MAX_DEPTH)
}

fn settings(profile: Profile) -> Options<'static> {
    let mut settings = Options::default();
    settings.extension.table = true;
    settings.extension.strikethrough = true;
    settings.extension.autolink = true;
    settings.extension.tasklist = true;
    settings.extension.alerts = true;
    settings.extension.cjk_friendly_emphasis = true;
    settings.extension.footnotes = profile == Profile::Article;
    settings.render.r#unsafe = profile == Profile::Article;
    settings.render.escape = profile == Profile::Message;
    // A line break that a customer types is one that is meant.
    settings.render.hardbreaks = profile == Profile::Message;
    settings
}

/// The title stands above the text already; a first heading that says the same would be read twice.
fn drop_repeated_title<'a>(root: Node<'a>, title: &str) {
    let Some(first) = root.children().find(|node| {
        !matches!(&node.data.borrow().value, NodeValue::HtmlBlock(block) if block.literal.trim_start().starts_with("<!--"))
    }) else {
        return;
    };
    let repeats = matches!(&first.data.borrow().value, NodeValue::Heading(heading) if heading.level == 1)
        && same_title(&text_of(first), title);
    if repeats {
        first.detach();
    }
}

fn text_of<'a>(node: Node<'a>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(value) => text.push_str(value),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn adjust<'a>(node: Node<'a>, arena: &'a Arena<'a>, options: &RenderOptions) {
    let article = options.profile == Profile::Article;
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Alert(alert) if alert.title.as_deref().is_none_or(|title| title.trim().is_empty()) => {
            alert.title = Some(alert_title(alert.alert_type, options.locale).to_owned());
        }
        NodeValue::HtmlInline(html) if article && !is_known_tag(html) => {
            let text = std::mem::take(html);
            data.value = NodeValue::Text(Cow::Owned(text));
        }
        NodeValue::HtmlBlock(block) if article => {
            if let Some(escaped) = escape_unknown_tags(&block.literal) {
                let stray = !is_known_tag(block.literal.trim_start());
                block.literal = if stray { format!("<p>{escaped}</p>\n") } else { escaped };
            }
        }
        NodeValue::Link(link) if !is_allowed(&link.url) => {
            let address = link.url.clone();
            drop(data);
            // `<soapenv:Header>` reads as an address to Markdown, not to its author.
            if text_of(node) == address {
                node.data.borrow_mut().value = NodeValue::Text(Cow::Owned(format!("<{address}>")));
                node.children().for_each(comrak::arena_tree::Node::detach);
            }
        }
        NodeValue::Heading(_) => {
            drop(data);
            heading_id(node, arena, article);
        }
        NodeValue::Image(_) => {
            drop(data);
            image_width(node, arena, article);
        }
        _ => {}
    }
}

/// The name of a callout, in the language of the page.
fn alert_title(kind: AlertType, locale: Locale) -> &'static str {
    super::callout_title(
        match kind {
            AlertType::Note => "note",
            AlertType::Tip => "tip",
            AlertType::Important => "important",
            AlertType::Warning => "warning",
            AlertType::Caution => "caution",
        },
        locale,
    )
}

/// `## Title {#id}`: the id becomes an anchor inside of the heading, where raw HTML has it too.
fn heading_id<'a>(node: Node<'a>, arena: &'a Arena<'a>, article: bool) {
    let Some(last) = node.last_child() else { return };
    let id = match &mut last.data.borrow_mut().value {
        NodeValue::Text(text) => {
            let trimmed = text.trim_end();
            let Some(start) = trimmed.rfind("{#").filter(|_| trimmed.ends_with('}')) else { return };
            let id = trimmed[start + 2..trimmed.len() - 1].trim().to_owned();
            if id.is_empty() || id.contains(['{', '}']) || id.contains(char::is_whitespace) {
                return;
            }
            *text = Cow::Owned(text[..start].trim_end().to_owned());
            id
        }
        _ => return,
    };
    if article {
        let anchor = format!("<a id=\"{}\"></a>", attribute(&id));
        last.insert_after(arena.alloc(NodeValue::HtmlInline(anchor).into()));
    }
}

/// `![alt](address){width=700}`: the width that an author gives is kept, other attributes are dropped.
fn image_width<'a>(node: Node<'a>, arena: &'a Arena<'a>, article: bool) {
    let Some(next) = node.next_sibling() else { return };
    let width = match &mut next.data.borrow_mut().value {
        NodeValue::Text(text) if text.starts_with('{') => {
            let Some(end) = text.find('}') else { return };
            let inside = text[1..end].to_owned();
            if !inside.contains('=') {
                return;
            }
            *text = Cow::Owned(text[end + 1..].to_owned());
            inside
                .split_whitespace()
                .find_map(|pair| pair.strip_prefix("width="))
                .and_then(|value| value.trim_matches(['"', '\'']).trim_end_matches("px").parse::<u32>().ok())
        }
        _ => return,
    };
    let Some(width) = width.filter(|width| article && *width > 0) else { return };
    let alt = text_of(node);
    let html = match &node.data.borrow().value {
        NodeValue::Image(link) => format!(
            "<img src=\"{}\" alt=\"{}\" title=\"{}\" width=\"{width}\">",
            attribute(&link.url),
            attribute(&alt),
            attribute(&link.title)
        ),
        _ => return,
    };
    node.insert_before(arena.alloc(NodeValue::HtmlInline(html).into()));
    node.detach();
}
