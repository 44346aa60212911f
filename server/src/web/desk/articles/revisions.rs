//! `/desk/articles/{id}/{language}/revisions`: the history, what changed, and the way back.

use super::frame::{find, frame};
use super::list::moment;
use crate::identity::Actor;
use crate::knowledge::{
    By, Draft, Revision, Saving, difference, history, revision, save_revision, translation_id,
};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::editor::{DiffPart, RevisionLine, RevisionsPage};
use app::model::shell::Place;
use axum::extract::Path;

pub async fn show(ctx: Ctx, Path((id, language)): Path<(String, String)>) -> Result {
    let (article, written) = find(&ctx, &id, &language).await?;
    let text = article.text(written).ok_or(Error::NotFound)?;
    let number = |name: &str| ctx.query(name).parse::<i64>().ok();
    let to = number("to").unwrap_or(text.number);
    let from = number("from").unwrap_or((to - 1).max(1));
    let mut conn = ctx.app.db.read().await?;
    let steps = history(&mut conn, text.translation_id).await?;
    let old = revision(&mut conn, text.translation_id, from).await?.ok_or(Error::NotFound)?;
    let new = revision(&mut conn, text.translation_id, to).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let locale = ctx.locale;
    let lines = steps.into_iter().map(|step| RevisionLine {
        number: step.number,
        title: step.title,
        author: step.author.unwrap_or_else(|| locale.t("取り込み", "Import").to_owned()),
        note: step.note,
        when: moment(&ctx, step.created_at),
        live: Some(step.id) == text.live_revision_id,
        head: step.id == text.revision_id,
    });
    let model = RevisionsPage {
        revisions: lines.collect(),
        frame: frame(&ctx, &article, written),
        csrf: ctx.csrf_token(),
        from,
        to,
        diff: compared(locale, &old, &new),
    };
    let page = Page::new(locale.t("版の履歴", "Revisions")).at(Place::Articles);
    Ok(ctx.page(page, || app::pages::revisions::revisions(locale, model)))
}

fn compared(locale: Locale, old: &Revision, new: &Revision) -> Vec<DiffPart> {
    let parts = [
        (locale.t("題名", "Title"), &old.title, &new.title),
        (locale.t("要約", "Summary"), &old.summary, &new.summary),
        (locale.t("本文", "Text"), &old.body, &new.body),
    ];
    parts
        .into_iter()
        .map(|(title, old, new)| DiffPart { title: title.into(), lines: difference(old, new) })
        .collect()
}

/// Writes an old revision's words as the newest one. Readers see it once it is published.
pub async fn restore(ctx: Ctx, Path((id, language)): Path<(String, String)>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let (article, written) = find(&ctx, &id, &language).await?;
    let number = form.number("number").ok_or(Error::NotFound)?;
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    let translation = translation_id(&mut tx, article.id, written).await?.ok_or(Error::NotFound)?;
    let old = revision(&mut tx, translation, number).await?.ok_or(Error::NotFound)?;
    // Nothing is lost by restoring on top of what came in meanwhile: every revision stays.
    let head = article.text(written).map(|text| text.revision_id);
    let note = ctx.locale.t(format!("第{number}版に戻しました"), format!("Restored version {number}"));
    let draft = Draft { title: old.title, summary: old.summary, body: old.body, note };
    let saving = save_revision(&mut tx, &by, translation, head, &draft).await?;
    if let Saving::Conflict(_) = saving {
        ctx.flash(
            "ほかの人が先に保存しました。履歴を確かめてから、もう一度お試しください。",
            "Somebody saved in between. Look at the history, then try again.",
        );
        return Ok(ctx.redirect(&format!("/desk/articles/{id}/{language}/revisions")));
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.flash(
        "古い版の内容を新しい版として保存しました。公開すると、お客様に見えます。",
        "The old words are saved as a new version. Publish it to show it to customers.",
    );
    Ok(ctx.redirect(&format!("/desk/articles/{id}/{language}/edit")))
}
