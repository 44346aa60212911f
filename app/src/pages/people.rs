//! `/desk/people`: members, customers, invitations.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::figures::Tone;
use crate::model::form::Choice;
use crate::model::people::{InvitationLine, InviteForm, PeoplePage, PeopleTab, PersonLine};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Avatar, Badge, Breadcrumb, Button, ButtonKind, Column, Crumb, Csrf, Empty, ErrorSummary, IconName,
    LinkButton, Pagination, PostButton, Radios, Tab, Table, Tabs, TextField, Time,
};

/// The three lists that belong together.
pub(super) fn tabs(locale: Locale, here: PeopleTab) -> AnyView {
    let tab = |tab: PeopleTab, text: &str, href: &str| Tab {
        text: text.to_owned(),
        href: href.to_owned(),
        count: None,
        here: tab == here,
    };
    let tabs = vec![
        tab(PeopleTab::Staff, locale.t("メンバー", "Members"), "/desk/people"),
        tab(PeopleTab::Customers, locale.t("お客様", "Customers"), "/desk/people?of=customers"),
        tab(PeopleTab::Groups, locale.t("グループ", "Groups"), "/desk/groups"),
    ];
    view! { <Tabs label=locale.t("メンバーとお客様", "People") tabs /> }.into_any()
}

pub fn people(locale: Locale, page: PeoplePage) -> AnyView {
    let staff = page.tab == PeopleTab::Staff;
    let searched = !page.search.is_empty();
    let list = if page.people.is_empty() {
        let title = if searched {
            locale.t("見つかりませんでした", "Nobody was found")
        } else {
            locale.t("まだお客様はいません", "There are no customers yet")
        };
        view! {
            <Empty title icon=IconName::People>
                <p>
                    {if searched {
                        locale.t("名前かメールアドレスの一部で探せます。", "Try a part of the name or of the address.")
                    } else {
                        locale.t(
                            "お問い合わせを送った方が、ここに並びます。招待は要りません。",
                            "Whoever sends a request appears here. No invitation is needed.",
                        )
                    }}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        let belongs =
            if staff { locale.t("グループ", "Groups") } else { locale.t("組織", "Organization") };
        let caption =
            if staff { locale.t("メンバー", "Members") } else { locale.t("お客様", "Customers") };
        table(locale, caption, belongs, page.people)
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("メンバー", "People")}</h1>
                <div class="page-actions">
                    <LinkButton href="/desk/people/invite" kind=ButtonKind::Primary icon=IconName::Mail>
                        {locale.t("招待する", "Invite")}
                    </LinkButton>
                </div>
            </header>
            <div class="stack-l">
                <div class="stack">
                    {tabs(locale, page.tab)}
                    {search(locale, page.tab, page.search)}
                    {list}
                    <Pagination locale base=page.base page=page.page pages=page.pages />
                </div>
                {invitations(locale, page.csrf, page.invitations)}
            </div>
        </div>
    }
    .into_any()
}

fn search(locale: Locale, tab: PeopleTab, value: String) -> AnyView {
    let of =
        (tab == PeopleTab::Customers).then(|| view! { <input type="hidden" name="of" value="customers" /> });
    view! {
        <form class="filters" method="get" action="/desk/people" role="search">
            {of}
            <TextField
                locale
                name="q"
                kind="search"
                label=locale.t("名前・メールアドレスで探す", "Search by name or address")
                value
                optional=true
                label_hidden=true
                placeholder=locale.t("名前・メールアドレス", "Name or address")
            />
            <Button icon=IconName::Search>{locale.t("探す", "Search")}</Button>
        </form>
    }
    .into_any()
}

