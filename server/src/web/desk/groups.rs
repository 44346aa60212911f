//! `/desk/groups`.

use super::read_in;
use crate::desk::roster;
use crate::identity::{Actor, GroupProblem, delete_group, find_group, list_groups, save_group};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::{Choice, FieldErrors};
use app::model::people::{GroupForm, GroupLine, GroupsPage};
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub async fn show(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let groups = list_groups(&mut ctx.app.db.read().await?).await?;
    let model = GroupsPage {
        groups: groups
            .into_iter()
            .map(|group| GroupLine {
                href: format!("/desk/groups/{}", group.id),
                name: group.name,
                members: group.members.join(locale.t("、", ", ")),
                open: group.open,
            })
            .collect(),
    };
    let page = Page::new(locale.t("グループ", "Groups")).at(Place::People);
    Ok(ctx.page(page, move || app::pages::groups::groups(locale, model)))
}

pub async fn new(ctx: Ctx) -> Result {
    draw(&ctx, StatusCode::OK, GroupForm::default()).await
}

pub async fn edit(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let group = find_group(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let form = GroupForm {
        id: Some(id),
        name: group.name,
        members: group.members.iter().map(i64::to_string).collect(),
        ..GroupForm::default()
    };
    draw(&ctx, StatusCode::OK, form).await
}

pub async fn create(ctx: Ctx, form: Form) -> Result {
    save(ctx, None, form).await
}

pub async fn store(ctx: Ctx, Path(id): Path<i64>, form: Form) -> Result {
    save(ctx, Some(id), form).await
}

async fn save(ctx: Ctx, id: Option<i64>, form: Form) -> Result {
    let typed = GroupForm {
        id,
        name: form.raw("name").to_owned(),
        members: form.all("members"),
        ..GroupForm::default()
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(&ctx, StatusCode::OK, typed).await;
    }
    let actor = ctx.staff()?.clone();
    let name = form.line("name");
    let members: Vec<i64> = form.all("members").iter().filter_map(|id| id.parse().ok()).collect();
    let mut tx = ctx.app.db.begin().await?;
    match save_group(&mut tx, &Actor::Person(&actor), id, &name, &members, ctx.now).await? {
        Ok(_) => {
            tx.commit().await?;
            ctx.flash("グループを保存しました。", "The group has been saved.");
            Ok(ctx.redirect("/desk/groups"))
        }
        Err(GroupProblem::NotFound) => Err(Error::NotFound),
        Err(problem) => {
            drop(tx);
            let mut errors = FieldErrors::default();
            errors.add("name", refusal(ctx.locale, &problem));
            draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, GroupForm { errors, ..typed }).await
        }
    }
}

pub async fn delete(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let actor = ctx.staff()?.clone();
    let mut tx = ctx.app.db.begin().await?;
    match delete_group(&mut tx, &Actor::Person(&actor), id, ctx.now).await? {
        Ok(()) => {
            tx.commit().await?;
            ctx.flash("グループを削除しました。", "The group has been deleted.");
            Ok(ctx.redirect("/desk/groups"))
        }
        Err(GroupProblem::NotFound) => Err(Error::NotFound),
        Err(problem) => {
            let group = find_group(&mut tx, id).await?.ok_or(Error::NotFound)?;
            drop(tx);
            let mut errors = FieldErrors::default();
            errors.add("", refusal(ctx.locale, &problem));
            let form = GroupForm {
                id: Some(id),
                name: group.name,
                members: group.members.iter().map(i64::to_string).collect(),
                errors,
                ..GroupForm::default()
            };
            draw(&ctx, StatusCode::CONFLICT, form).await
        }
    }
}

fn refusal(locale: Locale, problem: &GroupProblem) -> String {
    match problem {
        GroupProblem::NameMissing => locale.t("名前を入力してください。", "Enter a name.").to_owned(),
        GroupProblem::NameTaken => locale
            .t("この名前のグループはすでにあります。", "There is a group of that name already.")
            .to_owned(),
        GroupProblem::UsedByRule(rule) => locale.t(
            format!("ルール「{rule}」がこのグループに割り当てています。先にルールを変えてください。"),
            format!("The rule “{rule}” assigns to this group. Change the rule first."),
        ),
        GroupProblem::NotFound => locale.t("見つかりません。", "Not found.").to_owned(),
    }
}

async fn draw(ctx: &Ctx, status: StatusCode, mut form: GroupForm) -> Result<Response> {
    let locale = ctx.locale;
    let staff = roster::staff(&mut ctx.app.db.read().await?).await?;
    form.people = staff.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    form.csrf = ctx.csrf_token();
    let title = match form.id {
        None => locale.t("グループを作る", "New group"),
        Some(_) => locale.t("グループの編集", "Edit the group"),
    };
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::groups::written_in(form.id)),
        ..Page::new(title).at(Place::People)
    };
    Ok(ctx.page_with(status, page, move || app::pages::groups::group(locale, form)))
}
