//! `/desk/outbox`: the mails that were written, and work that went wrong.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::figures::Tone;
use crate::model::outbox::{JobLine, MailPage, MailText, OutboxPage};
use crate::parts::{
    Breadcrumb, ButtonKind, Column, Crumb, Empty, IconName, LinkButton, Notice, Pagination, PostButton,
    State, Tab, Table, Tabs, Time,
};

pub fn outbox(locale: Locale, page: OutboxPage) -> AnyView {
    let filed = page.filed.then(|| {
        view! {
            <Notice tone=Tone::Accent title=locale.t("メールは送信されていません", "Mail is not sent")>
                <p>
                    {locale
                        .t(
                            "メールサーバー（smtp_host）が設定されていないため、メールはデータフォルダーの outbox にファイルとして置かれ、ここで読めます。",
                            "There is no mail server (smtp_host). Mails become files in the outbox of the data folder, and can be read here.",
                        )}
                </p>
            </Notice>
        }
    });
    let tabs = page
        .counts
        .iter()
        .map(|(status, count)| Tab {
            text: status_name(locale, status).to_owned(),
            href: if status.is_empty() {
                "/desk/outbox".to_owned()
            } else {
                format!("/desk/outbox?status={status}")
            },
            count: Some(*count),
            here: *status == page.status,
        })
        .collect();
    let base = if page.status.is_empty() {
        "/desk/outbox".to_owned()
    } else {
        format!("/desk/outbox?status={}", page.status)
    };
    let list = if page.mails.is_empty() {
        view! {
            <Empty title=locale.t("メールはありません", "There are no mails") icon=IconName::Send>
                <p>
                    {locale
                        .t(
                            "お問い合わせの受付や返信のメールが、ここに並びます。",
                            "Confirmations and replies that go out by mail appear here.",
                        )}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        let (to, state, written) =
            (locale.t("宛先", "To"), locale.t("状態", "State"), locale.t("作成", "Written"));
        let columns = vec![
            Column::new(locale.t("件名", "Subject")),
            Column::new(to),
            Column::new(state),
            Column::new(written),
        ];
        let rows = page
            .mails
            .into_iter()
            .map(|mail| {
                view! {
                    <tr>
                        <th scope="row"><a href=mail.href>{mail.subject}</a></th>
                        <td data-label=to>{mail.recipient}</td>
                        <td class="nowrap" data-label=state><State tone=mail.tone text=mail.status /></td>
                        <td class="nowrap" data-label=written>
                            <Time datetime=mail.at.datetime text=mail.at.text />
                        </td>
                    </tr>
                }
            })
            .collect_view();
        view! { <Table caption=locale.t("送信メール", "Mails") columns stacked=true>{rows}</Table> }
            .into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("送信メール", "Outbox")}</h1>
            </header>
            <div class="stack-l">
                {filed}
                {jobs(locale, page.csrf, page.jobs)}
                <div class="stack">
                    <Tabs label=locale.t("メールの状態", "State of the mails") tabs />
                    {list}
                    <Pagination locale base page=page.page pages=page.pages />
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The word of a mail's status; empty is all of them.
pub fn status_name(locale: Locale, status: &str) -> &'static str {
    match status {
        "queued" => locale.t("送信待ち", "Waiting"),
        "sent" => locale.t("送信済み", "Sent"),
        "filed" => locale.t("ファイルに保存", "Filed"),
        "failed" => locale.t("失敗", "Failed"),
        _ => locale.t("すべて", "All"),
    }
}

fn jobs(locale: Locale, csrf: String, jobs: Vec<JobLine>) -> AnyView {
    if jobs.is_empty() {
        return ().into_any();
    }
    let (why, tries, next_try) =
        (locale.t("原因", "Why"), locale.t("試行回数", "Tries"), locale.t("次回の再試行", "Next try"));
    let columns = vec![
        Column::new(locale.t("作業", "Work")),
        Column::new(why),
        Column::num(tries),
        Column::new(next_try),
        Column::new(""),
    ];
    let rows = jobs
        .into_iter()
        .map(|job| {
            let next = match job.next {
                Some(next) => view! { <Time datetime=next.datetime text=next.text /> }.into_any(),
                None => view! { <State tone=Tone::Bad text=locale.t("あきらめました", "Given up") /> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{job.what.clone()}</th>
                    <td data-label=why>{job.error}</td>
                    <td class="num" data-label=tries>{job.attempts}</td>
                    <td class="nowrap" data-label=next_try>{next}</td>
                    <td>
                        <PostButton
                            action=format!("/desk/outbox/jobs/{}/retry", job.id)
                            csrf=csrf.clone()
                            small=true
                        >
                            {locale.t("いま試す", "Try now")}
                            <span class="visually-hidden">{format!("{}{}", locale.t("：", ": "), job.what)}</span>
                        </PostButton>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{locale.t("うまくいかなかった作業", "Work that went wrong")}</h2>
            <Table caption=locale.t("うまくいかなかった作業", "Work that went wrong") columns stacked=true>
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

/// `/desk/outbox/{id}`: the text of a mail. Its HTML says the same; it is not shown, so that nothing in it can run.
pub fn mail(locale: Locale, page: MailPage) -> AnyView {
    let retry = page.failed.then(|| {
        view! {
            <div class="page-actions">
                <PostButton
                    action=format!("/desk/outbox/{}/retry", page.id)
                    csrf=page.csrf
                    kind=ButtonKind::Primary
                    icon=IconName::Send
                >
                    {locale.t("もう一度送る", "Send again")}
                </PostButton>
            </div>
        }
    });
    let error = page.error.map(|error| {
        view! {
            <Notice tone=Tone::Bad title=locale.t("送信できませんでした", "It could not be sent")>
                <p>{error}</p>
            </Notice>
        }
    });
    let secret = if page.masked {
        Some(locale.t(
            "サインインなどに使えるリンクは伏せてあります。",
            "Links that sign somebody in are not shown.",
        ))
    } else if page.shown_secret {
        Some(locale.t(
            "メールサーバーがなく、httpsでもない試用のポータルなので、サインインに使えるリンクも見えています。どちらかを設定すると伏せられます。",
            "This portal has neither a mail server nor https: it is being tried out, so links that sign somebody in are shown. They are hidden once it has either.",
        ))
    } else {
        None
    };
    let secret = secret.map(|text| {
        view! {
            <Notice tone=Tone::Warn>
                <p>{text}</p>
            </Notice>
        }
    });
    let request = page.request.map(|href| {
        view! {
            <LinkButton href small=true icon=IconName::Message>
                {locale.t("お問い合わせを開く", "Open the request")}
            </LinkButton>
        }
    });
    let lines = page
        .lines
        .into_iter()
        .map(|line| match line {
            MailText::Words(words) => format!("{words}\n").into_any(),
            MailText::Link(path) => {
                let words = path.clone();
                view! { <a href=path>{words}</a> "\n" }.into_any()
            }
        })
        .collect_view();
    view! {
        <div class="page">
            <Breadcrumb locale steps=vec![Crumb::new(locale.t("送信メール", "Outbox"), "/desk/outbox")] />
            <header class="page-head">
                <h1 lang=page.language.clone()>{page.subject}</h1>
                {retry}
            </header>
            <div class="stack">
                {error}
                {secret}
                <dl class="facts">
                    <dt>{locale.t("宛先", "To")}</dt>
                    <dd>{page.recipient}</dd>
                    <dt>{locale.t("状態", "State")}</dt>
                    <dd><State tone=page.tone text=page.status /></dd>
                    <dt>{locale.t("作成", "Written")}</dt>
                    <dd>
                        <Time datetime=page.at.datetime text=page.at.text />
                    </dd>
                    <dt>"Message-ID"</dt>
                    <dd><code class="mail-id">{page.message_id}</code></dd>
                </dl>
                {request}
                <pre class="mail-text" lang=page.language tabindex="0">{lines}</pre>
            </div>
        </div>
    }
    .into_any()
}
