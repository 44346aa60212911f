//! `/{locale}/sign-in`: customers sign in by a link that arrives by mail.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::figures::Tone;
use crate::model::sign_in::{LinkForm, LinkOpen, LinkSent, LinkTrouble};
use crate::parts::{Button, ButtonKind, Csrf, ErrorSummary, Hidden, IconName, Notice, TextField};

/// The form's id, by which the language switch takes it along.
pub const FORM: &str = "sign-in-form";

/// The form that asks for the address.
pub fn form(locale: Locale, form: LinkForm) -> AnyView {
    let action = format!("/{}/sign-in", locale.tag());
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("サインイン", "Sign in")}</h1>
                {form.trouble.map(|trouble| trouble_notice(locale, trouble))}
                <p>
                    {locale
                        .t(
                            "パスワードは要りません。お問い合わせに使ったメールアドレスに、10分間使えるサインイン用リンクをお送りします。",
                            "You need no password. We send a link to the address you wrote to us from; it works for ten minutes.",
                        )}
                </p>
                <form class="form" id=FORM method="post" action=action novalidate>
                    <ErrorSummary locale errors=form.errors.clone() />
                    <Csrf token=form.csrf />
                    <Hidden name="next" value=form.next />
                    <TextField
                        locale
                        name="email"
                        kind="email"
                        autocomplete="email"
                        label=locale.t("メールアドレス", "E-mail address")
                        value=form.email
                        error=form.errors.of("email")
                    />
                    <Button kind=ButtonKind::Primary icon=IconName::Mail>
                        {locale.t("リンクを送る", "Send the link")}
                    </Button>
                </form>
                <p class="gate-foot">
                    {locale.t("デスクのメンバーは", "Members of the desk ")}
                    <a href="/desk/sign-in">
                        {locale.t("パスワードでサインイン", "sign in with a password")}
                    </a> {locale.t("します。", ".")}
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// Why a link does not work, and what to do.
pub(super) fn trouble_notice(locale: Locale, trouble: LinkTrouble) -> AnyView {
    let (title, text) = match trouble {
        LinkTrouble::Used => (
            locale.t("このリンクは使用済みです", "This link has been used"),
            locale.t(
                "リンクは一度だけ使えます。下から新しいリンクを送ってください。",
                "A link works once. Send yourself a new one below.",
            ),
        ),
        LinkTrouble::Expired => (
            locale.t("このリンクの期限が切れています", "This link has expired"),
            locale.t("下から新しいリンクを送ってください。", "Send yourself a new one below."),
        ),
        LinkTrouble::Unknown => (
            locale.t("このリンクは使えません", "This link does not work"),
            locale.t(
                "メールの途中で切れていないか確かめるか、下から新しいリンクを送ってください。",
                "It may have been cut off in the mail. Check it, or send yourself a new one below.",
            ),
        ),
    };
    view! {
        <Notice tone=Tone::Warn title=title live=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

/// The same words for every address.
pub fn sent(locale: Locale, sent: LinkSent) -> AnyView {
    let LinkSent { email, minutes, again, outbox } = sent;
    let outbox = outbox.then(|| {
        view! {
            <Notice tone=Tone::Accent>
                <p>
                    {locale
                        .t(
                            "このポータルにはメールサーバーが設定されていません。メールはデスクの",
                            "This portal has no mail server yet. The mail is in the desk’s ",
                        )}
                    <a href="/desk/outbox">{locale.t("送信メール", "outbox")}</a>
                    {locale.t("で見られます。", ".")}
                </p>
            </Notice>
        }
    });
    let to = if email.is_empty() {
        locale
            .t("入力したアドレスに、メールを送りました。", "We have sent a mail to your address.")
            .to_owned()
    } else {
        locale.t(format!("{email} に、メールを送りました。"), format!("We have sent a mail to {email}."))
    };
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("メールをご確認ください", "Check your mail")}</h1>
                <p>
                    {to}
                    {locale
                        .t(
                            format!("{minutes}分以内に、メールの中のリンクを開いてください。"),
                            format!(" Open the link in it within {minutes} minutes."),
                        )}
                </p>
                {outbox}
                <p class="gate-foot">
                    {locale
                        .t(
                            "届かないときは、迷惑メールのフォルダーと、アドレスの綴りを確かめてください。登録のないアドレスには届きません。",
                            "If it does not come, look into the spam folder and check the spelling. Nothing is sent to addresses we do not know. ",
                        )} <a href=again>{locale.t("もう一度送る", "Send it again")}</a>
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// The button that uses the link: opening the page alone changes nothing.
pub fn open(locale: Locale, open: LinkOpen) -> AnyView {
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("サインイン", "Sign in")}</h1>
                <p>
                    {locale.t(format!("{} としてサインインします。", open.email), format!("You sign in as {}.", open.email))}
                </p>
                <form class="form" method="post" action=open.action novalidate>
                    <Csrf token=open.csrf />
                    <Button kind=ButtonKind::Primary>{locale.t("サインイン", "Sign in")}</Button>
                </form>
            </section>
        </div>
    }
    .into_any()
}
