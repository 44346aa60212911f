//! The two languages, side by side in the line that uses them.
//!
//! `locale.t("記事", "Articles")` cannot be written with one language missing, so the compiler holds the promise
//! that every word a person sees exists in both.

use serde::{Deserialize, Serialize};

/// A language that pages, mails and messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Ja,
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The BCP 47 tag, as it stands in paths, in `lang` and in the database.
    pub fn tag(self) -> &'static str {
        self.t("ja", "en")
    }

    /// The locale of a tag (`ja`, `en`); nothing else is accepted.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The other language: what a missing translation falls back to.
    pub fn other(self) -> Self {
        self.t(Self::En, Self::Ja)
    }

    /// Its own name, in itself.
    pub fn name(self) -> &'static str {
        self.t("日本語", "English")
    }

    /// Picks the text of this language.
    pub fn t<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// "1 request", "3 requests", 「3件」: a count with its noun. Japanese takes a counter, English a plural.
    pub fn count(self, n: i64, ja_counter: &str, en_one: &str, en_many: &str) -> String {
        match self {
            Self::Ja => format!("{n}{ja_counter}"),
            Self::En => format!("{n} {}", if n == 1 { en_one } else { en_many }),
        }
    }
}
