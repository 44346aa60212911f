//! Mail that goes out: composed in the reader's language as text and HTML, written as a row with its job in the
//! transaction of the change that it tells of, then delivered by SMTP or, without SMTP settings, filed as `.eml`.

mod compose;
mod deliver;
mod erase;
mod mailer;
mod outbox;
mod queue;
mod rfc5322;
#[cfg(test)]
mod tests;

pub use compose::Block;
pub use deliver::{deliver, mark_failed, mark_queued};
pub use erase::{erase, remove_files};
pub use mailer::Mailer;
pub use outbox::{Backlog, Counts, Listed, MailStatus, OutboxMail, backlog, count, list, one};
pub use queue::{Draft, queue, thread_root};
