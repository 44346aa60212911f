//! Makes what search remembers, beside the loop that follows: of thousands of phrases it takes seconds, and articles
//! that were published meanwhile are not to wait for that.

use tokio::task::JoinHandle;

use super::follower::FollowError;
use super::taught::phrases;
use crate::panics;
use crate::search::recall::Memory;
use crate::storage::Db;

/// Where the making of the memory stands.
#[derive(Debug)]
pub struct Remembering {
    /// Phrases changed since they were read.
    outdated: bool,
    making: Option<JoinHandle<Memory>>,
}

impl Remembering {
    /// Nothing is remembered yet.
    pub fn new() -> Self {
        Self { outdated: true, making: None }
    }

    pub fn outdate(&mut self) {
        self.outdated = true;
    }

    /// Begins what there is to make, without waiting for it; gives what is ready.
    ///
    /// # Errors
    /// When the phrases cannot be read: the next turn tries again. When making broke off: nothing is made until there
    /// are other phrases.
    pub async fn turn(&mut self, db: &Db) -> Result<Option<Memory>, FollowError> {
        if let Some(making) = self.making.take_if(|making| making.is_finished()) {
            return panics::joined(making).await.map(Some).map_err(FollowError::from);
        }
        if self.outdated && self.making.is_none() {
            let phrases = phrases(&mut db.read().await?).await?;
            self.outdated = false;
            self.making = Some(tokio::task::spawn_blocking(move || Memory::of(phrases)));
        }
        Ok(None)
    }

    /// Whether everything that was taught is remembered.
    #[cfg(test)]
    pub fn is_up_to_date(&self) -> bool {
        !self.outdated && self.making.is_none()
    }
}
