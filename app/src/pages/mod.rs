//! See the files of this folder.
pub mod error;
pub mod settings;
