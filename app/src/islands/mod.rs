//! See the files of this folder.

pub mod ask;
pub mod copy_code;
pub mod editor;
#[cfg(feature = "hydrate")]
mod net;
pub mod search_box;

pub mod desk_keys;
pub mod desk_reply;
#[cfg(feature = "hydrate")]
mod desk_talk;
