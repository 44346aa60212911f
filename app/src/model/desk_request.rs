//! One request at the desk: thread, reply form, what can be changed, and its customer.

use super::desk_suggestions::Suggestions;
use super::form::{Choice, FieldErrors};
use super::request::MessageBody;
use super::words::{Priority, RequestKind, RequestStatus};
use crate::i18n::Locale;
use crate::parts::{Attachment, MessageKind};

/// A request as CRE see it, alone on its page or beside the inbox.
#[derive(Clone, Debug, Default)]
pub struct RequestPane {
    pub number: i64,
    pub subject: String,
    pub kind: RequestKind,
    pub status: RequestStatus,
    pub priority: Priority,
    /// The language the customer wrote in.
    pub language: Locale,
    /// "Received 2 March, 09:12".
    pub received: String,
    /// "Waiting for 3 h", while it is our turn.
    pub waiting: Option<String>,
    pub thread: Vec<ThreadEntry>,
    pub tags: Vec<String>,
    /// Tags that requests have, for completion.
    pub known_tags: Vec<String>,
    /// Ids as text; empty for nobody.
    pub assignee: String,
    pub staff: Vec<Choice>,
    pub group: String,
    pub groups: Vec<Choice>,
    /// What was chosen in a form that came back.
    pub chosen: Chosen,
    /// The reader's own id as text: what "take it" sends.
    pub me: String,
    pub customer: CustomerPanel,
    pub suggestions: Suggestions,
    /// The article that solved it: title and address.
    pub solved_with: Option<(String, String)>,
    /// Where it is said which article its question should find.
    pub judge_href: String,
    /// The article that was drafted from it: address of its editor.
    pub drafted: Option<String>,
    pub reply: ReplyForm,
    /// Colleagues who are writing right now.
    pub also_writing: Vec<String>,
    /// Alone on its page: the subject is the page's heading, and `list` leads back.
    pub alone: bool,
    /// The inbox without this request.
    pub list: String,
    /// Where an action comes back to: path and query.
    pub back: String,
    pub csrf: String,
    pub single_keys: bool,
}

/// What was chosen beside the thread and is not written yet; `None` where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    pub status: Option<String>,
    pub priority: Option<String>,
    pub assignee: Option<String>,
    pub group: Option<String>,
    /// What stands in the field for a new tag.
    pub tag: String,
}

/// An entry of the thread; events in a row are one entry.
#[derive(Clone, Debug)]
pub enum ThreadEntry {
    Words(Words),
    Events(Vec<EventLine>),
}

/// A reply or note.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub id: i64,
    pub kind: MessageKind,
    pub author: String,
    pub body: MessageBody,
    pub files: Vec<Attachment>,
    pub datetime: String,
    pub when: String,
}

/// One event in a sentence.
#[derive(Clone, Debug, Default)]
pub struct EventLine {
    pub text: String,
    /// A rule did it.
    pub by_rule: bool,
    pub datetime: String,
    pub when: String,
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct CustomerPanel {
    pub name: String,
    pub email: String,
    pub organization: Option<String>,
    pub organization_href: Option<String>,
    pub language: Locale,
    /// The newest of their other requests.
    pub others: Vec<OtherRequest>,
    /// How many others there are, and where all are listed.
    pub other_count: i64,
    pub others_href: String,
}

/// Another request of the same customer.
#[derive(Clone, Debug, Default)]
pub struct OtherRequest {
    pub number: i64,
    pub subject: String,
    pub status: RequestStatus,
    pub when: String,
}

/// What is being written.
#[derive(Clone, Debug, Default)]
pub struct ReplyForm {
    pub note: bool,
    pub body: String,
    pub errors: FieldErrors,
    pub submit_key: String,
    /// What the writer has read.
    pub seen_message: i64,
    pub seen_version: i64,
    /// "Restored from 09:12": the text is a draft that was left.
    pub restored: Option<String>,
    /// Files that wait for the reply to be sent.
    pub kept_files: Vec<KeptFile>,
    pub files_hint: String,
    pub accept: String,
    /// What was searched for, and found; `None` before a search.
    pub find: String,
    pub found: Option<Vec<FoundArticle>>,
    /// Replies that came in while this one was written.
    pub overtaken: Vec<Words>,
}

/// An upload that waits for the form to be sent.
#[derive(Clone, Debug, Default)]
pub struct KeptFile {
    pub key: String,
    pub name: String,
    pub size: String,
}

/// An article that could answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FoundArticle {
    pub id: i64,
    pub title: String,
    /// Path of the article.
    pub href: String,
    pub summary: String,
    /// What "insert" puts into the reply.
    pub markdown: String,
}

/// What a reply's draft is saved with.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DraftToSave {
    pub note: bool,
    pub body: String,
}

/// What saving a draft tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DraftSaved {
    /// "Saved at 09:12", for the reader.
    pub saved: String,
    /// Who else is writing; a sentence, empty if nobody is.
    pub also_writing: String,
    /// Somebody replied in public since the page was opened; a sentence, empty if nobody did.
    pub news: String,
}

/// Articles for a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FoundArticles {
    pub articles: Vec<FoundArticle>,
}
