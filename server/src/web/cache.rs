//! Whole answers for anonymous visitors, ready to be sent: compressed once, with all their headers.

use super::headers;
use crate::app_state::App;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// At the most, in all their encodings.
const BYTES: u64 = 32 * 1024 * 1024;

/// What changes without a change of the knowledge (what people ask most) is at most so old.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Quality of the compression: 5 of 11 is where brotli's time still hides behind the drawing of the page.
const BROTLI: i32 = 5;

/// What a page is made of.
pub struct Content {
    pub media_type: &'static str,
    pub language: Option<&'static str>,
    /// The day (since 1970) whose public form token stands in it.
    pub day: i64,
    /// The route of the table that it answers.
    pub route: String,
    pub body: String,
}

/// A drawn page in every encoding.
#[derive(Debug)]
pub struct CachedPage {
    day: i64,
    route: metrics::SharedString,
    etag: String,
    /// Every header but the encoding.
    headers: HeaderMap,
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
}

impl CachedPage {
    pub fn new(app: &App, content: Content) -> Self {
        let Content { media_type, language, day, route, body } = content;
        let digest = Sha256::digest(body.as_bytes());
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12]));
        let mut map = HeaderMap::with_capacity(20);
        map.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        map.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
        map.insert(header::VARY, HeaderValue::from_static("cookie, accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            map.insert(header::ETAG, etag);
        }
        if let Some(language) = language {
            map.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
        }
        headers::add(&mut map, app.assets.policy(), app.config.https());
        let (gzip, brotli) = (gzip(body.as_bytes()), brotli(body.as_bytes()));
        Self { day, route: route.into(), etag, headers: map, plain: body.into(), gzip, brotli }
    }

    /// 304 when the browser has it, otherwise the page in the best encoding that the browser takes.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let mut headers = self.headers.clone();
        let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if known
            .is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == self.etag))
        {
            headers.remove(header::CONTENT_TYPE);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let (coding, body) = if headers::accepts_coding(request, "br") {
            (Some("br"), &self.brotli)
        } else if headers::accepts_coding(request, "gzip") {
            (Some("gzip"), &self.gzip)
        } else {
            (None, &self.plain)
        };
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        (headers, body.clone()).into_response()
    }

    pub fn route(&self) -> metrics::SharedString {
        self.route.clone()
    }
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(6));
    // Writing into memory cannot fail; an empty body would be noticed by the tests of this file.
    match encoder.write_all(body).and_then(|()| encoder.finish()) {
        Ok(bytes) => bytes.into(),
        Err(_) => Bytes::new(),
    }
}

fn brotli(mut body: &[u8]) -> Bytes {
    let parameters = BrotliEncoderParams { quality: BROTLI, lgwin: 18, ..BrotliEncoderParams::default() };
    let mut out = Vec::with_capacity(body.len() / 3);
    match brotli::BrotliCompress(&mut body, &mut out, &parameters) {
        Ok(_) => out.into(),
        Err(_) => Bytes::new(),
    }
}

/// Cheap to clone; clones share one cache.
#[derive(Clone, Debug)]
pub struct PageCache {
    pages: moka::sync::Cache<String, Arc<CachedPage>>,
    /// Rises with every [`PageCache::clear`].
    generation: Arc<AtomicU64>,
}

/// The state of the knowledge when a page began to be read.
#[derive(Clone, Copy, Debug)]
pub struct Ticket(u64);

impl Default for PageCache {
    fn default() -> Self {
        let pages = moka::sync::Cache::builder()
            .max_capacity(BYTES)
            .time_to_live(LIFETIME)
            .weigher(|key: &String, page: &Arc<CachedPage>| {
                let bytes = key.len() + page.plain.len() + page.gzip.len() + page.brotli.len() + 1024;
                u32::try_from(bytes).unwrap_or(u32::MAX)
            })
            .build();
        Self { pages, generation: Arc::default() }
    }
}

impl PageCache {
    /// The page of a path (with its query), if it was drawn today.
    pub fn get(&self, path: &str, day: i64) -> Option<Arc<CachedPage>> {
        self.pages.get(path).filter(|page| page.day == day)
    }

