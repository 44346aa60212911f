//! What a person sent by a form. It can be read only once its CSRF token and its Origin have been checked; if they
//! are stale, everything that was typed comes back in a page that can send it again.

use super::kept::Kept;
use super::{Ctx, Error, csrf};
use crate::app_state::App;
use axum::body::{Body, to_bytes};
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use unicode_normalization::UnicodeNormalization;

/// Text fields of one form, at most (bytes). Files have their own limit.
pub const TEXT_LIMIT: usize = 1024 * 1024;

/// What is too large is read on up to this many times the limits, and dropped: a browser shows an answer only after
/// all of its form was taken, and the answer is the form with every word in it.
const READ_ON: usize = 8;

/// A form's fields in the order they came; names may repeat.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<SentFile>,
}

/// A file that came with a form. One that is larger than the settings allow has one byte more than that, and files
/// beyond the allowed number have none: whoever takes files refuses both by name.
#[derive(Clone, Debug)]
pub struct SentFile {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl Form {
    pub fn from_fields(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        fields.into_iter().for_each(|(name, value)| form.add(name, &value));
        form
    }

    /// No text of ours holds U+0000: PostgreSQL takes none.
    fn add(&mut self, name: String, value: &str) {
        self.fields.push((name, value.replace('\0', "\u{FFFD}")));
    }

    /// A field's text, trimmed at both ends; empty when absent. Line ends are `\n`.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().replace("\r\n", "\n")
    }

    /// A single-line field: trimmed, and every run of white space one space.
    pub fn line(&self, name: &str) -> String {
        self.raw(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// As it was typed.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of a repeated field that is not empty.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }

    /// A checkbox, or which of several buttons was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// An id or count; full-width digits are taken too. `None` when absent or not a number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.raw(name).nfkc().collect::<String>().trim().parse().ok()
    }

    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The controls and names of the files that were chosen.
    pub fn file_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let chosen = self.files.iter().filter(|file| !file.name.is_empty());
        chosen.map(|file| (file.field.as_str(), file.name.as_str()))
    }

    /// The same with empty files.
    pub(super) fn without_bytes(&self) -> Self {
        let files = self.files.iter().map(|file| SentFile { bytes: Bytes::new(), ..file.clone() }).collect();
        Self { fields: self.fields.clone(), files }
    }

    /// Files that were chosen; browsers send an empty one for none.
    pub fn files(&self, field: &str) -> Vec<SentFile> {
        self.files.iter().filter(|file| file.field == field && !file.name.is_empty()).cloned().collect()
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let ctx = Ctx::from_request_parts(&mut parts, app).await?;
        let kept = parts.extensions.get::<Kept>().cloned().unwrap_or_default();
        let headers = parts.headers.clone();
        let form = Self::unverified(app, Request::from_parts(parts, body)).await?;
        kept.put(&form);
        csrf::check_origin(&headers, &app.config.public_url)?;
        if ctx.csrf_accepts(form.raw(csrf::FIELD)) { Ok(form) } else { Err(Error::Stale(Box::new(form))) }
    }
}

impl Form {
    /// Reads a form without asking where it comes from: only to give it back to whoever sent it.
    pub(super) async fn unverified(app: &App, request: Request) -> Result<Self, Error> {
        let multipart = request
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        if multipart {
            let settings = app.settings.current();
            let files = settings.upload_size.saturating_mul(u64::from(settings.upload_count.max(1)));
            let limit = usize::try_from(files).unwrap_or(usize::MAX).saturating_mul(READ_ON);
            let mut request = request.map(in_pieces);
            DefaultBodyLimit::max(limit.saturating_add(TEXT_LIMIT)).apply(&mut request);
            return read_multipart(app, request).await;
        }
        let body = request.into_body();
        let bytes = to_bytes(body, TEXT_LIMIT).await.map_err(|_| Error::TooLarge(TEXT_LIMIT as u64))?;
        Ok(Self::from_fields(url::form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}

/// The multipart reader takes in all that is there before it looks at any of it. A pause after each piece lets it find
/// the words of a form before the file that is too large.
fn in_pieces(body: Body) -> Body {
    Body::from_stream(body.into_data_stream().enumerate().then(async |(n, piece)| {
        // The first comes at once: the reader takes a body that ends between two of its looks for a broken one.
        if n > 0 {
            tokio::task::yield_now().await;
        }
        piece
    }))
}

async fn read_multipart(app: &App, request: Request) -> Result<Form, Error> {
    let settings = app.settings.current();
    let limit = usize::try_from(settings.upload_size).unwrap_or(usize::MAX);
    let mut multipart = Multipart::from_request(request, app).await.map_err(|_| Error::BadRequest)?;
    let mut form = Form::default();
    let mut text_bytes = 0;
    while let Some(mut field) = multipart.next_field().await.map_err(too_large(settings.upload_size))? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file_name) => {
                let room = if form.files.len() < settings.upload_count as usize { limit + 1 } else { 0 };
                let (bytes, whole) = read_file(&mut field, room).await?;
                form.files.push(SentFile { field: name, name: file_name, bytes });
                if !whole {
                    break;
                }
            }
            None => {
                let bytes = field.bytes().await.map_err(too_large(TEXT_LIMIT as u64))?;
                text_bytes += bytes.len();
                if text_bytes > TEXT_LIMIT {
                    return Err(Error::TooLarge(TEXT_LIMIT as u64));
                }
                form.add(name, &String::from_utf8_lossy(&bytes));
            }
        }
    }
    Ok(form)
}

/// A file's bytes, at most `room` of them: one more than the limit shows that there were too many. `false` when there
/// was more than anybody should read.
async fn read_file(field: &mut Field<'_>, room: usize) -> Result<(Bytes, bool), Error> {
    let mut bytes = BytesMut::new();
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk[..chunk.len().min(room - bytes.len())]),
            Ok(None) => return Ok((bytes.freeze(), true)),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                bytes.resize(room, 0);
                return Ok((bytes.freeze(), false));
            }
            Err(_) => return Err(Error::BadRequest),
        }
    }
}

fn too_large(limit: u64) -> impl Fn(axum::extract::multipart::MultipartError) -> Error {
    move |error| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Error::TooLarge(limit)
        } else {
            Error::BadRequest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_people_mean_them() {
        let form = Form::from_fields(vec![
            ("subject".into(), "  請求書　の  件 ".into()),
            ("body".into(), "one\r\ntwo\r\n".into()),
            ("tag".into(), "billing".into()),
            ("tag".into(), " ".into()),
            ("tag".into(), "api".into()),
            ("id".into(), "１２".into()),
        ]);
        assert_eq!(form.line("subject"), "請求書 の 件");
        assert_eq!(form.text("body"), "one\ntwo");
        assert_eq!(form.all("tag"), ["billing", "api"]);
        assert_eq!(form.number("id"), Some(12));
        assert_eq!(form.number("none"), None);
        assert!(form.has("id") && !form.has("none"));
    }
}
