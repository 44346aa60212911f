//! Error pages: what happened, what was kept, and what to do.

use super::{Ctx, Error, Form, Page, csrf};
use app::model::error::{ErrorPage, KeptField};
use axum::response::Response;

/// Draws an error for a person. A stale or unsaved form comes back filled, with a button that sends it again.
pub fn page(ctx: &mut Ctx, error: &Error) -> Response {
    let kept = match error {
        Error::Stale(form) => Some(form),
        Error::Unavailable(form) => form.as_ref(),
        _ => None,
    };
    let kept = kept.map(|form| kept_fields(form)).unwrap_or_default();
    if !kept.is_empty() {
        ctx.ensure_visitor();
    }
    let model = ErrorPage {
        code: error.code().to_owned(),
        status: error.status().as_u16(),
        title: error.title(ctx.locale),
        message: error.message(ctx.locale),
        action: ctx.path().to_owned(),
        csrf: ctx.csrf_token(),
        kept,
    };
    let locale = ctx.locale;
    ctx.page_with(error.status(), Page::new(model.title.clone()), move || {
        app::pages::error::error(locale, model)
    })
}

fn kept_fields(form: &Form) -> Vec<KeptField> {
    form.fields()
        .iter()
        .filter(|(name, _)| name != csrf::FIELD)
        .map(|(name, value)| KeptField { name: name.clone(), value: value.clone() })
        .collect()
}
