//! `/desk/account` and `/{locale}/account`: what people change of themselves.

use leptos::prelude::*;

use super::desk_sign_in::password_hint;
use crate::i18n::Locale;
use crate::model::account::{AccountPage, SessionLine};
use crate::model::form::{Choice, FieldErrors};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Badge, Button, ButtonKind, Checkbox, Csrf, ErrorSummary, IconName, PostButton, Radios, TextField, Time,
};

const FORM: &str = "account-form";

/// What is changed of an account, as the language switch takes it along; `base` is the page at the desk, `None` the
/// customers'.
pub fn written_in(base: Option<String>) -> WrittenIn {
    match base {
        Some(base) => WrittenIn::remembered(FORM, base, ("do", "save")),
        None => WrittenIn::addressed(FORM),
    }
}

pub fn account(locale: Locale, page: AccountPage) -> AnyView {
    let keys = page.single_keys.map(|on| {
        view! {
            <Checkbox
                locale
                name="single_keys"
                label=locale.t("1文字のキーで操作する", "Use single keys")
                hint=locale
                    .t(
                        "「j」で次へ、「r」で返信など。音声入力などで誤って動くときは外してください。",
                        "“j” for next, “r” to reply and so on. Turn it off if dictation or habit sets them off.",
                    )
                checked=on
            />
        }
    });
    let password = page.password.map(|shortest| {
        password(locale, page.base.clone(), page.csrf.clone(), shortest, page.errors.clone())
    });
    let languages: Vec<_> = Locale::ALL.map(|own| Choice::new(own.tag(), own.name())).to_vec();
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{locale.t("アカウント", "Account")}</h1>
                <p class="lead">{page.email}</p>
            </header>
            <div class="stack-l">
                <ErrorSummary locale errors=page.errors.clone() />
                <section class="section">
                    <form class="form" id=FORM method="post" action=page.base.clone() novalidate>
                        <Csrf token=page.csrf.clone() />
                        <TextField
                            locale
                            name="name"
                            autocomplete="name"
                            label=locale.t("名前", "Name")
                            value=page.name
                            error=page.errors.of("name")
                            optional=page.single_keys.is_none()
                        />
                        <Radios
                            locale
                            name="language"
                            legend=locale.t("言語", "Language")
                            hint=locale.t("画面とメールの言語です。", "For pages and mail.")
                            choices=languages
                            selected=page.language
                        />
                        {keys}
                        <div class="form-actions">
                            <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
                        </div>
                    </form>
                </section>
                {password}
                <section class="section">
                    <h2>{locale.t("サインインしているブラウザー", "Signed-in browsers")}</h2>
                    {sessions(locale, &page.base, page.csrf.clone(), page.sessions)}
                </section>
            </div>
        </div>
    }
    .into_any()
}

fn password(locale: Locale, base: String, csrf: String, shortest: usize, errors: FieldErrors) -> AnyView {
    view! {
        <section class="section">
            <h2>{locale.t("パスワード", "Password")}</h2>
            <form class="form" method="post" action=format!("{base}/password") novalidate>
                <Csrf token=csrf />
                <TextField
                    locale
                    name="present"
                    kind="password"
                    autocomplete="current-password"
                    label=locale.t("いまのパスワード", "Present password")
                    error=errors.of("present")
                />
                <TextField
                    locale
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    label=locale.t("新しいパスワード", "New password")
                    hint=password_hint(locale, shortest)
                    error=errors.of("password")
                />
                <div class="form-actions">
                    <Button>{locale.t("パスワードを変える", "Change the password")}</Button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Signed-in browsers, each with a button that ends it; forms post under `base`.
pub(super) fn sessions(locale: Locale, base: &str, csrf: String, sessions: Vec<SessionLine>) -> AnyView {
    if sessions.is_empty() {
        return view! {
            <p class="muted">{locale.t("サインインしているブラウザーはありません。", "No browser is signed in.")}</p>
        }
        .into_any();
    }
    let others = sessions.iter().filter(|session| !session.here).count();
    let end_all_words = if others < sessions.len() {
        locale.t("ほかのブラウザーからサインアウト", "End all others")
    } else {
        locale.t("すべてサインアウトさせる", "End all")
    };
    let end_all = (others > 1).then(|| {
        view! {
            <PostButton
                action=format!("{base}/sessions/end-others")
                csrf=csrf.clone()
                kind=ButtonKind::Danger
                icon=IconName::Logout
            >
                {end_all_words}
            </PostButton>
        }
    });
    let lines = sessions
        .into_iter()
        .map(|session| {
            let about = format!("{}{}", locale.t("：", ": "), session.browser);
            let end = if session.here {
                view! { <Badge>{locale.t("このブラウザー", "This browser")}</Badge> }.into_any()
            } else {
                view! {
                    <PostButton
                        action=format!("{base}/sessions/{}/end", session.id)
                        csrf=csrf.clone()
                        small=true
                    >
                        {locale.t("サインアウト", "End")}
                        <span class="visually-hidden">{about}</span>
                    </PostButton>
                }
                .into_any()
            };
            let (seen, since) = (session.seen, session.since);
            view! {
                <li class="row row-between">
                    <span>
                        {session.browser} <br />
                        <span class="muted small">
                            {locale.t("最後の利用 ", "last used ")}
                            <Time datetime=seen.datetime text=seen.text />
                            {locale.t("、サインイン ", ", signed in ")}
                            <Time datetime=since.datetime text=since.text />
                        </span>
                    </span>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="link-list">{lines}</ul>
        {end_all}
    }
    .into_any()
}
