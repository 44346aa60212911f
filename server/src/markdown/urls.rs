//! What an address in a text points to, as a browser would read it.

use std::sync::LazyLock;
use url::Url;

/// The schemes a link may have.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// A host that no address names, to tell relative addresses from others.
static HERE: LazyLock<Url> =
    LazyLock::new(|| Url::parse("https://here.invalid/").expect("a constant, valid URL"));

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `#part`
    Fragment,
    /// On this portal: a path.
    Local,
    /// Another host.
    External,
    /// `mailto:`, `tel:`
    Contact,
    /// A scheme that is not allowed, or no address at all.
    Forbidden,
}

/// Reads an address as browsers do: whitespace inside is dropped, `\` counts as `/`, `//host` is another host.
pub(super) fn target(address: &str) -> Target {
    if address.starts_with('#') {
        return Target::Fragment;
    }
    let Ok(url) = HERE.join(address) else {
        return Target::Forbidden;
    };
    match url.scheme() {
        "http" | "https" if url.host() == HERE.host() && url.port() == HERE.port() => Target::Local,
        "http" | "https" => Target::External,
        "mailto" | "tel" => Target::Contact,
        _ => Target::Forbidden,
    }
}

/// Whether a link may have this address.
pub(super) fn is_allowed(address: &str) -> bool {
    target(address) != Target::Forbidden
}

/// An address as it is followed from outside of the portal, whose own is `base`, without a slash at its end. `None` for
/// one that leads nowhere from there.
pub(super) fn absolute(address: &str, base: &str) -> Option<String> {
    match target(address) {
        // What is left of an address that was not allowed.
        Target::Local if address.is_empty() => None,
        Target::Local if address.starts_with('/') => Some(format!("{base}{address}")),
        Target::Local => Some(format!("{base}/{address}")),
        Target::Contact => Some(address.to_owned()),
        Target::External if address.starts_with("http://") || address.starts_with("https://") => {
            Some(address.to_owned())
        }
        Target::External => HERE.join(address).ok().map(String::from),
        Target::Fragment | Target::Forbidden => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, absolute, target};

    #[test]
    fn an_address_in_a_mail_leads_to_the_portal_or_elsewhere_and_never_to_a_script() {
        let base = "https://help.example.com";
        for (address, followed) in [
            ("/ja/articles/start", Some("https://help.example.com/ja/articles/start")),
            ("https://example.com/検索", Some("https://example.com/検索")),
            ("//example.com/a", Some("https://example.com/a")),
            ("/\\example.com/a", Some("https://example.com/a")),
            ("mailto:help@example.com", Some("mailto:help@example.com")),
            ("http:example.com/a", Some("http://example.com/a")),
            ("", None),
            ("#top", None),
            ("java\nscript:alert(1)", None),
        ] {
            assert_eq!(absolute(address, base).as_deref(), followed, "{address:?}");
        }
    }

    #[test]
    fn addresses_are_read_as_browsers_read_them() {
        for (address, expected) in [
            ("#top", Target::Fragment),
            ("/ja/articles/start", Target::Local),
            ("other#part", Target::Local),
            ("https://example.com/", Target::External),
            ("//example.com/a.png", Target::External),
            ("/\\example.com/a.png", Target::External),
            ("/\t/example.com/a.png", Target::External),
            ("\\\\example.com", Target::External),
            ("mailto:help@example.com", Target::Contact),
            ("javascript:alert(1)", Target::Forbidden),
            ("java\nscript:alert(1)", Target::Forbidden),
            ("\u{1}javascript:alert(1)", Target::Forbidden),
            ("data:text/html,x", Target::Forbidden),
            ("vbscript:x", Target::Forbidden),
            ("https://[", Target::Forbidden),
        ] {
            assert_eq!(target(address), expected, "{address:?}");
        }
    }
}
