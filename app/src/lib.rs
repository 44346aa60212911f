//! What people see: plain models, pages drawn from them, the parts they share, and the islands that wake up in
//! the browser. Nothing here knows of storage, search or HTTP.

pub mod i18n;
pub mod islands;
pub mod model;
#[cfg(not(feature = "hydrate"))]
pub mod pages;
pub mod parts;
#[cfg(not(feature = "hydrate"))]
pub mod shell;

/// Readies the browser for the islands; the page's script calls it once, and then each island on the page.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
