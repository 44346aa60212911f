//! Cross-site request forgery: every unsafe route wants a token that only our own pages carry, and an Origin that
//! is ours.
//!
//! A token is bound to the session, or to the visitor's cookie, or (on pages that are cached for everybody, where
//! no authority is at stake) to nothing but the day.

use super::{Error, Secret};
use crate::clock::DAY;
use axum::http::{HeaderMap, header};

/// The form field, and the header of scripted calls.
pub const FIELD: &str = "csrf";
pub const HEADER: &str = "x-csrf-token";

/// How many days a token is taken for, today included.
const DAYS: i64 = 3;

/// Whom a token is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    Session(String),
    Visitor(String),
    Everybody,
}

impl Binding {
    fn text(&self, day: i64) -> String {
        match self {
            Self::Session(hash) => format!("session {hash} {day}"),
            Self::Visitor(key) => format!("visitor {key} {day}"),
            Self::Everybody => format!("everybody {day}"),
        }
    }
}

pub fn token(secret: &Secret, binding: &Binding, now: i64) -> String {
    secret.sign("csrf", &binding.text(now.div_euclid(DAY)))
}

pub fn verify(secret: &Secret, binding: &Binding, now: i64, token: &str) -> bool {
    let today = now.div_euclid(DAY);
    (0..DAYS).any(|ago| secret.verify("csrf", &binding.text(today - ago), token))
}

/// Browsers name the page that sent a form; one that is not ours is refused. Absent (old browsers, scripts with the
/// token in hand) is left to the token.
pub fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    match headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null")) {
        Some(origin) => is_ours(origin, headers, public_url),
        None => headers
            .get("sec-fetch-site")
            .and_then(|site| site.to_str().ok())
            .is_none_or(|site| matches!(site, "same-origin" | "none")),
    }
}

/// Refuses what another site's page sent. The origin is logged: behind a proxy that hides the host, an honest form
/// looks the same, and `public_url` is what mends that.
pub fn check_origin(headers: &HeaderMap, public_url: &str) -> Result<(), Error> {
    if same_origin(headers, public_url) {
        return Ok(());
    }
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or("none");
    tracing::warn!(
        origin,
        public_url,
        "a form was refused: another site sent it, or public_url is not the address in the browser"
    );
    Err(Error::Elsewhere)
}

/// Whether an origin, such as `https://help.example.com`, is this portal's: as it is configured, or as it was asked.
pub fn is_ours(origin: &str, headers: &HeaderMap, public_url: &str) -> bool {
    let sent_to = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    origin == public_url
        || origin.split_once("://").is_some_and(|(_, host)| !host.is_empty() && host == sent_to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_visitor_and_for_three_days() {
        let secret = Secret::new("key".into());
        let mine = Binding::Visitor("a".into());
        let token = token(&secret, &mine, 10 * DAY);
        assert!(verify(&secret, &mine, 12 * DAY, &token));
        assert!(!verify(&secret, &mine, 13 * DAY, &token));
        assert!(!verify(&secret, &Binding::Visitor("b".into()), 10 * DAY, &token));
        assert!(!verify(&secret, &Binding::Session("a".into()), 10 * DAY, &token));
        assert!(!verify(&secret, &Binding::Everybody, 10 * DAY, &token));
    }

    #[test]
    fn another_sites_origin_is_refused_and_ours_is_taken_by_either_name() {
        let ours = "https://help.example.com";
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            same_origin(&headers, ours)
        };
        assert!(with(&[("origin", ours)]));
        assert!(with(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!with(&[("origin", "https://evil.example"), ("host", "help.example.com")]));
        assert!(!with(&[("origin", "null"), ("host", "help.example.com")]));
        assert!(!with(&[("sec-fetch-site", "cross-site")]));
        assert!(with(&[]));
    }
}
