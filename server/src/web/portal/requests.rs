//! `/{locale}/requests`: a customer's own requests.

mod list;
mod own;
mod reply;
#[cfg(test)]
mod tests;
mod thread;

pub use list::show as list;
pub use own::{renew_link, reply, show};
pub(super) use reply::{Thread, answer as answer_reply};
pub(super) use thread::page as thread_page;
