//! `/api/v1/desk/preview` and `/api/v1/desk/images`: what the editor's island asks for.

use super::ApiBody;
use super::openapi::ImageForm;
use crate::knowledge::{edited, render_preview};
use crate::web::desk::{look_over_images, store_image};
use crate::web::routes::{Access::Cre, Table};
use crate::web::{Ctx, Error, Form};
use app::i18n::Locale;
use app::model::api::{ApiError, ErrorBody, ImageAnswer, PreviewAnswer, PreviewQuestion};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub fn table(table: &mut Table) {
    table.post("/api/v1/desk/preview", Cre, preview).post("/api/v1/desk/images", Cre, image);
}

/// Preview an article
///
/// Markdown as the article's page would show it: safe HTML.
#[utoipa::path(
    post,
    path = "/api/v1/desk/preview",
    operation_id = "preview_article",
    tag = "desk",
    request_body = PreviewQuestion,
    responses((status = 200, description = "The rendered text", body = PreviewAnswer))
)]
pub(super) async fn preview(
    ctx: Ctx,
    ApiBody(question): ApiBody<PreviewQuestion>,
) -> Result<Json<PreviewAnswer>, Error> {
    let locale = Locale::from_tag(&question.locale).ok_or(Error::BadRequest)?;
    let article = (question.article > 0).then_some(question.article);
    let mut conn = ctx.app.db.read().await?;
    let rendered = render_preview(&mut conn, article, locale, &question.title, &question.body).await?;
    Ok(Json(PreviewAnswer { html: rendered.html }))
}

/// Store a picture for an article
///
/// A form, as a page sends one: the CSRF token is one of its fields. The file is checked against its name, and what a
/// picture tells of where and by whom it was taken is taken out.
#[utoipa::path(
    post,
    path = "/api/v1/desk/images",
    operation_id = "store_image",
    tag = "desk",
    request_body(content = ImageForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "Stored", body = ImageAnswer),
        (status = 404, description = "No such article", body = ErrorBody),
        (status = 422, description = "Refused: too large, of a kind that is not taken, or not what its name says",
            body = ErrorBody),
    )
)]
pub(super) async fn image(ctx: Ctx, form: Form) -> Result<Response, Error> {
    let person = ctx.staff()?.clone();
    let sent = form.files("image").into_iter().take(1).collect();
    let article = form.number("article").filter(|id| *id > 0);
    let brought = look_over_images(&ctx, sent).await?;
    if let Some(refusal) = brought.refused.first() {
        let message = refusal.message(ctx.locale);
        let error = ErrorBody { error: ApiError { code: "file_refused".into(), message } };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response());
    }
    let file = brought.checked.first().ok_or(Error::BadRequest)?;
    let mut tx = ctx.app.db.begin().await?;
    if let Some(id) = article {
        edited(&mut tx, id).await?.ok_or(Error::NotFound)?;
    }
    let (href, markdown) = store_image(&ctx, &mut tx, article, &person, file).await?;
    tx.commit().await?;
    Ok(Json(ImageAnswer { href, markdown }).into_response())
}
