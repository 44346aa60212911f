//! The inbox as it is drawn: views with counts, filters, the list, and what they stand for in addresses.

use super::form::Choice;
use super::words::{Priority, RequestKind, RequestStatus};
use crate::i18n::Locale;

/// A view of the requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InboxView {
    /// Nobody has taken it, and it is our turn.
    Unassigned,
    Mine,
    /// Routed to a group of the reader's, and nobody has taken it.
    Group,
    /// Waiting for the customer.
    Waiting,
    /// Everything that is not solved.
    #[default]
    Open,
    Solved,
    /// Everything there is: what a search looks through.
    All,
}

impl InboxView {
    pub const ALL: [Self; 7] =
        [Self::Unassigned, Self::Mine, Self::Group, Self::Waiting, Self::Open, Self::Solved, Self::All];

    pub fn code(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Group => "group",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Solved => "solved",
            Self::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Unassigned => locale.t("未割り当て", "Unassigned"),
            Self::Mine => locale.t("自分", "Mine"),
            Self::Group => locale.t("グループ", "Group"),
            Self::Waiting => locale.t("お客様待ち", "Waiting"),
            Self::Open => locale.t("未解決", "All open"),
            Self::Solved => locale.t("解決", "Solved"),
            Self::All => locale.t("すべて", "All"),
        }
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InboxSort {
    /// Whoever waits for us the longest first.
    #[default]
    Waiting,
    Newest,
    Updated,
    Priority,
}

impl InboxSort {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Newest, Self::Updated, Self::Priority];

    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Newest => "newest",
            Self::Updated => "updated",
            Self::Priority => "priority",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Waiting => locale.t("お待たせしている順", "Longest waiting"),
            Self::Newest => locale.t("新しい順", "Newest"),
            Self::Updated => locale.t("更新順", "Last changed"),
            Self::Priority => locale.t("優先度順", "Priority"),
        }
    }
}

/// The list of the inbox.
#[derive(Clone, Debug, Default)]
pub struct InboxPage {
    pub view: InboxView,
    pub sort: InboxSort,
    pub query: String,
    /// Views with their addresses and counts.
    pub tabs: Vec<InboxTab>,
    pub tags: Vec<Choice>,
    pub tag: String,
    pub assignees: Vec<Choice>,
    pub assignee: String,
    pub kind: String,
    pub language: String,
    /// Any filter besides the view is set: the address that takes them all off.
    pub clear: Option<String>,
    pub rows: Vec<InboxRow>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    /// The last message there was when the list was drawn.
    pub latest: i64,
    /// The view with what changed last on top: where one sees what has come in.
    pub news_href: String,
    /// The list's address with all its filters, without `page` and `open`.
    pub base: String,
    /// Single-letter keys are on for this person.
    pub single_keys: bool,
    pub csrf: String,
    /// Where to come back to: path and query of this page.
    pub here: String,
    /// The same without what only this once counts: where a key pressed on a line comes back to.
    pub back: String,
    /// The reader's own id as text: who takes a request by key.
    pub me: String,
}

/// One view.
#[derive(Clone, Debug, Default)]
pub struct InboxTab {
    pub view: InboxView,
    pub href: String,
    pub count: Option<i64>,
}

/// One request in the list.
#[derive(Clone, Debug, Default)]
pub struct InboxRow {
    pub number: i64,
    pub subject: String,
    pub customer: String,
    pub organization: Option<String>,
    pub assignee: Option<String>,
    pub group: Option<String>,
    pub excerpt: String,
    pub kind: RequestKind,
    pub status: RequestStatus,
    pub priority: Priority,
    pub tags: Vec<String>,
    pub locale: Locale,
    /// It is our turn, and the customer spoke last.
    pub unread: bool,
    /// Age or wait as written: "3 h".
    pub when: String,
    /// What `when` counts: "waiting since 2 March 09:12".
    pub when_title: String,
    /// RFC 3339.
    pub datetime: String,
    /// Opens it beside the list.
    pub href: String,
    pub open: bool,
    /// Somebody acted on this line, or on the one before it: they go on from here.
    pub focused: bool,
}

/// What has come in since a list was drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct InboxNews {
    /// Requests in which a customer wrote.
    pub requests: i64,
    /// That for the reader; a sentence, empty where there is none.
    pub text: String,
}
