//! Finds the links and images of a Markdown text, in Markdown and in raw HTML, and gives them new addresses.

use super::dialect::{Piece, pieces};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Link,
    Image,
}

/// What becomes of a link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    To(String),
    /// Only its words stay, or these instead of an image.
    Words(String),
}

/// Rewrites every address. `decide` gets the kind, the address as written, and an image's description.
pub(super) fn rewrite(text: &str, decide: &mut dyn FnMut(Kind, &str, &str) -> Action) -> String {
    let mut writer = Writer { out: String::with_capacity(text.len()), open: Vec::new(), decide };
    for piece in pieces(text) {
        match piece {
            Piece::Code(code) => writer.out.push_str(code),
            Piece::Text(part) => writer.text(part),
        }
    }
    writer.out
}

/// A `[` whose `]` has not come yet: where it stands in the output, `!` included.
struct Bracket {
    at: usize,
    image: bool,
}

struct Writer<'d> {
    out: String,
    open: Vec<Bracket>,
    decide: &'d mut dyn FnMut(Kind, &str, &str) -> Action,
}

impl Writer<'_> {
    fn text(&mut self, part: &str) {
        let mut rest = part;
        if self.out.is_empty() || self.out.ends_with('\n') {
            rest = &rest[self.definition(rest)..];
        }
        while let Some(at) = rest.find(['[', ']', '\\', '\n', '<']) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\\' => {
                    let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                    self.out.push_str(&rest[..length]);
                    length
                }
                b'\n' => {
                    self.out.push('\n');
                    if rest[1..].trim_start_matches([' ', '\t']).starts_with('\n') {
                        self.open.clear();
                    }
                    1 + self.definition(&rest[1..])
                }
                b'[' => {
                    let image = self.out.ends_with('!');
                    self.open.push(Bracket { at: self.out.len() - usize::from(image), image });
                    self.out.push('[');
                    1
                }
                b']' => self.end(rest),
                _ => self.tag(rest),
            };
            rest = &rest[length..];
        }
        self.out.push_str(rest);
    }

    /// `]`, with `(address)` behind it or not; gives how much was read.
    fn end(&mut self, rest: &str) -> usize {
        let Some(bracket) = self.open.pop() else {
            self.out.push(']');
            return 1;
        };
        let Some(target) = Target::read(&rest[1..]) else {
            self.out.push(']');
            return 1;
        };
        let length = 1 + target.length;
        let (attributes, attributes_length) = attributes(&rest[length..], bracket.image);
        let words_at = bracket.at + 1 + usize::from(bracket.image);
        let words = self.out[words_at..].to_owned();
        let kind = if bracket.image { Kind::Image } else { Kind::Link };
        let address = match (self.decide)(kind, target.address, &words) {
            Action::Words(instead) => {
                self.out.truncate(bracket.at);
                self.out.push_str(if bracket.image { &instead } else { &words });
                return length + attributes_length;
            }
            Action::To(address) => address,
            Action::Keep => target.address.to_owned(),
        };
        let plain = !address.is_empty() && !address.contains([' ', '(', ')', '<', '>']);
        let bracketed = if plain { address } else { format!("<{}>", address.replace(['<', '>'], "")) };
        self.out.push_str(&format!("]({bracketed}{}){attributes}", target.title));
        length + attributes_length
    }

    /// `[label]: address` at the beginning of a line.
    fn definition(&mut self, line: &str) -> usize {
        let line = line.split('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let Some(label) =
            line[indent..].strip_prefix('[').filter(|label| indent < 4 && !label.starts_with(['^', '!']))
        else {
            return 0;
        };
        let Some(end) = label.find("]:").filter(|end| !label[..*end].contains(['[', ']'])) else { return 0 };
        let address = label[end + 2..].trim_start();
        let before = line.len() - address.len();
        let address = address.split_whitespace().next().unwrap_or_default();
        let bare = address.trim_start_matches('<').trim_end_matches('>');
        self.out.push_str(&line[..before]);
        match (self.decide)(Kind::Link, bare, "") {
            Action::To(new) => self.out.push_str(&new),
            _ => self.out.push_str(address),
        }
        before + address.len()
    }

    /// `<a href="…">` and `<img src="…">`.
    fn tag(&mut self, rest: &str) -> usize {
        let name_end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest.len(), |end| end + 1);
        let (kind, key) = match rest[1..name_end].to_ascii_lowercase().as_str() {
            "a" => (Kind::Link, "href"),
            "img" => (Kind::Image, "src"),
            _ => {
                self.out.push('<');
                return 1;
            }
        };
        let Some(end) = tag_end(rest) else {
            self.out.push('<');
            return 1;
        };
        let tag = &rest[..end];
        let Some((start, stop)) = value_of(tag, key) else {
            self.out.push_str(tag);
            return end;
        };
        let alt = value_of(tag, "alt").map_or("", |(start, stop)| &tag[start..stop]);
        let address = tag[start..stop].trim().replace("&amp;", "&");
        match (self.decide)(kind, &address, alt) {
            Action::Keep => self.out.push_str(tag),
            Action::To(new) => {
                self.out.push_str(&tag[..start]);
                self.out.push_str(&new.replace('&', "&amp;").replace('"', "%22").replace('\'', "%27"));
                self.out.push_str(&tag[stop..]);
            }
            Action::Words(instead) if kind == Kind::Image => self.out.push_str(&instead),
            // Without an address it is no link; its words and its end tag stay.
            Action::Words(_) => self.out.push_str("<a>"),
        }
        end
    }
}

/// `(address "title")` behind a `]`.
struct Target<'t> {
    address: &'t str,
    /// With the space before it.
    title: &'t str,
    length: usize,
}

