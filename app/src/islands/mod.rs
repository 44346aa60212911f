//! What wakes up in the browser. Each side's pages load a module with their own islands alone: a build for the browser
//! has the feature `portal` or `desk`, and the server has all of them.
//!
//! An island of the portal takes no properties, finds what it needs in the page, and draws with the browser's own
//! means: a JSON parser for properties and views that are hydrated would triple a module that every visitor loads.

#[cfg(feature = "portal")]
mod dom;
#[cfg(feature = "hydrate")]
mod net;

#[cfg(any(not(feature = "hydrate"), feature = "portal"))]
pub mod ask;
#[cfg(any(not(feature = "hydrate"), feature = "portal"))]
pub mod copy_code;
#[cfg(any(not(feature = "hydrate"), feature = "portal"))]
pub mod keep_draft;
#[cfg(any(not(feature = "hydrate"), feature = "portal"))]
pub mod search_box;

#[cfg(any(not(feature = "hydrate"), feature = "desk"))]
pub mod desk_keys;
#[cfg(any(not(feature = "hydrate"), feature = "desk"))]
pub mod desk_news;
#[cfg(any(not(feature = "hydrate"), feature = "desk"))]
pub mod desk_reply;
#[cfg(feature = "desk")]
mod desk_talk;
#[cfg(any(not(feature = "hydrate"), feature = "desk"))]
pub mod editor;
