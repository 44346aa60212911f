//! Lists as HTML wants them: nothing but items inside a list, no item outside of one.
//!
//! Browsers accept anything here, screen readers count wrongly; real articles, converted from other tools, have it.

use super::html::Token;

/// An element that is open while the tokens are walked.
struct Open<'a> {
    /// The name it is written with.
    name: &'a str,
    /// Put in here, not by the author.
    added: bool,
}

/// Wraps what stands loose in a list, and makes items outside of lists plain blocks.
pub(super) fn mend(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut open: Vec<Open> = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => {
                if !text.trim().is_empty() {
                    wrap_in_item(&mut out, &mut open);
                }
                out.push(Token::Text(text));
            }
            Token::Open { name, attributes } => {
                let item = matches!(name, "li" | "dt" | "dd");
                if item {
                    close_added(&mut out, &mut open);
                } else if !(name == "div" && parent(&open) == Some("dl")) {
                    wrap_in_item(&mut out, &mut open);
                }
                let at_home = match name {
                    "li" => matches!(parent(&open), Some("ul" | "ol")),
                    "dt" | "dd" => {
                        parent(&open) == Some("dl")
                            || (parent(&open) == Some("div")
                                && open.iter().rev().nth(1).is_some_and(|up| up.name == "dl"))
                    }
                    _ => true,
                };
                let name = if at_home { name } else { "div" };
                if !super::escape::VOID.contains(&name) {
                    open.push(Open { name, added: false });
                }
                out.push(Token::Open { name, attributes });
            }
            Token::Close(_) => {
                close_added(&mut out, &mut open);
                if let Some(closed) = open.pop() {
                    out.push(Token::Close(closed.name));
                }
            }
        }
    }
    while let Some(closed) = open.pop() {
        out.push(Token::Close(closed.name));
    }
    out
}

fn parent<'a>(open: &[Open<'a>]) -> Option<&'a str> {
    open.last().map(|open| open.name)
}

fn wrap_in_item<'a>(out: &mut Vec<Token<'a>>, open: &mut Vec<Open<'a>>) {
    let item = match parent(open) {
        Some("ul" | "ol") => "li",
        Some("dl") => "dd",
        _ => return,
    };
    out.push(Token::Open { name: item, attributes: Vec::new() });
    open.push(Open { name: item, added: true });
}

fn close_added<'a>(out: &mut Vec<Token<'a>>, open: &mut Vec<Open<'a>>) {
    if open.last().is_some_and(|open| open.added)
        && let Some(closed) = open.pop()
    {
        out.push(Token::Close(closed.name));
    }
}
