//! `/desk/organizations`: customer companies.

use leptos::prelude::*;

use super::people::{or_dash, table};
use crate::i18n::Locale;
use crate::model::organizations::{OrganizationForm, OrganizationPage, OrganizationsPage, RequestLine};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Breadcrumb, Button, ButtonKind, Column, Crumb, Csrf, Empty, ErrorSummary, IconName, LinkButton,
    Pagination, StatusChip, Table, TextArea, TextField,
};

pub fn organizations(locale: Locale, page: OrganizationsPage) -> AnyView {
    let new = page.can_edit.then(|| {
        view! {
            <div class="page-actions">
                <LinkButton href="/desk/organizations/new" kind=ButtonKind::Primary icon=IconName::Plus>
                    {locale.t("新しい組織", "New organization")}
                </LinkButton>
            </div>
        }
    });
    let list = if page.organizations.is_empty() {
        empty(locale, !page.search.is_empty())
    } else {
        let columns = vec![
            Column::new(locale.t("組織", "Organization")),
            Column::new(locale.t("メールドメイン", "Mail domains")),
            Column::num(locale.t("人", "People")),
            Column::num(locale.t("お問い合わせ", "Requests")),
        ];
        let rows = page
            .organizations
            .into_iter()
            .map(|line| {
                view! {
                    <tr>
                        <th scope="row"><a href=line.href>{line.name}</a></th>
                        <td data-label=locale.t("メールドメイン", "Mail domains")>{or_dash(line.domains)}</td>
                        <td class="num" data-label=locale.t("人", "People")>{line.people}</td>
                        <td class="num" data-label=locale.t("お問い合わせ", "Requests")>{line.requests}</td>
                    </tr>
                }
            })
            .collect_view();
        view! { <Table caption=locale.t("組織", "Organizations") columns stacked=true>{rows}</Table> }
            .into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("組織", "Organizations")}</h1>
                <p class="lead">
                    {locale
                        .t(
                            "お客様の会社です。登録したメールドメインから書いた人は、自動でその組織に入ります。",
                            "Customer companies. Whoever writes from one of their mail domains belongs to them.",
                        )}
                </p>
                {new}
            </header>
            <div class="stack">
                <form class="filters" method="get" action="/desk/organizations" role="search">
                    <TextField
                        locale
                        name="q"
                        kind="search"
                        label=locale.t("名前・ドメインで探す", "Search by name or domain")
                        value=page.search
                        optional=true
                        label_hidden=true
                        placeholder=locale.t("名前・ドメイン", "Name or domain")
                    />
                    <Button icon=IconName::Search>{locale.t("探す", "Search")}</Button>
                </form>
                {list}
                <Pagination locale base=page.base page=page.page pages=page.pages />
            </div>
        </div>
    }
    .into_any()
}

fn empty(locale: Locale, searched: bool) -> AnyView {
    let (title, text) = if searched {
        (
            locale.t("見つかりませんでした", "Nothing was found"),
            locale.t("名前かドメインの一部で探せます。", "Try a part of the name or of a domain."),
        )
    } else {
        (
            locale.t("組織はまだありません", "There are no organizations yet"),
            locale.t(
                "登録すると、お問い合わせがどの会社からのものか分かります。",
                "Once there are, requests show the company they come from.",
            ),
        )
    };
    view! {
        <Empty title icon=IconName::Organization>
            <p>{text}</p>
        </Empty>
    }
    .into_any()
}

