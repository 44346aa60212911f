//! What the server signs: CSRF tokens, private links, small cookies. HMAC-SHA-256 with a purpose in front, so that a
//! signature made for one use opens no other.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The key that all replicas of one portal share.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    pub fn new(key: String) -> Self {
        Self(key)
    }

    /// 43 characters, safe in an address.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Compares in constant time.
    pub fn verify(&self, purpose: &str, text: &str, signature: &str) -> bool {
        self.sign(purpose, text).as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_opens_only_its_own_purpose_text_and_key() {
        let secret = Secret::new("key".into());
        let signature = secret.sign("link", "7");
        assert!(secret.verify("link", "7", &signature));
        assert!(!secret.verify("csrf", "7", &signature));
        assert!(!secret.verify("link", "8", &signature));
        assert!(!Secret::new("other".into()).verify("link", "7", &signature));
    }
}
