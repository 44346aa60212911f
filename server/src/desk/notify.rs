//! The mails that a request sends: to its customer, and to whoever it was routed to.
//!
//! All mails of one request carry one subject and thread in the reader's mail program. They are rows of the caller's
//! transaction; ring `app.work` after the commit to have them sent at once.

use super::fold::fold;
use super::idle::is_courtesy;
use super::link::link_path;
use super::message::{View, thread};
use super::reply::StaffReply;
use super::request::{Request, find_request};
use crate::app_state::App;
use crate::identity::Person;
use crate::mail::{self, Block, Draft};
use crate::storage::{Conn, Result, Tx, all};
use app::i18n::Locale;
use app::model::words::RequestStatus;

/// A line that names the reader and is no longer than this greets them (characters).
const GREETING: usize = 40;

/// Tells the customer that their request has arrived: its number, when to expect a reply, where to follow it.
/// `reply_by` is written for the reader ("Wednesday 4 March, 15:00 (Japan time)"); without it the usual time of the
/// settings is named.
pub(super) async fn arrived(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    customer: &Person,
    body: &str,
    reply_by: Option<&str>,
    now: i64,
) -> Result<()> {
    let locale = request.locale;
    let number = request.number;
    let hours = app.settings.current().reply_hours;
    let expected = match reply_by {
        Some(moment) => locale.t(
            format!("{moment}ごろまでに返信する予定です。"),
            format!("You can expect a reply by {moment}."),
        ),
        None => locale.t(
            format!("通常、受付時間内で{hours}時間以内に返信しています。"),
            format!(
                "We usually reply within {}.",
                locale.count(i64::from(hours), "", "working hour", "working hours")
            ),
        ),
    };
    let blocks = vec![
        Block::text(locale.t(
            format!("お問い合わせを受け付けました。番号は #{number} です。"),
            format!("We have received your request. Its number is #{number}."),
        )),
        Block::text(expected),
        Block::request(request.subject.as_str(), body),
        follow(app, request, locale.t("お問い合わせを見る", "See your request")),
        private(locale),
    ];
    to_customer(app, tx, request, customer, blocks, now).await
}

/// Sends a CRE's reply to the customer; `status` is what it leaves the request in.
pub(super) async fn replied(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    customer: &Person,
    reply: &StaffReply<'_>,
    status: RequestStatus,
) -> Result<()> {
    let StaffReply { author, body, now, .. } = *reply;
    let locale = request.locale;
    let who = author.display_name();
    let mut blocks = Vec::new();
    if !greets(body, &customer.name) {
        blocks.push(Block::text(salutation(locale, &customer.name)));
    }
    blocks.push(Block::message(body));
    blocks.push(Block::small(locale.t(
        format!("お問い合わせ #{} に、{who}が返信しました。", request.number),
        format!("{who} replied to your request #{}.", request.number),
    )));
    blocks.push(follow(app, request, locale.t("続きを見る・返信する", "Read it and reply")));
    if status.is_over() {
        blocks.push(Block::small(locale.t(
            "このお問い合わせは解決済みになりました。まだ解決していないときは、ご返信いただければ続きを承ります。",
            "This request is now marked as solved. If it is not, reply and we will take it up again.",
        )));
    }
    blocks.push(Block::small(locale.t(
        "ご返信は、このメールにではなく上のリンクからお願いします。",
        "To reply, use the link above instead of answering this mail.",
    )));
    blocks.push(private(locale));
    to_customer(app, tx, request, customer, blocks, now).await
}

/// Tells the customer that their request was solved or closed without a reply, and how it goes on where it is not over.
pub(super) async fn over(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    customer: &Person,
    now: i64,
) -> Result<()> {
    let (locale, number) = (request.locale, request.number);
    let blocks = vec![
        Block::text(salutation(locale, &customer.name)),
        Block::text(match request.status {
            RequestStatus::Closed => locale.t(
                format!("お問い合わせ #{number} の対応を終了しました。"),
                format!("Your request #{number} has been closed."),
            ),
            _ => locale.t(
                format!("お問い合わせ #{number} を解決済みにしました。"),
                format!("Your request #{number} is marked as solved."),
            ),
        }),
        Block::text(locale.t(
            "まだ解決していないときや、ほかに気になることがあるときは、下のリンクからご返信ください。続きを承ります。",
            "If something is still open, reply from the link below and we will take it up again.",
        )),
        follow(app, request, locale.t("やりとりを見る・返信する", "See the conversation and reply")),
        private(locale),
    ];
    to_customer(app, tx, request, customer, blocks, now).await
}

/// How a letter begins whose reader has this name, or none.
fn salutation(locale: Locale, name: &str) -> String {
    match (locale, name.trim()) {
        (Locale::Ja, "") => "お客様".to_owned(),
        (Locale::Ja, name) => format!("{name} 様"),
        (Locale::En, "") => "Hello,".to_owned(),
        (Locale::En, name) => format!("Hello {name},"),
    }
}

/// Whether a reply begins with a greeting of its own: with the reader's name, or with what every letter begins with.
fn greets(body: &str, name: &str) -> bool {
    let first = fold(body.trim_start().lines().next().unwrap_or_default());
    let is_named =
        name.split_whitespace().any(|part| part.chars().count() > 1 && first.contains(&fold(part)));
    (is_named && first.chars().count() <= GREETING) || first.ends_with('様') || is_courtesy(&first)
}

