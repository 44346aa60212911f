//! One line of Markdown as the words that it shows.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// A title without the stars, backticks and backslashes that mark its words. What begins like a list or a heading keeps
/// its beginning, and so do tags: in a line of words they are meant.
pub fn unmarked(line: &str) -> String {
    let mut settings = Options::default();
    settings.extension.cjk_friendly_emphasis = true;
    let arena = Arena::new();
    let root = parse_document(&arena, line, &settings);
    let Some(paragraph) = root.first_child() else { return line.to_owned() };
    if !matches!(paragraph.data.borrow().value, NodeValue::Paragraph) {
        return line.to_owned();
    }
    let mut words = String::with_capacity(line.len());
    for node in paragraph.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::HtmlInline(tag) => words.push_str(tag),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn marked_words_lose_their_marks() {
        for (title, words) in [
            ("Cannot save *contact* as URL key", "Cannot save contact as URL key"),
            ("*連絡先*を URL キーとして保存できません", "連絡先を URL キーとして保存できません"),
            ("A job is stuck in **running** status", "A job is stuck in running status"),
            ("`Can Start` Overview", "Can Start Overview"),
            (r"Use \* in a search", "Use * in a search"),
        ] {
            assert_eq!(unmarked(title), words);
        }
    }

    #[test]
    fn what_marks_nothing_stays() {
        for title in [
            "2 * 3 * 4",
            "max_allowed_packet and auto_increment",
            "1. Start",
            "* and other wildcards",
            "# of users",
            "The <title> of a page",
            "C:\\temp",
            "",
        ] {
            assert_eq!(unmarked(title), title);
        }
    }
}