/// People in a table; `belongs` is the heading of what they belong to, none when it is the page's subject.
pub(super) fn table(locale: Locale, caption: &str, belongs: &str, people: Vec<PersonLine>) -> AnyView {
    let mut columns = vec![Column::new(locale.t("名前", "Name")), Column::new(locale.t("役割", "Role"))];
    if !belongs.is_empty() {
        columns.push(Column::new(belongs));
    }
    columns.push(Column::new(locale.t("最後の利用", "Last seen")));
    let heading = belongs.to_owned();
    let rows = people
        .into_iter()
        .map(|person| {
            let seen = match person.seen {
                Some(seen) => view! { <Time datetime=seen.datetime text=seen.text /> }.into_any(),
                None => view! { <span class="muted">"—"</span> }.into_any(),
            };
            let name = if person.name.is_empty() { person.email.clone() } else { person.name.clone() };
            let marks = view! {
                {person.you.then(|| view! { " " <Badge>{locale.t("あなた", "You")}</Badge> })}
                {person
                    .disabled
                    .then(|| view! { " " <Badge tone=Tone::Bad>{locale.t("無効", "Disabled")}</Badge> })}
            };
            let title = if person.href.is_empty() {
                view! { <span>{name.clone()}</span> }.into_any()
            } else {
                view! { <a href=person.href>{name.clone()}</a> }.into_any()
            };
            let belongs = (!heading.is_empty())
                .then(|| view! { <td data-label=heading.clone()>{or_dash(person.belongs)}</td> });
            view! {
                <tr>
                    <th scope="row">
                        <span class="person">
                            <Avatar name staff=person.staff />
                            <span>
                                {title} {marks} <br />
                                <span class="muted small">{person.email}</span>
                            </span>
                        </span>
                    </th>
                    <td class="nowrap" data-label=locale.t("役割", "Role")>{person.role}</td>
                    {belongs}
                    <td class="nowrap" data-label=locale.t("最後の利用", "Last seen")>{seen}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption columns stacked=true>{rows}</Table> }.into_any()
}

pub(super) fn or_dash(text: String) -> AnyView {
    if text.is_empty() { view! { <span class="muted">"—"</span> }.into_any() } else { text.into_any() }
}

fn invitations(locale: Locale, csrf: String, lines: Vec<InvitationLine>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(locale.t("メールアドレス", "Address")),
        Column::new(locale.t("役割", "Role")),
        Column::new(locale.t("送信", "Sent")),
        Column::new(""),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let base = format!("/desk/people/invitations/{}", line.id);
            let about = format!("{}{}", locale.t("：", ": "), line.email);
            let about_withdraw = about.clone();
            view! {
                <tr>
                    <th scope="row">
                        {line.email}
                        {line
                            .expired
                            .then(|| {
                                view! { " " <Badge tone=Tone::Warn>{locale.t("期限切れ", "Expired")}</Badge> }
                            })}
                    </th>
                    <td class="nowrap" data-label=locale.t("役割", "Role")>{line.role}</td>
                    <td class="nowrap" data-label=locale.t("送信", "Sent")>
                        <Time datetime=line.sent.datetime text=line.sent.text />
                    </td>
                    <td>
                        <span class="row-actions">
                            <PostButton action=format!("{base}/resend") csrf=csrf.clone() small=true kind=ButtonKind::Quiet>
                                {locale.t("送り直す", "Send again")}
                                <span class="visually-hidden">{about}</span>
                            </PostButton>
                            <PostButton action=format!("{base}/withdraw") csrf=csrf.clone() small=true kind=ButtonKind::Quiet>
                                {locale.t("取り消す", "Withdraw")}
                                <span class="visually-hidden">{about_withdraw}</span>
                            </PostButton>
                        </span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{locale.t("返事を待っている招待", "Invitations not accepted yet")}</h2>
            <Table caption=locale.t("返事を待っている招待", "Invitations not accepted yet") columns stacked=true>
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

const INVITE_FORM: &str = "invite-form";

/// An invitation as the language switch takes it along.
pub fn invite_written_in() -> WrittenIn {
    WrittenIn::remembered(INVITE_FORM, "/desk/people/invite".to_owned(), ("do", "send"))
}

/// `/desk/people/invite`.
pub fn invite(locale: Locale, form: InviteForm) -> AnyView {
    let errors = form.errors;
    let languages: Vec<_> = Locale::ALL.map(|own| Choice::new(own.tag(), own.name())).to_vec();
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale steps=vec![Crumb::new(locale.t("メンバー", "People"), "/desk/people")] />
            <header class="page-head">
                <h1>{locale.t("メンバーを招待する", "Invite a member")}</h1>
                <p class="lead">
                    {locale
                        .t(
                            "7日間使えるリンクをメールで送ります。名前とパスワードは本人が決めます。",
                            "They get a mail with a link that works for seven days, and choose name and password themselves.",
                        )}
                </p>
            </header>
            <form class="form" id=INVITE_FORM method="post" action="/desk/people/invite" novalidate>
                <ErrorSummary locale errors=errors.clone() />
                <Csrf token=form.csrf />
                <TextField
                    locale
                    name="email"
                    kind="email"
                    autocomplete="off"
                    label=locale.t("メールアドレス", "E-mail address")
                    value=form.email
                    error=errors.of("email")
                />
                <TextField
                    locale
                    name="name"
                    autocomplete="off"
                    label=locale.t("名前", "Name")
                    hint=locale.t("本人があとから変えられます。", "They can change it.")
                    value=form.name
                    error=errors.of("name")
                    optional=true
                />
                <Radios
                    locale
                    name="role"
                    legend=locale.t("役割", "Role")
                    choices=form.roles
                    selected=form.role
                    error=errors.of("role")
                />
                <Radios
                    locale
                    name="language"
                    legend=locale.t("メールの言語", "Language of the mail")
                    choices=languages
                    selected=form.language
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary icon=IconName::Send>
                        {locale.t("招待を送る", "Send the invitation")}
                    </Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
