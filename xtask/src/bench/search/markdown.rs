//! A corpus as a folder of Markdown: what a portal imports.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::collection::Text;

/// Writes a file for each document. Nothing in a text means anything to Markdown: a portal shows and indexes it as it is.
pub fn write<'a>(documents: impl IntoIterator<Item = (&'a Text, String)>, folder: &Path) -> Result<()> {
    for (number, (document, addition)) in documents.into_iter().enumerate() {
        let title = format!("{} {addition}", document.title);
        // A string of JSON is one of YAML.
        let title = serde_json::to_string(title.trim())?;
        let text = format!("---\ntitle: {title}\n---\n\n{}\n\n{addition}\n", plain(&document.text));
        fs::write(folder.join(format!("{number:05}.md")), text)?;
    }
    Ok(())
}

/// A text of which Markdown makes the very same text again: every line a line, every sign a sign.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        for c in line.trim().chars() {
            if c.is_ascii_punctuation() {
                plain.push('\\');
            }
            plain.push(c);
        }
        plain.push('\n');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_means_nothing_in_a_plain_text() {
        assert_eq!(plain("# <s>a</s>\n    b * c"), "\\# \\<s\\>a\\<\\/s\\>\nb \\* c\n");
    }
}
