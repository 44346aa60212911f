//! One entry of a thread.

use leptos::prelude::*;

use super::{Attachment, Attachments, Avatar, Icon, IconName, Time};
use crate::i18n::Locale;

/// Who may read an entry, and how it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MessageKind {
    /// Written by the customer.
    #[default]
    Customer,
    /// A public reply by CRE.
    Reply,
    /// An internal note: the customer never sees it.
    Note,
}

/// A message of a thread. The children are its words, rendered (`<div class="prose prose-compact" inner_html=…>`).
#[component]
pub fn MessageItem(
    locale: Locale,
    kind: MessageKind,
    #[prop(into)] author: String,
    /// RFC 3339.
    #[prop(into)]
    datetime: String,
    /// Written for the reader.
    #[prop(into)]
    when: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] attachments: Vec<Attachment>,
    children: Children,
) -> AnyView {
    let class = match kind {
        MessageKind::Customer => "message",
        MessageKind::Reply => "message message-reply",
        MessageKind::Note => "message message-note",
    };
    let note = (kind == MessageKind::Note).then(|| {
        view! {
            <span class="badge badge-warn">
                <Icon name=IconName::Lock />
                {locale.t("社内メモ", "Internal note")}
            </span>
        }
    });
    view! {
        <article class=class id=id>
            <header class="message-head">
                <Avatar name=author.clone() staff={kind != MessageKind::Customer} />
                <span class="message-author">{author}</span>
                {note}
                <span class="message-when">
                    <Time datetime text=when />
                </span>
            </header>
            <div class="message-body">
                {children()}
                <Attachments locale files=attachments />
            </div>
        </article>
    }
    .into_any()
}

/// An event in a thread, one line: 「ルール 3 が請求タグを付けました」, "Status changed to solved by Aoi".
#[component]
pub fn EventItem(
    #[prop(into)] text: String,
    #[prop(into)] datetime: String,
    #[prop(into)] when: String,
    #[prop(optional)] icon: Option<IconName>,
) -> AnyView {
    view! {
        <p class="event">
            <Icon name=icon.unwrap_or(IconName::History) />
            <span>{text}</span>
            <Time datetime text=when />
        </p>
    }
    .into_any()
}
