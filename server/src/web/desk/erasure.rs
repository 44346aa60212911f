//! `/desk/people/{id}/erase`: a customer's data go, once their address was typed.

use super::read_in;
use crate::erasure::{self, Extent};
use crate::identity::{Member, normalise_email};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::model::erasure::{ErasePage, MadeOf};
use app::model::form::FieldErrors;
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn show(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let member = find(&ctx, id).await?;
    draw(&ctx, StatusCode::OK, &member, String::new(), FieldErrors::default()).await
}

pub async fn erase(ctx: Ctx, Path(id): Path<i64>, form: Form) -> Result {
    let actor = ctx.staff()?.clone();
    let member = find(&ctx, id).await?;
    let typed = form.raw("confirm").to_owned();
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(&ctx, StatusCode::OK, &member, typed, FieldErrors::default()).await;
    }
    if normalise_email(&typed) != member.email {
        let mut errors = FieldErrors::default();
        let words = ctx.locale.t(
            "このお客様のメールアドレスと一致しません。何も消していません。",
            "That is not this customer’s address. Nothing was erased.",
        );
        errors.add("confirm", words);
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &member, typed, errors).await;
    }
    if !erasure::erase(&ctx.app, &actor, id).await? {
        return Err(Error::NotFound);
    }
    ctx.flash("お客様のデータを消去しました。", "The customer’s data has been erased.");
    Ok(ctx.redirect("/desk/people?of=customers"))
}

async fn find(ctx: &Ctx, id: i64) -> Result<Member> {
    erasure::erasable(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)
}

async fn draw(
    ctx: &Ctx,
    status: StatusCode,
    member: &Member,
    confirm: String,
    errors: FieldErrors,
) -> Result<Response> {
    let locale = ctx.locale;
    let mut conn = ctx.app.db.read().await?;
    let Extent { requests, messages, files, mails, visits, searches, phrases, made_of } =
        erasure::extent(&mut conn, member.id, &member.email).await?;
    drop(conn);
    let link = |made: &erasure::MadeOf| MadeOf {
        title: made.title.clone(),
        href: format!("/desk/articles/{}/{}/edit", made.article_id, made.locale),
        lang: made.locale.clone(),
    };
    let model = ErasePage {
        csrf: ctx.csrf_token(),
        id: member.id,
        title: member.display_name().to_owned(),
        email: member.email.clone(),
        requests,
        messages,
        files,
        mails,
        visits,
        searches,
        phrases,
        drafts: made_of.iter().filter(|made| !made.published).map(link).collect(),
        articles: made_of.iter().filter(|made| made.published).map(link).collect(),
        postgres: ctx.app.db.is_postgres(),
        confirm,
        errors,
    };
    let page = Page {
        has_errors: !model.errors.is_empty(),
        written_in: Some(app::pages::erasure::written_in(member.id)),
        ..Page::new(locale.t("このお客様のデータを消去", "Erase this customer’s data")).at(Place::People)
    };
    Ok(ctx.page_with(status, page, move || app::pages::erasure::erase(locale, model)))
}
