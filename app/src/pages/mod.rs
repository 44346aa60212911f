//! See the files of this folder.
pub mod article;
pub mod category;
pub mod desk_sign_in;
pub mod error;
pub mod home;
pub mod settings;
pub mod sign_in;
