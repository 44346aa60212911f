//! Signing in by a link sent by mail.

use app::{i18n::Locale, parts::*};
use leptos::prelude::*;

pub fn customer(l: Locale) -> AnyView {
    view! {
        <div class="page">
            <section class="gate">
                <h1>{l.t("サインイン", "Sign in")}</h1>
                <p>{l.t("メールアドレスに、10 分間使えるサインイン用リンクをお送りします。", "We send you a link that signs you in. It works for ten minutes.")}</p>
                <form class="form" method="post" action="#">
                    <Csrf token="" />
                    <TextField locale=l name="email" kind="email" autocomplete="email" label=l.t("メールアドレス", "E-mail address") />
                    <Button kind=ButtonKind::Primary icon=IconName::Mail>{l.t("リンクを送る", "Send the link")}</Button>
                </form>
                <p class="gate-foot">{l.t("パスワードは要りません。担当者の方は", "No password needed. Staff ")}<a href="#">{l.t("こちらからサインイン", "sign in here")}</a></p>
            </section>
        </div>
    }
    .into_any()
}