/// `/desk/organizations/{id}`.
pub fn organization(locale: Locale, page: OrganizationPage) -> AnyView {
    let edit = page.can_edit.then(|| {
        view! {
            <div class="page-actions">
                <LinkButton href=format!("/desk/organizations/{}/edit", page.id) icon=IconName::Pen>
                    {locale.t("編集する", "Edit")}
                </LinkButton>
            </div>
        }
    });
    let domains = if page.domains.is_empty() {
        or_dash(String::new())
    } else {
        page.domains.into_iter().map(|domain| view! { <code>{domain}</code> " " }).collect_view().into_any()
    };
    let people = if page.people.is_empty() {
        view! {
            <p class="muted">
                {locale
                    .t(
                        "この組織の人はまだいません。登録したドメインから書くと、ここに並びます。",
                        "Nobody belongs to it yet. Whoever writes from its domains appears here.",
                    )}
            </p>
        }
        .into_any()
    } else {
        table(locale, locale.t("この組織の人", "People of this organization"), "", page.people)
    };
    let requests =
        (!page.newest.is_empty()).then(|| requests(locale, page.newest, page.requests, page.all_href));
    view! {
        <div class="page page-wide">
            <Breadcrumb
                locale
                steps=vec![Crumb::new(locale.t("組織", "Organizations"), "/desk/organizations")]
            />
            <header class="page-head">
                <h1>{page.name}</h1>
                {edit}
            </header>
            <div class="stack-l">
                <dl class="facts">
                    <dt>{locale.t("メールドメイン", "Mail domains")}</dt>
                    <dd>{domains}</dd>
                    <dt>{locale.t("お問い合わせ", "Requests")}</dt>
                    <dd>
                        {locale
                            .t(
                                format!("{}件（未解決 {}件）", page.requests, page.open),
                                format!("{} ({} unsolved)", page.requests, page.open),
                            )}
                    </dd>
                </dl>
                {requests}
                <section class="section">
                    <h2>
                        {locale.t("所属する人", "People")} " " <span class="muted">{page.total}</span>
                    </h2>
                    {people}
                    <Pagination
                        locale
                        base=format!("/desk/organizations/{}", page.id)
                        page=page.page
                        pages=page.pages
                    />
                </section>
            </div>
        </div>
    }
    .into_any()
}

fn requests(locale: Locale, newest: Vec<RequestLine>, total: i64, all_href: String) -> AnyView {
    let columns = vec![
        Column::new(locale.t("お問い合わせ", "Request")),
        Column::new(locale.t("状態", "Status")),
        Column::new(locale.t("お客様", "Customer")),
        Column::new(locale.t("更新", "Changed")),
    ];
    let more = (total > newest.len() as i64).then(|| {
        let text = locale.t(format!("{total}件すべてを見る"), format!("See all {total}"));
        view! { <p><a href=all_href>{text}</a></p> }
    });
    let rows = newest
        .into_iter()
        .map(|request| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/desk/requests/{}", request.number)>
                            <span class="num">{format!("#{} ", request.number)}</span>
                            <span lang=request.language.tag()>{request.subject}</span>
                        </a>
                    </th>
                    <td data-label=locale.t("状態", "Status")><StatusChip locale status=request.status /></td>
                    <td data-label=locale.t("お客様", "Customer")>{request.customer}</td>
                    <td class="nowrap" data-label=locale.t("更新", "Changed")>{request.when}</td>
                </tr>
            }
        })
        .collect_view();
    let title = locale.t("お問い合わせ", "Requests");
    view! {
        <section class="section">
            <h2>{title}</h2>
            <Table caption=title columns stacked=true>{rows}</Table>
            {more}
        </section>
    }
    .into_any()
}

const FORM: &str = "organization-form";

/// An organization as the language switch takes it along.
pub fn written_in(id: Option<i64>) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "save"))
}

fn action(id: Option<i64>) -> String {
    id.map_or_else(|| "/desk/organizations".to_owned(), |id| format!("/desk/organizations/{id}/edit"))
}

/// `/desk/organizations/new` and `/desk/organizations/{id}/edit`.
pub fn form(locale: Locale, form: OrganizationForm) -> AnyView {
    let errors = form.errors;
    let mut steps = vec![Crumb::new(locale.t("組織", "Organizations"), "/desk/organizations")];
    let title = match form.id {
        None => locale.t("新しい組織", "New organization"),
        Some(id) => {
            steps.push(Crumb::new(form.name.clone(), format!("/desk/organizations/{id}")));
            locale.t("組織の編集", "Edit the organization")
        }
    };
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale steps />
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <form class="form" id=FORM method="post" action=action(form.id) novalidate>
                <ErrorSummary locale errors=errors.clone() />
                <Csrf token=form.csrf />
                <TextField
                    locale
                    name="name"
                    label=locale.t("名前", "Name")
                    value=form.name
                    error=errors.of("name")
                />
                <TextArea
                    locale
                    name="domains"
                    label=locale.t("メールドメイン", "Mail domains")
                    hint=locale
                        .t(
                            "1行に1つ。例：hoshizora.example。誰でも使えるメールサービスのドメインは登録できません。",
                            "One a line, such as hoshizora.example. Domains of mail services open to everybody cannot be used.",
                        )
                    value=form.domains
                    error=errors.all_of("domains")
                    rows=4
                    optional=true
                    code=true
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
