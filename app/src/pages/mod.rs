//! See the files of this folder.
pub mod article;
pub mod category;
pub mod error;
pub mod home;
pub mod settings;
