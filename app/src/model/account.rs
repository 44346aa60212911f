//! One's own account: name, language, password, signed-in browsers.

use super::form::FieldErrors;
use super::time::Moment;

/// The page. `base` is its address, under which its forms post.
#[derive(Clone, Debug, Default)]
pub struct AccountPage {
    pub csrf: String,
    pub base: String,
    pub email: String,
    pub name: String,
    /// `ja` or `en`.
    pub language: String,
    /// Single-letter shortcuts; only at the desk.
    pub single_keys: Option<bool>,
    /// The fewest characters of a password; only for those who have one.
    pub password: Option<usize>,
    pub sessions: Vec<SessionLine>,
    pub errors: FieldErrors,
}

/// A signed-in browser.
#[derive(Clone, Debug, Default)]
pub struct SessionLine {
    pub id: i64,
    pub browser: String,
    pub seen: Moment,
    pub since: Moment,
    /// The one that shows this page.
    pub here: bool,
}
