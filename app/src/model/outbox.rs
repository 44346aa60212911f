//! Mails that were written, and work that went wrong.

use super::figures::Tone;
use super::time::Moment;

#[derive(Clone, Debug, Default)]
pub struct OutboxPage {
    pub csrf: String,
    /// The chosen status, or empty for all.
    pub status: String,
    /// (status, how many), in the order of the tabs; all of them first, under an empty status.
    pub counts: Vec<(String, i64)>,
    pub mails: Vec<MailLine>,
    pub page: i64,
    pub pages: i64,
    /// There is no mail server: mails are filed.
    pub filed: bool,
    pub jobs: Vec<JobLine>,
}

#[derive(Clone, Debug, Default)]
pub struct MailLine {
    pub href: String,
    pub subject: String,
    pub recipient: String,
    pub at: Moment,
    pub status: String,
    pub tone: Tone,
}

/// A job that failed, or fails and is tried again.
#[derive(Clone, Debug, Default)]
pub struct JobLine {
    pub id: i64,
    pub what: String,
    pub error: String,
    pub attempts: i64,
    /// When it is tried again; `None` when it was given up.
    pub next: Option<Moment>,
}

/// One mail.
#[derive(Clone, Debug, Default)]
pub struct MailPage {
    pub csrf: String,
    pub id: i64,
    pub subject: String,
    pub recipient: String,
    /// `ja` or `en`.
    pub language: String,
    pub message_id: String,
    pub at: Moment,
    pub status: String,
    pub tone: Tone,
    pub error: Option<String>,
    pub failed: bool,
    /// The desk's page of the request that it is about.
    pub request: Option<String>,
    pub lines: Vec<MailText>,
    /// The words open a door and are not shown.
    pub masked: bool,
    /// The words open a door and are shown, because this is no portal that customers use.
    pub shown_secret: bool,
}

/// A line of a mail's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailText {
    Words(String),
    /// An address of this portal, as its path.
    Link(String),
}
