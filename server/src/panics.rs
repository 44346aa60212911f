//! Panics are mistakes of ours, and none may end what goes on for as long as the portal runs: here they are caught and
//! told of. What a panic says may be a customer's words (a text that was cut in the middle of a letter is quoted), so
//! only the place is logged, and what stands in the program itself.

use crate::app_state::App;
use futures::FutureExt;
use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A loop that panics at once each time it is begun is not to keep the processor busy.
const PAUSE: Duration = Duration::from_secs(1);

/// What was caught; where it happened is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it panicked; the log tells where")]
pub struct Panicked;

/// Waits for a future, and outlives its panic. What the future shared with others must not mind being left halfway:
/// transactions are rolled back, and locks of the standard library are read whether poisoned or not.
///
/// # Errors
/// [`Panicked`] when it did.
pub async fn caught<T>(work: impl Future<Output = T>) -> Result<T, Panicked> {
    AssertUnwindSafe(work).catch_unwind().await.map_err(|_| Panicked)
}

/// Waits for work on a thread of its own, begun with [`tokio::task::spawn_blocking`] or as a task. Tokio's own error
/// repeats what the panic says.
///
/// # Errors
/// [`Panicked`] when it did, or was given up because the process ends.
pub async fn joined<T>(work: JoinHandle<T>) -> Result<T, Panicked> {
    work.await.map_err(|_| Panicked)
}

/// Runs a loop that ends when the portal is to stop, and begins it anew whenever it panics.
///
/// The process could be ended instead, for a supervisor to start it again; but then one mistake in what is learned or
/// indexed would keep the whole portal from answering, for as long as its cause lies in the database. Each loop reads
/// where it stands from the database or the disk when it begins, so that nothing is lost by beginning anew.
pub async fn begun_anew<F: Future<Output = ()>>(app: App, name: &'static str, begin: impl Fn(App) -> F) {
    while caught(begin(app.clone())).await.is_err() {
        metrics::counter!("kotae_loop_panics_total", "loop" => name).increment(1);
        tracing::error!(name, "a loop panicked and is begun anew");
        if app.stop.within(PAUSE).await {
            return;
        }
    }
}

/// From now on panics are logged by their place, not by their words.
pub fn log_places() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let at = info.location().map(Location::to_string).unwrap_or_default();
        let says = own_words(info.payload()).unwrap_or("(left out)");
        tracing::error!(at, says, "a panic");
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            tracing::error!(%trace, "the way to the panic");
        }
    }));
}

/// What a panic says, if that stands in the program as it is: whatever was put together may hold anything.
fn own_words(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDb;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_a_panic_quotes_is_not_repeated() {
        let quoted = std::panic::catch_unwind(|| {
            let typed = String::from("請求書は佐");
            typed[..2].len()
        });
        assert_eq!(own_words(&*quoted.expect_err("cut within a letter")), None);
        let ours = std::panic::catch_unwind(|| panic!("nothing of anybody"));
        assert_eq!(own_words(&*ours.expect_err("it panics")), Some("nothing of anybody"));
    }

    #[tokio::test]
    async fn nor_where_it_was_on_another_thread() {
        let work = tokio::task::spawn_blocking(|| {
            let typed = String::from("請求書は佐");
            typed[..2].len()
        });
        let error = joined(work).await.expect_err("cut within a letter");
        assert!(!format!("{error} {error:?}").contains("請求書"));
    }

    #[tokio::test]
    async fn a_loop_that_panics_is_begun_anew_until_it_ends_by_itself() -> anyhow::Result<()> {
        let app = TestDb::sqlite().await?.app().await?;
        let begun = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&begun);
        begun_anew(app, "test", move |_| {
            let nth = count.fetch_add(1, Ordering::SeqCst);
            async move { assert!(nth > 0, "the first time") }
        })
        .await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
        Ok(())
    }
}
