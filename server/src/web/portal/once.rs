//! The key in a form that makes it count once, however often it is sent.

use crate::chance::token_hash;

/// What the database keeps of a form's key. It is bound to the browser: the key alone opens nothing to anybody else.
pub(super) fn stored_key(visitor: &str, submit_key: &str) -> String {
    token_hash(&format!("{visitor} {submit_key}"))
}