    /// Taken before a page's data is read.
    pub fn ticket(&self) -> Ticket {
        Ticket(self.generation.load(Ordering::SeqCst))
    }

    /// Keeps a page, unless something changed since its data was read.
    pub fn put(&self, ticket: Ticket, path: String, page: Arc<CachedPage>) {
        if self.generation.load(Ordering::SeqCst) == ticket.0 {
            self.pages.insert(path.clone(), page);
            // A change that came in between has cleared before the insert: take it back.
            if self.generation.load(Ordering::SeqCst) != ticket.0 {
                self.pages.invalidate(&path);
            }
        }
    }

    /// Rises whenever something that pages show has changed.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Something that pages show has changed.
    pub fn clear(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.pages.invalidate_all();
    }
}

/// The kept page for a request, if this visitor may have it: somebody signed in, or with a sentence waiting to be
/// shown, gets a page of their own.
pub fn kept(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Arc<CachedPage>> {
    if *method != Method::GET || has_own_page(headers) {
        return None;
    }
    let day = app.clock.now().div_euclid(crate::clock::DAY);
    app.pages.get(uri.path_and_query()?.as_str(), day)
}

fn has_own_page(headers: &HeaderMap) -> bool {
    headers.get_all(header::COOKIE).iter().any(|line| {
        line.to_str().map_or(true, |line| {
            [super::cookies::SESSION, super::cookies::FLASH].iter().any(|name| line.contains(name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::testing::TestDb;
    use std::io::Read;

    async fn page(body: &str) -> anyhow::Result<(TestDb, App, CachedPage)> {
        let t = TestDb::sqlite().await?;
        let config = Config::load(None, std::iter::empty(), std::iter::empty())?;
        let app = App::new(config, t.db.clone(), t.clock.clone(), t.chance.clone()).await?;
        let content = Content {
            media_type: "text/html; charset=utf-8",
            language: Some("en"),
            day: 1,
            route: "/{locale}".into(),
            body: body.into(),
        };
        let page = CachedPage::new(&app, content);
        Ok((t, app, page))
    }

    async fn body(response: Response) -> Vec<u8> {
        axum::body::to_bytes(response.into_body(), usize::MAX).await.map(Vec::from).unwrap_or_default()
    }

    #[tokio::test]
    async fn each_browser_gets_the_encoding_that_it_takes() -> anyhow::Result<()> {
        let text = "答え ".repeat(400);
        let (_t, _app, page) = page(&text).await?;
        let ask = |accepts: &'static str| {
            HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts))])
        };
        let mut read = String::new();
        let gzip = body(page.answer(&ask("gzip, deflate"))).await;
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut read)?;
        assert_eq!(read, text);
        let mut read = Vec::new();
        let answer = page.answer(&ask("gzip, br;q=0.9"));
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
        brotli::BrotliDecompress(&mut body(answer).await.as_slice(), &mut read)?;
        assert_eq!(read, text.as_bytes());
        assert_eq!(body(page.answer(&ask("br;q=0, identity"))).await, text.as_bytes());
        Ok(())
    }

    #[tokio::test]
    async fn a_browser_that_has_the_page_is_told_so_in_one_line() -> anyhow::Result<()> {
        let (_t, _app, page) = page("hello").await?;
        let etag = page.answer(&HeaderMap::new()).headers()[header::ETAG].clone();
        let again = page.answer(&HeaderMap::from_iter([(header::IF_NONE_MATCH, etag)]));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(body(again).await.is_empty());
        Ok(())
    }

    #[tokio::test]
    async fn a_page_read_before_a_change_is_not_kept_after_it() -> anyhow::Result<()> {
        let (_t, app, page) = page("old").await?;
        let page = Arc::new(page);
        let ticket = app.pages.ticket();
        app.pages.clear();
        app.pages.put(ticket, "/en".into(), Arc::clone(&page));
        assert!(app.pages.get("/en", 1).is_none());
        app.pages.put(app.pages.ticket(), "/en".into(), page);
        assert!(app.pages.get("/en", 1).is_some());
        assert!(app.pages.get("/en", 2).is_none());
        Ok(())
    }
}
