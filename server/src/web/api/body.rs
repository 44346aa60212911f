//! A JSON body from one of our own pages: its CSRF token comes in a header.

use crate::app_state::App;
use crate::web::form::TEXT_LIMIT;
use crate::web::{Ctx, Error, csrf};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The verified body of an unsafe call.
pub struct ApiBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for ApiBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let ctx = Ctx::from_request_parts(&mut parts, app).await?;
        let token = parts.headers.get(csrf::HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        csrf::check_origin(&parts.headers, &app.config.public_url)?;
        if !ctx.csrf_accepts(token) {
            return Err(Error::Stale(Box::default()));
        }
        let bytes = to_bytes(body, TEXT_LIMIT).await.map_err(|_| Error::TooLarge(TEXT_LIMIT as u64))?;
        let mut value: Value = serde_json::from_slice(&bytes).map_err(|_| Error::BadRequest)?;
        take_out_nul(&mut value);
        serde_json::from_value(value).map(Self).map_err(|_| Error::BadRequest)
    }
}

/// No text of ours holds U+0000: PostgreSQL takes none.
fn take_out_nul(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', "\u{FFFD}"),
        Value::Array(values) => values.iter_mut().for_each(take_out_nul),
        Value::Object(fields) => fields.values_mut().for_each(take_out_nul),
        _ => {}
    }
}
