//! The inbox: the list at the left, the open request beside it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::islands::desk_keys::DeskKeys;
use crate::islands::desk_news::DeskNews;
use crate::model::desk_inbox::{InboxPage, InboxRow, InboxSort, InboxView};
use crate::model::desk_request::RequestPane;
use crate::model::form::Choice;
use crate::model::words::{RequestKind, RequestStatus};
use crate::parts::*;

/// `/desk`. `open` is the request beside the list.
pub fn inbox(locale: Locale, page: InboxPage, open: Option<RequestPane>) -> AnyView {
    let keys = page.single_keys;
    let class = if open.is_some() { "inbox has-request" } else { "inbox" };
    let reading = match open {
        Some(pane) => super::desk_request::pane(locale, pane),
        None => nothing_open(locale, &page),
    };
    view! {
        <div class=class>
            {list(locale, page, class != "inbox")}
            {reading}
        </div>
        <DeskKeys on=keys />
    }
    .into_any()
}

fn list(locale: Locale, page: InboxPage, beside: bool) -> AnyView {
    let title = locale.t("受信箱", "Inbox");
    // The open request's subject is the page's heading then.
    let heading = if beside {
        view! { <h2 class="inbox-title">{title}</h2> }.into_any()
    } else {
        view! { <h1 class="inbox-title">{title}</h1> }.into_any()
    };
    let tabs = page
        .tabs
        .iter()
        .map(|tab| Tab {
            text: tab.view.label(locale).into(),
            href: tab.href.clone(),
            count: tab.count,
            here: tab.view == page.view,
        })
        .collect();
    let items = if page.rows.is_empty() {
        empty(locale, &page)
    } else {
        let rows = page.rows.iter().cloned().map(|row| item(locale, row)).collect_view();
        let found = found(locale, &page);
        view! {
            {found}
            <ol class="inbox-items">{rows}</ol>
            {row_form(&page)}
        }
        .into_any()
    };
    view! {
        <section class="inbox-list" aria-label=locale.t("一覧", "List")>
            <header class="inbox-head">
                <div class="row row-between">{heading}{keys(locale, &page)}</div>
                <form class="search" role="search" method="get" action="/desk">
                    <label class="visually-hidden" for="q">{locale.t("お問い合わせを検索", "Search requests")}</label>
                    <Icon name=IconName::Search />
                    <input
                        class="search-input"
                        type="search"
                        id="q"
                        name="q"
                        value=page.query.clone()
                        placeholder=locale.t("件名・本文・お客様・番号", "Subject, words, customer, number")
                        autocomplete="off"
                        maxlength="200"
                        data-key="/"
                        aria-keyshortcuts="/"
                    />
                    <button class="search-button" type="submit"><span>{locale.t("検索", "Search")}</span></button>
                </form>
            </header>
            <Tabs label=locale.t("ビュー", "Views") tabs />
            {filters(locale, &page)}
            {items}
            <Pagination locale base=page.base.clone() page=page.page pages=page.pages />
            <DeskNews
                view=page.view.code().to_owned()
                after=page.latest
                href=page.news_href.clone()
                label=locale.t("新しい順に表示", "Show the latest first").to_owned()
            />
        </section>
    }
    .into_any()
}

/// What a key sends that is pressed on a line: the island says which line, and what.
fn row_form(page: &InboxPage) -> AnyView {
    view! {
        <form method="post" data-row-form="" hidden>
            <Csrf token=page.csrf.clone() />
            <Hidden name="back" value=page.back.clone() />
            <Hidden name="set_status" value="" />
            <Hidden name="assign_to" value=page.me.clone() />
        </form>
    }
    .into_any()
}

fn found(locale: Locale, page: &InboxPage) -> AnyView {
    if page.query.is_empty() {
        return ().into_any();
    }
    let text = match locale {
        Locale::Ja => format!("「{}」に一致：{}件", page.query, page.total),
        Locale::En => format!("{} for “{}”", locale.count(page.total, "", "request", "requests"), page.query),
    };
    view! { <p class="inbox-found muted small" role="status">{text}</p> }.into_any()
}

