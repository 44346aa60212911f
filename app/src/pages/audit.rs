//! `/desk/audit`: every change of settings, people and articles.

use leptos::prelude::*;

use super::people::or_dash;
use crate::i18n::Locale;
use crate::model::audit::{AuditChange, AuditLine, AuditPage};
use crate::parts::{Button, Column, Empty, IconName, Pagination, Select, Table, Time};

pub fn audit(locale: Locale, page: AuditPage) -> AnyView {
    let list = if page.lines.is_empty() {
        view! {
            <Empty title=locale.t("記録はありません", "Nothing is recorded") icon=IconName::Shield>
                <p>
                    {locale
                        .t(
                            "設定、メンバー、組織、ルール、カテゴリー、記事を変えると、ここに残ります。",
                            "Changes of settings, people, organizations, rules, categories and articles are kept here.",
                        )}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        let columns = vec![
            Column::new(locale.t("日時", "When")),
            Column::new(locale.t("誰が", "Who")),
            Column::new(locale.t("何を", "What")),
            Column::new(locale.t("変更の内容", "Change")),
        ];
        let rows = page.lines.into_iter().map(|line| row(locale, line)).collect_view();
        view! { <Table caption=locale.t("監査ログ", "Audit log") columns stacked=true>{rows}</Table> }
            .into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("監査ログ", "Audit log")}</h1>
                <p class="lead">
                    {locale
                        .t(
                            "設定・メンバー・組織・ルール・カテゴリー・記事の変更の記録です。書き換えたり消したりはできません。",
                            "Every change of settings, people, organizations, rules, categories and articles. Nobody can rewrite it or remove part of it.",
                        )}
                </p>
            </header>
            <div class="stack">
                <form class="filters" method="get" action="/desk/audit">
                    <Select
                        locale
                        name="subject"
                        label=locale.t("何の変更か", "Changes of")
                        choices=page.subjects
                        selected=page.subject
                        empty=locale.t("すべて", "Everything")
                    />
                    <Select
                        locale
                        name="actor"
                        label=locale.t("誰の変更か", "Changes by")
                        choices=page.actors
                        selected=page.actor
                        empty=locale.t("全員", "Anybody")
                    />
                    <Button icon=IconName::Filter>{locale.t("絞り込む", "Filter")}</Button>
                </form>
                {list}
                <Pagination locale base=page.base page=page.page pages=page.pages />
            </div>
        </div>
    }
    .into_any()
}

fn row(locale: Locale, line: AuditLine) -> AnyView {
    let subject = match line.href {
        Some(href) => view! { <a href=href>{line.subject}</a> }.into_any(),
        None => line.subject.into_any(),
    };
    let changes = line.changes.into_iter().map(|one| change(locale, one)).collect_view();
    view! {
        <tr>
            <td class="nowrap" data-label=locale.t("日時", "When")>
                <Time datetime=line.at.datetime text=line.at.text title=line.at.title.unwrap_or_default() />
            </td>
            <td class="nowrap" data-label=locale.t("誰が", "Who")>{line.actor}</td>
            <td data-label=locale.t("何を", "What")>{line.action} <br /> {subject}</td>
            <td data-label=locale.t("変更の内容", "Change")>
                <ul class="plain audit-changes">{changes}</ul>
            </td>
        </tr>
    }
    .into_any()
}

/// "Usual reply time: 8 → 4".
fn change(locale: Locale, change: AuditChange) -> AnyView {
    let field = (!change.field.is_empty())
        .then(|| view! { <span class="muted">{change.field}{locale.t("：", ": ")}</span> });
    let after = change.after.unwrap_or_default();
    let values = match change.before {
        Some(before) => view! {
            <del>{or_dash(before)}</del>
            <span class="visually-hidden">{locale.t("から", " became ")}</span>
            <span aria-hidden="true">" → "</span>
            <ins>{or_dash(after)}</ins>
        }
        .into_any(),
        None => or_dash(after),
    };
    view! { <li>{field} {values}</li> }.into_any()
}
