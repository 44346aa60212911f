//! HTTP: one route table, handlers in files that mirror the addresses, and what surrounds them all.

mod account;
mod api;
mod assets;
mod brought;
mod cache;
mod cookies;
mod csrf;
mod ctx;
mod desk;
mod error;
mod errors;
mod followed;
mod form;
mod found;
mod guard;
mod headers;
mod health;
mod kept;
mod locale;
mod machine;
#[cfg(test)]
mod matrix;
mod metrics;
mod middleware;
mod moment;
mod otherwise;
mod page;
mod portal;
mod routes;
mod secret;
mod serve;
mod session;
mod starting;

pub use assets::Assets;
pub use brought::Brought;
pub use cache::PageCache;
pub use ctx::{ClientAddr, Ctx, Visitor};
pub use error::{Error, Result, size};
pub use form::{Form, SentFile};
pub use machine::Machines;
pub use page::{Page, see_other};
pub use routes::{Access, Route, Table, is_standing_page, routes};
pub use secret::Secret;
pub use serve::{router, serve};
pub use starting::meanwhile;
