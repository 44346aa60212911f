//! The index on disk, and how it follows the database.
//!
//! [`folder`] opens, checks and swaps index folders; [`writer`] applies articles with their watermark; [`changes`]
//! reads what changed; [`source`] reads articles as they are now; [`building`] makes an index of all of them, on threads
//! with [`patience`]; [`taught`] reads the phrases that they are asked for by, and [`remembering`] makes a memory of them;
//! [`follower`] is the loop that ties them together.

mod building;
pub(super) mod changes;
#[cfg(test)]
pub(super) mod filling_disk;
pub(super) mod folder;
mod follower;
mod patience;
mod remembering;
mod source;
mod taught;
pub(super) mod writer;

pub use changes::{changes_behind, drop_changes, end_of_changes};
pub use folder::{OpenIndex, forget};
pub use follower::Follower;
pub use source::everything;
pub(super) use taught::phrases;
