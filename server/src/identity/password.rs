//! Passwords: what one must be like, and how it is kept (argon2id, the OWASP minimum of 19 MiB and two passes, which
//! are the crate's defaults).

use crate::chance::Chance;
use crate::panics;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::sync::OnceLock;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Characters; longer is better than stranger.
pub const PASSWORD_MIN: usize = 10;
pub const PASSWORD_MAX: usize = 200;

/// Each takes 19 MiB and a core for a while: a flood of sign-ins must not take all of both.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What is wrong with a chosen password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeakPassword {
    TooShort,
    TooLong,
    /// It is the address or the name, or one character over and over.
    Guessable,
}

/// Judges a password by its length, and against what anybody would try first.
pub fn judge(password: &str, email: &str, name: &str) -> Result<(), WeakPassword> {
    let password: String = password.nfkc().collect();
    let letters = password.chars().count();
    let lower = password.to_lowercase();
    let first = lower.chars().next();
    let known = [email, email.split('@').next().unwrap_or_default(), name];
    match letters {
        ..PASSWORD_MIN => Err(WeakPassword::TooShort),
        _ if letters > PASSWORD_MAX => Err(WeakPassword::TooLong),
        _ if lower.chars().all(|letter| Some(letter) == first) => Err(WeakPassword::Guessable),
        _ if known.iter().any(|known| known.to_lowercase() == lower) => Err(WeakPassword::Guessable),
        _ => Ok(()),
    }
}

/// The PHC string to store. Full-width and half-width letters count as the same.
pub async fn hash(chance: &Chance, password: &str) -> anyhow::Result<String> {
    let salt = chance.token();
    let password: String = password.nfkc().collect();
    let _turn = HASHING.acquire().await?;
    let hash = tokio::task::spawn_blocking(move || {
        let salt =
            SaltString::encode_b64(&salt.as_bytes()[..32]).map_err(|error| anyhow::anyhow!("{error}"))?;
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        Ok(hash.map_err(|error| anyhow::anyhow!("{error}"))?.to_string())
    });
    panics::joined(hash).await?
}

/// Whether a password fits a stored hash. Without a hash (nobody of that address) it takes as long and fails.
pub async fn verify(hash: Option<String>, password: &str) -> anyhow::Result<bool> {
    let password: String = password.nfkc().take(PASSWORD_MAX * 4).collect();
    let _turn = HASHING.acquire().await?;
    let fits = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobodys_hash().to_owned());
        let fits = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        fits && known
    });
    Ok(panics::joined(fits).await?)
}

/// A hash that no password is known for.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let salt = SaltString::encode_b64(b"nobody has this one").ok();
        salt.and_then(|salt| Argon2::default().hash_password(b"", &salt).ok().map(|hash| hash.to_string()))
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_in_either_width_and_no_other() {
        let chance = Chance::seeded(1);
        let stored = hash(&chance, "kotae-demo-2026").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify(Some(stored.clone()), "kotae-demo-2026").await.unwrap());
        assert!(verify(Some(stored.clone()), "ｋｏｔａｅ-demo-２０２６").await.unwrap());
        assert!(!verify(Some(stored.clone()), "kotae-demo-2027").await.unwrap());
        assert_ne!(stored, hash(&chance, "kotae-demo-2026").await.unwrap(), "every hash has its own salt");
        assert!(!verify(None, "").await.unwrap());
    }

    #[test]
    fn a_password_is_long_and_not_what_anybody_would_try() {
        let judge = |password| judge(password, "midori@kotae.example", "答野 みどり");
        assert_eq!(judge("short"), Err(WeakPassword::TooShort));
        assert_eq!(judge("ひみつのことばです"), Err(WeakPassword::TooShort));
        assert_eq!(judge("ひみつのことばですよ"), Ok(()));
        assert_eq!(judge("aaaaaaaaaaaa"), Err(WeakPassword::Guessable));
        assert_eq!(judge("Midori@Kotae.example"), Err(WeakPassword::Guessable));
        assert_eq!(judge(&"あい".repeat(200)), Err(WeakPassword::TooLong));
    }
}
