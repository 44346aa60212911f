//! One thread, as its customer reads it: by the private link, or signed in.

use leptos::prelude::*;

use super::ask::kept_files;
use super::kept_draft::kept_draft;
use crate::i18n::Locale;
use crate::model::request::{LinkBox, MessageBody, ReplyForm, RequestPage, ThreadItem, ThreadMessage};
use crate::model::words::RequestStatus;
use crate::parts::{
    Breadcrumb, Button, ButtonKind, Crumb, Csrf, ErrorSummary, EventItem, FileField, Fold, Hidden, IconName,
    KindChip, MessageItem, MessageKind, PostButton, StatusChip, TextArea,
};

/// The reply form's id.
pub const FORM: &str = "reply";

pub fn request(locale: Locale, page: RequestPage) -> AnyView {
    let RequestPage { csrf, number, kind, subject, status, when, thread, action, reply, link } = page;
    let home = Crumb::new(locale.t("お問い合わせ履歴", "My requests"), format!("/{}/requests", locale.tag()));
    // Whoever came by the private link is not signed in: the list would only ask them to.
    let crumbs = link.is_some().then(|| view! { <Breadcrumb locale steps=vec![home] /> });
    let updated = locale.t(format!("更新：{when}"), format!("Updated {when}"));
    let items = thread.into_iter().map(|item| entry(locale, item)).collect_view();
    view! {
        <div class="page page-narrow">
            {crumbs}
            <header class="request-head">
                <p class="request-number row">
                    <span>{format!("#{number}")}</span>
                    <KindChip locale kind />
                </p>
                <h1>{subject}</h1>
                <p class="row">
                    <StatusChip locale status customer=true />
                    <span class="muted small">{updated}</span>
                </p>
            </header>
            <div class="thread">{items}</div>
            {reply_form(locale, &csrf, number, action, status, reply)}
            {link.map(|link| link_box(locale, csrf, link))}
        </div>
    }
    .into_any()
}

fn entry(locale: Locale, item: ThreadItem) -> AnyView {
    match item {
        ThreadItem::Message(message) => words(locale, message),
        ThreadItem::Event { status, by_customer, datetime, when } => {
            let solved = status.is_over();
            let text = match (solved, by_customer) {
                (true, true) => locale.t("お客様が解決済みにしました", "You marked this as solved"),
                (true, false) => locale.t("担当者が解決済みにしました", "We marked this as solved"),
                (false, _) => locale.t("再開しました", "Reopened"),
            };
            let icon = if solved { IconName::CheckCircle } else { IconName::Undo };
            view! { <EventItem text datetime when icon /> }.into_any()
        }
    }
}

/// What was written: a customer's words as they typed them, a reply as it is laid out.
pub(super) fn message_body(body: MessageBody) -> AnyView {
    match body {
        MessageBody::Plain(text) => view! { <p class="pre-wrap">{text}</p> }.into_any(),
        MessageBody::Html(html) => {
            view! { <div class="prose prose-compact" inner_html=html></div> }.into_any()
        }
    }
}

fn words(locale: Locale, message: ThreadMessage) -> AnyView {
    let ThreadMessage { id, own, author, datetime, when, body, files } = message;
    let kind = if own { MessageKind::Customer } else { MessageKind::Reply };
    view! {
        <MessageItem locale kind author datetime when id=format!("m{id}") attachments=files>
            {message_body(body)}
        </MessageItem>
    }
    .into_any()
}

fn reply_form(
    locale: Locale,
    csrf: &str,
    number: i64,
    action: String,
    status: RequestStatus,
    reply: ReplyForm,
) -> AnyView {
    let ReplyForm { body, submit_key, kept, upload, errors } = reply;
    let over = status.is_over();
    let hint = over.then(|| {
        locale.t("返信すると、このお問い合わせを再開します。", "A reply opens this request again.").to_owned()
    });
    let solve = (!over).then(|| {
        view! {
            <Button icon=IconName::Check name="solved" value="true">{locale.t("解決した", "This is solved")}</Button>
        }
    });
    let files = (!upload.none).then(|| {
        view! {
            <FileField
                locale
                name="attachments"
                label=locale.t("添付ファイル", "Attachments")
                hint=upload.hint
                accept=upload.accept
                error=errors.of("attachments")
                optional=true
                multiple=true
            />
        }
    });
    view! {
        <form class="form reply-form" id=FORM method="post" action=action enctype="multipart/form-data" novalidate
            data-draft=format!("reply {number}")>
            <ErrorSummary locale errors=errors.clone() />
            <Csrf token=csrf.to_owned() />
            <Hidden name="submit_key" value=submit_key />
            <TextArea
                locale
                name="body"
                label=locale.t("返信", "Your reply")
                hint=hint.unwrap_or_default()
                value=body
                error=errors.of("body")
                rows=5
            />
            {kept_draft(locale)}
            {kept_files(locale, kept)}
            {files}
            <div class="form-actions">
                <Button kind=ButtonKind::Primary icon=IconName::Send>{locale.t("返信する", "Send reply")}</Button>
                {solve}
            </div>
        </form>
    }
    .into_any()
}

fn link_box(locale: Locale, csrf: String, link: LinkBox) -> AnyView {
    view! {
        <div class="private-link">
            <Fold title=locale.t("リンクで共有する", "Share by link")>
                <p>
                    {locale.t("このリンクを知っている人は、サインインしなくてもこのお問い合わせを読み、返信できます。", "Whoever has this link can read and answer this request without signing in.")}
                </p>
                <p class="copy-link">{link.url}</p>
                <PostButton action=link.renew csrf icon=IconName::Lock>
                    {locale.t("リンクを無効にして作り直す", "Make the link stop working and create a new one")}
                </PostButton>
            </Fold>
        </div>
    }
    .into_any()
}
