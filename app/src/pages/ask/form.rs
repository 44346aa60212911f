//! The form itself.

use leptos::prelude::*;

use super::offer::while_writing;
use super::{DRAFT, FORM, action, kept_files};
use crate::i18n::Locale;
use crate::islands::ask::AskSuggestions;
use crate::model::ask::{AskForm, AskPage, UploadField};
use crate::model::form::{Choice, FieldErrors};
use crate::model::words::RequestKind;
use crate::pages::kept_draft::kept_draft;
use crate::parts::{
    Button, ButtonKind, Csrf, ErrorSummary, FieldGroup, FileField, Hidden, Honeypot, IconName, Radios,
    Select, TextArea, TextField,
};

pub fn form(locale: Locale, page: AskPage) -> AnyView {
    let AskPage { csrf, form, replies_to, areas, upload, errors, hours, expected } = page;
    let marks = form.marks().into_iter().map(|(name, value)| view! { <Hidden name value /> }).collect_view();
    let draft_of = replies_to.clone();
    let suggestions = (!form.session.is_empty()).then(|| {
        view! {
            {while_writing(locale)}
            <AskSuggestions />
        }
    });
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{locale.t("質問する", "Ask us")}</h1>
                <p class="lead">
                    {locale.t("書いているあいだに、近い記事があればお見せします。", "While you write, we show you articles that may already answer it.")}
                </p>
            </header>
            <form class="ask-form" id=FORM method="post" action=action(locale) enctype="multipart/form-data" novalidate
                data-draft=DRAFT data-draft-of=draft_of>
                // The Enter key presses a form's first button: it must be the one that sends.
                <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                    {locale.t("送信する", "Send")}
                </button>
                <Csrf token=csrf />
                {marks}
                <Honeypot locale name="website" />
                <div class="form ask-words">
                    <ErrorSummary locale errors=errors.clone() />
                    {kept_draft(locale)}
                    {words(locale, &form, &errors)}
                </div>
                <aside class="ask-side" aria-label=locale.t("答えの候補とお返事の目安", "Suggested answers, and when we reply")>
                    {suggestions}
                    {promise(locale, hours, expected)}
                </aside>
                <div class="form ask-rest">
                    {area(locale, areas, &form, &errors)}
                    {kept_files(locale, form.kept.clone())}
                    {files(locale, upload, &errors)}
                    {who(locale, replies_to, &form, &errors)}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary icon=IconName::Send>{locale.t("送信する", "Send")}</Button>
                    </div>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// What it is about, in a choice, a line and a text.
fn words(locale: Locale, form: &AskForm, errors: &FieldErrors) -> AnyView {
    let kinds = RequestKind::ALL
        .map(|kind| Choice::new(kind.code(), kind.label(locale)).with_hint(kind.hint(locale)))
        .to_vec();
    view! {
        <Radios
            locale
            name="kind"
            legend=locale.t("どのようなご用件ですか", "What is it about?")
            choices=kinds
            selected=form.kind.clone()
            error=errors.of("kind")
            cards=true
        />
        <TextField
            locale
            name="subject"
            label=locale.t("件名", "Subject")
            hint=locale.t("ひとことでお書きください。", "In a few words.")
            value=form.subject.clone()
            error=errors.of("subject")
            maxlength=200
        />
        <TextArea
            locale
            name="body"
            label=locale.t("くわしい内容", "Description")
            hint=locale.t("したいこと、起きたこと、表示された言葉があれば、そのままお書きください。", "What you want to do, what happened, and any message you saw.")
            value=form.body.clone()
            error=errors.of("body")
        />
    }
    .into_any()
}

/// When whoever sends it now can expect a reply.
fn promise(locale: Locale, hours: String, expected: String) -> AnyView {
    let hours = (!hours.is_empty()).then(|| {
        view! {
            <dt>{locale.t("受付時間", "Support hours")}</dt>
            <dd>{hours}</dd>
        }
    });
    view! {
        <div class="ask-promise">
            <p class="ask-promise-title">{locale.t("いま送ると", "If you send it now")}</p>
            <dl class="facts">
                <dt>{locale.t("お返事の目安", "Expected reply")}</dt>
                <dd>{expected}</dd>
                {hours}
            </dl>
        </div>
    }
    .into_any()
}

fn area(locale: Locale, areas: Vec<Choice>, form: &AskForm, errors: &FieldErrors) -> AnyView {
    if areas.is_empty() {
        return ().into_any();
    }
    view! {
        <Select
            locale
            name="area"
            label=locale.t("関係のあるところ", "Product area")
            choices=areas
            selected=form.area.clone()
            empty=locale.t("わからない・あてはまらない", "Not sure")
            error=errors.of("area")
            optional=true
        />
    }
    .into_any()
}

fn files(locale: Locale, upload: UploadField, errors: &FieldErrors) -> AnyView {
    if upload.none {
        return ().into_any();
    }
    view! {
        <FileField
            locale
            name="attachments"
            label=locale.t("添付ファイル", "Attachments")
            hint=format!(
                "{}{}",
                upload.hint,
                locale.t("画像の位置情報などは取り除きます。", " Locations and other details are removed from pictures."),
            )
            accept=upload.accept
            error=errors.of("attachments")
            optional=true
            multiple=true
        />
    }
    .into_any()
}

/// Where the reply goes: told to whoever is signed in, asked of everybody else.
fn who(locale: Locale, replies_to: Option<String>, form: &AskForm, errors: &FieldErrors) -> AnyView {
    if let Some(address) = replies_to {
        return view! {
            <p class="muted">
                {locale.t("お返事は ", "We reply to ")} <strong>{address}</strong> {locale.t(" にお送りします。", ".")}
            </p>
        }
        .into_any();
    }
    let (email, email_error) = (form.email.clone(), errors.of("email"));
    let (name, name_error) = (form.name.clone(), errors.of("name"));
    view! {
        <FieldGroup legend=locale.t("お返事の宛先", "Where we reply to")>
            <TextField
                locale
                name="email"
                kind="email"
                autocomplete="email"
                label=locale.t("メールアドレス", "E-mail address")
                hint=locale.t("お返事と、状況を確かめるためのリンクをお送りします。", "We send the reply here, and a link to follow your request.")
                value=email
                error=email_error
            />
            <TextField
                locale
                name="name"
                autocomplete="name"
                label=locale.t("お名前", "Name")
                value=name
                error=name_error
                optional=true
                width="w-medium"
            />
        </FieldGroup>
    }
    .into_any()
}
