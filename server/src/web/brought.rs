//! Files that a form brings, looked over before anything of the form is written: hashing and stripping megabytes is
//! nothing for a thread that answers others, and nothing to hold the database's one writer for.

use super::{Error, Result, SentFile};
use crate::intake::uploads::{Checked, Limits, Refusal, check};
use crate::panics;

/// What came with a form: what may be stored, and why the rest may not.
#[derive(Debug, Default)]
pub struct Brought {
    pub checked: Vec<Checked>,
    pub refused: Vec<Refusal>,
}

impl Brought {
    /// Looks files over, on a thread of their own; no more than there is `room` for.
    ///
    /// # Errors
    /// When looking them over broke off.
    pub async fn look_over(limits: Limits, room: usize, sent: Vec<SentFile>) -> Result<Self> {
        if sent.is_empty() {
            return Ok(Self::default());
        }
        let looked_over = tokio::task::spawn_blocking(move || Self::of(&limits, room, sent));
        panics::joined(looked_over).await.map_err(|error| Error::Internal(error.into()))
    }

    fn of(limits: &Limits, room: usize, sent: Vec<SentFile>) -> Self {
        let mut brought = Self::default();
        for (n, file) in sent.into_iter().enumerate() {
            if n >= room {
                brought.refused.push(Refusal::TooMany { limit: limits.count });
                break;
            }
            match check(limits, &file.name, file.bytes) {
                Ok(file) => brought.checked.push(file),
                Err(refusal) => brought.refused.push(refusal),
            }
        }
        brought
    }
}