/// Tells whoever a new request was routed to.
pub(super) async fn routed(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    customer: &Person,
    body: &str,
    now: i64,
) -> Result<()> {
    let from = customer.display_name();
    to_staff(app, tx, request, None, body, now, |locale| {
        locale.t(
            format!("{from}さんから新しいお問い合わせ #{} が届きました。", request.number),
            format!("{from} has sent a new request, #{}.", request.number),
        )
    })
    .await
}

/// Tells whoever a colleague has given a request to: its new assignee, or the members of its new group while nobody
/// has it. `before` is the request as it was. Whoever gives it is told nothing.
pub async fn handed_over(app: &App, tx: &mut Tx, before: &Request, by: &Person, now: i64) -> Result<()> {
    let Some(request) = find_request(tx, before.id).await? else { return Ok(()) };
    let given = match request.assignee_id {
        Some(_) => request.assignee_id != before.assignee_id,
        None => request.group_id != before.group_id,
    };
    if !given {
        return Ok(());
    }
    let messages = thread(tx, request.id, View::Customer).await?;
    let last = messages.iter().rev().find(|message| message.from_customer);
    let body = last.map(|message| message.body.as_str()).unwrap_or_default();
    let from = by.display_name();
    to_staff(app, tx, &request, Some(by.id), body, now, |locale| {
        locale.t(
            format!("{from}さんがお問い合わせ #{} の担当をお願いしています。", request.number),
            format!("{from} has assigned request #{} to you.", request.number),
        )
    })
    .await
}

/// Tells whoever works on a request that its customer wrote again.
pub(super) async fn wrote_again(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    from: &str,
    body: &str,
    now: i64,
) -> Result<()> {
    to_staff(app, tx, request, None, body, now, |locale| {
        locale.t(
            format!("{from}さんがお問い合わせ #{} に返信しました。", request.number),
            format!("{from} has written again in request #{}.", request.number),
        )
    })
    .await
}

fn subject(request: &Request) -> String {
    format!("[#{}] {}", request.number, request.subject)
}

fn follow(app: &App, request: &Request, label: &str) -> Block {
    let path = link_path(app, request.locale, request.id, request.link_version);
    Block::button(label, format!("{}{path}", app.config.public_url))
}

fn private(locale: Locale) -> Block {
    Block::small(locale.t(
        "このリンクを開いた人は誰でもやりとりを読めます。転送にはご注意ください。",
        "Whoever opens this link can read the conversation: take care where you forward it.",
    ))
}

async fn to_customer(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    customer: &Person,
    blocks: Vec<Block>,
    now: i64,
) -> Result<()> {
    let draft = Draft {
        to: customer.email.clone(),
        locale: request.locale,
        subject: subject(request),
        blocks,
        request_id: Some(request.id),
        secret: false,
    };
    mail::queue(app, tx, now, draft).await?;
    Ok(())
}

async fn to_staff(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    except: Option<i64>,
    body: &str,
    now: i64,
    lead: impl Fn(Locale) -> String,
) -> Result<()> {
    for (_, email, locale) in responsible(tx, request).await?.into_iter().filter(|one| Some(one.0) != except)
    {
        let blocks = vec![
            Block::text(lead(locale)),
            Block::request(request.subject.as_str(), body),
            Block::button(
                locale.t("デスクで開く", "Open it at the desk"),
                format!("{}/desk/requests/{}", app.config.public_url, request.number),
            ),
        ];
        let draft = Draft {
            to: email,
            locale,
            subject: subject(request),
            blocks,
            request_id: Some(request.id),
            secret: false,
        };
        mail::queue(app, tx, now, draft).await?;
    }
    Ok(())
}

/// (id, address, language) of the assignee, or else of everybody in the group; of nobody while it is unrouted.
async fn responsible(conn: &mut Conn, request: &Request) -> Result<Vec<(i64, String, Locale)>> {
    let rows = match (request.assignee_id, request.group_id) {
        (Some(person), _) => all!(
            conn,
            (i64, String, String),
            "SELECT id, email, locale FROM person
             WHERE id = $1 AND disabled_at IS NULL AND role IN ('cre', 'administrator')",
            person
        )?,
        (None, Some(group)) => all!(
            conn,
            (i64, String, String),
            "SELECT p.id, p.email, p.locale FROM group_member m JOIN person p ON p.id = m.person_id
             WHERE m.group_id = $1 AND p.disabled_at IS NULL AND p.role IN ('cre', 'administrator') ORDER BY p.id",
            group
        )?,
        (None, None) => Vec::new(),
    };
    let one =
        |(id, email, tag): (i64, String, String)| (id, email, Locale::from_tag(&tag).unwrap_or_default());
    Ok(rows.into_iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::greets;

    #[test]
    fn a_reply_that_greets_is_not_greeted_again() {
        for body in [
            "雪野様\n\nお問い合わせありがとうございます。",
            "雪野さん、こんにちは。",
            "お世話になっております。",
            "Hello Harriet,\n\nIt works.",
            "Harriet, it works.",
            "Hi,\nit works.",
        ] {
            assert!(greets(body, "雪野 ゆき") || greets(body, "Harriet Moon"), "{body}");
        }
        for body in ["宛名は設定から変えられます。", "It works again.", ""] {
            assert!(
                !greets(body, "雪野 ゆき") && !greets(body, "Harriet Moon") && !greets(body, ""),
                "{body}"
            );
        }
    }
}
