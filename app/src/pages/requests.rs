//! A customer's own requests.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::request::{RequestFilter, RequestRow, RequestsPage};
use crate::parts::{Empty, IconName, LinkButton, Pagination, StatusChip, Tab, Tabs, Time};

pub fn requests(locale: Locale, page: RequestsPage) -> AnyView {
    let base = format!("/{}/requests", locale.tag());
    let href = |filter: RequestFilter| match filter {
        RequestFilter::Open => base.clone(),
        other => format!("{base}?status={}", other.code()),
    };
    let tabs = RequestFilter::ALL
        .into_iter()
        .zip(page.counts)
        .map(|(filter, count)| Tab {
            text: filter_label(locale, filter).to_owned(),
            href: href(filter),
            count: Some(count),
            here: filter == page.filter,
        })
        .collect();
    let list = if page.rows.is_empty() {
        empty(locale, page.filter, page.counts[2] == 0)
    } else {
        let rows = page.rows.into_iter().map(|row| request(locale, row)).collect_view();
        view! { <ul class="request-list">{rows}</ul> }.into_any()
    };
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{locale.t("お問い合わせ履歴", "My requests")}</h1>
                <div class="page-actions">
                    <LinkButton href=format!("/{}/ask", locale.tag()) icon=IconName::Pen>
                        {locale.t("質問する", "Ask us")}
                    </LinkButton>
                </div>
            </header>
            <div class="stack">
                <Tabs label=locale.t("状況で絞り込む", "By status") tabs />
                {list}
                <Pagination locale base=href(page.filter) page=page.page pages=page.pages />
            </div>
        </div>
    }
    .into_any()
}

fn filter_label(locale: Locale, filter: RequestFilter) -> &'static str {
    match filter {
        RequestFilter::Open => locale.t("対応中", "Open"),
        RequestFilter::Solved => locale.t("解決済み", "Solved"),
        RequestFilter::All => locale.t("すべて", "All"),
    }
}

fn request(locale: Locale, row: RequestRow) -> AnyView {
    let RequestRow { number, subject, status, datetime, when } = row;
    view! {
        <li>
            <a href=format!("/{}/requests/{number}", locale.tag())>
                <span class="request-subject">{subject}</span>
                <StatusChip locale status customer=true />
                <span class="request-meta num">
                    {format!("#{number}")} " · " <Time datetime text=when />
                </span>
            </a>
        </li>
    }
    .into_any()
}

fn empty(locale: Locale, filter: RequestFilter, none_at_all: bool) -> AnyView {
    let title = match (none_at_all, filter) {
        (true, _) => locale.t("まだお問い合わせはありません", "You have not asked us anything yet"),
        (_, RequestFilter::Open) => locale.t("対応中のお問い合わせはありません", "Nothing is open"),
        _ => locale.t("解決したお問い合わせはまだありません", "Nothing has been solved yet"),
    };
    view! {
        <Empty title icon=IconName::Mail>
            <p>
                {locale.t("お困りのことがあれば、まず記事を検索してみてください。見つからなければ、いつでもお尋ねいただけます。", "If something is in your way, search the articles first. If they do not help, ask us at any time.")}
            </p>
        </Empty>
    }
    .into_any()
}
