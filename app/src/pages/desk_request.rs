//! One request: what was said, what happened, what can be done.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::islands::desk_keys::DeskKeys;
use crate::model::desk_request::{EventLine, RequestPane, ThreadEntry, Words};
use crate::parts::*;

use super::desk_reply::FORM;
use super::request::message_body;

/// `/desk/requests/{number}`: the request alone on its page.
pub fn request(locale: Locale, pane: RequestPane) -> AnyView {
    let keys = pane.single_keys;
    view! {
        {self::pane(locale, pane)}
        <DeskKeys on=keys />
    }
    .into_any()
}

/// The reading pane.
pub fn pane(locale: Locale, pane: RequestPane) -> AnyView {
    let class = if pane.alone { "reading reading-alone" } else { "reading" };
    let thread = pane.thread.iter().cloned().map(|entry| self::entry(locale, entry)).collect_view();
    let lang = pane.language.tag();
    let calm = pane.reply.errors.is_empty() && pane.reply.overtaken.is_empty();
    view! {
        <section class=class aria-labelledby="request-title">
            {super::desk_reply::enter(&pane)}
            <header class="reading-head">
                <div class="row row-between">
                    <p class="reading-meta">
                        <a class="reading-back" href=pane.list.clone() data-key="u" aria-keyshortcuts="u">
                            <Icon name=IconName::ArrowLeft />
                            <span>{locale.t("一覧", "List")}</span>
                        </a>
                        <span class="num">{format!("#{}", pane.number)}</span>
                        <KindChip locale kind=pane.kind />
                        <StatusChip locale status=pane.status />
                        <PriorityChip locale priority=pane.priority />
                    </p>
                    <div class="toolbar">{toolbar(locale, &pane)}</div>
                </div>
                // Whoever opened it or acted on it goes on here, unless something is to be read first.
                <h1 id="request-title" lang=lang tabindex="-1" autofocus=calm>{pane.subject.clone()}</h1>
                <p class="reading-meta">
                    <span>{pane.customer.name.clone()}</span>
                    <span>{pane.received.clone()}</span>
                    {pane.waiting.clone().map(|waiting| view! { <span class="waiting"><Icon name=IconName::Clock />{waiting}</span> })}
                </p>
            </header>
            <div class="reading-body">
                <div class="reading-main">
                    <div class="thread">{thread}</div>
                    {super::desk_reply::reply(locale, &pane)}
                </div>
                {super::desk_side::side(locale, &pane)}
            </div>
        </section>
    }
    .into_any()
}

/// What is done most, one press each.
fn toolbar(locale: Locale, pane: &RequestPane) -> AnyView {
    let number = pane.number;
    let (alone, keys) = (pane.alone, pane.single_keys);
    let path = move |action: &str| format!("/desk/requests/{number}/{action}");
    let take = (pane.assignee != pane.me).then(|| {
        view! {
            <Button small=true key="a" icon=IconName::User name="assign_to" value=pane.me.clone()
                form=FORM formaction=path("assign") novalidate=true>
                {locale.t("担当する", "Take it")}
                {keys.then(|| view! { <Kbd key="a" /> })}
            </Button>
        }
    });
    let over = pane.status.is_over();
    let (status, text, icon) = if over {
        ("open", locale.t("再開する", "Reopen"), IconName::History)
    } else {
        ("solved", locale.t("解決にする", "Solve"), IconName::Check)
    };
    let judge = pane.judge_href.clone();
    let drafted = pane.drafted.clone();
    let draft = match drafted {
        Some(href) => view! {
            <LinkButton href small=true kind=ButtonKind::Quiet icon=IconName::Note>
                {locale.t("下書きの記事を開く", "Open the draft article")}
            </LinkButton>
        }
        .into_any(),
        None => view! {
            <Button small=true kind=ButtonKind::Quiet icon=IconName::Note
                form=FORM formaction=path("draft-article") novalidate=true>
                {locale.t("記事の下書きにする", "Turn into a draft article")}
            </Button>
        }
        .into_any(),
    };
    view! {
        {take}
        <Button small=true key="e" icon=icon name="set_status" value=status
            form=FORM formaction=path("status") novalidate=true>
            {text}
            {keys.then(|| view! { <Kbd key="e" /> })}
        </Button>
        <Disclosure small=true end=true label=locale.t("その他", "More") icon=IconName::More>
            {draft}
            <LinkButton href=judge small=true kind=ButtonKind::Quiet icon=IconName::Search>
                {locale.t("この質問の正解の記事を選ぶ", "Say which article this should find")}
            </LinkButton>
            {(!alone).then(|| view! {
                <LinkButton href=format!("/desk/requests/{number}") small=true kind=ButtonKind::Quiet icon=IconName::Message>
                    {locale.t("全画面で開く", "Open on its own page")}
                </LinkButton>
            })}
            <div class="stack stack-s">
                <Button small=true kind=ButtonKind::Quiet icon=IconName::Link
                    form=FORM formaction=path("revoke-link") novalidate=true>
                    {locale.t("お客様のリンクを無効にする", "Revoke the private link")}
                </Button>
                <p class="small muted">
                    {locale.t("これまでに送ったリンクは開けなくなります。次のメールで新しいリンクが届きます。", "Links sent so far stop working; the next mail carries a new one.")}
                </p>
            </div>
        </Disclosure>
    }
    .into_any()
}

fn entry(locale: Locale, entry: ThreadEntry) -> AnyView {
    match entry {
        ThreadEntry::Words(words) => self::words(locale, words, ""),
        ThreadEntry::Events(lines) if lines.len() > 2 => {
            let title = locale.t(format!("{}件の変更", lines.len()), format!("{} changes", lines.len()));
            view! { <Fold title class="events">{events(lines)}</Fold> }.into_any()
        }
        ThreadEntry::Events(lines) => events(lines),
    }
}

fn events(lines: Vec<EventLine>) -> AnyView {
    lines
        .into_iter()
        .map(|line| {
            let icon = if line.by_rule { IconName::Route } else { IconName::History };
            view! { <EventItem text=line.text datetime=line.datetime when=line.when icon=icon /> }
        })
        .collect_view()
        .into_any()
}

/// A message; `prefix` keeps ids apart where one is shown twice.
pub(super) fn words(locale: Locale, words: Words, prefix: &str) -> AnyView {
    let id = format!("{prefix}message-{}", words.id);
    view! {
        <MessageItem
            locale
            kind=words.kind
            author=words.author
            datetime=words.datetime
            when=words.when
            id=id
            attachments=words.files
        >
            {message_body(words.body)}
        </MessageItem>
    }
    .into_any()
}
