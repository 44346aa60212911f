//! `/desk/groups`: whom requests are routed to.

use leptos::prelude::*;

use super::people::{or_dash, tabs};
use crate::i18n::Locale;
use crate::model::people::{GroupForm, GroupsPage, PeopleTab};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Breadcrumb, Button, ButtonKind, Checkboxes, Column, Crumb, Csrf, Disclosure, Empty, ErrorSummary,
    IconName, LinkButton, PostButton, Table, TextField,
};

pub fn groups(locale: Locale, page: GroupsPage) -> AnyView {
    let list = if page.groups.is_empty() {
        view! {
            <Empty title=locale.t("グループはまだありません", "There are no groups yet") icon=IconName::People>
                <p>
                    {locale
                        .t(
                            "グループを作ると、ルールでお問い合わせを割り当てられます。",
                            "Rules can assign requests to a group once there is one.",
                        )}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        let columns = vec![
            Column::new(locale.t("グループ", "Group")),
            Column::new(locale.t("メンバー", "Members")),
            Column::num(locale.t("未解決", "Unsolved")),
        ];
        let rows = page
            .groups
            .into_iter()
            .map(|group| {
                view! {
                    <tr>
                        <th scope="row"><a href=group.href>{group.name}</a></th>
                        <td data-label=locale.t("メンバー", "Members")>{or_dash(group.members)}</td>
                        <td class="num" data-label=locale.t("未解決", "Unsolved")>{group.open}</td>
                    </tr>
                }
            })
            .collect_view();
        view! { <Table caption=locale.t("グループ", "Groups") columns stacked=true>{rows}</Table> }.into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("グループ", "Groups")}</h1>
                <p class="lead">
                    {locale
                        .t(
                            "ルールは、お問い合わせをグループに割り当てられます。",
                            "Rules can assign a request to a group.",
                        )}
                </p>
                <div class="page-actions">
                    <LinkButton href="/desk/groups/new" kind=ButtonKind::Primary icon=IconName::Plus>
                        {locale.t("グループを作る", "New group")}
                    </LinkButton>
                </div>
            </header>
            <div class="stack">{tabs(locale, PeopleTab::Groups)} {list}</div>
        </div>
    }
    .into_any()
}

const FORM: &str = "group-form";

/// A group as the language switch takes it along.
pub fn written_in(id: Option<i64>) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "save"))
}

fn action(id: Option<i64>) -> String {
    id.map_or_else(|| "/desk/groups".to_owned(), |id| format!("/desk/groups/{id}"))
}

/// `/desk/groups/new` and `/desk/groups/{id}`.
pub fn group(locale: Locale, form: GroupForm) -> AnyView {
    let errors = form.errors;
    let title = match form.id {
        None => locale.t("グループを作る", "New group"),
        Some(_) => locale.t("グループの編集", "Edit the group"),
    };
    let csrf = form.csrf.clone();
    let delete = form.id.map(|id| {
        view! {
            <section class="section">
                <Disclosure label=locale.t("グループを削除する", "Delete the group") icon=IconName::Trash>
                    <p>
                        {locale
                            .t(
                                "割り当てられていたお問い合わせは残り、どのグループのものでもなくなります。",
                                "Its requests stay, and belong to no group then.",
                            )}
                    </p>
                    <PostButton action=format!("/desk/groups/{id}/delete") csrf kind=ButtonKind::Danger>
                        {locale.t("削除する", "Delete")}
                    </PostButton>
                </Disclosure>
            </section>
        }
    });
    view! {
        <div class="page page-narrow">
            <Breadcrumb
                locale
                steps=vec![
                    Crumb::new(locale.t("メンバー", "People"), "/desk/people"),
                    Crumb::new(locale.t("グループ", "Groups"), "/desk/groups"),
                ]
            />
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="stack-l">
                <form class="form" id=FORM method="post" action=action(form.id) novalidate>
                    <ErrorSummary locale errors=errors.clone() />
                    <Csrf token=form.csrf.clone() />
                    <TextField
                        locale
                        name="name"
                        label=locale.t("名前", "Name")
                        value=form.name
                        error=errors.of("name")
                    />
                    <Checkboxes
                        locale
                        name="members"
                        legend=locale.t("メンバー", "Members")
                        choices=form.people
                        selected=form.members
                        optional=true
                    />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
                    </div>
                </form>
                {delete}
            </div>
        </div>
    }
    .into_any()
}
