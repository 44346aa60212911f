//! What no page answers: a built file, or an address that moved. Looked up last, so that an ordinary page pays
//! nothing for it.

use crate::app_state::App;
use crate::knowledge::moved_to;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The file of that name (`/favicon.svg` looks like a locale to the router), or a permanent redirect for a path that
/// one is stored for.
pub async fn answer(app: &App, parts: &Parts) -> Option<Response> {
    let path = parts.uri.path();
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return None;
    }
    if let Some(file) = app.assets.serve(path.trim_start_matches('/'), &parts.headers) {
        return Some(file);
    }
    if path.starts_with("/desk") || path.starts_with("/api/") {
        return None;
    }
    let found = async { moved_to(&mut app.db.read().await?, path).await };
    let moved = found.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "cannot look redirects up");
        None
    });
    let location = HeaderValue::try_from(moved.or_else(|| without_slash(parts))?).ok()?;
    Some((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response())
}

/// An address without the slashes at its end, if it has any: people type them, and other systems write them.
fn without_slash(parts: &Parts) -> Option<String> {
    let path = parts.uri.path();
    let bare = path.trim_end_matches('/');
    // `//host/` would lead to another site, and browsers read a backslash as a slash.
    if bare == path || bare.is_empty() || bare.starts_with("//") || bare.contains('\\') {
        return None;
    }
    Some(parts.uri.query().map_or_else(|| bare.to_owned(), |query| format!("{bare}?{query}")))
}
