//! `/desk/deflection`: how visits to the form ended, and what suggestions change.

use super::figures::{Datum, Estimate};
use super::form::Choice;

#[derive(Clone, Debug, Default)]
pub struct DeflectionPage {
    /// How many weeks are shown, and the choices.
    pub weeks: String,
    pub week_choices: Vec<Choice>,
    /// When outcomes are read: `day` or `week`.
    pub window: String,
    pub total: OutcomeCounts,
    /// From the first week to the last.
    pub by_week: Vec<WeekRow>,
    pub effect: Effect,
    pub shown: GroupRow,
    pub held_out: GroupRow,
    /// Percent of visits that are held out now, as written: "5".
    pub held_out_percent: String,
    pub solving: Vec<Datum>,
    pub not_solving: Vec<ArticleRow>,
    /// What the desk was suggested on requests that are over by now: how much of it was right, and of how much.
    pub suggestions_right: i64,
    pub suggestions: i64,
}

/// Counts of visits; potential is never added to confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts {
    pub confirmed: i64,
    pub potential: i64,
    pub sent: i64,
    pub idle: i64,
    /// Not settled yet.
    pub open: i64,
}

impl OutcomeCounts {
    pub fn settled(&self) -> i64 {
        self.confirmed + self.potential + self.sent + self.idle
    }
}

#[derive(Clone, Debug, Default)]
pub struct WeekRow {
    /// The Monday it begins with, as written.
    pub label: String,
    pub counts: OutcomeCounts,
}

/// Visits that typed something, and those of them that ended in a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupRow {
    pub visits: i64,
    pub sent: i64,
}

/// What suggestions change.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Effect {
    /// Fewer visits than this in one of the groups.
    #[default]
    TooFew,
    /// The difference of the submit rates in percentage points; `clear` when the interval leaves zero out.
    Found { estimate: Estimate, clear: bool },
}

/// An article that was shown in visits that ended in a request all the same.
#[derive(Clone, Debug, Default)]
pub struct ArticleRow {
    pub title: String,
    pub href: String,
    pub shown: i64,
    pub opened: i64,
    pub solved: i64,
    pub sent: i64,
}
