//! `/desk/people`: members, customers, and inviting.

use super::read_in;
use crate::identity::{
    Actor, Crowd, InvitationProblem, ListedPerson, NewInvitation, Role, find_invitation, groups_of, invite,
    is_email, list_people, normalise_email, open_invitations, withdraw_invitation,
};
use crate::web::account::NAME_MAX;
use crate::web::moment::pages;
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::{Choice, FieldErrors};
use app::model::people::{InvitationLine, InviteForm, PeoplePage, PeopleTab, PersonLine};
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeMap;

pub(super) const PER_PAGE: i64 = 50;

pub async fn show(ctx: Ctx) -> Result {
    let (crowd, tab) = match ctx.query("of").as_str() {
        "customers" => (Crowd::Customers, PeopleTab::Customers),
        _ => (Crowd::Staff, PeopleTab::Staff),
    };
    let search = ctx.query("q");
    let mut conn = ctx.app.db.read().await?;
    let (people, total) = list_people(&mut conn, crowd, &search, ctx.page_number(), PER_PAGE).await?;
    let mut groups = groups_of(&mut conn, people.iter().map(|person| person.id)).await?;
    let invitations = match tab {
        PeopleTab::Staff => open_invitations(&mut conn).await?,
        _ => Vec::new(),
    };
    drop(conn);
    let locale = ctx.locale;
    let model = PeoplePage {
        csrf: ctx.csrf_token(),
        tab,
        people: people.into_iter().map(|person| line(&ctx, person, &mut groups)).collect(),
        total,
        page: ctx.page_number(),
        pages: pages(total, PER_PAGE),
        base: address(tab, &search),
        search,
        invitations: invitations
            .into_iter()
            .map(|invitation| InvitationLine {
                id: invitation.id,
                email: invitation.email,
                role: role(&invitation.role).label(locale).to_owned(),
                sent: ctx.moment(invitation.created_at),
                expired: invitation.expires_at <= ctx.now,
            })
            .collect(),
    };
    let page = Page::new(locale.t("メンバー", "People")).at(Place::People);
    Ok(ctx.page(page, move || app::pages::people::people(locale, model)))
}

fn address(tab: PeopleTab, search: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if tab == PeopleTab::Customers {
        query.append_pair("of", "customers");
    }
    if !search.is_empty() {
        query.append_pair("q", search);
    }
    format!("/desk/people?{}", query.finish()).trim_end_matches('?').to_owned()
}

fn role(text: &str) -> Role {
    Role::parse(text).unwrap_or(Role::Customer)
}

/// A person in a list; only administrators get the address of their page.
pub(super) fn line(ctx: &Ctx, person: ListedPerson, groups: &mut BTreeMap<i64, Vec<String>>) -> PersonLine {
    let role = role(&person.role);
    let groups = groups.remove(&person.id).unwrap_or_default().join(ctx.locale.t("、", ", "));
    let administrator = ctx.visitor.role() == Some(Role::Administrator);
    PersonLine {
        href: if administrator { format!("/desk/people/{}", person.id) } else { String::new() },
        name: person.name,
        email: person.email,
        role: role.label(ctx.locale).to_owned(),
        staff: role.is_staff(),
        belongs: if role.is_staff() { groups } else { person.organization.unwrap_or_default() },
        seen: person.seen_at.map(|at| ctx.moment(at)),
        disabled: person.disabled,
        you: ctx.visitor.person().is_some_and(|me| me.id == person.id),
    }
}

/// The roles that can be given, each with what it may do.
pub(super) fn roles(locale: Locale, customer: bool) -> Vec<Choice> {
    let mut roles = vec![
        Choice::new(Role::Cre.as_str(), Role::Cre.label(locale)).with_hint(locale.t(
            "お問い合わせに答え、記事を書いて公開します。",
            "Answers requests, writes and publishes articles.",
        )),
        Choice::new(Role::Administrator.as_str(), Role::Administrator.label(locale)).with_hint(locale.t(
            "CREの仕事に加えて、設定とメンバーを変えられます。",
            "As CRE; also changes settings and people.",
        )),
    ];
    if customer {
        roles.push(Choice::new(Role::Customer.as_str(), Role::Customer.label(locale)).with_hint(locale.t(
            "デスクは使えなくなり、自分のお問い合わせだけが見えます。",
            "Has no desk any more, and sees only their own requests.",
        )));
    }
    roles
}

