//! Markdown to safe HTML, for articles and for messages.
//!
//! Three steps, each in its own file: `tree` parses the Markdown and adjusts the tree, `allow` lets only listed
//! elements, attributes and URL schemes through, and `decorate` walks the sanitised result once to add what Kotae
//! draws itself (anchors, scrollable tables, image sizes) and to collect what other parts want to know.
//! The order is the safety: whatever an author writes passes `allow`, and `decorate` adds constants only.

mod allow;
mod decorate;
mod escape;
mod heading;
mod html;
mod lists;
mod mail;
mod sound;
mod text;
mod tree;
mod urls;

#[cfg(test)]
mod dom;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

use app::i18n::Locale;

pub use heading::anchor;
pub use mail::{MailBody, for_mail};
pub use text::{Text, read};

/// What every id that comes out of a text begins with, so that it can never be one of the page's own.
pub const ID_PREFIX: &str = "s-";

/// How much nesting is drawn; what lies deeper is drawn flat. Deeper nesting is never written by people, and
/// browsers and parsers slow down on it.
const MAX_DEPTH: usize = 100;

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// An article, by a CRE: raw HTML from the allow-list, headings with anchors, images, footnotes.
    Article,
    /// A message of a request, by anybody: no raw HTML, no images from elsewhere, headings from h3 down without
    /// ids, links marked `nofollow ugc`.
    Message,
}

/// What the rendering depends on besides the text.
#[derive(Clone, Copy)]
pub struct RenderOptions<'a> {
    /// The language of the page, for the words that are added (titles of callouts, labels).
    pub locale: Locale,
    pub profile: Profile,
    /// The title that the page shows as its h1; a first heading that repeats it is dropped.
    pub title: Option<&'a str>,
    /// Width and height in pixels of an image, by the address in the text (`/files/7/cover.png`), where known.
    pub image_size: &'a dyn Fn(&str) -> Option<(u32, u32)>,
}

impl RenderOptions<'_> {
    /// Options for an article whose title stands outside of the text.
    pub fn article(locale: Locale, title: &str) -> RenderOptions<'_> {
        RenderOptions { locale, profile: Profile::Article, title: Some(title), image_size: &|_| None }
    }

    /// Options for a message of a request.
    pub fn message(locale: Locale) -> RenderOptions<'static> {
        RenderOptions { locale, profile: Profile::Message, title: None, image_size: &|_| None }
    }
}

/// A heading as it stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: as drawn, without gaps.
    pub level: u8,
    /// The id in the page, with its prefix; empty in messages.
    pub id: String,
    pub text: String,
}

/// A rendered text and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe to put into a page as it is.
    pub html: String,
    pub headings: Vec<Heading>,
    /// The words alone, one block a line; for search and excerpts.
    pub plain_text: String,
    /// The addresses of all links, in order, repetitions kept.
    pub links: Vec<String>,
    /// The addresses of all images, in order.
    pub images: Vec<String>,
    /// How many code blocks there are: whether the page needs copy buttons.
    pub code_blocks: usize,
}

/// Renders Markdown. Any input gives some output, and the output is safe.
pub fn render(markdown: &str, options: &RenderOptions) -> Rendered {
    let html = tree::to_html(markdown, options);
    let clean = allow::clean(&html);
    decorate::decorate(&clean, options)
}

/// What a callout of a kind (`note`, `tip`, `important`, `warning`, `caution`) is called in a language.
pub fn callout_title(kind: &str, locale: Locale) -> &'static str {
    match kind {
        "tip" => locale.t("ヒント", "Tip"),
        "important" => locale.t("重要", "Important"),
        "warning" => locale.t("警告", "Warning"),
        "caution" => locale.t("注意", "Caution"),
        _ => locale.t("メモ", "Note"),
    }
}

/// The first sentences of a plain text, at most `max` characters, cut at the end of a sentence or word.
pub fn excerpt(plain_text: &str, max: usize) -> String {
    let flat = plain_text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= max {
        return flat;
    }
    let cut: String = flat.chars().take(max).collect();
    if let Some(end) = cut.rfind(['。', '！', '？']) {
        return cut[..end + '。'.len_utf8()].to_owned();
    }
    if let Some(end) = cut.rfind(". ").filter(|end| *end > max / 3) {
        return cut[..=end].to_owned();
    }
    let words = cut.rfind(' ').filter(|end| *end > max / 2).unwrap_or(cut.len());
    format!("{}…", cut[..words].trim_end())
}
