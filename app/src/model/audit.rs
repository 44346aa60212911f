//! The audit log as it is read.

use super::form::Choice;
use super::time::Moment;

#[derive(Clone, Debug, Default)]
pub struct AuditPage {
    pub subject: String,
    pub subjects: Vec<Choice>,
    pub actor: String,
    pub actors: Vec<Choice>,
    pub lines: Vec<AuditLine>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    /// The page's address with its filters.
    pub base: String,
}

/// One change, in words.
#[derive(Clone, Debug, Default)]
pub struct AuditLine {
    pub at: Moment,
    pub actor: String,
    /// "Published an article".
    pub action: String,
    /// What it was done to, and where that is today.
    pub subject: String,
    pub href: Option<String>,
    pub changes: Vec<AuditChange>,
}

/// One value that changed; `before` is `None` where only the new one is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}
