//! Work that is done after the answer has gone out: mail, settling, cleaning.
//!
//! A job is a row, written by [`enqueue`] in the transaction of the change that wants it, so that neither can be lost
//! without the other. After the commit, `app.work.notify_one()` wakes the worker at once; without it the worker finds
//! the row within seconds. A job may run more than once (a crash, a lease that ran out): it must not mind.

mod desk;
mod job;
mod queue;
mod run;
#[cfg(test)]
mod tests;
mod worker;

pub use desk::{Backlog, StuckJob, backlog, retry, stuck, want_again};
pub use job::{Job, JobError};
pub use queue::{drop_links, enqueue, hasten};
pub use worker::Worker;
#[cfg(test)]
pub use worker::run_due;
