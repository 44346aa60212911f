//! `/desk/people/{id}`: one person, as an administrator manages them.

use super::people::roles;
use super::read_in;
use crate::identity::{
    Actor, LinkPurpose, LinkWish, Member, MemberChange, MemberProblem, Role, audit, change_member,
    find_member, list_groups, organization_names, revoke_session, revoke_sessions, sessions_of, set_disabled,
    wish_for_link,
};
use crate::storage::{Tx, value};
use crate::web::account::{NAME_MAX, session_lines};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::{Choice, FieldErrors};
use app::model::people::PersonPage;
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

pub async fn show(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let member = find_member(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    draw(&ctx, StatusCode::OK, member, FieldErrors::default()).await
}

pub async fn store(ctx: Ctx, Path(id): Path<i64>, form: Form) -> Result {
    let actor = ctx.staff()?.clone();
    let locale = ctx.locale;
    let mut tx = ctx.app.db.begin().await?;
    let before = find_member(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let change = MemberChange {
        name: form.line("name"),
        role: Role::parse(form.raw("role")).unwrap_or(before.role),
        organization_id: form.number("organization"),
        groups: form.all("groups").iter().filter_map(|id| id.parse().ok()).collect(),
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        drop(tx);
        return draw(&ctx, StatusCode::OK, typed(&form, change, before), FieldErrors::default()).await;
    }
    let mut errors = FieldErrors::default();
    if change.name.is_empty() && before.role.is_staff() {
        errors.add("name", locale.t("名前を入力してください。", "Enter a name."));
    }
    if change.name.chars().count() > NAME_MAX {
        errors.add("name", locale.t("名前は100文字以内にしてください。", "Keep the name to 100 characters."));
    }
    if errors.is_empty() {
        match change_member(&mut tx, &Actor::Person(&actor), id, &change, ctx.now).await? {
            Ok(()) => {
                tx.commit().await?;
                ctx.flash("保存しました。", "Saved.");
                // Whoever gives up the role that opens this page goes on where they may be.
                let mine = actor.id == id && change.role != Role::Administrator;
                return Ok(ctx.redirect(&if mine {
                    "/desk".to_owned()
                } else {
                    format!("/desk/people/{id}")
                }));
            }
            Err(MemberProblem::NotFound) => return Err(Error::NotFound),
            Err(problem) => errors.add("role", refusal(locale, problem)),
        }
    }
    drop(tx);
    draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed(&form, change, before), errors).await
}

/// A person as the form has them.
fn typed(form: &Form, change: MemberChange, before: Member) -> Member {
    Member {
        name: form.raw("name").to_owned(),
        role: change.role,
        organization_id: change.organization_id,
        groups: change.groups,
        ..before
    }
}

fn refusal(locale: Locale, problem: MemberProblem) -> &'static str {
    match problem {
        MemberProblem::LastAdministrator => locale.t(
            "最後の管理者なので、この役割は外せません。先にほかの人を管理者にしてください。",
            "This is the last administrator. Make somebody else one first.",
        ),
        MemberProblem::NeedsInvitation => locale.t(
            "この人にはまだパスワードがありません。「メンバー」から招待してください。",
            "This person has no password yet. Invite them under “People”.",
        ),
        MemberProblem::Yourself => locale.t("自分自身を無効にはできません。", "You cannot disable yourself."),
        MemberProblem::NotFound => locale.t("見つかりません。", "Not found."),
    }
}

pub async fn disable(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    shut(ctx, id, true).await
}

pub async fn enable(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    shut(ctx, id, false).await
}

async fn shut(ctx: Ctx, id: i64, disabled: bool) -> Result {
    let actor = ctx.staff()?.clone();
    let mut tx = ctx.app.db.begin().await?;
    match set_disabled(&mut tx, &Actor::Person(&actor), id, disabled, ctx.now).await? {
        Ok(()) => {
            tx.commit().await?;
            if disabled {
                ctx.flash(
                    "無効にしました。すべてのブラウザーからサインアウトさせました。",
                    "Disabled; all of their sessions have ended.",
                );
            } else {
                ctx.flash("有効に戻しました。", "Enabled again.");
            }
            Ok(ctx.redirect(&format!("/desk/people/{id}")))
        }
        Err(MemberProblem::NotFound) => Err(Error::NotFound),
        Err(problem) => {
            let member = find_member(&mut tx, id).await?.ok_or(Error::NotFound)?;
            drop(tx);
            let mut errors = FieldErrors::default();
            errors.add("", refusal(ctx.locale, problem));
            draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, member, errors).await
        }
    }
}