fn filters(locale: Locale, page: &InboxPage) -> AnyView {
    let kinds = RequestKind::ALL.map(|kind| Choice::new(kind.code(), kind.label(locale))).to_vec();
    let languages = Locale::ALL.map(|language| Choice::new(language.tag(), language.name())).to_vec();
    let sorts = InboxSort::ALL.map(|sort| Choice::new(sort.code(), sort.label(locale))).to_vec();
    let page = page.clone();
    let query = page.query.clone();
    let filtered = page.clear.is_some();
    let clear = page.clear.clone().map(|href| {
        view! { <a class="button button-quiet button-small" href=href>{locale.t("解除", "Clear")}</a> }
    });
    view! {
        <Fold title=locale.t("絞り込みと並び順", "Filter and sort") open=filtered class="inbox-filter">
            <form class="filters" method="get" action="/desk">
                <Hidden name="view" value=page.view.code() />
                {(!query.is_empty()).then(|| view! { <Hidden name="q" value=query.clone() /> })}
                <Select locale name="assignee" label=locale.t("担当", "Assignee") empty=locale.t("全員", "Anyone")
                    choices=page.assignees.clone() selected=page.assignee.clone() />
                <Select locale name="tag" label=locale.t("タグ", "Tag") empty=locale.t("すべて", "Any")
                    choices=page.tags.clone() selected=page.tag.clone() />
                <Select locale name="kind" label=locale.t("種類", "Kind") empty=locale.t("すべて", "Any")
                    choices=kinds selected=page.kind.clone() />
                <Select locale name="lang" label=locale.t("言語", "Language") empty=locale.t("すべて", "Any")
                    choices=languages selected=page.language.clone() />
                <Select locale name="sort" label=locale.t("並び順", "Sort") choices=sorts
                    selected=page.sort.code() />
                <div class="row">
                    <Button small=true icon=IconName::Filter>{locale.t("適用", "Apply")}</Button>
                    {clear}
                </div>
            </form>
        </Fold>
    }
    .into_any()
}

fn item(locale: Locale, row: InboxRow) -> AnyView {
    let class = if row.unread { "inbox-item unread" } else { "inbox-item" };
    let from = match row.organization {
        Some(organization) => format!("{} · {organization}", row.customer),
        None => row.customer,
    };
    let owner = row.assignee.or(row.group).map(|name| {
        view! {
            <span class="inbox-owner muted small">
                <Icon name=IconName::User />
                <span class="visually-hidden">{locale.t("担当：", "Assigned to: ")}</span>
                {name}
            </span>
        }
    });
    let tags = row.tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view();
    let lang = row.locale.tag();
    let over = row.status.is_over();
    let next = if over { RequestStatus::Open } else { RequestStatus::Solved }.code();
    view! {
        <li class=class aria-current=row.open.then_some("true")>
            <p class="inbox-from">
                <span class="clip">{from}</span>
                <Time datetime=row.datetime text=row.when title=row.when_title />
            </p>
            <p class="inbox-subject clip">
                <a href=row.href data-row=row.number.to_string() data-next-status=next autofocus=row.focused>
                    <span lang=lang>{row.subject}</span>
                    <span class="visually-hidden">{format!(" #{}", row.number)}</span>
                </a>
            </p>
            <p class="inbox-excerpt clip" lang=lang>{row.excerpt}</p>
            <p class="inbox-labels">
                <StatusChip locale status=row.status />
                <PriorityChip locale priority=row.priority />
                {tags}
                {owner}
            </p>
        </li>
    }
    .into_any()
}

