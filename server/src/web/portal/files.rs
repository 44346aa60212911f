//! `/files/{key}/{name}`: what hangs on articles, messages and the portal itself.

use crate::desk;
use crate::intake::uploads::{self, Content, Reader};
use crate::web::{Ctx, Error, Result};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A file may draw itself and nothing else: no script, no request, no form, an origin of its own.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// The name in the address is for people; the key alone tells the file.
pub async fn show(ctx: Ctx, Path((key, _)): Path<(String, String)>) -> Result {
    let uploader = ctx.visitor_hash();
    let mut conn = ctx.app.db.read().await?;
    // The private link's token comes with the address of each file of its thread.
    let link = ctx.query("r");
    let linked =
        if link.is_empty() { None } else { desk::request_by_link(&mut conn, &ctx.app, &link).await? };
    let reader = Reader {
        staff: ctx.visitor.is_staff(),
        person_id: ctx.visitor.person().map(|person| person.id),
        uploader: uploader.as_deref(),
        linked_request: linked.map(|request| request.id),
    };
    let file = uploads::open(&mut conn, &key, &reader).await?.ok_or(Error::NotFound)?;
    let headers = headers(&file)?;
    let known = ctx.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let etag = headers.get(header::ETAG).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let bytes = file.bytes(&mut conn).await?.ok_or(Error::NotFound)?;
    Ok((headers, bytes).into_response())
}

fn headers(file: &Content) -> Result<HeaderMap> {
    // Pictures that cannot carry a script are shown in place; everything else is saved.
    let disposition = if file.is_safe_image() { "inline" } else { "attachment" };
    let plain: String = file
        .name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' })
        .collect();
    let encoded = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
    // A key never names other bytes; but who may read a message's file is asked every time.
    let cache = if file.public { "public, max-age=31536000, immutable" } else { "private, no-cache" };
    let value = |text: String| HeaderValue::from_str(&text).map_err(|error| Error::Internal(error.into()));
    Ok(HeaderMap::from_iter([
        (header::CONTENT_TYPE, value(file.media_type.clone())?),
        (
            header::CONTENT_DISPOSITION,
            value(format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))?,
        ),
        (header::ETAG, value(format!("\"{}\"", &file.sha256[..32.min(file.sha256.len())]))?),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ]))
}
