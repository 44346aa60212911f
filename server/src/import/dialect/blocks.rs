//! Signs that take a line of their own: callouts, videos, tabs, shaded boxes, collapsible parts, notes in XML.

use super::Remark;
use super::code::{closes, fence_marker};
use super::inline::attributes;
use crate::markdown::callout_title;
use app::i18n::Locale;

/// Turns a whole body, line by line.
pub(super) fn convert(text: &str, locale: Locale, remarks: &mut Vec<Remark>) -> String {
    let mut writer = Writer {
        out: String::with_capacity(text.len()),
        locale,
        remarks,
        fence: None,
        details: Vec::new(),
        shaded: None,
        dropping: false,
    };
    for (at, line) in text.lines().enumerate() {
        writer.line(line, at + 1);
    }
    writer.end();
    let mut out = writer.out;
    if !text.ends_with('\n') {
        out.pop();
    }
    out
}

struct Writer<'r> {
    out: String,
    locale: Locale,
    remarks: &'r mut Vec<Remark>,
    fence: Option<(char, usize)>,
    /// The indentation of each open collapsible part.
    details: Vec<String>,
    /// The indentation of the open shaded box; its lines are quoted.
    shaded: Option<String>,
    /// Inside of a block that readers are not shown.
    dropping: bool,
}

impl Writer<'_> {
    fn line(&mut self, line: &str, number: usize) {
        if let Some(marker) = self.fence {
            if closes(line, marker) {
                self.fence = None;
            }
            return self.put(line);
        }
        if let Some(marker) = fence_marker(line) {
            self.fence = Some(marker);
            return self.put(line);
        }
        if self.dropping {
            if line.trim_start().starts_with('>') {
                return;
            }
            self.dropping = false;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        if let Some((quote, kind, rest)) = sign(line) {
            return self.sign(quote, kind, rest, number);
        }
        if let Some(title) = line.trim().strip_prefix("+++") {
            return self.collapsible(indent, title.trim());
        }
        if attributes(line.trim()).is_some_and(|length| length == line.trim().len()) {
            return;
        }
        if let Some(id) = anchor(line.trim()) {
            return self.anchor(indent, id);
        }
        // Raw HTML goes on until a blank line: what follows a table would lose its Markdown.
        let after_table =
            self.out.trim_end_matches([' ', '\n']).ends_with("</table>") && self.out.ends_with('\n');
        if after_table
            && !self.out.ends_with("\n\n")
            && !line.trim().is_empty()
            && !line.trim().starts_with('<')
        {
            self.put("");
        }
        if line.contains("<note") || line.contains("</note>") || line.contains("MadCap:") {
            let line = self.xml(line);
            return self.put(&line);
        }
        self.put(line);
    }

    fn put(&mut self, line: &str) {
        if let Some(indent) = &self.shaded {
            let inside = line.strip_prefix(indent.as_str()).unwrap_or_else(|| line.trim_start());
            self.out.push_str(indent);
            self.out.push_str("> ");
            self.out.push_str(inside);
            let end = self.out.trim_end_matches(' ').len();
            if inside.is_empty() {
                self.out.truncate(end);
            }
        } else {
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    /// A blank line, unless there is one.
    fn blank(&mut self) {
        if !self.out.trim().is_empty() && !self.out.ends_with("\n\n") && !self.out.ends_with(">\n") {
            self.put("");
        }
    }

    /// `>[!KIND] rest`, with the indentation and quote signs that stand before it.
    fn sign(&mut self, quote: &str, kind: &str, rest: &str, number: usize) {
        let indent = &quote[..quote.find('>').unwrap_or(quote.len())];
        let rest = rest.trim();
        match kind {
            "VIDEO" => {
                let address =
                    rest.trim_start_matches('(').trim_end_matches(')').split(' ').next().unwrap_or_default();
                if address.is_empty() {
                    self.remarks.push(Remark {
                        line: Some(number),
                        reason: "a video has no address; it was dropped".to_owned(),
                    });
                    return;
                }
                let words = self.locale.t("動画を見る", "Watch the video");
                self.blank();
                self.put(&format!("{indent}[{words}]({address})"));
                self.blank();
            }
            "BEGINTABS" | "ENDTABS" => self.blank(),
            "TAB" => {
                self.blank();
                self.put(&format!("{indent}**{}**", rest.trim_matches('"')));
                self.blank();
            }
            "BEGINSHADEBOX" => {
                self.blank();
                self.shaded = Some(indent.to_owned());
                let title = rest.trim_matches('"');
                if !title.is_empty() {
                    self.put(&format!("{indent}**{title}**"));
                    self.put(indent);
                }
            }
            "ENDSHADEBOX" => {
                self.shaded = None;
                self.blank();
            }
            "CONTEXTUALHELP" => self.dropping = true,
            _ => self.callout(quote, kind, rest, number),
        }
    }

    fn callout(&mut self, quote: &str, kind: &str, rest: &str, number: usize) {
        let t = |ja: &'static str, en: &'static str| self.locale.t(ja, en);
        let (mark, title) = match kind {
            "NOTE" | "INFO" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION" => {
                (if kind == "INFO" { "NOTE" } else { kind }, "")
            }
            "PREREQUISITES" | "PREREQUISITE" => ("IMPORTANT", t("前提条件", "Prerequisites")),
            "AVAILABILITY" => ("NOTE", t("利用できる環境", "Availability")),
            "ADMIN" | "ADMINISTRATION" => ("NOTE", t("管理者の方へ", "For administrators")),
            "MORELIKETHIS" | "SEEALSO" => ("TIP", t("関連情報", "See also")),
            "SUCCESS" => ("TIP", t("うまくいったとき", "Success")),
            "ERROR" | "DANGER" => ("CAUTION", t("エラー", "Error")),
            "EXAMPLE" => ("NOTE", t("例", "Example")),
            _ => {
                self.remarks.push(Remark {
                    line: Some(number),
                    reason: format!("this kind of callout is not known, it was made a note: {kind}"),
                });
                ("NOTE", "")
            }
        };
        let bare = quote.trim_start().is_empty();
        let (indent, depth) =
            (&quote[..quote.find('>').unwrap_or(quote.len())], quote.matches('>').count().max(1));
        let outer = format!("{indent}{}", "> ".repeat(depth - 1));
        // A callout is one only at the beginning of a quote.
        if self.out.lines().last().is_some_and(|last| !last.trim_matches([' ', '\t', '>']).is_empty()) {
            self.put(outer.trim_end());
        }
        let title = if title.is_empty() { String::new() } else { format!(" {title}") };
        self.put(&format!("{outer}> [!{mark}]{title}"));
        if !rest.is_empty() {
            self.put(&format!("{outer}> {rest}"));
        }
        if bare {
            self.remarks.push(Remark {
                line: Some(number),
                reason: "a callout stands without its >; only its own line was taken as one".to_owned(),
            });
        }
    }

    /// `+++ Title` opens a collapsible part, `+++` closes it.
    fn collapsible(&mut self, indent: &str, title: &str) {
        if title.is_empty() {
            match self.details.pop() {
                Some(opened) => self.close_details(&opened),
                None => self.blank(),
            }
            return;
        }
        self.blank();
        self.put(&format!("{indent}<details>"));
        let title = title.trim_end_matches('+').trim().replace("**", "");
        let title = with_code(&title);
        self.put(&format!("{indent}<summary>{title}</summary>"));
        self.put("");
        self.details.push(indent.to_owned());
    }

    fn close_details(&mut self, indent: &str) {
        self.blank();
        self.put(&format!("{indent}</details>"));
        self.put("");
    }

    /// An anchor on a line of its own belongs to the heading above it.
    fn anchor(&mut self, indent: &str, id: &str) {
        let above = self.out.trim_end_matches([' ', '\n']);
        let line = above.rfind('\n').map_or(above, |at| &above[at + 1..]);
        if line.trim_start_matches([' ', '>']).starts_with('#') && !line.ends_with('}') {
            let end = above.len();
            self.out.insert_str(end, &format!(" {{#{id}}}"));
        } else {
            self.put(&format!("{indent}<a id=\"{id}\"></a>"));
        }
    }

    /// `<note type="tip">…</note>` becomes a callout in HTML, wrappers of other tools go.
    fn xml(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let Some(end) = rest.find('>') else { break };
            let tag = &rest[1..end];
            if tag == "/note" {
                out.push_str("</div>");
            } else if let Some(attributes) =
                tag.strip_prefix("note").filter(|rest| rest.is_empty() || rest.starts_with(' '))
            {
                let kind = ["tip", "important", "warning", "caution"]
                    .into_iter()
                    .find(|kind| attributes.contains(kind))
                    .unwrap_or("note");
                let title = callout_title(kind, self.locale);
                out.push_str(&format!("<div class=\"markdown-alert markdown-alert-{kind}\"><p class=\"markdown-alert-title\">{title}</p>"));
            } else if !tag.trim_start_matches('/').starts_with("MadCap:") {
                out.push_str(&rest[..=end]);
            }
            rest = &rest[end + 1..];
        }
        out.push_str(rest);
        out
    }

    fn end(&mut self) {
        self.shaded = None;
        while let Some(indent) = self.details.pop() {
            self.remarks.push(Remark {
                line: None,
                reason: "a collapsible part (+++) is never closed; it reaches to the end".to_owned(),
            });
            self.close_details(&indent);
        }
    }
}

