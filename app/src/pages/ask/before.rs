//! "Before you send": the best matches once more, each readable in place, and the button that sends.

use leptos::prelude::*;

use super::offer::{heading, offer};
use super::{FORM, action, hidden_fields};
use crate::i18n::Locale;
use crate::islands::ask::NoteRead;
use crate::model::ask::{Answer, BeforePage};
use crate::model::words::RequestKind;
use crate::parts::{Button, ButtonKind, Card, Csrf, IconName};

pub fn before(locale: Locale, page: BeforePage) -> AnyView {
    let BeforePage { csrf, form, replies_to, area, answers } = page;
    let offered = !answers.is_empty();
    let lead = if offered {
        locale.t(
            "参考になりそうな記事があります。解決しないときは、そのまま送信できます。",
            "These articles may help. If they do not solve it, send your request as it is.",
        )
    } else {
        locale.t("内容をお確かめのうえ、送信してください。", "Check what you wrote, then send it.")
    };
    let note = offered.then(|| view! { <NoteRead /> });
    let kind = RequestKind::from_code(&form.kind).unwrap_or_default();
    let files = (!form.kept.is_empty()).then(|| {
        let names = form.kept.iter().map(|file| view! { <li>{file.name.clone()}</li> }).collect_view();
        view! {
            <dt>{locale.t("添付ファイル", "Attachments")}</dt>
            <dd><ul class="plain">{names}</ul></dd>
        }
    });
    let hidden = hidden_fields(&form);
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{locale.t("送信の前に", "Before you send")}</h1>
                <p class="lead">{lead}</p>
            </header>
            <form class="stack stack-l" id=FORM method="post" action=action(locale) novalidate>
                <Csrf token=csrf />
                {hidden}
                {offered.then(|| answers_view(locale, answers))}
                {note}
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary icon=IconName::Send name="step" value="send">
                        {if offered {
                            locale.t("解決しないので送信する", "It does not solve it: send")
                        } else {
                            locale.t("送信する", "Send")
                        }}
                    </Button>
                    <Button name="step" value="edit">{locale.t("書き直す", "Change it")}</Button>
                </div>
                <Card title=locale.t("送信する内容", "What you are sending")>
                    <dl class="facts">
                        <dt>{locale.t("ご用件", "About")}</dt>
                        <dd>{kind.label(locale)}</dd>
                        <dt>{locale.t("件名", "Subject")}</dt>
                        <dd>{form.subject}</dd>
                        <dt>{locale.t("内容", "Description")}</dt>
                        <dd class="pre-wrap">{form.body}</dd>
                        {area
                            .map(|area| {
                                view! {
                                    <dt>{locale.t("関係のあるところ", "Product area")}</dt>
                                    <dd>{area}</dd>
                                }
                            })}
                        {files}
                        <dt>{locale.t("お返事の宛先", "We reply to")}</dt>
                        <dd>{replies_to}</dd>
                        {(!form.name.trim().is_empty())
                            .then(|| {
                                view! {
                                    <dt>{locale.t("お名前", "Name")}</dt>
                                    <dd>{form.name}</dd>
                                }
                            })}
                    </dl>
                </Card>
            </form>
        </div>
    }
    .into_any()
}

fn answers_view(locale: Locale, answers: Vec<Answer>) -> AnyView {
    let rows =
        answers.into_iter().enumerate().map(|(n, answer)| offer(locale, answer, n == 0)).collect_view();
    view! {
        <section class="suggestions" aria-labelledby="answers-title">
            <h2 id="answers-title">{heading(locale)}</h2>
            {rows}
        </section>
    }
    .into_any()
}
