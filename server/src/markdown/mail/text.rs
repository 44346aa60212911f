//! The text part: paragraphs, lists, code and tables as lines.

use crate::markdown::html::{Token, class, get, is_heading, unescape};
use crate::markdown::urls::absolute;
use app::i18n::Locale;

pub(super) fn write(tokens: &[Token], locale: Locale, base: &str) -> String {
    let mut writer = Writer { locale, base, ..Writer::default() };
    for token in tokens {
        match token {
            Token::Text(text) => writer.text(&unescape(text)),
            Token::Open { name, attributes } => writer.open(name, attributes),
            Token::Close(name) => writer.close(name),
        }
    }
    writer.end_line();
    let end = writer.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    writer.lines.truncate(end);
    writer.lines.join("\n")
}

/// What stands before the lines of something that is set in: a list's item, a quotation, code.
struct Indent {
    /// Before its first line, until that is written.
    first: Option<String>,
    rest: String,
}

struct Link {
    address: Option<String>,
    words: String,
}

#[derive(Default)]
struct Writer<'a> {
    locale: Locale,
    base: &'a str,
    lines: Vec<String>,
    line: String,
    indents: Vec<Indent>,
    /// One for each open list: the number of its next item, if they are numbered.
    lists: Vec<Option<u32>>,
    links: Vec<Link>,
    /// Class of each open `div` and `p`, for what is done when they are closed.
    titles: Vec<bool>,
    code: bool,
    /// No empty line before what comes next: it belongs to the line above.
    together: bool,
}

impl Writer<'_> {
    fn text(&mut self, words: &str) {
        if let Some(link) = self.links.last_mut() {
            link.words.push_str(words);
        }
        if self.code {
            for (n, line) in words.split('\n').enumerate() {
                if n > 0 {
                    self.push_line();
                }
                self.line.push_str(line);
            }
            return;
        }
        let words = words.replace('\n', " ");
        let begins = self.line.is_empty();
        self.line.push_str(if begins { words.trim_start() } else { &words });
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        match name {
            "p" => {
                self.gap();
                let title = class(attributes) == "callout-title";
                self.titles.push(title);
                if title {
                    self.line.push('[');
                }
            }
            "ul" | "ol" => {
                if self.lists.is_empty() {
                    self.gap();
                } else {
                    self.end_line();
                }
                let start = get(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(start));
            }
            "li" => {
                self.end_line();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                let rest = " ".repeat(mark.len());
                self.indents.push(Indent { first: Some(mark), rest });
            }
            "pre" => {
                self.gap();
                self.set_in("    ");
                self.code = true;
            }
            "blockquote" => {
                self.gap();
                self.set_in("> ");
            }
            "table" | "div" => self.gap(),
            "td" | "th" if !self.line.is_empty() => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str(" | ");
            }
            "hr" => {
                self.gap();
                self.line.push_str("----");
                self.gap();
            }
            "br" => self.end_line(),
            "del" => self.line.push_str("~~"),
            "img" => self.image(attributes),
            "a" => {
                let address = get(attributes, "href").and_then(|address| absolute(address, self.base));
                self.links.push(Link { address, words: String::new() });
            }
            _ if is_heading(name) => self.gap(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                let title = self.titles.pop().unwrap_or_default();
                if title {
                    self.line.push(']');
                    self.end_line();
                } else {
                    self.gap();
                }
                self.together = title;
            }
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                }
            }
            "li" => {
                self.end_line();
                self.indents.pop();
            }
            "pre" => {
                self.code = false;
                self.end_line();
                self.indents.pop();
                self.gap();
            }
            "blockquote" => {
                self.end_line();
                while self.lines.last().is_some_and(|line| line.ends_with('>')) {
                    self.lines.pop();
                }
                self.indents.pop();
                self.gap();
            }
            "tr" => self.end_line(),
            "table" | "div" => self.gap(),
            "del" => self.line.push_str("~~"),
            "a" => self.end_link(),
            _ if is_heading(name) => self.gap(),
            _ => {}
        }
    }

    /// The address behind the words, unless the words are the address.
    fn end_link(&mut self) {
        let Some(Link { address: Some(address), words }) = self.links.pop() else { return };
        let said =
            address.strip_prefix("mailto:").or_else(|| address.strip_prefix("tel:")).unwrap_or(&address);
        if words.trim().trim_end_matches('/') != said.trim_end_matches('/') {
            self.line.push_str(&format!(" ({address})"));
        }
    }

    fn image(&mut self, attributes: &[(&str, String)]) {
        let Some(address) = get(attributes, "src").and_then(|address| absolute(address, self.base)) else {
            return;
        };
        let alt = get(attributes, "alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt.unwrap_or(self.locale.t("画像", "Image"));
        self.line.push_str(&format!("{alt} ({address})"));
    }

    fn set_in(&mut self, rest: &str) {
        self.indents.push(Indent { first: None, rest: rest.to_owned() });
    }

    /// Ends the line that is being written, if there is one.
    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.push_line();
        }
        self.line.clear();
    }

    fn push_line(&mut self) {
        let before = self.before();
        self.lines.push(format!("{before}{}", self.line).trim_end().to_owned());
        self.line.clear();
    }

    fn before(&mut self) -> String {
        self.indents
            .iter_mut()
            .map(|indent| indent.first.take().unwrap_or_else(|| indent.rest.clone()))
            .collect()
    }

    /// An empty line, unless there is one, or nothing yet that it would part.
    fn gap(&mut self) {
        self.end_line();
        let begins_item = self.indents.iter().any(|indent| indent.first.is_some());
        if std::mem::take(&mut self.together) || begins_item {
            return;
        }
        let rest: String = self.indents.iter().map(|indent| indent.rest.as_str()).collect();
        let empty = rest.trim_end();
        if self.lines.last().is_some_and(|line| line != empty && !line.is_empty()) {
            self.lines.push(empty.to_owned());
        }
    }
}
