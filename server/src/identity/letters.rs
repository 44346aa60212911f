//! The mails about signing in and being invited, word for word.

use super::Role;
use super::link::LinkPurpose;
use super::sign_in::LinkWish;
use crate::clock::{DAY, MINUTE};
use crate::mail::{Block, Draft};
use app::i18n::Locale;

fn draft(to: &str, locale: Locale, subject: String, secret: bool, blocks: Vec<Block>) -> Draft {
    Draft { to: to.to_owned(), locale, subject, blocks, request_id: None, secret }
}

pub(super) fn sign_in(wish: &LinkWish, portal: &str, url: &str) -> Draft {
    let locale = wish.locale;
    let minutes = LinkPurpose::SignIn.lifetime() / MINUTE;
    draft(
        &wish.email,
        locale,
        locale.t(format!("{portal}へのサインイン"), format!("Sign in to {portal}")),
        true,
        vec![
            Block::text(locale.t(
                format!("{portal}にサインインするには、次のリンクを開き、画面の「サインイン」を押してください。"),
                format!("To sign in to {portal}, open this link and press “Sign in” on the page."),
            )),
            Block::button(locale.t("サインインの画面を開く", "Open the sign-in page"), url),
            Block::small(locale.t(
                format!("リンクは{minutes}分間、一度だけ使えます。心当たりのないときは、このメールを捨ててください。ほかの人がサインインすることはありません。"),
                format!("The link works once, within {minutes} minutes. If you did not ask for it, throw this mail away; nobody else gets in."),
            )),
        ],
    )
}

pub(super) fn use_password(wish: &LinkWish, portal: &str, url: &str) -> Draft {
    let locale = wish.locale;
    draft(
        &wish.email,
        locale,
        locale.t(format!("{portal}へのサインイン"), format!("Sign in to {portal}")),
        false,
        vec![
            Block::text(locale.t(
                "お客様用のサインイン用リンクの送信依頼がありましたが、このアドレスはデスクのメンバーのものです。メンバーはパスワードでサインインします。",
                "Somebody asked for a customer's sign-in link, but this address belongs to a member of the desk. Members sign in with their password.",
            )),
            Block::button(locale.t("デスクにサインインする", "Sign in to the desk"), url),
        ],
    )
}

pub(super) fn new_password(wish: &LinkWish, portal: &str, url: &str) -> Draft {
    let locale = wish.locale;
    let minutes = LinkPurpose::Password.lifetime() / MINUTE;
    draft(
        &wish.email,
        locale,
        locale.t(format!("{portal}のパスワードの再設定"), format!("Set a new password for {portal}")),
        true,
        vec![
            Block::text(locale.t(
                "新しいパスワードを決めるには、次のリンクを開いてください。設定すると、ほかのブラウザーからはすべてサインアウトされます。",
                "Open this link to choose a new password. Every other signed-in browser is then signed out.",
            )),
            Block::button(locale.t("新しいパスワードを決める", "Choose a new password"), url),
            Block::small(locale.t(
                format!("リンクは{minutes}分間、一度だけ使えます。心当たりのないときは、このメールを捨ててください。いまのパスワードはそのままです。"),
                format!("The link works once, within {minutes} minutes. If you did not ask for it, throw this mail away; your password stays as it is."),
            )),
        ],
    )
}

/// `from` is the name of whoever invites.
pub(super) fn invitation(to: &str, locale: Locale, role: Role, from: &str, portal: &str, url: &str) -> Draft {
    let days = LinkPurpose::Invitation.lifetime() / DAY;
    let role = role.label(locale);
    draft(
        to,
        locale,
        locale.t(format!("{portal}のデスクへの招待"), format!("You are invited to the desk of {portal}")),
        true,
        vec![
            Block::text(locale.t(
                format!("{from}さんが、あなたを{portal}のデスクに{role}として招待しました。"),
                format!("{from} invites you to the desk of {portal} as {}.", article(role)),
            )),
            Block::text(locale.t(
                "次のリンクを開き、名前とパスワードを決めると、使い始められます。",
                "Open this link, choose your name and a password, and you can begin.",
            )),
            Block::button(locale.t("招待を受ける", "Accept the invitation"), url),
            Block::small(locale.t(
                format!("リンクは{days}日間、一度だけ使えます。切れてしまったときは、招待した人に送り直しを頼んでください。"),
                format!("The link works once, within {days} days. If it has expired, ask whoever invited you to send it again."),
            )),
        ],
    )
}

fn article(role: &str) -> String {
    if role.starts_with(['A', 'E', 'I', 'O', 'U']) {
        format!("an {role}")
    } else {
        format!("a {role}").to_lowercase().replace("cre", "CRE")
    }
}
