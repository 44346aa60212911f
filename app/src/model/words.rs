//! The words of a request: its kind, status and priority, as stored, as written in the API and as read on screen.

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;

/// What a customer sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RequestKind {
    #[default]
    Question,
    Problem,
    Idea,
    Praise,
}

impl RequestKind {
    pub const ALL: [Self; 4] = [Self::Question, Self::Problem, Self::Idea, Self::Praise];

    /// The word in the database, in addresses and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Problem => "problem",
            Self::Idea => "idea",
            Self::Praise => "praise",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Question => locale.t("質問", "Question"),
            Self::Problem => locale.t("不具合", "Problem"),
            Self::Idea => locale.t("要望", "Idea"),
            Self::Praise => locale.t("お褒めの言葉", "Praise"),
        }
    }

    /// One sentence that helps a customer choose.
    pub fn hint(self, locale: Locale) -> &'static str {
        match self {
            Self::Question => locale.t("使い方や手順を知りたい", "You want to know how to do something"),
            Self::Problem => locale.t("思ったとおりに動かない", "Something does not work as it should"),
            Self::Idea => locale.t("こうなるとうれしい", "You would like something to be different"),
            Self::Praise => locale.t("よかったことを伝えたい", "You want to tell us what went well"),
        }
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RequestStatus {
    #[default]
    New,
    Open,
    /// Waiting for the customer.
    Waiting,
    Solved,
    Closed,
}

impl RequestStatus {
    pub const ALL: [Self; 5] = [Self::New, Self::Open, Self::Waiting, Self::Solved, Self::Closed];

    /// The word in the database, in addresses and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether it is nobody's turn any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Solved | Self::Closed)
    }

    /// As CRE read it at the desk.
    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::New => locale.t("新着", "New"),
            Self::Open => locale.t("対応中", "Open"),
            Self::Waiting => locale.t("お客様待ち", "Waiting for customer"),
            Self::Solved => locale.t("解決", "Solved"),
            Self::Closed => locale.t("終了", "Closed"),
        }
    }

    /// As the customer reads it: the same state, said from their side.
    pub fn customer_label(self, locale: Locale) -> &'static str {
        match self {
            Self::New => locale.t("受け付けました", "Received"),
            Self::Open => locale.t("対応中", "In progress"),
            Self::Waiting => locale.t("ご返信をお待ちしています", "Waiting for your reply"),
            Self::Solved => locale.t("解決", "Solved"),
            Self::Closed => locale.t("終了", "Closed"),
        }
    }
}

/// How soon a request wants an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The word in the database, in addresses and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Low => locale.t("低", "Low"),
            Self::Normal => locale.t("通常", "Normal"),
            Self::High => locale.t("高", "High"),
            Self::Urgent => locale.t("緊急", "Urgent"),
        }
    }
}
