//! Chance is an argument: tokens and draws come from a [`Chance`], so that tests can repeat them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::{Arc, Mutex, PoisonError};

/// A source of random tokens and numbers. Cheap to clone; clones share one state.
#[derive(Clone, Debug)]
pub struct Chance(Arc<Mutex<StdRng>>);

impl Chance {
    /// Seeded by the operating system: fit for secrets.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_os_rng())))
    }

    /// The same draws every time: for tests and the demo, never for secrets.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    fn with<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// 256 unguessable bits as 43 characters that are safe in an address.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.with(|rng| rng.random::<[u8; 32]>()))
    }

    /// A number in `0.0..1.0`.
    pub fn share(&self) -> f64 {
        self.with(Rng::random)
    }

    /// A number in `0..below`; 0 when there is no choice.
    pub fn below(&self, below: usize) -> usize {
        if below == 0 { 0 } else { self.with(|rng| rng.random_range(0..below)) }
    }
}

/// What the database keeps of a token: SHA-256 in base64url. A stolen table opens no door.
pub fn token_hash(token: &str) -> String {
    use sha2::{Digest, Sha256};
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
