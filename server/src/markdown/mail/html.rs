//! The HTML part.

use crate::markdown::html::{Token, class, close, get, open};
use crate::markdown::urls::absolute;
use app::i18n::Locale;

const CODE: &str = "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px";
const LINK: &str = "color:inherit;text-decoration:underline";
/// What an element keeps besides its address.
const KEPT: [&str; 6] = ["lang", "dir", "title", "start", "colspan", "rowspan"];

/// Writes the message again with styles in place of classes. What is only there for a page (regions that scroll,
/// labels for signs) is left out.
pub(super) fn write(tokens: &[Token], locale: Locale, base: &str) -> String {
    let mut out = String::new();
    // The elements that are open, as they were written; none where the tags were left out.
    let mut around: Vec<Option<&str>> = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => out.push_str(text),
            Token::Close(_) => {
                if let Some(Some(name)) = around.pop() {
                    close(&mut out, name);
                }
            }
            Token::Open { name: "img", attributes } => image(&mut out, attributes, locale, base),
            Token::Open { name: name @ ("br" | "hr" | "wbr"), .. } => {
                open(&mut out, name, &styled(name, "", false))
            }
            Token::Open { name, attributes } => {
                let address = get(attributes, "href").and_then(|address| absolute(address, base));
                let left_out = matches!(*name, "span")
                    || (*name == "a" && address.is_none())
                    || matches!(class(attributes), "table-wrap" | "code-block");
                around.push((!left_out).then_some(*name));
                if left_out {
                    continue;
                }
                let mut written: Vec<(&str, String)> =
                    address.map(|address| ("href", address)).into_iter().collect();
                written.extend(attributes.iter().filter(|(key, _)| KEPT.contains(key)).cloned());
                let in_code = around.contains(&Some("pre"));
                written.extend(styled(name, class(attributes), in_code));
                open(&mut out, name, &written);
            }
        }
    }
    out
}

/// An image asks its reader to be signed in, which a mail program is not: it becomes a link.
fn image(out: &mut String, attributes: &[(&str, String)], locale: Locale, base: &str) {
    let Some(address) = get(attributes, "src").and_then(|address| absolute(address, base)) else { return };
    let alt = get(attributes, "alt").filter(|alt| !alt.trim().is_empty());
    open(out, "a", &[("href", address), ("style", LINK.to_owned())]);
    out.push_str(&crate::markdown::escape::attribute(alt.unwrap_or(locale.t("画像", "Image"))));
    close(out, "a");
}

fn styled(name: &str, class: &str, in_code: bool) -> Vec<(&'static str, String)> {
    let style = match name {
        "p" if class == "callout-title" => "margin:0 0 4px;font-weight:600".to_owned(),
        "p" => "margin:0 0 12px".to_owned(),
        "h3" | "h4" | "h5" | "h6" => "margin:16px 0 8px;font-size:17px;line-height:1.4".to_owned(),
        "ul" | "ol" => "margin:0 0 12px;padding-left:24px".to_owned(),
        "li" => "margin:0 0 4px".to_owned(),
        "a" => LINK.to_owned(),
        "pre" => format!(
            "margin:0 0 12px;padding:8px 12px;border-radius:6px;background:#8881;white-space:pre-wrap;{CODE}"
        ),
        "code" if in_code => CODE.to_owned(),
        "code" => format!("padding:1px 4px;border-radius:4px;background:#8882;{CODE}"),
        "blockquote" => "margin:0 0 12px;padding-left:12px;border-left:3px solid #8886".to_owned(),
        "div" if class.starts_with("callout") => {
            "margin:0 0 12px;padding:8px 12px;border:1px solid #8884;border-radius:6px".to_owned()
        }
        "table" => "margin:0 0 12px;border-collapse:collapse".to_owned(),
        "th" | "td" => {
            format!("padding:4px 10px;border:1px solid #8886;vertical-align:top;text-align:{}", side(class))
        }
        "hr" => "margin:16px 0;border:0;border-top:1px solid #8884".to_owned(),
        _ => return Vec::new(),
    };
    vec![("style", style)]
}

fn side(class: &str) -> &str {
    class.strip_prefix("align-").filter(|side| ["center", "right"].contains(side)).unwrap_or("left")
}
