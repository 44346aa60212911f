//! `/desk/settings/rules`: routing rules, listed for CRE, changed by administrators.

mod form;
mod words;

pub(super) use self::words::Lexicon;

use self::form::{empty, parse, refilled, try_out};
use crate::desk::rules::{self, Match};
use crate::identity::{Actor, Role};
use crate::web::desk::read_in;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::model::desk_rules::{RuleForm, RuleRow, RulesPage};
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

const LIST: &str = "/desk/settings/rules";

pub fn table(table: &mut Table) {
    table
        .get(LIST, Access::Cre, list)
        .post(LIST, Access::Administrator, create)
        .get("/desk/settings/rules/new", Access::Administrator, new)
        .get("/desk/settings/rules/{id}", Access::Administrator, edit)
        .post("/desk/settings/rules/{id}", Access::Administrator, update)
        .post("/desk/settings/rules/{id}/move", Access::Administrator, shift)
        .post("/desk/settings/rules/{id}/enabled", Access::Administrator, enable)
        .post("/desk/settings/rules/{id}/delete", Access::Administrator, delete);
}

async fn list(ctx: Ctx) -> Result {
    let me = ctx.staff()?;
    let mut conn = ctx.app.db.read().await?;
    let rules = rules::all_rules(&mut conn).await?;
    let (matched, tried) = rules::matched_lately(&mut conn).await?;
    let lexicon = Lexicon::load(&mut conn, ctx.locale).await?;
    drop(conn);
    let last = rules.len();
    let rows = rules.into_iter().enumerate().map(|(n, rule)| RuleRow {
        id: rule.id,
        position: rule.position,
        enabled: rule.enabled,
        when: lexicon.conditions(&rule.draft.conditions),
        then: lexicon.actions(&rule.draft.actions),
        matched: matched.get(&rule.id).copied().unwrap_or_default(),
        broken: lexicon.broken(&rule.draft),
        first: n == 0,
        last: n + 1 == last,
        name: rule.draft.name,
    });
    let model = RulesPage {
        rules: rows.collect(),
        tried,
        editable: me.role == Role::Administrator,
        csrf: ctx.csrf_token(),
    };
    let locale = ctx.locale;
    let page = Page::new(Place::Rules.label(locale)).at(Place::Rules);
    Ok(ctx.page(page, || app::pages::desk_rules::list(locale, model)))
}

async fn new(ctx: Ctx) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let form = empty(&ctx, &mut conn).await?;
    Ok(draw(&ctx, StatusCode::OK, RuleForm { mode: "all".into(), words_in: "both".into(), ..form }))
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let rule = rules::find_rule(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let form = form::filled(&ctx, &mut conn, &rule).await?;
    Ok(draw(&ctx, StatusCode::OK, form))
}

async fn create(ctx: Ctx, form: Form) -> Result {
    save(ctx, None, form).await
}

async fn update(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    save(ctx, Some(id), form).await
}

/// Saves, or only tries.
async fn save(ctx: Ctx, id: Option<i64>, form: Form) -> Result {
    let me = ctx.staff()?;
    let mut conn = ctx.app.db.read().await?;
    if let Some(id) = id {
        rules::find_rule(&mut conn, id).await?.ok_or(Error::NotFound)?;
    }
    let page = refilled(&ctx, &mut conn, id, &form).await?;
    if let Some(ctx) = read_in(&ctx, &form) {
        return Ok(draw(&ctx, StatusCode::OK, page));
    }
    let trying = form.raw("do") == "try";
    let draft = match parse(&ctx, &mut conn, &form, trying).await? {
        Ok(draft) => draft,
        Err(errors) => {
            return Ok(draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, RuleForm { errors, ..page }));
        }
    };
    if trying {
        let trial = Some(try_out(&ctx, &mut conn, id, &draft).await?);
        return Ok(draw(&ctx, StatusCode::OK, RuleForm { trial, ..page }));
    }
    drop(conn);
    let mut tx = ctx.app.db.begin().await?;
    let actor = Actor::Person(me);
    let id = match id {
        None => rules::create_rule(&mut tx, &actor, &draft, ctx.now).await?,
        Some(id) if rules::update_rule(&mut tx, &actor, id, &draft, ctx.now).await? => id,
        Some(_) => return Err(Error::NotFound),
    };
    tx.commit().await?;
    if draft.conditions.mode == Match::Always {
        ctx.flash(
            "ルールを保存しました。すべての新しいお問い合わせに適用されます。",
            "The rule has been saved. It applies to every new request.",
        );
    } else {
        ctx.flash("ルールを保存しました。", "The rule has been saved.");
    }
    Ok(ctx.redirect(&format!("{LIST}#rule-{id}")))
}

fn draw(ctx: &Ctx, status: StatusCode, form: RuleForm) -> Response {
    let locale = ctx.locale;
    let title = match form.id {
        Some(_) => locale.t("ルールを編集", "Edit the rule"),
        None => locale.t("ルールを追加", "Add a rule"),
    };
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::desk_rules::written_in(form.id)),
        ..Page::new(title).at(Place::Rules)
    };
    ctx.page_with(status, page, || app::pages::desk_rules::edit(locale, form))
}

async fn shift(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let mut tx = ctx.app.db.begin().await?;
    let up = form.raw("to") == "up";
    if !rules::move_rule(&mut tx, &Actor::Person(me), id, up, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(ctx.redirect(&format!("{LIST}#rule-{id}")))
}

async fn enable(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let me = ctx.staff()?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let on = form.raw("enabled") == "on";
    let mut tx = ctx.app.db.begin().await?;
    if !rules::set_enabled(&mut tx, &Actor::Person(me), id, on, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    if on {
        ctx.flash("ルールをオンにしました。", "The rule is on.");
    } else {
        ctx.flash("ルールをオフにしました。", "The rule is off.");
    }
    Ok(ctx.redirect(&format!("{LIST}#rule-{id}")))
}

async fn delete(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Result {
    let me = ctx.staff()?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let mut tx = ctx.app.db.begin().await?;
    if !rules::delete_rule(&mut tx, &Actor::Person(me), id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.flash("ルールを削除しました。", "The rule has been deleted.");
    Ok(ctx.redirect(LIST))
}
