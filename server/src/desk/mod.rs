//! Requests: how they arrive, how rules route them, how they are answered, and what the desk shows of them.
//!
//! Every change to a request runs in the caller's transaction, leaves an event in the thread and raises the
//! request's version; mails are queued in the same transaction.

mod articles;
mod change;
mod companies;
mod draft;
mod drafting;
mod erase;
mod event;
mod fold;
mod idle;
pub mod inbox;
mod introduction;
mod link;
mod mend;
mod message;
mod names;
mod notify;
mod open;
mod phrases;
mod reply;
mod request;
pub mod roster;
pub mod rules;
mod sentences;
mod set;
mod silent;
#[cfg(test)]
mod tests;
mod undo;
mod used;

pub use articles::{Answer, find_articles, published_article};
pub use change::{By, tag_name};
pub use draft::{ReplyDraft, also_writing, draft_of, save_draft};
pub use drafting::{Drafted, asked_in, draft_article, drafted_article, learn_from};
pub use erase::{erase_requests, request_ids_of};
pub use event::{Change, Event, RuleRef, Times};
pub(crate) use fold::fold;
pub use link::{link_path, private_link, request_by_link};
pub use message::{Message, MessageKind, View, thread};
pub use notify::handed_over;
pub use open::{NewRequest, Opened, open_request};
pub use phrases::phrases;
pub use reply::{CustomerReply, Replied, Seen, StaffReply, customer_reply, staff_reply};
pub use request::{Request, find_request, request_by_number, requests_of, tags_of};
pub use set::{Properties, add_tag, assign, remove_tag, revoke_link, set_properties, set_status};
pub use silent::{UNDO_TIME, tell_solved};
pub use undo::{Undone, undo};
