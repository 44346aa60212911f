//! `/desk/sign-in`, `/desk/password`, `/desk/invitation`: how members of the desk get in.

use leptos::prelude::*;

use super::sign_in::trouble_notice;
use crate::i18n::Locale;
use crate::model::figures::Tone;
use crate::model::shell::WrittenIn;
use crate::model::sign_in::{LinkForm, LinkTrouble, NewPasswordForm, PasswordForm};
use crate::parts::{Button, ButtonKind, Csrf, ErrorSummary, Hidden, IconName, Notice, TextField};

const FORM: &str = "sign-in-form";

/// What is typed to get in, as the language switch takes it along; `action` is where the form goes. Passwords are typed
/// again: they do not belong into a page.
pub fn written_in(action: &str) -> WrittenIn {
    WrittenIn::remembered(FORM, action.to_owned(), ("do", "enter"))
}

/// Address and password.
pub fn sign_in(locale: Locale, form: PasswordForm) -> AnyView {
    let first = form.no_administrator.then(|| {
        view! {
            <Notice tone=Tone::Accent title=locale.t("まだ管理者がいません", "There is no administrator yet")>
                <p>
                    {locale
                        .t(
                            "サーバーで次のコマンドを実行し、表示されたリンクを開いてください。",
                            "Run this command on the server and open the link that it prints.",
                        )}
                </p>
                <p>
                    <code>"kotae admin create you@example.com"</code>
                </p>
            </Notice>
        }
    });
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("デスクにサインイン", "Sign in to the desk")}</h1>
                {first}
                <form class="form" id=FORM method="post" action="/desk/sign-in" novalidate>
                    <ErrorSummary locale errors=form.errors.clone() password=true />
                    <Csrf token=form.csrf />
                    <Hidden name="next" value=form.next />
                    <TextField
                        locale
                        name="email"
                        kind="email"
                        autocomplete="username"
                        label=locale.t("メールアドレス", "E-mail address")
                        value=form.email
                        error=form.errors.of("email")
                    />
                    <TextField
                        locale
                        name="password"
                        kind="password"
                        autocomplete="current-password"
                        label=locale.t("パスワード", "Password")
                        error=form.errors.of("password")
                    />
                    <Button kind=ButtonKind::Primary>{locale.t("サインイン", "Sign in")}</Button>
                </form>
                <p class="gate-foot">
                    <a href="/desk/password">{locale.t("パスワードを忘れたとき", "Forgot your password?")}</a>
                    <br />
                    {locale.t("お客様は", "Customers ")}
                    <a href=crate::shell::sign_in(locale)>{locale.t("こちら", "sign in here")}</a>
                    {locale.t("からサインインします。", ".")}
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// Asks for the address to send a link for a new password to.
pub fn forgotten(locale: Locale, form: LinkForm) -> AnyView {
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("パスワードの再設定", "Set a new password")}</h1>
                {form.trouble.map(|trouble| trouble_notice(locale, trouble))}
                <p>
                    {locale
                        .t(
                            "メールアドレスに、新しいパスワードを決めるためのリンクをお送りします。",
                            "We send you a link with which you choose a new password.",
                        )}
                </p>
                <form class="form" id=FORM method="post" action="/desk/password" novalidate>
                    <ErrorSummary locale errors=form.errors.clone() />
                    <Csrf token=form.csrf />
                    <TextField
                        locale
                        name="email"
                        kind="email"
                        autocomplete="username"
                        label=locale.t("メールアドレス", "E-mail address")
                        value=form.email
                        error=form.errors.of("email")
                    />
                    <Button kind=ButtonKind::Primary icon=IconName::Mail>
                        {locale.t("リンクを送る", "Send the link")}
                    </Button>
                </form>
                <p class="gate-foot">
                    <a href="/desk/sign-in">{locale.t("サインインに戻る", "Back to signing in")}</a>
                </p>
            </section>
        </div>
    }
    .into_any()
}

/// Chooses a password; with a name when it is an invitation that is being accepted.
pub fn new_password(locale: Locale, form: NewPasswordForm) -> AnyView {
    let invited = form.name.is_some();
    let errors = form.errors;
    let (title, lead, button) = if invited {
        (
            locale.t("デスクへようこそ", "Welcome to the desk"),
            locale.t(
                format!("{} を{}として登録します。", form.email, form.role),
                format!("You join as {} ({}).", form.email, form.role),
            ),
            locale.t("はじめる", "Begin"),
        )
    } else {
        (
            locale.t("新しいパスワード", "New password"),
            locale.t(
                format!(
                    "{} の新しいパスワードを決めてください。ほかのブラウザーからはすべてサインアウトされます。",
                    form.email
                ),
                format!("Choose a new password for {}. Every other browser is signed out.", form.email),
            ),
            locale.t("パスワードを設定する", "Set the password"),
        )
    };
    let name = form.name.map(|name| {
        view! {
            <TextField
                locale
                name="name"
                autocomplete="name"
                label=locale.t("名前", "Name")
                hint=locale.t("お客様への返信にも表示されます。", "Customers see it beside your replies.")
                value=name
                error=errors.of("name")
            />
        }
    });
    view! {
        <div class="page">
            <section class="gate">
                <h1>{title}</h1>
                <p>{lead}</p>
                <form class="form" id=FORM method="post" action=form.action novalidate>
                    <ErrorSummary locale errors=errors.clone() password=true />
                    <Csrf token=form.csrf />
                    // Password managers file the new password under it.
                    <input type="hidden" name="username" autocomplete="username" value=form.email />
                    {name}
                    <TextField
                        locale
                        name="password"
                        kind="password"
                        autocomplete="new-password"
                        label=locale.t("パスワード", "Password")
                        hint=password_hint(locale, form.shortest)
                        error=errors.of("password")
                    />
                    <Button kind=ButtonKind::Primary>{button}</Button>
                </form>
            </section>
        </div>
    }
    .into_any()
}

pub(super) fn password_hint(locale: Locale, shortest: usize) -> String {
    locale.t(
        format!("{shortest}文字以上。いくつかの言葉を並べると、覚えやすく強くなります。"),
        format!("At least {shortest} characters. A few words in a row are strong and easy to remember."),
    )
}

/// An invitation that does not work any more: only whoever invited can help.
pub fn dead_invitation(locale: Locale, trouble: LinkTrouble) -> AnyView {
    let text = match trouble {
        LinkTrouble::Used => locale.t(
            "この招待は受け取り済みか、新しい招待に置き換えられています。登録が済んでいれば、パスワードでサインインしてください。",
            "It has been accepted, or a newer one has replaced it. If you have joined already, sign in with your password.",
        ),
        LinkTrouble::Expired => locale.t(
            "招待の期限が切れています。招待した人に、「メンバー」の画面から送り直すよう頼んでください。",
            "It has expired. Ask whoever invited you to send it again from the “People” page.",
        ),
        LinkTrouble::Unknown => locale.t(
            "リンクがメールの途中で切れていないか確かめてください。それでも開けないときは、招待した人に送り直しを頼んでください。",
            "The link may have been cut off in the mail. If it is whole, ask whoever invited you to send it again.",
        ),
    };
    view! {
        <div class="page">
            <section class="gate">
                <h1>{locale.t("この招待は使えません", "This invitation does not work")}</h1>
                <p>{text}</p>
                <p class="gate-foot">
                    <a href="/desk/sign-in">{locale.t("デスクにサインイン", "Sign in to the desk")}</a>
                </p>
            </section>
        </div>
    }
    .into_any()
}
