//! Signing in, being invited, choosing a password.

use super::form::FieldErrors;
use serde::{Deserialize, Serialize};

/// Asks for an address to send a link to: the customers' sign-in, and the desk's "forgot your password".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkForm {
    pub csrf: String,
    pub email: String,
    /// Where to go on afterwards.
    pub next: String,
    pub errors: FieldErrors,
    /// Why the form is shown again: a link that does not work any more.
    pub trouble: Option<LinkTrouble>,
}

/// What is wrong with a link from a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTrouble {
    Used,
    Expired,
    /// Damaged on its way, or never sent by this portal.
    Unknown,
}

/// A link is on its way, or would be if the address were known: the page says the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkSent {
    pub email: String,
    /// Minutes that the link works.
    pub minutes: i64,
    /// The form that sends it once more.
    pub again: String,
    /// There is no mail server: the mail is in the desk's outbox.
    pub outbox: bool,
}

/// A link that works: the button that uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOpen {
    pub csrf: String,
    pub action: String,
    pub email: String,
}

/// The desk's sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordForm {
    pub csrf: String,
    pub email: String,
    pub next: String,
    pub errors: FieldErrors,
    /// Nobody can sign in yet: the page tells how to make the first administrator.
    pub no_administrator: bool,
}

/// Choosing a password, from an invitation (with a name) or after forgetting the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPasswordForm {
    pub csrf: String,
    pub action: String,
    pub email: String,
    /// `Some` when the form asks for the name too.
    pub name: Option<String>,
    /// Of an invitation, in the reader's language.
    pub role: String,
    /// Characters.
    pub shortest: usize,
    pub errors: FieldErrors,
}
