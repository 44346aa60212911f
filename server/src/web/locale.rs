//! Which language somebody is answered in, when the address does not say; and when they have chosen one.

use super::csrf;
use app::i18n::Locale;
use axum::extract::Request;
use axum::http::{Method, Uri, header};
use url::Url;

/// The field by which the button of the language switch says to which language a form is taken along.
pub const READ_IN: &str = "read_in";

/// The best of the offered locales for an `Accept-Language` header (RFC 9110, 12.5.4), if it names any of them.
pub fn accepted(header: &str, offered: &[Locale]) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for part in header.split(',') {
        let mut pieces = part.split(';');
        let range = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = pieces
            .find_map(|piece| piece.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()))
            .unwrap_or(1.0);
        let primary = range.split('-').next().unwrap_or_default();
        let Some(locale) = Locale::from_tag(primary).filter(|locale| offered.contains(locale)) else {
            continue;
        };
        // Of equal qualities the first named wins.
        if quality > 0.0 && best.is_none_or(|(best, _)| quality > best) {
            best = Some((quality, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// The language of the page that is asked for, when a page of ours in another language led there: that is how the
/// switch in the header is pressed. It is a plain link, so that it works on pages that are kept for everybody.
pub fn switched_to(request: &Request, public_url: &str) -> Option<Locale> {
    if *request.method() != Method::GET {
        return None;
    }
    let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let to = in_path(request.uri().path())?;
    let from = Url::parse(referer).ok()?;
    let led = in_path(from.path())? != to
        && csrf::is_ours(&from.origin().ascii_serialization(), request.headers(), public_url);
    led.then_some(to)
}

/// The language that a form that asks (`method="get"`) is taken along to at the desk, by the button of the language switch,
/// and where it goes on: the same address without the button.
pub fn asked_in(method: &Method, uri: &Uri) -> Option<(Locale, String)> {
    if *method != Method::GET || !uri.path().starts_with("/desk") {
        return None;
    }
    let pairs = || url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let to = pairs().find(|(name, _)| name == READ_IN).and_then(|(_, tag)| Locale::from_tag(&tag))?;
    let mut rest = url::form_urlencoded::Serializer::new(String::new());
    rest.extend_pairs(pairs().filter(|(name, _)| name != READ_IN));
    let query = rest.finish();
    let path = uri.path();
    Some((to, if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }))
}

/// The language that a path begins with.
fn in_path(path: &str) -> Option<Locale> {
    path.strip_prefix('/')?.split('/').next().and_then(Locale::from_tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_in_the_other_language_switches() {
        let ask = |referer: &str, path: &str| {
            let request = Request::get(path).header("host", "help.example.com").header("referer", referer);
            switched_to(&request.body(axum::body::Body::empty()).unwrap(), "https://help.example.com")
        };
        assert_eq!(ask("https://help.example.com/ja/articles/a", "/en/articles/b"), Some(Locale::En));
        assert_eq!(ask("https://help.example.com/ja", "/en"), Some(Locale::En));
        assert_eq!(ask("https://help.example.com/en", "/en/search?q=a"), None);
        assert_eq!(ask("https://help.example.com/desk", "/en"), None);
        assert_eq!(ask("https://elsewhere.example/ja", "/en"), None);
        assert_eq!(ask("nonsense", "/en"), None);
    }

    #[test]
    fn the_preferred_offered_language_wins() {
        let both = &Locale::ALL;
        assert_eq!(accepted("en-GB,en;q=0.9,ja;q=0.8", both), Some(Locale::En));
        assert_eq!(accepted("fr, en;q=0.5, ja;q=0.7", both), Some(Locale::Ja));
        assert_eq!(accepted("ja;q=0, en;q=0.1", both), Some(Locale::En));
        assert_eq!(accepted("fr-CA, *;q=0.1", both), None);
        assert_eq!(accepted("en", &[Locale::Ja]), None);
        assert_eq!(accepted(";;;,q=,\u{0}", both), None);
    }
}