fn empty(locale: Locale, page: &InboxPage) -> AnyView {
    if !page.query.is_empty() {
        let title = locale.t(
            format!("「{}」に一致するお問い合わせはありません", page.query),
            format!("No request matches “{}”", page.query),
        );
        return view! {
            <Empty title icon=IconName::Search>
                <p>{locale.t("件名・本文・お客様の名前とアドレス・番号から探しています。言葉を減らしてお試しください。", "We looked through subjects, messages, customers and numbers. Try fewer words.")}</p>
            </Empty>
        }
        .into_any();
    }
    let title = match page.view {
        InboxView::Unassigned => locale.t("未割り当てはありません", "Nothing is unassigned"),
        InboxView::Mine => locale.t("担当しているお問い合わせはありません", "Nothing is assigned to you"),
        InboxView::Group => {
            locale.t("グループに届いて担当のないものはありません", "Nothing in your groups is unassigned")
        }
        InboxView::Waiting => {
            locale.t("お客様待ちのお問い合わせはありません", "Nothing waits for a customer")
        }
        InboxView::Open => locale.t("未解決のお問い合わせはありません", "Everything is solved"),
        InboxView::Solved => locale.t("解決したお問い合わせはまだありません", "Nothing has been solved yet"),
        InboxView::All => locale.t("お問い合わせはまだありません", "There are no requests yet"),
    };
    let hint = if page.clear.is_some() {
        locale.t(
            "絞り込みを外すと、ほかのお問い合わせが見つかるかもしれません。",
            "Take the filters off to see more.",
        )
    } else {
        locale.t("新しいお問い合わせが届くとここに並びます。", "New requests will appear here.")
    };
    let clear = page.clear.clone().map(|href| {
        view! { <LinkButton href small=true>{locale.t("絞り込みを外す", "Take the filters off")}</LinkButton> }
    });
    view! { <Empty title icon=IconName::Inbox><p>{hint}</p>{clear}</Empty> }.into_any()
}

fn nothing_open(locale: Locale, page: &InboxPage) -> AnyView {
    let hint = if page.rows.is_empty() {
        locale.t("別のビューを選ぶか、お問い合わせを検索してください。", "Choose another view, or search.")
    } else {
        locale.t(
            "一覧からお問い合わせを選ぶと、ここで読めます。",
            "Choose a request from the list to read it here.",
        )
    };
    view! {
        <section class="reading reading-empty" aria-label=locale.t("お問い合わせ", "Request")>
            <Empty title=locale.t("お問い合わせを選んでください", "No request is open") icon=IconName::Message>
                <p>{hint}</p>
            </Empty>
        </section>
    }
    .into_any()
}

/// The keys, and the switch that turns single letters off.
fn keys(locale: Locale, page: &InboxPage) -> AnyView {
    let list = vec![
        ("j / k", locale.t("次へ・前へ", "Next, previous")),
        ("Enter", locale.t("開く", "Open")),
        ("u", locale.t("一覧に戻る", "Back to the list")),
        ("r", locale.t("返信する", "Reply")),
        ("n", locale.t("社内メモを書く", "Internal note")),
        ("Ctrl + Enter", locale.t("書いたものを送る", "Send what is written")),
        ("Esc", locale.t("入力欄から出る・メニューを閉じる", "Leave the field, close a menu")),
        ("a", locale.t("自分が担当する", "Take it")),
        ("t", locale.t("タグを付ける", "Tag")),
        ("e", locale.t("解決にする", "Solve")),
        ("y", locale.t("提案どおりにする", "Accept the suggestions")),
        ("i", locale.t("提案された記事を挿入", "Insert the suggested article")),
        ("/", locale.t("検索する", "Search")),
        ("?", locale.t("この一覧を開く", "This list")),
    ];
    let (text, value, state) = if page.single_keys {
        (
            locale.t("1文字のキーをオフにする", "Turn single keys off"),
            "off",
            locale.t("1文字のキー操作はオンです。", "Single keys are on."),
        )
    } else {
        (
            locale.t("1文字のキーをオンにする", "Turn single keys on"),
            "on",
            locale.t("1文字のキー操作はオフです。", "Single keys are off."),
        )
    };
    let (csrf, back) = (page.csrf.clone(), page.here.clone());
    view! {
        <div data-keys="">
            <Disclosure label=locale.t("キー操作", "Keys") kind=ButtonKind::Quiet small=true icon=IconName::Keyboard end=true>
                <KeyList keys=list />
                <form class="stack stack-s" method="post" action="/desk/single-keys" novalidate>
                    <Csrf token=csrf />
                    <Hidden name="back" value=back />
                    <p class="small muted">{state}</p>
                    <div><Button small=true name="single_keys" value=value>{text}</Button></div>
                </form>
            </Disclosure>
        </div>
    }
    .into_any()
}
