//! What happened to a request besides words: one event holds what one action, or one rule, changed.
//!
//! People and groups are kept by id and named when they are read, so that nobody's name is left behind in JSON.

use app::model::words::{Priority, RequestStatus};
use serde::{Deserialize, Serialize};

/// The changes of one action. `rule` did it, or the message's author, or neither: the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleRef>,
    pub changes: Vec<Change>,
    /// The rule ended the round: later rules were not looked at.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stopped: bool,
    /// The event that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// The request's times before its status was changed: no status says them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Times>,
}

/// The times that go with a status, in milliseconds UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    pub waiting_since: Option<i64>,
    pub solved_at: Option<i64>,
    pub closed_at: Option<i64>,
}

/// A rule as it stood when it was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRef {
    pub id: i64,
    /// Counted from 1, as people say it.
    pub position: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Change {
    TagAdded {
        tag: String,
    },
    TagRemoved {
        tag: String,
    },
    /// Person ids.
    Assignee {
        from: Option<i64>,
        to: Option<i64>,
    },
    /// Group ids.
    Group {
        from: Option<i64>,
        to: Option<i64>,
    },
    Priority {
        from: Priority,
        to: Priority,
    },
    Status {
        from: RequestStatus,
        to: RequestStatus,
    },
    SolvedWith {
        article_id: i64,
        title: String,
    },
    /// It did not solve it after all.
    UseTakenBack {
        article_id: i64,
        title: String,
    },
    Drafted {
        article_id: i64,
        title: String,
    },
    LinkRevoked,
}

impl Change {
    /// The change that takes this one back, where there is one.
    pub fn inverse(&self) -> Option<Self> {
        Some(match self.clone() {
            Self::TagAdded { tag } => Self::TagRemoved { tag },
            Self::TagRemoved { tag } => Self::TagAdded { tag },
            Self::Assignee { from, to } => Self::Assignee { from: to, to: from },
            Self::Group { from, to } => Self::Group { from: to, to: from },
            Self::Priority { from, to } => Self::Priority { from: to, to: from },
            Self::Status { from, to } => Self::Status { from: to, to: from },
            Self::SolvedWith { article_id, title } => Self::UseTakenBack { article_id, title },
            Self::UseTakenBack { article_id, title } => Self::SolvedWith { article_id, title },
            Self::Drafted { .. } | Self::LinkRevoked => return None,
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands skip_serializing_if a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_keep_their_json_for_years() {
        let json = r#"{"rule":{"id":9,"position":3,"name":"Invoices"},"changes":[{"type":"tag_added","tag":"billing"},{"type":"group","from":null,"to":2},{"type":"status","from":"new","to":"open"}],"stopped":true}"#;
        let event: Event = serde_json::from_str(json).unwrap();
        assert_eq!(event.changes[0], Change::TagAdded { tag: "billing".into() });
        assert_eq!(serde_json::to_string(&event).unwrap(), json);
    }

    #[test]
    fn a_change_taken_back_twice_is_itself() {
        let change = Change::Status { from: RequestStatus::Open, to: RequestStatus::Solved };
        assert_eq!(change.inverse().and_then(|back| back.inverse()), Some(change));
        assert_eq!(Change::LinkRevoked.inverse(), None);
    }
}
