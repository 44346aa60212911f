//! A link to an article.

use crate::i18n::Locale;

/// `locale` is the language of the title, which may not be the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleLink {
    pub title: String,
    pub href: String,
    pub locale: Locale,
}

impl ArticleLink {
    /// For the `lang` attribute, where the page is in another language.
    pub fn lang(&self, page: Locale) -> Option<&'static str> {
        (self.locale != page).then(|| self.locale.tag())
    }
}
