//! "Before you send", "this solved it", and the way back from both.

use super::form_page;
use crate::intake::answers::{self, Answer};
use crate::intake::{self, IntakeSession, Stage};
use crate::web::{Ctx, Page, Result};
use app::model::ask::{self, AskForm, BeforePage, SolvedPage};
use app::model::form::FieldErrors;
use app::model::shell::{Place, WrittenIn};
use app::pages::ask::FORM;
use axum::http::{HeaderValue, StatusCode, header};

/// The best matches with their text, noted as shown; none for the hold-out.
pub(super) async fn offer(ctx: &Ctx, form: &AskForm, session: &IntakeSession) -> Result<Vec<Answer>> {
    let mut offered = Vec::new();
    if !session.held_out {
        let person = ctx.visitor.person();
        let mut conn = ctx.app.db.read().await?;
        for likely in answers::likely(&ctx.app, person, ctx.locale, &form.subject, &form.body) {
            offered.extend(answers::read(&ctx.app, &mut conn, ctx.locale, likely.article_id).await?);
        }
    }
    let typed = format!("{}\n{}", form.subject, form.body);
    let ids: Vec<i64> = offered.iter().map(|answer| answer.article_id).collect();
    let mut tx = ctx.app.db.begin().await?;
    intake::note_shown(&mut tx, session, &typed, Stage::Submit, &ids, ctx.now).await?;
    tx.commit().await?;
    Ok(offered)
}

pub(super) async fn page(ctx: &Ctx, form: &AskForm, answers: Vec<Answer>) -> Result {
    let locale = ctx.locale;
    let area = match form.area.parse::<i64>() {
        Ok(id) => {
            let tree = ctx.app.tree().await?;
            tree.get(id).map(|node| node.name(locale).to_owned())
        }
        Err(_) => None,
    };
    let model = BeforePage {
        csrf: ctx.csrf_token(),
        replies_to: ctx.visitor.person().map_or_else(|| form.email.clone(), |person| person.email.clone()),
        area,
        answers: answers
            .into_iter()
            .map(|answer| ask::Answer {
                href: format!("/{}/ask/read/{}/{}", locale.tag(), form.session, answer.article_id),
                article_id: answer.article_id,
                title: answer.title,
                locale: answer.locale,
                html: answer.html,
            })
            .collect(),
        form: form.clone(),
    };
    let page = Page {
        written_in: Some(WrittenIn::addressed(FORM)),
        ..Page::new(locale.t("送信の前に", "Before you send")).at(Place::Ask)
    };
    let mut response = ctx.page(page, move || app::pages::ask::before(locale, model));
    // Whoever goes back to it after sending sees it again; a browser that kept nothing could only show an error.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// Notes that an article solved it, and thanks. An article that was not shown in this visit brings the form back.
pub(super) async fn solved(
    ctx: &Ctx,
    visitor: &str,
    form: &AskForm,
    session: &IntakeSession,
    article_id: i64,
) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    let noted = intake::note_solved(&mut tx, &session.key, visitor, article_id, ctx.now).await?;
    tx.commit().await?;
    let mut conn = ctx.app.db.read().await?;
    let answer = answers::read(&ctx.app, &mut conn, ctx.locale, article_id).await?;
    drop(conn);
    let Some(answer) = answer.filter(|_| noted) else {
        return Ok(form_page(ctx, StatusCode::OK, form.clone(), FieldErrors::default()).await);
    };
    let model =
        SolvedPage { csrf: ctx.csrf_token(), form: form.clone(), title: answer.title, href: answer.href };
    let locale = ctx.locale;
    let page = Page {
        written_in: Some(WrittenIn::addressed(FORM)),
        ..Page::new(locale.t("解決してよかったです", "Glad that solved it")).at(Place::Ask)
    };
    Ok(ctx.page(page, move || app::pages::ask::solved(locale, model)))
}

/// Takes "this solved it" back.
pub(super) async fn unsolved(ctx: &Ctx, visitor: &str, session: &IntakeSession) -> Result<()> {
    let mut tx = ctx.app.db.begin().await?;
    intake::note_unsolved(&mut tx, &session.key, visitor).await?;
    tx.commit().await?;
    Ok(())
}
