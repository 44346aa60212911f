//! `/desk/organizations`: CRE read them, administrators change them.

use super::moments::Moments;
use super::people::{PER_PAGE, line};
use super::read_in;
use crate::identity::{
    Actor, Crowd, OrganizationDraft, OrganizationProblem, Role, find_organization, list_organizations,
    list_people, save_organization,
};
use crate::storage::{all, one};
use crate::web::moment::pages;
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::FieldErrors;
use app::model::organizations::{
    OrganizationForm, OrganizationLine, OrganizationPage, OrganizationsPage, RequestLine,
};
use app::model::shell::Place;
use app::model::words::RequestStatus;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeMap;

/// Requests on an organization's page.
const NEWEST: i64 = 30;

fn can_edit(ctx: &Ctx) -> bool {
    ctx.visitor.role() == Some(Role::Administrator)
}

pub async fn list(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let search = ctx.query("q");
    let mut conn = ctx.app.db.read().await?;
    let (found, total) = list_organizations(&mut conn, &search, ctx.page_number(), PER_PAGE).await?;
    drop(conn);
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &search).finish();
    let model = OrganizationsPage {
        organizations: found
            .into_iter()
            .map(|organization| OrganizationLine {
                href: format!("/desk/organizations/{}", organization.id),
                name: organization.name,
                domains: organization.domains.join(" "),
                people: organization.people,
                requests: organization.requests,
            })
            .collect(),
        total,
        page: ctx.page_number(),
        pages: pages(total, PER_PAGE),
        base: if search.is_empty() {
            "/desk/organizations".to_owned()
        } else {
            format!("/desk/organizations?{query}")
        },
        search,
        can_edit: can_edit(&ctx),
    };
    let page = Page::new(locale.t("組織", "Organizations")).at(Place::Organizations);
    Ok(ctx.page(page, move || app::pages::organizations::organizations(locale, model)))
}

pub async fn show(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let locale = ctx.locale;
    let mut conn = ctx.app.db.read().await?;
    let organization = find_organization(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let crowd = Crowd::Organization(id);
    let (people, total) = list_people(&mut conn, crowd, "", ctx.page_number(), PER_PAGE).await?;
    let (requests, open) = one!(
        conn,
        (i64, i64),
        "SELECT COUNT(*), COUNT(CASE WHEN status IN ('new', 'open', 'waiting') THEN 1 END)
         FROM request WHERE organization_id = $1",
        id
    )?;
    let newest = all!(
        conn,
        (i64, String, String, String, String, i64),
        "SELECT r.number, r.subject, r.locale, r.status, CASE WHEN p.name = '' THEN p.email ELSE p.name END, r.updated_at
         FROM request r JOIN person p ON p.id = r.customer_id WHERE r.organization_id = $1
         ORDER BY CASE WHEN r.status IN ('new', 'open', 'waiting') THEN 0 ELSE 1 END, r.updated_at DESC, r.id DESC
         LIMIT $2",
        id,
        NEWEST
    )?;
    drop(conn);
    let moments = Moments::of(&ctx);
    let request = |(number, subject, language, status, customer, changed): (
        i64,
        String,
        String,
        String,
        String,
        i64,
    )| {
        RequestLine {
            number,
            subject,
            language: Locale::from_tag(&language).unwrap_or_default(),
            status: RequestStatus::from_code(&status).unwrap_or_default(),
            customer,
            when: moments.near(changed),
        }
    };
    let named = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("view", "all")
        .append_pair("q", &organization.name)
        .finish();
    let mut no_groups = BTreeMap::new();
    let model = OrganizationPage {
        id,
        name: organization.name.clone(),
        domains: organization.domains,
        people: people.into_iter().map(|person| line(&ctx, person, &mut no_groups)).collect(),
        total,
        page: ctx.page_number(),
        pages: pages(total, PER_PAGE),
        requests,
        open,
        newest: newest.into_iter().map(request).collect(),
        all_href: format!("/desk?{named}"),
        can_edit: can_edit(&ctx),
    };
    let page = Page::new(organization.name).at(Place::Organizations);
    Ok(ctx.page(page, move || app::pages::organizations::organization(locale, model)))
}

pub async fn new(ctx: Ctx) -> Result {
    Ok(draw(&ctx, StatusCode::OK, OrganizationForm::default()))
}

pub async fn edit(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let organization = find_organization(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let form = OrganizationForm {
        id: Some(id),
        name: organization.name,
        domains: organization.domains.join("\n"),
        ..OrganizationForm::default()
    };
    Ok(draw(&ctx, StatusCode::OK, form))
}

pub async fn create(ctx: Ctx, form: Form) -> Result {
    save(ctx, None, form).await
}

pub async fn store(ctx: Ctx, Path(id): Path<i64>, form: Form) -> Result {
    save(ctx, Some(id), form).await
}

async fn save(ctx: Ctx, id: Option<i64>, form: Form) -> Result {
    let typed = OrganizationForm {
        id,
        name: form.raw("name").to_owned(),
        domains: form.raw("domains").to_owned(),
        ..OrganizationForm::default()
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return Ok(draw(&ctx, StatusCode::OK, typed));
    }
    let actor = ctx.staff()?.clone();
    let draft = OrganizationDraft::new(&form.line("name"), form.raw("domains"));
    let mut tx = ctx.app.db.begin().await?;
    let problems = match save_organization(&mut tx, &Actor::Person(&actor), ctx.now, id, &draft).await? {
        Ok(Some(id)) => {
            tx.commit().await?;
            ctx.flash("組織を保存しました。", "The organization has been saved.");
            return Ok(ctx.redirect(&format!("/desk/organizations/{id}")));
        }
        Ok(None) => return Err(Error::NotFound),
        Err(problems) => problems,
    };
    let mut errors = FieldErrors::default();
    for problem in &problems {
        let (field, message) = refusal(ctx.locale, problem);
        errors.add(field, message);
    }
    Ok(draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, OrganizationForm { errors, ..typed }))
}

fn refusal(locale: Locale, problem: &OrganizationProblem) -> (&'static str, String) {
    use OrganizationProblem as P;
    match problem {
        P::NameMissing => ("name", locale.t("名前を入力してください。", "Enter a name.").to_owned()),
        P::NameTaken => (
            "name",
            locale
                .t("この名前の組織はすでにあります。", "There is an organization of that name already.")
                .to_owned(),
        ),
        P::NotADomain(text) => (
            "domains",
            locale.t(
                format!("「{text}」はドメインではありません。「example.com」の形で入力してください。"),
                format!("“{text}” is not a domain. Enter one like example.com."),
            ),
        ),
        P::OpenToAll(domain) => (
            "domains",
            locale.t(
                format!("{domain} は誰でも使えるメールサービスなので、登録できません。"),
                format!("{domain} is a mail service that is open to everybody and cannot be used."),
            ),
        ),
        P::DomainTaken(domain, owner) => (
            "domains",
            locale.t(
                format!("{domain} は、すでに「{owner}」に登録されています。"),
                format!("{domain} belongs to “{owner}” already."),
            ),
        ),
    }
}

fn draw(ctx: &Ctx, status: StatusCode, mut form: OrganizationForm) -> Response {
    let locale = ctx.locale;
    form.csrf = ctx.csrf_token();
    let title = match form.id {
        None => locale.t("新しい組織", "New organization"),
        Some(_) => locale.t("組織の編集", "Edit the organization"),
    };
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::organizations::written_in(form.id)),
        ..Page::new(title).at(Place::Organizations)
    };
    ctx.page_with(status, page, move || app::pages::organizations::form(locale, form))
}
