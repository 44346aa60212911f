//! Plain data that pages are drawn from, and that the JSON API speaks.

pub mod api;
pub mod article;
pub mod category;
pub mod desk_inbox;
pub mod error;
pub mod figures;
pub mod form;
pub mod home;
pub mod link;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod time;
pub mod words;
