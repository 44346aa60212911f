//! Routing: "when a request looks like this, tag, assign, prioritise". Rules run in order on every new request.

mod evaluate;
mod store;
mod trial;
mod words;

pub use evaluate::{Applied, Facts, evaluate};
pub use store::{
    all_rules, create_rule, delete_rule, enabled_rules, find_rule, move_rule, set_enabled, update_rule,
};

pub use trial::{Outcome, TRIED, Trial, Tried, matched_lately, try_rule};

use app::i18n::Locale;
use app::model::words::{Priority, RequestKind};
use serde::{Deserialize, Serialize};

/// A rule as it is stored. `position` counts from 1 over all rules, disabled ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: i64,
    pub position: i64,
    pub enabled: bool,
    pub draft: RuleDraft,
}

/// What a person writes of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleDraft {
    pub name: String,
    pub conditions: Conditions,
    pub actions: Actions,
}

/// When a rule applies. A list that is empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    #[serde(rename = "match")]
    pub mode: Match,
    /// Words and phrases; one of them is enough. Japanese matches anywhere, English whole words in any inflection.
    pub words: Vec<String>,
    pub words_in: WordsIn,
    pub kinds: Vec<RequestKind>,
    pub locales: Vec<Locale>,
    pub organizations: Vec<i64>,
    /// Tags that the request has by then; one of them is enough.
    pub tags: Vec<String>,
    pub has_attachment: Option<bool>,
}

/// How several conditions count together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    #[default]
    All,
    Any,
    /// Every request, whatever it looks like; the other conditions are not asked.
    Always,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordsIn {
    #[default]
    Both,
    Subject,
    Body,
}

/// What a rule does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actions {
    pub add_tags: Vec<String>,
    /// A person's id.
    pub assign: Option<i64>,
    /// A group's id.
    pub group: Option<i64>,
    pub priority: Option<Priority>,
    /// Later rules are not looked at.
    pub stop: bool,
}

impl Conditions {
    /// Whether nothing is asked: such a rule applies to nothing unless it says so ([`Match::Always`]).
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.kinds.is_empty()
            && self.locales.is_empty()
            && self.organizations.is_empty()
            && self.tags.is_empty()
            && self.has_attachment.is_none()
    }
}

impl Actions {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
