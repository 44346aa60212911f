//! Headings: their ids, their levels in the page, and titles that are said twice.

use super::{Heading, ID_PREFIX};
use crate::knowledge::slugify;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// What an anchor is called in the page: its own name with the prefix that keeps it apart from the page's ids.
/// A name that has the prefix already (copied from the address bar) stays.
pub fn anchor(name: &str) -> String {
    if name.starts_with(ID_PREFIX) { name.to_owned() } else { format!("{ID_PREFIX}{name}") }
}

/// Whether two titles say the same, whatever their width, case, spacing and punctuation.
pub(super) fn same_title(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
    };
    let (a, b) = (letters(a), letters(b));
    !a.is_empty() && a == b
}

/// Ids given out so far on one page.
#[derive(Default)]
pub(super) struct Ids(HashSet<String>);

impl Ids {
    /// Takes exactly this id; false if it is taken.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.0.insert(id.to_owned())
    }

    /// A free id made from a text: `text`, `text-1`, `text-2` …
    pub(super) fn named_after(&mut self, text: &str) -> String {
        let slug = slugify(text);
        let base = anchor(if slug.is_empty() { "section" } else { &slug });
        let mut id = base.clone();
        let mut n = 0;
        while !self.take(&id) {
            n += 1;
            id = format!("{base}-{n}");
        }
        id
    }
}

/// Gives each heading its level in the page: the outline that its author drew, begun at `top`, without gaps.
pub(super) struct Outline {
    top: u8,
    open: Vec<u8>,
}

impl Outline {
    pub(super) fn new(top: u8) -> Self {
        Self { top, open: Vec::new() }
    }

    pub(super) fn level(&mut self, written: u8) -> u8 {
        while self.open.last().is_some_and(|open| *open >= written) {
            self.open.pop();
        }
        self.open.push(written);
        let depth = u8::try_from(self.open.len() - 1).unwrap_or(u8::MAX);
        self.top.saturating_add(depth).min(6)
    }
}

/// Whether a list of headings is worth a table of contents.
impl Heading {
    pub fn is_entry(&self) -> bool {
        !self.id.is_empty() && self.level <= 3
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, Outline, same_title};

    #[test]
    fn repeated_names_are_counted() {
        let mut ids = Ids::default();
        assert_eq!(ids.named_after("Steps"), "s-steps");
        assert_eq!(ids.named_after("Steps"), "s-steps-1");
        assert_eq!(ids.named_after("？"), "s-section");
        assert_eq!(ids.named_after("Steps 1"), "s-steps-1-1");
    }

    #[test]
    fn an_outline_begins_at_its_top_and_has_no_gaps() {
        let levels = |written: &[u8], top| {
            let mut outline = Outline::new(top);
            written.iter().map(|level| outline.level(*level)).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[2, 3, 3, 2], 2), [2, 3, 3, 2]);
        assert_eq!(levels(&[1, 2, 4, 1], 2), [2, 3, 4, 2]);
        assert_eq!(levels(&[4, 2, 6], 2), [2, 2, 3]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6], 3), [3, 4, 5, 6, 6, 6]);
    }

    #[test]
    fn titles_are_compared_by_their_letters() {
        assert!(same_title("Reset  your password!", "reset your password"));
        assert!(same_title("ﾊﾟｽﾜｰﾄﾞ", "パスワード"));
        assert!(!same_title("", ""));
        assert!(!same_title("One", "Two"));
    }
}
