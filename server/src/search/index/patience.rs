//! Threads that let others go first: whoever searches while everything is indexed anew is not to wait for that.

use std::thread;

use super::follower::FollowError;
use crate::panics::Panicked;

/// How much further back in the queue for a core, as `nice` counts it.
#[cfg(target_os = "linux")]
const PATIENCE: i32 = 10;

/// From here on this thread, and whatever thread it starts, lets others go first. There is no way back.
#[cfg(target_os = "linux")]
pub fn let_others_first() {
    if let Err(error) = rustix::process::nice(PATIENCE) {
        tracing::debug!(%error, "a thread cannot be made to wait for others");
    }
}

/// Elsewhere it is the whole process that is nice, to other programs.
#[cfg(not(target_os = "linux"))]
pub fn let_others_first() {}

/// Does something on a thread that lets others go first, so that the threads which it starts do so too.
pub fn patiently<T: Send>(work: impl FnOnce() -> Result<T, FollowError> + Send) -> Result<T, FollowError> {
    let patient = || {
        let_others_first();
        work()
    };
    thread::scope(|scope| {
        let done = scope.spawn(patient).join();
        done.unwrap_or(Err(FollowError::Stopped(Panicked)))
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::nice;

    use super::*;

    #[test]
    fn patience_is_of_a_thread_and_of_those_it_starts() {
        let mine = nice(0).unwrap();
        let theirs = patiently(|| {
            let heir = thread::spawn(|| nice(0).unwrap()).join().unwrap();
            Ok((nice(0).unwrap(), heir))
        });
        let expected = (mine + PATIENCE).min(19);
        assert_eq!(theirs.unwrap(), (expected, expected));
        assert_eq!(nice(0).unwrap(), mine);
    }
}
