//! Moments as the desk writes them for one reader.

use crate::clock::{DAY, HOUR, MINUTE};
use crate::web::Ctx;
use crate::when;
use app::i18n::Locale;
use jiff::tz::TimeZone;

/// The reader's language, the portal's zone, and now.
pub(super) struct Moments {
    locale: Locale,
    zone: TimeZone,
    zone_name: String,
    now: i64,
}

impl Moments {
    pub(super) fn of(ctx: &Ctx) -> Self {
        Self { locale: ctx.locale, zone: ctx.settings.zone(), zone_name: ctx.zone_name(), now: ctx.now }
    }

    /// "today, 9:05", "12 June".
    pub(super) fn near(&self, at: i64) -> String {
        when::short(&self.zone, self.locale, at, self.now)
    }

    /// "12 June 2026, 9:05 (Japan time)".
    pub(super) fn exact(&self, at: i64) -> String {
        when::exact_in(&self.zone, &self.zone_name, self.locale, at)
    }

    /// How long ago, in as few letters as say it: "12 min", 「12分前」.
    pub(super) fn ago(&self, at: i64) -> String {
        let since = self.since(at);
        // 「4日」 alone is the fourth of the month.
        self.locale.t(format!("{since}前"), since)
    }

    /// A length of time until now in as few letters as say it: "12 min", "3 h", "2 d".
    pub(super) fn since(&self, at: i64) -> String {
        match (self.now - at).max(0) {
            ms if ms < HOUR => self.locale.t(format!("{}分", ms / MINUTE), format!("{} min", ms / MINUTE)),
            ms if ms < DAY => self.locale.t(format!("{}時間", ms / HOUR), format!("{} h", ms / HOUR)),
            ms => self.locale.t(format!("{}日", ms / DAY), format!("{} d", ms / DAY)),
        }
    }
}
