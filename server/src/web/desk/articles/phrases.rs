//! `/desk/articles/{id}/{language}/phrases`: customers' own words that lead to the article.

use super::frame::{find, frame};
use crate::identity::Actor;
use crate::knowledge::{By, Edited, add_phrase, phrases_of, remove_phrase};
use crate::learning::learned_of;
use crate::web::desk::read_in;
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::editor::{PhraseLine, PhrasesPage};
use app::model::form::FieldErrors;
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;

pub async fn show(ctx: Ctx, Path((id, language)): Path<(String, String)>) -> Result {
    let (article, written) = find(&ctx, &id, &language).await?;
    draw(&ctx, StatusCode::OK, &article, written, String::new(), FieldErrors::default()).await
}

async fn draw(
    ctx: &Ctx,
    status: StatusCode,
    article: &Edited,
    written: Locale,
    typed: String,
    errors: FieldErrors,
) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let rows = phrases_of(&mut conn, article.id).await?;
    let learned = learned_of(&mut conn, article.id).await?;
    drop(conn);
    let phrases = rows.into_iter().map(|(id, tag, phrase, request)| PhraseLine {
        id,
        locale: Locale::from_tag(&tag).unwrap_or_default(),
        phrase,
        request,
    });
    let model = PhrasesPage {
        phrases: phrases.collect(),
        learned,
        frame: frame(ctx, article, written),
        csrf: ctx.csrf_token(),
        typed,
        errors,
    };
    let locale = ctx.locale;
    let page = Page {
        has_errors: !model.errors.is_empty(),
        written_in: Some(app::pages::revisions::phrase_written_in(&model.frame)),
        ..Page::new(locale.t("検索フレーズ", "Search phrases")).at(Place::Articles)
    };
    Ok(ctx.page_with(status, page, || app::pages::revisions::phrases(locale, model)))
}

pub async fn add(ctx: Ctx, Path((id, language)): Path<(String, String)>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let (article, written) = find(&ctx, &id, &language).await?;
    let phrase = form.line("phrase");
    if let Some(ctx) = read_in(&ctx, &form) {
        let typed = form.raw("phrase").to_owned();
        return draw(&ctx, StatusCode::OK, &article, written, typed, FieldErrors::default()).await;
    }
    let mut errors = FieldErrors::default();
    if phrase.is_empty() {
        errors.add("phrase", ctx.locale.t("フレーズを入力してください。", "Enter a phrase."));
    } else if phrase.chars().count() > 500 {
        errors.add("phrase", ctx.locale.t("500文字以内にしてください。", "Keep this to 500 characters."));
    }
    if !errors.is_empty() {
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &article, written, phrase, errors).await;
    }
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    let added = add_phrase(&mut tx, &by, article.id, written, &phrase, None).await?;
    tx.commit().await?;
    ctx.app.knowledge_changed();
    match added {
        Some(_) => ctx.flash("フレーズを加えました。", "The phrase has been added."),
        None => ctx.flash("そのフレーズはもうあります。", "That phrase is there already."),
    }
    Ok(ctx.redirect(&format!("/desk/articles/{id}/{language}/phrases")))
}

pub async fn remove(ctx: Ctx, Path((id, language)): Path<(String, String)>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let (article, _) = find(&ctx, &id, &language).await?;
    let phrase = form.number("phrase").ok_or(Error::NotFound)?;
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    if !remove_phrase(&mut tx, &by, article.id, phrase).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.flash("フレーズを外しました。", "The phrase has been removed.");
    Ok(ctx.redirect(&format!("/desk/articles/{id}/{language}/phrases")))
}
