//! `/api/v1`: what the islands use, and integrators.

mod body;
mod desk;
mod editor;
mod intake;
mod openapi;
mod search;

use super::Error;
use super::routes::Table;
use app::i18n::Locale;
use app::model::api::{ApiError, ErrorBody};
use axum::Json;
use axum::response::{IntoResponse, Response};

pub use body::ApiBody;

pub fn table(table: &mut Table) {
    intake::table(table);
    editor::table(table);
    search::table(table);
    desk::table(table);
    openapi::table(table);
}

/// An error as the API tells it: `{"error": {"code": …, "message": …}}`.
pub fn error_body(error: &Error, locale: Locale) -> Response {
    let body =
        ErrorBody { error: ApiError { code: error.code().to_owned(), message: error.message(locale) } };
    (error.status(), Json(body)).into_response()
}
