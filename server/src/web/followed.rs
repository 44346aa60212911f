//! Which search result a reader opened: an article's page is asked for by a page of results.

use super::cookies::{self, Cookies};
use super::csrf;
use crate::app_state::App;
use crate::chance::token_hash;
use crate::search::{Deed, Noted};
use app::i18n::Locale;
use axum::extract::Request;
use axum::http::{Method, header};
use percent_encoding::percent_decode_str;
use url::Url;

/// Notes a click if this request is one. Costs nothing where no page of results refers.
pub fn note(app: &App, request: &Request) {
    if *request.method() != Method::GET {
        return;
    }
    let Some(referer) = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok()) else {
        return;
    };
    if let Some((origin, locale, query)) = searched(referer)
        && csrf::is_ours(&origin, request.headers(), &app.config.public_url)
        && let Some(slug) = article(request.uri().path())
    {
        let cookies = Cookies::new(app.config.https());
        app.search.log.note(Noted {
            at: app.clock.now(),
            locale,
            query,
            visitor: cookies.read(request.headers(), cookies::VISITOR).map(token_hash),
            machine: None,
            deed: Deed::Opened { slug },
        });
    }
}

/// The search whose results stand at an address, with the origin of the site that says so.
fn searched(referer: &str) -> Option<(String, Locale, String)> {
    if !referer.contains("/search?") {
        return None;
    }
    let url = Url::parse(referer).ok()?;
    let locale = Locale::from_tag(url.path().strip_prefix('/')?.strip_suffix("/search")?)?;
    let query = url.query_pairs().find(|(name, _)| name == "q")?.1.into_owned();
    Some((url.origin().ascii_serialization(), locale, query))
}

/// The slug in an article's address.
fn article(path: &str) -> Option<String> {
    let (locale, slug) = path.strip_prefix('/')?.split_once("/articles/")?;
    Locale::from_tag(locale)?;
    let slug = percent_decode_str(slug).decode_utf8().ok()?;
    (!slug.is_empty() && !slug.contains('/')).then(|| slug.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_results_is_a_search() {
        let found = searched("https://help.example.com/ja/search?q=%E8%AB%8B%E6%B1%82&page=2");
        assert_eq!(found, Some(("https://help.example.com".to_owned(), Locale::Ja, "請求".to_owned())));
        for other in
            ["https://help.example.com/ja", "https://elsewhere.example/search?q=x", "nonsense", "/en/search?"]
        {
            assert_eq!(searched(other), None, "{other}");
        }
    }

    #[test]
    fn only_an_article_is_opened() {
        assert_eq!(article("/en/articles/reset-password"), Some("reset-password".to_owned()));
        for other in ["/en/articles/", "/en/articles/a/thanks", "/xx/articles/a", "/en"] {
            assert_eq!(article(other), None, "{other}");
        }
    }
}
