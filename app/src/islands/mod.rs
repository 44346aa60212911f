//! See the files of this folder.

pub mod ask;
pub mod copy_code;
