//! The dialect of real files, turned into the Markdown that Kotae renders.
//!
//! Documentation tools add their own signs to Markdown: product names and interface words in brackets, callouts,
//! collapsible parts, tabs, snippets, attributes in braces, comments. What an author meant is kept, the sign is not.
//! Code is never touched: everything here works on the text around it.

mod blocks;
mod code;
mod comments;
mod inline;
mod snippets;

pub(super) use code::{Piece, pieces};
pub(super) use inline::attributes;
pub(super) use snippets::Snippets;

use super::links::Action;
use app::i18n::Locale;

/// What the text is turned with.
pub(super) struct Context<'a> {
    pub(super) locale: Locale,
    pub(super) snippets: &'a Snippets,
}

/// Something that was not understood, with its line in the text that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) line: Option<usize>,
    pub(super) reason: String,
}

/// Turns a whole body.
pub(super) fn convert(body: &str, context: &Context<'_>) -> (String, Vec<Remark>) {
    let mut remarks = Vec::new();
    let text = body.replace("\r\n", "\n").replace('\r', "\n");
    let text = comments::strip(&text, &mut remarks);
    let text = context.snippets.expand(&text, &mut remarks);
    let text = blocks::convert(&text, context.locale, &mut remarks);
    let text = inline::convert(&text);
    (text, remarks)
}

/// Turns one line that is shown as plain text: a title, a summary, a name of a table of contents.
pub(super) fn plain(text: &str) -> String {
    let text = super::links::rewrite(&inline::plain(text), &mut |_, _, _| Action::Words(String::new()));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
