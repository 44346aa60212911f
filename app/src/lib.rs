//! What people see: plain models, pages drawn from them, the parts they share, and the islands that wake up in
//! the browser. Nothing here knows of storage, search or HTTP.

pub mod i18n;
pub mod islands;
pub mod model;
pub mod pages;
pub mod parts;
pub mod shell;
