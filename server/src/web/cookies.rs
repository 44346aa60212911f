//! Cookies: read from the request, collected while it is handled, written on its response.

use axum::http::{HeaderMap, HeaderValue, header};
use std::sync::{Arc, Mutex, PoisonError};

/// The session's token.
pub const SESSION: &str = "kotae_session";
/// A random key that ties the visits of one browser together, and binds the CSRF tokens of anonymous forms.
pub const VISITOR: &str = "kotae_visitor";
/// The chosen language.
pub const LOCALE: &str = "kotae_locale";
/// Seconds that a chosen language is remembered for.
pub const YEAR: i64 = 60 * 60 * 24 * 365;
/// What the last action did, shown once.
pub const FLASH: &str = "kotae_flash";
/// The address that a mail link was asked for, for the page that says so.
pub const ADDRESS: &str = "kotae_address";

/// The cookies that a response will set; shared by everything that handles one request.
#[derive(Clone, Debug)]
pub struct Cookies {
    https: bool,
    set: Arc<Mutex<Vec<String>>>,
}

impl Cookies {
    pub fn new(https: bool) -> Self {
        Self { https, set: Arc::default() }
    }

    /// Over TLS a cookie is `Secure`, and named so that no sub-domain or plain page can plant one.
    pub fn name(&self, name: &str) -> String {
        if self.https { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// A cookie's value in a request's headers.
    pub fn read<'h>(&self, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        let name = self.name(name);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Sets a cookie; `max_age` in seconds, `None` until the browser closes. The value must be cookie-safe.
    pub fn set(&self, name: &str, value: &str, max_age: Option<i64>) {
        let mut line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", self.name(name));
        if self.https {
            line.push_str("; Secure");
        }
        if let Some(seconds) = max_age {
            line.push_str(&format!("; Max-Age={seconds}"));
        }
        self.set.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    pub fn clear(&self, name: &str) {
        self.set(name, "", Some(0));
    }

    /// Writes what was set on a response.
    pub fn write(&self, headers: &mut HeaderMap) {
        for line in self.set.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            if let Ok(value) = HeaderValue::from_str(&line) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }
}