impl<'t> Target<'t> {
    fn read(rest: &'t str) -> Option<Self> {
        let inside = rest.strip_prefix('(')?;
        let start = inside.len() - inside.trim_start_matches([' ', '\n', '\t']).len();
        let body = &inside[start..];
        let (address, after) = if let Some(bracketed) = body.strip_prefix('<') {
            let end = bracketed.find(['>', '\n'])?;
            (&bracketed[..end], start + end + 2)
        } else {
            let end = plain_end(body)?;
            (&body[..end], start + end)
        };
        let behind = inside.get(after..)?;
        let spaces = behind.len() - behind.trim_start_matches([' ', '\n', '\t']).len();
        let title_at = &behind[spaces..];
        let (title, close) = match title_at.chars().next()? {
            ')' => ("", spaces),
            quote @ ('"' | '\'') => {
                let end = title_at[1..].find(quote)? + 2;
                let rest = &title_at[end..];
                let gap = rest.len() - rest.trim_start().len();
                (&behind[..spaces + end], spaces + end + gap)
            }
            // An address with spaces is none in Markdown; people write them all the same.
            _ => {
                let end = inside.find([')', '\n']).filter(|end| inside[*end..].starts_with(')'))?;
                return Some(Self { address: inside[start..end].trim(), title: "", length: end + 2 });
            }
        };
        behind[close..].starts_with(')').then_some(Self { address, title, length: 1 + after + close + 1 })
    }
}

/// Where an address without brackets ends: at a space, or at the `)` that it did not open.
fn plain_end(body: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in body.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            ' ' | '\n' | '\t' => return Some(at),
            _ => {}
        }
    }
    None
}

/// What stands in braces behind a link or an image: of an image its width in pixels is kept.
fn attributes(rest: &str, image: bool) -> (String, usize) {
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let Some(length) = super::dialect::attributes(&rest[spaces..]) else { return (String::new(), 0) };
    let inside = &rest[spaces + 1..spaces + length - 1];
    let width = inside
        .split_whitespace()
        .find_map(|pair| pair.strip_prefix("width="))
        .and_then(|width| width.trim_matches(['"', '\'']).trim_end_matches("px").parse::<u32>().ok());
    let kept = width.filter(|_| image).map_or_else(String::new, |width| format!("{{width={width}}}"));
    (kept, spaces + length)
}

/// Where the tag at the beginning ends, quotes respected, within a reasonable length.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(4_000) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the value of an attribute stands in a tag.
fn value_of(tag: &str, key: &str) -> Option<(usize, usize)> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(key) {
        let at = from + found;
        from = at + key.len();
        if !lower[..at].ends_with([' ', '\n', '\t', '"', '\'']) {
            continue;
        }
        let after = &lower[from..];
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let start = lower.len() - value.len();
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].find(quote).map(|end| (start + 1, start + 1 + end)),
            _ => value.find([' ', '>', '\n']).map(|end| (start, start + end)),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Action, Kind, rewrite};

    fn seen(text: &str) -> (String, Vec<(Kind, String)>) {
        let mut seen = Vec::new();
        let out = rewrite(text, &mut |kind, address, _| {
            seen.push((kind, address.to_owned()));
            match address {
                "gone" => Action::Words("(an image)".to_owned()),
                address if address.starts_with("http") => Action::Keep,
                address => Action::To(format!("/new/{address}")),
            }
        });
        (out, seen)
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        for (text, expected) in [
            ("[a](b)", "[a](/new/b)"),
            ("[a](b \"t (x)\") c", "[a](/new/b \"t (x)\") c"),
            ("[a](<b c>)", "[a](</new/b c>)"),
            ("[a](b c.png)", "[a](</new/b c.png>)"),
            ("[a](b_(c))", "[a](</new/b_(c)>)"),
            ("[`x]` y](b)", "[`x]` y](/new/b)"),
            ("[![i](p)](b)", "[![i](/new/p)](/new/b)"),
            ("![i](p){width=\"700\" align=center} x", "![i](/new/p){width=700} x"),
            ("[a](b){target=_blank}.", "[a](/new/b)."),
            ("[a](https://x.example)", "[a](https://x.example)"),
            ("[a] (b) [c] \\[d](e)", "[a] (b) [c] \\[d](e)"),
            ("`[a](b)`\n```\n[a](b)\n```\n", "`[a](b)`\n```\n[a](b)\n```\n"),
            ("x\n[l]: b 't'\n", "x\n[l]: /new/b 't'\n"),
            (
                "<a class=x href='b'>y</a> <IMG alt=\"z\" SRC=p >",
                "<a class=x href='/new/b'>y</a> <IMG alt=\"z\" SRC=/new/p >",
            ),
            ("<abbr href=b> <a name=x>", "<abbr href=b> <a name=x>"),
            ("- [ ] task [a](b)", "- [ ] task [a](/new/b)"),
        ] {
            assert_eq!(seen(text).0, expected, "{text}");
        }
    }

    #[test]
    fn what_leads_nowhere_leaves_its_words() {
        assert_eq!(seen("x [a *b*](gone){x=y} y").0, "x a *b* y");
        assert_eq!(seen("x ![a](gone) y").0, "x (an image) y");
        assert_eq!(seen("[![a](gone)](b)").0, "[(an image)](/new/b)");
        assert_eq!(seen("<a href=\"gone\">w</a> <img src=\"gone\">").0, "<a>w</a> (an image)");
    }

    #[test]
    fn kinds_are_told_apart() {
        let (_, seen) = seen("[a](b) ![c](d) <img src=e> <a href=f>");
        let kinds: Vec<_> = seen.iter().map(|(kind, address)| (*kind, address.as_str())).collect();
        assert_eq!(kinds, [(Kind::Link, "b"), (Kind::Image, "d"), (Kind::Image, "e"), (Kind::Link, "f")]);
    }
}
