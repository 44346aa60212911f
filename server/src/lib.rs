//! What the machine does: the library under the `kotae` program. One folder per area of the domain, each with its
//! types, its rules and its SQL side by side; `web` speaks HTTP, `storage` speaks to the two databases.

pub mod app_state;
pub mod backup;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod erasure;
pub mod identity;
pub mod import;
pub mod intake;
pub mod jobs;
pub mod knowledge;
pub mod learning;
pub mod limits;
pub mod mail;
pub mod markdown;
pub mod panics;
pub mod routing;
pub mod search;
pub mod settings;
pub mod stop;
pub mod storage;
#[cfg(test)]
pub mod testing;
mod traces;
pub mod web;
pub mod when;
