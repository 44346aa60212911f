//! `/api/v1`: what the islands use, and integrators.

mod body;

use super::Error;
use super::routes::Table;
use app::i18n::Locale;
use app::model::api::{ApiError, ErrorBody};
use axum::Json;
use axum::response::{IntoResponse, Response};

#[expect(unused_imports, reason = "the areas that take JSON are added next")]
pub use body::ApiBody;

pub fn table(_table: &mut Table) {}

/// An error as the API tells it: `{"error": {"code": …, "message": …}}`.
pub fn error_body(error: &Error, locale: Locale) -> Response {
    let body =
        ErrorBody { error: ApiError { code: error.code().to_owned(), message: error.message(locale) } };
    (error.status(), Json(body)).into_response()
}
