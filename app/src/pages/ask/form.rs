//! The form itself.

use leptos::prelude::*;

use super::offer::while_writing;
use super::{DRAFT, FORM, action, kept_files};
use crate::i18n::Locale;
use crate::islands::ask::AskSuggestions;
use crate::model::ask::{AskForm, AskPage};
use crate::model::form::Choice;
use crate::model::words::RequestKind;
use crate::pages::kept_draft::kept_draft;
use crate::parts::{
    Button, ButtonKind, Csrf, ErrorSummary, FieldGroup, FileField, Hidden, Honeypot, IconName, Radios,
    Select, TextArea, TextField,
};

pub fn form(locale: Locale, page: AskPage) -> AnyView {
    let AskPage { csrf, form, replies_to, areas, upload, errors, hours, expected } = page;
    let marks = form.marks().into_iter().map(|(name, value)| view! { <Hidden name value /> }).collect_view();
    let AskForm { kind, subject, body, email, name, area, kept, session, .. } = form;
    let kinds = RequestKind::ALL
        .map(|kind| Choice::new(kind.code(), kind.label(locale)).with_hint(kind.hint(locale)))
        .to_vec();
    let draft_of = replies_to.clone();
    let suggestions = (!session.is_empty()).then(|| {
        view! {
            {while_writing(locale)}
            <AskSuggestions />
        }
    });
    let area = (!areas.is_empty()).then(|| {
        view! {
            <Select
                locale
                name="area"
                label=locale.t("関係のあるところ", "Product area")
                choices=areas
                selected=area
                empty=locale.t("わからない・あてはまらない", "Not sure")
                error=errors.of("area")
                optional=true
            />
        }
    });
    let files = (!upload.none).then(|| {
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
    });
    let (email_error, name_error) = (errors.of("email"), errors.of("name"));
    let who = match replies_to {
        Some(address) => view! {
            <p class="muted">
                {locale.t("お返事は ", "We reply to ")} <strong>{address}</strong> {locale.t(" にお送りします。", ".")}
            </p>
        }
        .into_any(),
        None => view! {
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
        .into_any(),
    };
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
                    <Radios
                        locale
                        name="kind"
                        legend=locale.t("どのようなご用件ですか", "What is it about?")
                        choices=kinds
                        selected=kind
                        error=errors.of("kind")
                        cards=true
                    />
                    <TextField
                        locale
                        name="subject"
                        label=locale.t("件名", "Subject")
                        hint=locale.t("ひとことでお書きください。", "In a few words.")
                        value=subject
                        error=errors.of("subject")
                        maxlength=200
                    />
                    <TextArea
                        locale
                        name="body"
                        label=locale.t("くわしい内容", "Description")
                        hint=locale.t("したいこと、起きたこと、表示された言葉があれば、そのままお書きください。", "What you want to do, what happened, and any message you saw.")
                        value=body
                        error=errors.of("body")
                    />
                </div>
                <aside class="ask-side" aria-label=locale.t("答えの候補とお返事の目安", "Suggested answers, and when we reply")>
                    {suggestions}
                    <div class="ask-promise">
                        <p class="ask-promise-title">{locale.t("いま送ると", "If you send it now")}</p>
                        <dl class="facts">
                            <dt>{locale.t("お返事の目安", "Expected reply")}</dt>
                            <dd>{expected}</dd>
                            {(!hours.is_empty())
                                .then(|| {
                                    view! {
                                        <dt>{locale.t("受付時間", "Support hours")}</dt>
                                        <dd>{hours}</dd>
                                    }
                                })}
                        </dl>
                    </div>
                </aside>
                <div class="form ask-rest">
                    {area}
                    {kept_files(locale, kept)}
                    {files}
                    {who}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary icon=IconName::Send>{locale.t("送信する", "Send")}</Button>
                    </div>
                </div>
            </form>
        </div>
    }
    .into_any()
}
