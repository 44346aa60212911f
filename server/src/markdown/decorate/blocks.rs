//! Headings, tables, code and callouts.

use super::{Opened, Writer};
use crate::markdown::allow::{callout, language};
use crate::markdown::heading::anchor;
use crate::markdown::html::{Token, class, get, is_heading, is_visible, open, words};
use crate::markdown::{Heading, Profile};

impl<'a> Writer<'_, 'a> {
    pub(super) fn heading(
        &mut self,
        name: &'a str,
        attributes: &[(&'a str, String)],
        inside: &[Token],
    ) -> Opened<'a> {
        let text = words(inside);
        let nested = self.open.iter().any(|open| open.written.is_some_and(is_heading));
        if text.is_empty() || nested {
            return Opened {
                name,
                written: None,
                before_close: String::new(),
                after_close: "",
                silent: false,
            };
        }
        let written_level = name[1..].parse().unwrap_or(2);
        let level = self.outline.level(written_level);
        let written = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1];
        let mut opened = Opened {
            name,
            written: Some(written),
            before_close: String::new(),
            after_close: "",
            silent: false,
        };
        if self.options.profile == Profile::Message {
            open(&mut self.out.html, written, &[]);
            self.out.headings.push(Heading { level, id: String::new(), text });
            return opened;
        }
        let wished = get(attributes, "id").or_else(|| {
            inside.iter().find_map(|token| match token {
                Token::Open { name: "a", attributes } if get(attributes, "href").is_none() => {
                    get(attributes, "id").or_else(|| get(attributes, "name"))
                }
                _ => None,
            })
        });
        let id = match wished.map(anchor) {
            Some(id) if self.ids.take(&id) => id,
            _ => self.ids.named_after(&text),
        };
        open(&mut self.out.html, written, &[("id", id.clone())]);
        if !self.within("a") && !self.within("summary") {
            let link = [
                ("class", "anchor".to_owned()),
                ("href", format!("#{id}")),
                ("aria-hidden", "true".to_owned()),
                ("tabindex", "-1".to_owned()),
            ];
            open(&mut opened.before_close, "a", &link);
            opened.before_close.push_str("</a>");
        }
        self.out.headings.push(Heading { level, id, text });
        opened
    }

    /// A table scrolls inside of its own region, which the keyboard reaches; the page never does sideways.
    pub(super) fn table(&mut self, name: &'a str, attributes: &[(&'a str, String)]) -> Opened<'a> {
        let outermost = !self.within("table");
        if outermost {
            self.tables += 1;
            let label = format!("{} {}", self.options.locale.t("表", "Table"), self.tables);
            let role = if self.options.profile == Profile::Article { "region" } else { "group" };
            let region = [
                ("class", "table-wrap".to_owned()),
                ("tabindex", "0".to_owned()),
                ("role", role.to_owned()),
                ("aria-label", label),
            ];
            open(&mut self.out.html, "div", &region);
        }
        let mut opened = self.plain(name, name, attributes);
        opened.after_close = if outermost { "</div>" } else { "" };
        opened
    }

    pub(super) fn pre(&mut self, name: &'a str, inside: &[Token]) -> Opened<'a> {
        self.out.code_blocks += 1;
        let mut around = vec![("class", "code-block".to_owned())];
        let lang = inside.iter().find_map(|token| match token {
            Token::Open { name: "code", attributes } => language(class(attributes)),
            _ => None,
        });
        if let Some(lang) = lang {
            around.push(("data-lang", lang.to_owned()));
        }
        open(&mut self.out.html, "div", &around);
        open(&mut self.out.html, name, &[("tabindex", "0".to_owned())]);
        Opened {
            name,
            written: Some(name),
            before_close: String::new(),
            after_close: "</div>",
            silent: false,
        }
    }

    /// `div`, `p` and `section`: those that the Markdown renderer marked get Kotae's own classes.
    pub(super) fn block(&mut self, name: &'a str, attributes: &[(&'a str, String)]) -> Opened<'a> {
        let class = class(attributes);
        let mut opened =
            Opened { name, written: Some(name), before_close: String::new(), after_close: "", silent: false };
        let kept = match (name, callout(class)) {
            ("div", Some(kind)) => {
                vec![("class", format!("callout callout-{kind}")), ("role", "note".to_owned())]
            }
            ("p", _) if class == "markdown-alert-title" => {
                opened.silent = true;
                vec![("class", "callout-title".to_owned())]
            }
            ("section", _) if class == "footnotes" => vec![
                ("class", "footnotes".to_owned()),
                ("aria-label", self.options.locale.t("脚注", "Footnotes").to_owned()),
            ],
            _ => return self.plain(name, name, attributes),
        };
        open(&mut self.out.html, name, &kept);
        opened
    }

    /// An empty header cell names nothing; it becomes a plain one. Alignment becomes a class.
    pub(super) fn cell(
        &mut self,
        name: &'a str,
        attributes: &[(&'a str, String)],
        inside: &[Token],
    ) -> Opened<'a> {
        let written = if name == "th" && !inside.iter().any(is_visible) { "td" } else { name };
        let mut kept = self.common(attributes);
        if written == "td" {
            kept.retain(|(key, _)| *key != "scope");
        }
        if let Some(align) = get(attributes, "align") {
            kept.push(("class", format!("align-{align}")));
        }
        open(&mut self.out.html, written, &kept);
        Opened { name, written: Some(written), before_close: String::new(), after_close: "", silent: false }
    }
}