pub async fn invite_form(ctx: Ctx) -> Result {
    let form = InviteForm {
        role: Role::Cre.as_str().to_owned(),
        language: ctx.locale.tag().to_owned(),
        ..InviteForm::default()
    };
    Ok(draw_invite(&ctx, StatusCode::OK, form))
}

pub async fn send_invitation(ctx: Ctx, form: Form) -> Result {
    let typed = InviteForm {
        email: form.raw("email").to_owned(),
        name: form.raw("name").to_owned(),
        role: form.raw("role").to_owned(),
        language: form.raw("language").to_owned(),
        ..InviteForm::default()
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return Ok(draw_invite(&ctx, StatusCode::OK, typed));
    }
    let person = ctx.staff()?.clone();
    let locale = ctx.locale;
    let email = normalise_email(form.raw("email"));
    let name = form.line("name");
    let role = Role::parse(form.raw("role")).filter(|role| role.is_staff());
    let mut errors = FieldErrors::default();
    if !is_email(&email) {
        errors.add(
            "email",
            locale.t(
                "メールアドレスを「name@example.com」の形で入力してください。",
                "Enter an e-mail address like name@example.com.",
            ),
        );
    }
    if name.chars().count() > NAME_MAX {
        errors.add("name", locale.t("名前は100文字以内にしてください。", "Keep the name to 100 characters."));
    }
    if role.is_none() {
        errors.add("role", locale.t("役割を選んでください。", "Choose a role."));
    }
    if let (Some(role), true) = (role, errors.is_empty()) {
        let language = Locale::from_tag(form.raw("language")).unwrap_or(locale);
        let new = NewInvitation { email: email.clone(), name, role, locale: language };
        let mut tx = ctx.app.db.begin().await?;
        match invite(&ctx.app, &mut tx, &Actor::Person(&person), &new, ctx.now).await? {
            Ok(()) => {
                tx.commit().await?;
                ctx.app.work.notify_one();
                ctx.flash(
                    &format!("{email} に招待を送りました。"),
                    &format!("The invitation to {email} is on its way."),
                );
                return Ok(ctx.redirect("/desk/people"));
            }
            Err(problem) => errors.add("email", refusal(locale, problem)),
        }
    }
    Ok(draw_invite(&ctx, StatusCode::UNPROCESSABLE_ENTITY, InviteForm { errors, ..typed }))
}

fn refusal(locale: Locale, problem: InvitationProblem) -> &'static str {
    match problem {
        InvitationProblem::AlreadyThere => locale.t(
            "この人はすでにデスクのメンバーです。役割は、その人のページで変えられます。",
            "This person is a member already. Change the role on their page.",
        ),
        InvitationProblem::Disabled => locale.t(
            "この人は無効になっています。その人のページで有効に戻してください。",
            "This person is disabled. Enable them on their page.",
        ),
    }
}

fn draw_invite(ctx: &Ctx, status: StatusCode, mut form: InviteForm) -> Response {
    let locale = ctx.locale;
    form.csrf = ctx.csrf_token();
    form.roles = roles(locale, false);
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::people::invite_written_in()),
        ..Page::new(locale.t("メンバーを招待する", "Invite a member")).at(Place::People)
    };
    ctx.page_with(status, page, move || app::pages::people::invite(locale, form))
}

/// The same invitation with a new link; the old one stops working.
pub async fn resend(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let mut tx = ctx.app.db.begin().await?;
    let old = find_invitation(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let new = NewInvitation { email: old.email, name: old.name, role: role(&old.role), locale: ctx.locale };
    if let Err(problem) = invite(&ctx.app, &mut tx, &Actor::Person(&person), &new, ctx.now).await? {
        ctx.flash(refusal(Locale::Ja, problem), refusal(Locale::En, problem));
        return Ok(ctx.redirect("/desk/people"));
    }
    tx.commit().await?;
    ctx.app.work.notify_one();
    ctx.flash(
        &format!("{} に招待を送り直しました。", new.email),
        &format!("The invitation to {} has been sent again.", new.email),
    );
    Ok(ctx.redirect("/desk/people"))
}

pub async fn withdraw(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let mut tx = ctx.app.db.begin().await?;
    if !withdraw_invitation(&mut tx, &Actor::Person(&person), id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.flash("招待を取り消しました。", "The invitation has been withdrawn.");
    Ok(ctx.redirect("/desk/people"))
}
