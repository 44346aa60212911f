//! Where the answer is written. Every button works without JavaScript; the island saves what is typed and finds
//! articles without leaving the page.
//!
//! Whatever can be pressed on a request belongs to this one form, wherever it stands: what is being written travels
//! along, and is there again afterwards.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::islands::desk_reply::DeskReply;
use crate::model::desk_request::{FoundArticle, ReplyForm, RequestPane};
use crate::model::form::Choice;
use crate::model::shell::WrittenIn;
use crate::parts::*;

/// The form's id: what stands elsewhere on the page names it.
pub(super) const FORM: &str = "reply";

/// The reply as the language switch takes it along.
pub fn written_in(number: i64) -> WrittenIn {
    WrittenIn::remembered(FORM, format!("/desk/requests/{number}/reply"), ENTER)
}

/// Name and value of the button that Enter presses.
const ENTER: (&str, &str) = ("enter", "1");

/// Enter in a field presses a form's first button. This one stands before all others and asks the server what was
/// meant: to add a tag, or to find an article.
pub(super) fn enter(pane: &RequestPane) -> AnyView {
    let action = format!("/desk/requests/{}/reply", pane.number);
    view! {
        <button class="visually-hidden" type="submit" form=FORM formaction=action formnovalidate name=ENTER.0 value=ENTER.1
            tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

pub(super) fn reply(locale: Locale, pane: &RequestPane) -> AnyView {
    let form = &pane.reply;
    let action = format!("/desk/requests/{}/reply", pane.number);
    let modes = vec![
        Choice::new("reply", locale.t("公開の返信", "Public reply")),
        Choice::new("note", locale.t("社内メモ", "Internal note")),
    ];
    let mode = if form.note { "note" } else { "reply" };
    let restored = form.restored.clone().map(|text| view! { <p class="muted small">{text}</p> });
    view! {
        {overtaken(locale, pane)}
        <form class="reply" id=FORM method="post" action=action enctype="multipart/form-data"
            aria-label=locale.t("返信", "Reply") novalidate>
            <ErrorSummary locale errors=form.errors.clone() />
            <Csrf token=pane.csrf.clone() />
            <Hidden name="back" value=pane.back.clone() />
            <Hidden name="submit_key" value=form.submit_key.clone() />
            <Hidden name="seen_message" value=form.seen_message.to_string() />
            <Hidden name="seen_version" value=form.seen_version.to_string() />
            <Radios locale name="mode" legend=locale.t("種類", "Kind") choices=modes selected=mode />
            <TextArea locale name="body" label=locale.t("本文（Markdown）", "Text (Markdown)") rows=7 value=form.body.clone()
                error=form.errors.of("body") lang=pane.language.tag() />
            {restored}
            <DeskReply number=pane.number version=form.seen_version message=form.seen_message
                writing=also_writing(locale, &pane.also_writing)
                unsaved=locale.t(
                    "下書きを保存できていません。接続とサインインの状態を確かめてください。自動でもう一度保存します。",
                    "Your draft is not saved. Check your connection and that you are signed in; it is tried again by itself.",
                ).to_owned() />
            {articles(locale, pane)}
            {files(locale, form)}
            {actions(locale, !form.overtaken.is_empty())}
        </form>
    }
    .into_any()
}

/// Files to send along, and those that were sent with a form that came back.
fn files(locale: Locale, form: &ReplyForm) -> AnyView {
    let form = form.clone();
    let open = !form.kept_files.is_empty() || form.errors.of("attachments").is_some();
    let kept = form.kept_files.into_iter().map(|file| {
        view! {
            <li>
                <Hidden name="shown_file" value=file.key.clone() />
                <label class="kept-file">
                    <input type="checkbox" name="kept" value=file.key checked=true />
                    <span>{file.name}</span>
                    <span class="muted small">{file.size}</span>
                </label>
            </li>
        }
    });
    let kept = open.then(|| {
        let name = locale.t("添付したファイル", "Attached files");
        view! { <ul class="plain" aria-label=name>{kept.collect_view()}</ul> }
    });
    view! {
        <Fold title=locale.t("ファイルを添付する", "Attach files") open=open class="reply-files">
            {kept}
            <FileField locale name="attachments" label=locale.t("添付ファイル", "Attachments") optional=true multiple=true
                hint=form.files_hint accept=form.accept error=form.errors.of("attachments") />
        </Fold>
    }
    .into_any()
}

fn actions(locale: Locale, anyway: bool) -> AnyView {
    let first = if anyway {
        locale.t("このまま送信してお客様待ちに", "Send anyway, wait for customer")
    } else {
        locale.t("送信してお客様待ちに", "Send, wait for customer")
    };
    view! {
        <div class="form-actions for-reply">
            <Button kind=ButtonKind::Primary icon=IconName::Send name="send" value="waiting">{first}</Button>
            <Button icon=IconName::Check name="send" value="solved">{locale.t("送信して解決", "Send and solve")}</Button>
            <Button kind=ButtonKind::Quiet name="send" value="open">{locale.t("送信のみ", "Send only")}</Button>
        </div>
        <div class="form-actions for-note">
            <Button kind=ButtonKind::Primary icon=IconName::Lock name="send" value="note">
                {locale.t("メモを残す", "Add the note")}
            </Button>
        </div>
    }
    .into_any()
}

/// The replies that came in between, beside the text that was kept.
fn overtaken(locale: Locale, pane: &RequestPane) -> AnyView {
    if pane.reply.overtaken.is_empty() {
        return ().into_any();
    }
    let replies = pane
        .reply
        .overtaken
        .iter()
        .cloned()
        .map(|words| super::desk_request::words(locale, words, "new-"))
        .collect_view();
    view! {
        <div class="overtaken" role="alert" tabindex="-1" autofocus>
            <Notice tone=crate::model::figures::Tone::Warn title=locale.t("書いている間に返信がありました", "A reply came in while you were writing")>
                <p>{locale.t(
                    "まだ送信していません。あなたの文章は下に残っています。読んだうえで、直すか、このまま送信するか選んでください。",
                    "Yours has not been sent; your text is kept below. Read theirs, then change yours, send it anyway, or leave it.",
                )}</p>
            </Notice>
            {replies}
        </div>
    }
    .into_any()
}

/// Search, insert, solve with: without leaving the reply.
fn articles(locale: Locale, pane: &RequestPane) -> AnyView {
    let form = pane.reply.clone();
    let found = form.found.clone();
    let error = form.errors.of("find");
    let open = found.is_some() || error.is_some();
    let described_by = error.as_ref().map(|_| "find-error");
    let error = error.map(|words| {
        view! {
            <p class="field-error" id="find-error">
                <span class="visually-hidden">{locale.t("エラー：", "Error: ")}</span>
                {words}
            </p>
        }
    });
    let results = found.map(|found| results(locale, found));
    view! {
        <Fold title=locale.t("記事を探して挿入する", "Find and insert an article") open=open class="reply-articles">
            {error}
            <div class="reply-find">
                <label class="visually-hidden" for="find">{locale.t("記事を検索", "Search articles")}</label>
                <input class="input" type="search" id="find" name="find" value=form.find.clone() autocomplete="off"
                    aria-invalid=described_by.map(|_| "true") aria-describedby=described_by maxlength="200" placeholder=locale.t("記事を検索", "Search articles") />
                <Button small=true icon=IconName::Search name="find_articles" value="1" novalidate=true>
                    {locale.t("検索", "Search")}
                </Button>
            </div>
            <div id="found-articles">{results}</div>
            <span
                hidden
                id="article-words"
                data-none=locale.t("一致する記事はありません。", "No article matches.")
                data-insert=locale.t("リンクを挿入", "Insert link")
                data-solve=locale.t("この記事で解決して送信", "Send and solve with it")
            ></span>
        </Fold>
    }
    .into_any()
}

fn results(locale: Locale, found: Vec<FoundArticle>) -> AnyView {
    if found.is_empty() {
        return view! {
            <p class="muted" role="status">{locale.t("一致する記事はありません。", "No article matches.")}</p>
        }
        .into_any();
    }
    let rows = found
        .into_iter()
        .map(|article| {
            let id = article.id.to_string();
            view! {
                <li class="found-article">
                    <a href=article.href target="_blank" rel="noopener">{article.title}</a>
                    <p class="muted small clip">{article.summary}</p>
                    <div class="row">
                        <Button small=true icon=IconName::Link name="insert" value=id.clone() novalidate=true>
                            {locale.t("リンクを挿入", "Insert link")}
                        </Button>
                        <Button small=true kind=ButtonKind::Quiet icon=IconName::Check name="solve_with" value=id>
                            {locale.t("この記事で解決して送信", "Send and solve with it")}
                        </Button>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain stack stack-s">{rows}</ul> }.into_any()
}

/// "Sora is also writing", empty if nobody is.
pub fn also_writing(locale: Locale, names: &[String]) -> String {
    match (locale, names) {
        (_, []) => String::new(),
        (Locale::Ja, names) => format!("{}さんも返信を書いています。", names.join("さん、")),
        (Locale::En, [name]) => format!("{name} is also writing a reply."),
        (Locale::En, names) => format!("{} are also writing replies.", names.join(" and ")),
    }
}
