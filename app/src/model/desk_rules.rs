//! Routing rules as they are listed, edited and tried.

use super::form::{Choice, FieldErrors};

/// `/desk/settings/rules`.
#[derive(Clone, Debug, Default)]
pub struct RulesPage {
    pub rules: Vec<RuleRow>,
    /// How many requests the counts are of.
    pub tried: usize,
    /// The reader may change them.
    pub editable: bool,
    pub csrf: String,
}

/// One rule in the list, in sentences.
#[derive(Clone, Debug, Default)]
pub struct RuleRow {
    pub id: i64,
    pub position: i64,
    pub name: String,
    pub enabled: bool,
    pub when: String,
    pub then: String,
    /// How many of the last requests it applies to.
    pub matched: usize,
    /// It names somebody or something that is gone: a sentence.
    pub broken: Option<String>,
    pub first: bool,
    pub last: bool,
}

/// The form of one rule. Everything is as it was typed.
#[derive(Clone, Debug, Default)]
pub struct RuleForm {
    /// `None` for a new one.
    pub id: Option<i64>,
    pub name: String,
    /// `all`, `any` or `always`.
    pub mode: String,
    /// One a line.
    pub words: String,
    pub words_in: String,
    pub kinds: Vec<String>,
    pub languages: Vec<String>,
    /// Names.
    pub organizations: Vec<String>,
    pub tags: Vec<String>,
    /// Empty, `yes` or `no`.
    pub attachment: String,
    pub add_tags: Vec<String>,
    pub assign: String,
    pub group: String,
    pub priority: String,
    pub stop: bool,
    pub errors: FieldErrors,
    pub staff: Vec<Choice>,
    pub groups: Vec<Choice>,
    /// For completion.
    pub known_tags: Vec<String>,
    pub known_organizations: Vec<String>,
    pub trial: Option<TrialView>,
    pub csrf: String,
}

/// What the rule would have done.
#[derive(Clone, Debug, Default)]
pub struct TrialView {
    pub tried: usize,
    /// How many of them its conditions hold for.
    pub matched: usize,
    /// The rules before it that keep requests from it, each with how many of those that it matches.
    pub held: Vec<HeldBack>,
    pub rows: Vec<TrialLine>,
}

/// A rule that ends the round before the tried one.
#[derive(Clone, Debug, Default)]
pub struct HeldBack {
    pub id: i64,
    pub position: i64,
    pub name: String,
    pub count: usize,
}

/// One request that would have come out otherwise, or that the rule matches.
#[derive(Clone, Debug, Default)]
pub struct TrialLine {
    pub number: i64,
    pub subject: String,
    pub when: String,
    pub matches: bool,
    /// It matches, and never comes as far as this rule.
    pub held: bool,
    /// What would be different from the saved rules; empty when nothing would.
    pub effects: Vec<String>,
}
