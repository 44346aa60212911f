//! What no page answers: a built file, an address that moved, or one in a language that is not offered (any more).
//! Looked up last, so that an ordinary page pays nothing for it.

use super::Ctx;
use crate::app_state::App;
use crate::knowledge::moved_to;
use app::i18n::Locale;
use axum::extract::{FromRequestParts, MatchedPath};
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
    if let Some(path) = moved.or_else(|| without_slash(parts)) {
        let location = HeaderValue::try_from(path).ok()?;
        return Some((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response());
    }
    // A language may be offered again tomorrow: for now only.
    let location = HeaderValue::try_from(in_offered_language(app, parts).await?).ok()?;
    Some((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
}

/// The same address in a language that is offered, for one in a language that is not: links that were mailed, printed
/// or kept lead on. An article that has another slug there is found by this one.
async fn in_offered_language(app: &App, parts: &Parts) -> Option<String> {
    let address = parts.uri.path_and_query()?.as_str();
    let rest = address.strip_prefix('/')?;
    let (tag, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let locale = Locale::from_tag(tag)?;
    if app.settings.current().locales.contains(&locale) {
        return None;
    }
    let mut parts = parts.clone();
    // Without its route the address says no language: the visitor does.
    parts.extensions.remove::<MatchedPath>();
    let ctx = Ctx::from_request_parts(&mut parts, app).await.ok()?;
    Some(format!("/{}{rest}", ctx.locale.tag()))
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
