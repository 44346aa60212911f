//! One walk over sanitised HTML: adds what Kotae draws itself and collects what other parts want to know.
//!
//! Everything added here is a constant or passes the same escaping as an author's attribute.

mod blocks;
mod links;

use super::allow::language;
use super::escape::VOID;
use super::heading::{Ids, Outline, anchor};
use super::html::{Token, close, get, inside, open, tokens, unescape};
use super::lists::mend;
use super::{Profile, RenderOptions, Rendered};

/// Elements after which the plain text begins a new line.
pub(super) const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "pre",
    "blockquote",
    "section",
    "summary",
    "details",
    "hr",
];

/// Decorates the output of `allow::clean`.
pub(super) fn decorate(html: &str, options: &RenderOptions) -> Rendered {
    let tokens = mend(tokens(html));
    let mut writer = Writer {
        options,
        outline: Outline::new(if options.profile == Profile::Article { 2 } else { 3 }),
        ids: Ids::default(),
        open: Vec::new(),
        tables: 0,
        silent: 0,
        out: Rendered { html: String::with_capacity(html.len() + html.len() / 4), ..Rendered::default() },
    };
    for at in 0..tokens.len() {
        writer.token(&tokens, at);
    }
    let mut out = writer.out;
    out.plain_text = tidy(&out.plain_text);
    out
}

/// What is written when an open element is closed.
struct Opened<'a> {
    /// The element as its author wrote it.
    name: &'a str,
    /// The element as it is written here; none if its tags are left out.
    written: Option<&'a str>,
    before_close: String,
    after_close: &'static str,
    /// Its words are not the author's, or not for reading on.
    silent: bool,
}

struct Writer<'o, 'a> {
    options: &'o RenderOptions<'o>,
    outline: Outline,
    ids: Ids,
    open: Vec<Opened<'a>>,
    tables: usize,
    silent: usize,
    out: Rendered,
}

impl<'a> Writer<'_, 'a> {
    fn token(&mut self, tokens: &[Token<'a>], at: usize) {
        match &tokens[at] {
            Token::Text(text) => {
                self.out.html.push_str(text);
                if self.silent == 0 {
                    let words = unescape(text);
                    let wrapped = words.contains('\n') && !self.within("pre");
                    self.out.plain_text.push_str(&if wrapped {
                        words.replace('\n', " ").into()
                    } else {
                        words
                    });
                }
            }
            Token::Close(_) => self.close(),
            Token::Open { name, attributes } if VOID.contains(name) => self.void(name, attributes),
            Token::Open { name, attributes } => {
                let opened = match *name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                        self.heading(name, attributes, inside(tokens, at))
                    }
                    "a" => self.link(name, attributes, inside(tokens, at)),
                    "table" => self.table(name, attributes),
                    "pre" => self.pre(name, inside(tokens, at)),
                    "div" | "p" | "section" => self.block(name, attributes),
                    "th" | "td" => self.cell(name, attributes, inside(tokens, at)),
                    _ => self.plain(name, name, attributes),
                };
                if BLOCKS.contains(name) {
                    self.out.plain_text.push('\n');
                }
                self.silent += usize::from(opened.silent);
                self.open.push(opened);
            }
        }
    }

    fn close(&mut self) {
        let Some(opened) = self.open.pop() else { return };
        self.silent -= usize::from(opened.silent);
        self.out.html.push_str(&opened.before_close);
        if let Some(name) = opened.written {
            close(&mut self.out.html, name);
        }
        self.out.html.push_str(opened.after_close);
        if BLOCKS.contains(&opened.name) {
            self.out.plain_text.push('\n');
        } else if matches!(opened.name, "td" | "th") {
            self.out.plain_text.push(' ');
        }
    }

    /// Whether an element of this name is open around the current place.
    fn within(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.written == Some(name))
    }

    /// Writes a start tag with the attributes that every element may have.
    fn plain(&mut self, name: &'a str, written: &'a str, attributes: &[(&'a str, String)]) -> Opened<'a> {
        let kept = self.common(attributes);
        open(&mut self.out.html, written, &kept);
        Opened { name, written: Some(written), before_close: String::new(), after_close: "", silent: false }
    }

    /// The attributes as they are written: ids get their prefix and stand once, classes and names are left out.
    fn common<'k>(&mut self, attributes: &[(&'k str, String)]) -> Vec<(&'k str, String)> {
        let mut kept: Vec<(&'k str, String)> = Vec::new();
        for (key, value) in attributes {
            match *key {
                "id" => {
                    let id = anchor(value);
                    if self.options.profile == Profile::Article && self.ids.take(&id) {
                        kept.push((key, id));
                    }
                }
                "class" => {
                    if language(value).is_some() {
                        kept.push((key, value.clone()));
                    }
                }
                "name" | "align" => {}
                _ => kept.push((key, value.clone())),
            }
        }
        kept
    }

    fn void(&mut self, name: &'a str, attributes: &[(&'a str, String)]) {
        match name {
            "img" => self.image(attributes),
            "input" => {
                let done = get(attributes, "checked").is_some();
                let (sign, label) = if done {
                    ("☑", self.options.locale.t("完了", "Done"))
                } else {
                    ("☐", self.options.locale.t("未完了", "Not done"))
                };
                let attributes = [
                    ("class", "task".to_owned()),
                    ("role", "img".to_owned()),
                    ("aria-label", label.to_owned()),
                ];
                open(&mut self.out.html, "span", &attributes);
                self.out.html.push_str(sign);
                close(&mut self.out.html, "span");
            }
            _ => {
                if matches!(name, "br" | "hr") {
                    self.out.plain_text.push('\n');
                }
                let kept = self.common(attributes);
                open(&mut self.out.html, name, &kept);
            }
        }
    }
}

/// One line a block, whitespace collapsed, no empty lines.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines() {
        let mut between = if tidy.is_empty() { "" } else { "\n" };
        for word in line.split_whitespace() {
            tidy.push_str(between);
            tidy.push_str(word);
            between = " ";
        }
    }
    tidy
}
