//! See the files of this folder.
pub mod copy_code;
