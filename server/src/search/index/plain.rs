//! The words of a Markdown body, without its marks.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// What a body says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    pub headings: Vec<String>,
    /// One block a line, headings included.
    pub body: String,
}

/// Takes the marks off. Raw HTML, comments, link targets and image addresses are not words; code is.
pub fn plain(markdown: &str) -> Plain {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let mut plain = Plain::default();
    let mut heading: Option<String> = None;
    for edge in root.traverse() {
        let (node, opens) = match edge {
            comrak::arena_tree::NodeEdge::Start(node) => (node, true),
            comrak::arena_tree::NodeEdge::End(node) => (node, false),
        };
        let value = &node.data.borrow().value;
        let mut say = |text: &str| {
            plain.body.push_str(text);
            if let Some(heading) = &mut heading {
                heading.push_str(text);
            }
        };
        match value {
            NodeValue::Text(text) if opens => say(text),
            NodeValue::Code(code) if opens => say(&code.literal),
            NodeValue::CodeBlock(code) if opens => say(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::TableCell if opens => say(" "),
            NodeValue::Heading(_) if opens => heading = Some(String::new()),
            NodeValue::Heading(_) => plain.headings.extend(heading.take()),
            _ => {}
        }
        if !opens && value.block() && !plain.body.ends_with('\n') && !plain.body.is_empty() {
            plain.body.push('\n');
        }
    }
    plain.body = plain.body.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_gone_and_words_stay() {
        let text = "# Reset *your* password\n\nOpen [the page](https://example.com/secret-path) and press **Reset**.\n\n\
            | Code | Meaning |\n|---|---|\n| `ERR_5021` | locked |\n\n<div class=\"x\">raw</div>\n\n\
            ```\nkotae serve\n```\n\n![a screenshot](shot.png)\n";
        let plain = plain(text);
        assert_eq!(plain.headings, ["Reset your password"]);
        let lines: Vec<&str> = plain.body.lines().collect();
        assert_eq!(lines[..2], ["Reset your password", "Open the page and press Reset."]);
        for word in ["ERR_5021", "locked", "kotae serve", "a screenshot"] {
            assert!(plain.body.contains(word), "{word}: {}", plain.body);
        }
        for mark in ["secret-path", "**", "|", "class", "shot.png", "`"] {
            assert!(!plain.body.contains(mark), "{mark}: {}", plain.body);
        }
    }

    #[test]
    fn japanese_paragraphs_stay_apart() {
        assert_eq!(plain("一つ目。\n\n二つ目。").body, "一つ目。\n二つ目。");
        assert_eq!(plain("").body, "");
    }
}
