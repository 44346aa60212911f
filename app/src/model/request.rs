//! A customer's requests: the list, and one thread.

use super::ask::{KeptFile, UploadField};
use super::form::FieldErrors;
use super::words::{RequestKind, RequestStatus};
use crate::parts::Attachment;
use serde::{Deserialize, Serialize};

/// Which of one's requests are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestFilter {
    #[default]
    Open,
    Solved,
    All,
}

impl RequestFilter {
    pub const ALL: [Self; 3] = [Self::Open, Self::Solved, Self::All];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Solved => "solved",
            Self::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }
}

/// `/{locale}/requests`.
#[derive(Clone, Debug, Default)]
pub struct RequestsPage {
    pub filter: RequestFilter,
    /// How many there are in each filter, in the order of [`RequestFilter::ALL`].
    pub counts: [i64; 3],
    pub rows: Vec<RequestRow>,
    /// Counted from 1.
    pub page: i64,
    pub pages: i64,
}

/// One request of the list.
#[derive(Clone, Debug, Default)]
pub struct RequestRow {
    pub number: i64,
    pub subject: String,
    pub status: RequestStatus,
    /// When it changed last: for machines, and written for the reader.
    pub datetime: String,
    pub when: String,
}

/// One thread, as its customer reads it.
#[derive(Clone, Debug, Default)]
pub struct RequestPage {
    pub csrf: String,
    pub number: i64,
    pub kind: RequestKind,
    pub subject: String,
    pub status: RequestStatus,
    pub when: String,
    pub thread: Vec<ThreadItem>,
    /// The page's own address: replies are posted to it.
    pub action: String,
    pub reply: ReplyForm,
    /// The private link, for its owner who is signed in.
    pub link: Option<LinkBox>,
}

/// The reply that is being written.
#[derive(Clone, Debug, Default)]
pub struct ReplyForm {
    pub body: String,
    pub submit_key: String,
    pub kept: Vec<KeptFile>,
    pub upload: UploadField,
    pub errors: FieldErrors,
}

/// The private link, and where a new one is asked for.
#[derive(Clone, Debug, Default)]
pub struct LinkBox {
    /// Absolute.
    pub url: String,
    pub renew: String,
}

/// One entry of a thread.
#[derive(Clone, Debug)]
pub enum ThreadItem {
    Message(ThreadMessage),
    /// The status changed.
    Event {
        status: RequestStatus,
        /// The customer did it.
        by_customer: bool,
        datetime: String,
        when: String,
    },
}

/// Words in a thread.
#[derive(Clone, Debug, Default)]
pub struct ThreadMessage {
    pub id: i64,
    /// Written by the customer.
    pub own: bool,
    pub author: String,
    pub datetime: String,
    pub when: String,
    pub body: MessageBody,
    pub files: Vec<Attachment>,
}

/// What was written, as it is shown.
#[derive(Clone, Debug)]
pub enum MessageBody {
    /// As typed: line ends kept, nothing interpreted.
    Plain(String),
    /// Rendered Markdown, safe.
    Html(String),
}

impl Default for MessageBody {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}
