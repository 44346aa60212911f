//! Moments for the reader of a page.

use super::Ctx;
use crate::when;
use app::model::time::Moment;

impl Ctx {
    /// In whose time moments are written: 「日本時間」, "Japan time".
    pub fn zone_name(&self) -> String {
        when::zone_name(&self.settings.time_zone, self.locale)
    }

    /// A moment (milliseconds UTC) as near as its reader cares, with the exact one behind it.
    pub fn moment(&self, at: i64) -> Moment {
        let zone = self.settings.zone();
        Moment {
            datetime: when::machine(at),
            text: when::short(&zone, self.locale, at, self.now),
            title: Some(when::exact_in(&zone, &self.zone_name(), self.locale, at)),
        }
    }

    /// The same written out to the minute: for what has to be proven, not only followed.
    pub fn exact_moment(&self, at: i64) -> Moment {
        let text = when::exact(&self.settings.zone(), self.locale, at);
        Moment { datetime: when::machine(at), text, title: None }
    }

    /// The page of a list that is asked for by `?page=`, from 1.
    pub fn page_number(&self) -> i64 {
        self.query("page").parse().ok().filter(|page| (1..=1_000_000).contains(page)).unwrap_or(1)
    }
}

/// How many pages a list of `total` lines has; at least one.
pub fn pages(total: i64, per_page: i64) -> i64 {
    ((total + per_page - 1) / per_page).max(1)
}
