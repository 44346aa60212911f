//! `/desk/outbox`: mails, and jobs that went wrong.

use super::people::PER_PAGE;
use crate::jobs::{self, Job, StuckJob};
use crate::mail::{self, MailStatus};
use crate::web::moment::pages;
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::figures::Tone;
use app::model::outbox::{JobLine, MailLine, MailPage, MailText, OutboxPage};
use app::model::shell::Place;
use app::model::time::Moment;
use app::pages::outbox::status_name;
use axum::extract::Path;

fn tone(status: &str) -> Tone {
    match MailStatus::parse(status) {
        Some(MailStatus::Sent | MailStatus::Filed) => Tone::Good,
        Some(MailStatus::Failed) => Tone::Bad,
        Some(MailStatus::Queued) | None => Tone::Warn,
    }
}

pub async fn list(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let status = MailStatus::parse(&ctx.query("status"));
    let mut conn = ctx.app.db.read().await?;
    let counts = mail::count(&mut conn).await?;
    let mails = mail::list(&mut conn, status, ctx.page_number(), PER_PAGE).await?;
    let jobs = jobs::stuck(&mut conn).await?;
    drop(conn);
    let all = std::iter::once((String::new(), counts.iter().sum()));
    let each = MailStatus::ALL.iter().zip(counts).map(|(status, count)| (status.as_str().to_owned(), count));
    let chosen = status.map_or("", MailStatus::as_str);
    let counts: Vec<(String, i64)> = all
        .chain(each)
        .filter(|(status, count)| *count > 0 || status.is_empty() || status == chosen)
        .collect();
    let total = counts.iter().find(|(status, _)| status == chosen).map_or(0, |(_, count)| *count);
    let model = OutboxPage {
        csrf: ctx.csrf_token(),
        status: chosen.to_owned(),
        counts,
        mails: mails
            .into_iter()
            .map(|mail| MailLine {
                href: format!("/desk/outbox/{}", mail.id),
                subject: mail.subject,
                recipient: mail.recipient,
                at: ctx.moment(mail.created_at),
                tone: tone(&mail.status),
                status: status_name(locale, &mail.status).to_owned(),
            })
            .collect(),
        page: ctx.page_number(),
        pages: pages(total, PER_PAGE),
        filed: ctx.app.mailer.files(),
        jobs: jobs.into_iter().map(|job| job_line(&ctx, job)).collect(),
    };
    let page = Page::new(locale.t("送信メール", "Outbox")).at(Place::Outbox);
    Ok(ctx.page(page, move || app::pages::outbox::outbox(locale, model)))
}

fn job_line(ctx: &Ctx, job: StuckJob) -> JobLine {
    JobLine {
        id: job.id,
        what: job_name(ctx.locale, &job.kind),
        error: job.last_error.unwrap_or_default(),
        attempts: job.attempts,
        next: job.failed_at.is_none().then(|| {
            // What is to come is told to the minute.
            let moment = ctx.moment(job.run_at);
            Moment { text: moment.title.clone().unwrap_or_default(), ..moment }
        }),
    }
}

/// What a kind of job does, for people.
fn job_name(locale: Locale, kind: &str) -> String {
    match kind {
        "send_mail" => locale.t("メールの送信", "Send a mail"),
        "send_link" => locale.t("サインイン用リンクの送信", "Send a sign-in link"),
        "empty_log" => locale.t(
            "消去したデータをデータベースのログからも消す",
            "Take what was erased out of the database’s log",
        ),
        "tell_solved" => locale.t("解決のお知らせ", "Tell a customer that their request is solved"),
        "remove_mails" => {
            locale.t("消去したメールのファイルの削除", "Remove the files of mails that were erased")
        }
        "clean_up" => locale.t("古いサインインと検索記録の掃除", "Clean up old sessions and searches"),
        "tidy_intake" => locale.t("自己解決の集計と添付の掃除", "Settle deflection, remove stray uploads"),
        "judge" | "judge_daily" => locale.t("判定リストの評価", "Evaluate the judgement list"),
        "learn_phrases" => {
            locale.t("解決した内容から検索を改善", "Learn search phrases from what was solved")
        }
        other => other,
    }
    .to_owned()
}

pub async fn show(ctx: Ctx, Path(id): Path<i64>) -> Result {
    let locale = ctx.locale;
    let mail = mail::one(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let app = &ctx.app;
    // Whoever reads this could sign in as somebody else: only while the portal is being tried out.
    let trying_out = app.mailer.files() && !app.config.https();
    let masked = mail.secret && !trying_out;
    let lines = mail.body_text.lines().map(|line| text_line(line, &app.config.public_url, masked)).collect();
    let model = MailPage {
        csrf: ctx.csrf_token(),
        id,
        recipient: mail.recipient,
        message_id: mail.message_id,
        at: ctx.moment(mail.created_at),
        tone: tone(&mail.status),
        status: status_name(locale, &mail.status).to_owned(),
        failed: mail.status == MailStatus::Failed.as_str(),
        error: mail.error,
        request: mail.request_id.map(|id| format!("/desk/requests/{id}")),
        lines,
        masked,
        shown_secret: mail.secret && trying_out,
        language: mail.locale,
        subject: mail.subject.clone(),
    };
    let page = Page::new(mail.subject).at(Place::Outbox);
    Ok(ctx.page(page, move || app::pages::outbox::mail(locale, model)))
}

/// An address of this portal becomes a link, or dots where it must not be followed.
fn text_line(line: &str, public_url: &str, masked: bool) -> MailText {
    // Whatever the portal's address was when the mail was written.
    if masked && line.starts_with("http") && line != public_url {
        return MailText::Words("●●●●●●●●".to_owned());
    }
    match line.strip_prefix(public_url) {
        Some(path) if path.starts_with('/') && path.len() > 1 => MailText::Link(path.to_owned()),
        _ => MailText::Words(line.to_owned()),
    }
}

/// Sends a failed mail once more.
pub async fn retry_mail(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    let mail = mail::one(&mut tx, id).await?.filter(|mail| mail.status == MailStatus::Failed.as_str());
    mail.ok_or(Error::NotFound)?;
    mail::mark_queued(&mut tx, id).await?;
    jobs::want_again(&mut tx, &Job::SendMail { mail_id: id }, ctx.now).await?;
    tx.commit().await?;
    ctx.app.work.notify_one();
    ctx.flash("もう一度送ります。", "It is being sent again.");
    Ok(ctx.redirect(&format!("/desk/outbox/{id}")))
}

/// Tries a job at once.
pub async fn retry_job(ctx: Ctx, Path(id): Path<i64>, _form: Form) -> Result {
    let mut tx = ctx.app.db.begin().await?;
    if !jobs::retry(&mut tx, id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.app.work.notify_one();
    ctx.flash("もう一度試します。", "It is being tried again.");
    Ok(ctx.redirect("/desk/outbox"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_this_portal_can_be_followed_unless_they_open_a_door() {
        let ours = "http://127.0.0.1:3000";
        let link = "http://127.0.0.1:3000/ja/sign-in/token";
        assert_eq!(text_line(link, ours, false), MailText::Link("/ja/sign-in/token".into()));
        assert_eq!(text_line(link, ours, true), MailText::Words("●●●●●●●●".into()));
        assert_eq!(text_line("https://old.example/x", ours, true), MailText::Words("●●●●●●●●".into()));
        assert_eq!(text_line(ours, ours, true), MailText::Words(ours.into()));
        let elsewhere = "http://127.0.0.1:3000.evil.example/";
        assert_eq!(text_line(elsewhere, ours, false), MailText::Words(elsewhere.into()));
    }
}