/// Sends a member a link for a new password.
pub async fn send_password_link(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    let member = find_member(&mut tx, id).await?.filter(|member| member.role.is_staff());
    let member = member.filter(|member| member.disabled_at.is_none()).ok_or(Error::NotFound)?;
    let wish = LinkWish {
        purpose: LinkPurpose::Password,
        email: member.email.clone(),
        locale: member.locale,
        next: String::new(),
        seed: ctx.app.chance.token(),
    };
    wish_for_link(&mut tx, ctx.now, wish).await?;
    note(&ctx, &mut tx, "person.password_link", &member).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    ctx.flash(
        &format!("{} にパスワード再設定のリンクを送りました。", member.email),
        &format!("A link for a new password is on its way to {}.", member.email),
    );
    Ok(ctx.redirect(&format!("/desk/people/{id}")))
}

pub async fn end_session(ctx: Ctx, Path((id, session)): Path<(i64, i64)>, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    let member = find_member(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if !revoke_session(&mut tx, session, id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    note(&ctx, &mut tx, "person.sign_out", &member).await?;
    tx.commit().await?;
    ctx.flash("サインアウトさせました。", "The session has ended.");
    Ok(ctx.redirect(&format!("/desk/people/{id}")))
}

/// Ends all their sessions, but not the one that asks.
pub async fn end_sessions(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    let member = find_member(&mut tx, id).await?.ok_or(Error::NotFound)?;
    revoke_sessions(&mut tx, id, own_session(&ctx, id), ctx.now).await?;
    note(&ctx, &mut tx, "person.sign_out", &member).await?;
    tx.commit().await?;
    ctx.flash("サインアウトさせました。", "The sessions have ended.");
    Ok(ctx.redirect(&format!("/desk/people/{id}")))
}

/// What was done to a person that is no field of theirs.
async fn note(ctx: &Ctx, tx: &mut Tx, action: &str, member: &Member) -> Result<()> {
    let detail = json!({ "name": member.display_name() });
    audit(tx, ctx.now, &Actor::Person(ctx.staff()?), action, "person", Some(member.id), &detail).await?;
    Ok(())
}

fn own_session(ctx: &Ctx, person: i64) -> Option<i64> {
    match &ctx.visitor {
        crate::web::Visitor::Signed(session) if session.person.id == person => Some(session.id),
        _ => None,
    }
}

async fn draw(ctx: &Ctx, status: StatusCode, member: Member, errors: FieldErrors) -> Result<Response> {
    let locale = ctx.locale;
    let mut conn = ctx.app.db.read().await?;
    let choices = |named: Vec<(i64, String)>| -> Vec<Choice> {
        named.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
    };
    // What the person is today decides what the form offers, whatever was typed.
    let saved = find_member(&mut conn, member.id).await?.ok_or(Error::NotFound)?;
    let staff = saved.role.is_staff();
    let groups = list_groups(&mut conn).await?.into_iter().map(|group| (group.id, group.name)).collect();
    let organizations = organization_names(&mut conn).await?;
    let requests = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM request WHERE status IN ('new', 'open', 'waiting')
           AND (($2 AND assignee_id = $1) OR (NOT $2 AND customer_id = $1))",
        member.id,
        staff
    )?;
    let sessions = sessions_of(&mut conn, member.id, ctx.now).await?;
    drop(conn);
    let page = Page {
        has_errors: !errors.is_empty(),
        written_in: Some(app::pages::person::written_in(member.id)),
        ..Page::new(saved.display_name().to_owned()).at(Place::People)
    };
    let model = PersonPage {
        csrf: ctx.csrf_token(),
        id: member.id,
        title: saved.display_name().to_owned(),
        email: member.email.clone(),
        role: member.role.as_str().to_owned(),
        roles: roles(locale, true),
        staff,
        organization: member.organization_id.map(|id| id.to_string()).unwrap_or_default(),
        organizations: choices(organizations),
        groups: member.groups.iter().map(i64::to_string).collect(),
        all_groups: choices(groups),
        has_password: member.has_password,
        disabled: member.disabled_at.is_some(),
        you: ctx.visitor.person().is_some_and(|me| me.id == member.id),
        since: ctx.moment(member.created_at),
        language: member.locale.tag(),
        requests,
        sessions: session_lines(ctx, sessions, own_session(ctx, member.id)),
        name: member.name,
        errors,
    };
    Ok(ctx.page_with(status, page, move || app::pages::person::person(locale, model)))
}
