//! The intake: what customers send in, and what is offered to them before they do.

pub mod uploads;
