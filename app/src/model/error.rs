//! An error as a person reads it.

use serde::{Deserialize, Serialize};

/// What happened, and what was kept of what they typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ErrorPage {
    /// From the table of stable codes.
    pub code: String,
    pub status: u16,
    pub title: String,
    pub message: String,
    /// Where the kept form goes when it is sent again; `None` when it is only shown.
    pub action: Option<String>,
    pub csrf: String,
    /// Where to sign in, in a window beside this one, before sending again.
    pub sign_in: Option<String>,
    /// The visitor's own requests, where they may find what they looked for.
    pub requests: Option<String>,
    pub kept: Vec<KeptField>,
    /// Files that were chosen: a browser has to be given them once more.
    pub files: Vec<LostFiles>,
    /// The way on leads to the desk, not to the customers' pages.
    pub at_desk: bool,
}

/// A field that was sent and comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptField {
    pub name: String,
    pub value: String,
}

/// The files of one control, by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LostFiles {
    pub field: String,
    pub names: Vec<String>,
}
