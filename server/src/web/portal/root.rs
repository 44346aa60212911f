//! `/`: the visitor's own language.

use crate::web::routes::page_of;
use crate::web::{Ctx, Form, cookies};
use app::i18n::Locale;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

/// To the home page in the remembered, the preferred or the portal's language.
pub async fn choose_locale(ctx: Ctx) -> Response {
    let headers = [(header::VARY, "cookie, accept-language"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, Redirect::to(&format!("/{}", ctx.locale.tag()))).into_response()
}

/// Remembers a language and goes on with the page in it.
pub async fn remember_locale(ctx: Ctx, form: Form) -> Response {
    if let Some(locale) = Locale::from_tag(form.raw("locale")) {
        ctx.cookies.set(cookies::LOCALE, locale.tag(), Some(cookies::YEAR));
    }
    ctx.redirect(page_of(form.raw("next")))
}