/// `{#name}` alone.
fn anchor(line: &str) -> Option<&str> {
    let id = line.strip_prefix("{#")?.strip_suffix('}')?;
    (!id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))).then_some(id)
}

/// Code spans as HTML: in raw HTML their backticks would stay.
fn with_code(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text.to_owned();
    }
    let parts = parts.iter().enumerate().map(|(at, part)| {
        if at % 2 == 0 { (*part).to_owned() } else { format!("<code>{}</code>", part.replace('<', "&lt;")) }
    });
    parts.collect()
}

/// `  >  > [!KIND] rest` or `[!KIND]` alone: what stands before the sign, its kind, what follows.
fn sign(line: &str) -> Option<(&str, &str, &str)> {
    let start = line.find("[!")?;
    let quote = &line[..start];
    if !quote.chars().all(|c| matches!(c, ' ' | '\t' | '>')) {
        return None;
    }
    let inside = &line[start + 2..];
    let end = inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len());
    let (kind, rest) = inside.split_at(end);
    if matches!(kind, "DNL" | "UICONTROL" | "BADGE" | "")
        || !kind.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return None;
    }
    // `[!TAB Words]` has its words inside of the brackets, `[!NOTE] words` behind them.
    let rest = match rest.strip_prefix(']') {
        Some(behind) => behind,
        None => rest.trim_end().strip_suffix(']')?,
    };
    if quote.contains('>') {
        return Some((quote, kind, rest));
    }
    let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "INFO", "VIDEO"].contains(&kind);
    (known && (rest.trim().is_empty() || kind == "VIDEO")).then_some((quote, kind, rest))
}
