//! The wish to stop, shared by everything that runs: the web server finishes what is in flight, the worker its jobs.

use std::time::Duration;
use tokio::sync::watch;

/// Cheap to clone; clones share one wish.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Everybody who waits is told; so is everybody who asks later.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Resolves when the process is to stop.
    pub async fn requested(&self) {
        // The sender lives as long as this value: waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|stop| *stop).await;
    }

    /// Sleeps, but not past the wish to stop; tells whether it was made.
    pub async fn within(&self, time: Duration) -> bool {
        tokio::time::timeout(time, self.requested()).await.is_ok()
    }
}
