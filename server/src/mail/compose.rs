//! From blocks to a mail: one plain text, one small HTML document with its styles inline, as mail programs want it.

use crate::markdown::for_mail;
use app::i18n::Locale;

/// A part of a mail, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; an empty line in it begins the next one, a line break stays.
    Text(String),
    /// What is said to the reader, in Markdown: a reply.
    Message(String),
    /// What a customer wrote under their subject, as they typed it: quoted, for the reader or a colleague asked it.
    Request { subject: String, words: String },
    /// The one thing to do. `url` is absolute.
    Button { label: String, url: String },
    /// What has to be said but need not be read: how long a link is good for.
    Small(String),
}

impl Block {
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    pub fn message(markdown: impl Into<String>) -> Self {
        Self::Message(markdown.into())
    }

    pub fn request(subject: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Request { subject: subject.into(), words: words.into() }
    }

    pub fn button(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Button { label: label.into(), url: url.into() }
    }

    pub fn small(words: impl Into<String>) -> Self {
        Self::Small(words.into())
    }
}

/// Who sends: stands above and below every mail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sender<'a> {
    pub portal: &'a str,
    pub url: &'a str,
}

fn footer(locale: Locale, sender: Sender<'_>) -> String {
    let portal = sender.portal;
    locale.t(
        format!("このメールは{portal}から自動で送信しています。"),
        format!("{portal} sent this mail automatically."),
    )
}

pub(super) fn text(locale: Locale, sender: Sender<'_>, blocks: &[Block]) -> String {
    let mut parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Text(words) | Block::Small(words) => words.trim().to_owned(),
            Block::Message(markdown) => for_mail(markdown, locale, sender.url).text.trim().to_owned(),
            Block::Request { subject, words } => {
                let lines = format!("{subject}\n\n{words}");
                let lines = lines.trim().lines().map(|line| format!("> {line}").trim_end().to_owned());
                lines.collect::<Vec<_>>().join("\n")
            }
            Block::Button { label, url } => {
                format!("{label}{}\n{url}", locale.t("：", ":"))
            }
        })
        .collect();
    parts.push(format!("-- \n{}\n{}", footer(locale, sender), sender.url));
    parts.join("\n\n") + "\n"
}

const FONT: &str =
    "font-family:-apple-system,'Segoe UI','Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,sans-serif";

pub(super) fn html(
    locale: Locale,
    sender: Sender<'_>,
    accent: &str,
    subject: &str,
    blocks: &[Block],
) -> String {
    let body: String = blocks.iter().map(|block| html_block(locale, sender, block, accent)).collect();
    let (lang, title, portal, url) =
        (locale.tag(), escape(subject), escape(sender.portal), escape(sender.url));
    let footer = escape(&footer(locale, sender));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n</head>\n\
         <body style=\"margin:0;padding:24px 16px;{FONT};font-size:16px;line-height:1.7\">\n\
         <div style=\"max-width:560px;margin:0 auto\">\n\
         <p style=\"margin:0 0 24px;font-weight:600\">{portal}</p>\n{body}\
         <hr style=\"margin:32px 0 16px;border:0;border-top:1px solid #8884\">\n\
         <p style=\"margin:0;font-size:13px;opacity:.75\">{footer}<br><a href=\"{url}\" style=\"color:inherit\">{url}</a></p>\n\
         </div>\n</body>\n</html>\n"
    )
}

fn html_block(locale: Locale, sender: Sender<'_>, block: &Block, accent: &str) -> String {
    match block {
        Block::Text(words) => paragraphs(words, "margin:0 0 16px"),
        Block::Small(words) => paragraphs(words, "margin:0 0 12px;font-size:13px;opacity:.75"),
        Block::Message(markdown) => format!(
            "<div style=\"margin:0 0 16px\">\n{}</div>\n",
            for_mail(markdown, locale, sender.url).html
        ),
        Block::Request { subject, words } => format!(
            "<blockquote style=\"margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid {accent}\">\n{}\
             <p style=\"margin:0 0 12px;white-space:pre-wrap\">{}</p>\n</blockquote>\n",
            paragraphs(subject, "margin:0 0 12px;font-weight:600"),
            escape(words.trim_end())
        ),
        Block::Button { label, url } => {
            let (label, url) = (escape(label), escape(url));
            format!(
                "<p style=\"margin:24px 0 8px\"><a href=\"{url}\" style=\"display:inline-block;padding:10px 20px;\
                 border-radius:6px;background:{accent};color:#ffffff;text-decoration:none;font-weight:600\">{label}</a></p>\n\
                 <p style=\"margin:0 0 24px;font-size:13px;opacity:.75;word-break:break-all\">{url}</p>\n"
            )
        }
    }
}

fn paragraphs(words: &str, style: &str) -> String {
    words
        .trim()
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p style=\"{style}\">{}</p>\n", escape(paragraph).replace('\n', "<br>\n")))
        .collect()
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: Sender<'_> = Sender { portal: "A & B", url: "https://help.example.com" };

    #[test]
    fn the_text_reads_from_top_to_bottom_and_says_who_sent_it() {
        let blocks = [
            Block::text("Thank you."),
            Block::request("Subject", "__first__ words\n\n  - second"),
            Block::message("An **answer**\n\n- to that"),
            Block::button("Open the request", "https://help.example.com/r/1"),
            Block::small("Good for 10 minutes."),
        ];
        assert_eq!(
            text(Locale::En, SENDER, &blocks),
            "Thank you.\n\n> Subject\n>\n> __first__ words\n>\n>   - second\n\nAn answer\n\n- to that\n\nOpen the request:\nhttps://help.example.com/r/1\n\n\
             Good for 10 minutes.\n\n-- \nA & B sent this mail automatically.\nhttps://help.example.com\n"
        );
    }

    #[test]
    fn words_cannot_become_markup() {
        let blocks = [
            Block::request(
                "<i>subject</i>",
                "Look: <img src=x onerror=alert(1)>\n**second** line [x](javascript:alert(1))",
            ),
            Block::text("\"a\" & 'b'"),
        ];
        let html = html(Locale::Ja, SENDER, "#2b4b7e", "<b>", &blocks);
        assert!(!html.contains("<img"), "{html}");
        assert!(html.contains("&lt;i&gt;subject&lt;/i&gt;"));
        assert!(
            html.contains(
                "Look: &lt;img src=x onerror=alert(1)&gt;\n**second** line [x](javascript:alert(1))</p>"
            ),
            "{html}"
        );
        assert!(html.contains("<title>&lt;b&gt;</title>"));
        assert!(html.contains("&quot;a&quot; &amp; &#39;b&#39;"));
        assert!(html.contains("<html lang=\"ja\">") && html.contains("A &amp; B"));
    }
}
