//! See the files of this folder.

pub mod account;
pub mod article;
pub mod ask;
pub mod audit;
pub mod category;
pub mod deflection;
pub mod desk_articles;
pub mod desk_categories;
pub mod desk_sign_in;
mod diff;
pub mod editor;
pub mod error;
pub mod groups;
pub mod home;
pub mod organizations;
pub mod outbox;
pub mod people;
pub mod person;
pub mod request;
pub mod requests;
pub mod revisions;
pub mod search;
pub mod settings;
pub mod sign_in;
