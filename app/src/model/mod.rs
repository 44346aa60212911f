//! Plain data that pages are drawn from, and that the JSON API speaks.

pub mod account;
pub mod api;
pub mod article;
pub mod ask;
pub mod audit;
pub mod category;
pub mod deflection;
pub mod desk_articles;
pub mod desk_categories;
pub mod desk_inbox;
pub mod editor;
pub mod error;
pub mod figures;
pub mod form;
pub mod home;
pub mod intake;
pub mod link;
pub mod organizations;
pub mod outbox;
pub mod people;
pub mod request;
pub mod settings;
pub mod shell;
pub mod sign_in;
pub mod time;
pub mod words;
