//! `/desk/people/{id}`: one person, as an administrator manages them.

use leptos::prelude::*;

use super::account::sessions;
use crate::i18n::Locale;
use crate::model::figures::Tone;
use crate::model::people::PersonPage;
use crate::model::shell::WrittenIn;
use crate::parts::{
    Badge, Breadcrumb, Button, ButtonKind, Checkboxes, Crumb, Csrf, Disclosure, ErrorSummary, IconName,
    LinkButton, PostButton, Radios, Select, TextField, Time,
};

const FORM: &str = "person-form";

/// A person as the language switch takes them along.
pub fn written_in(id: i64) -> WrittenIn {
    WrittenIn::remembered(FORM, format!("/desk/people/{id}"), ("do", "save"))
}

pub fn person(locale: Locale, page: PersonPage) -> AnyView {
    let base = format!("/desk/people/{}", page.id);
    let steps = if page.staff {
        vec![Crumb::new(locale.t("メンバー", "People"), "/desk/people")]
    } else {
        vec![
            Crumb::new(locale.t("メンバー", "People"), "/desk/people"),
            Crumb::new(locale.t("お客様", "Customers"), "/desk/people?of=customers"),
        ]
    };
    let belonging = if page.staff {
        locale.t("役割とグループ", "Role and groups")
    } else {
        locale.t("名前と組織", "Name and organization")
    };
    let disabled =
        page.disabled.then(|| view! { " " <Badge tone=Tone::Bad>{locale.t("無効", "Disabled")}</Badge> });
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale steps />
            <header class="page-head">
                <h1>{page.title.clone()}{disabled}</h1>
            </header>
            <div class="stack-l">
                {facts(locale, &page)}
                <section class="section">
                    <h2>{belonging}</h2>
                    {form(locale, &base, &page)}
                </section>
                <section class="section">
                    <h2>{locale.t("サインインしているブラウザー", "Signed-in browsers")}</h2>
                    {sessions(locale, &base, page.csrf.clone(), page.sessions.clone())}
                </section>
                <section class="section">
                    <h2>{locale.t("サインイン", "Signing in")}</h2>
                    {access(locale, &base, &page)}
                </section>
                {(!page.staff).then(|| erasing(locale, &base))}
            </div>
        </div>
    }
    .into_any()
}

/// The way to the page that says what goes.
fn erasing(locale: Locale, base: &str) -> AnyView {
    view! {
        <section class="section">
            <h2>{locale.t("データの消去", "Erasing")}</h2>
            <p>
                {locale.t(
                    "お問い合わせ、添付、検索が学んだ言葉など、このお客様の残したものをすべて消します。次のページで、何が消えるかを確かめられます。",
                    "Removes everything that this customer left: requests, attachments, the words that search learned. The next page says what goes.",
                )}
            </p>
            <div>
                <LinkButton href=format!("{base}/erase") kind=ButtonKind::Danger icon=IconName::Trash>
                    {locale.t("このお客様のデータを消去", "Erase this customer’s data")}
                </LinkButton>
            </div>
        </section>
    }
    .into_any()
}

fn facts(locale: Locale, page: &PersonPage) -> AnyView {
    let since = page.since.clone();
    let requests = if page.staff {
        locale.t("担当している未解決", "Unsolved, assigned")
    } else {
        locale.t("未解決のお問い合わせ", "Unsolved requests")
    };
    let language = Locale::from_tag(page.language).unwrap_or_default().name();
    view! {
        <dl class="facts">
            <dt>{locale.t("メールアドレス", "E-mail address")}</dt>
            <dd>{page.email.clone()}</dd>
            <dt>{locale.t("言語", "Language")}</dt>
            <dd lang=page.language>{language}</dd>
            <dt>{locale.t("登録", "Here since")}</dt>
            <dd>
                <Time datetime=since.datetime text=since.text />
            </dd>
            <dt>{requests}</dt>
            <dd class="num">{locale.count(page.requests, "件", "request", "requests")}</dd>
            <dt>{locale.t("変更の記録", "Changes")}</dt>
            <dd>
                <a href=format!("/desk/audit?subject=person&id={}", page.id)>
                    {locale.t("監査ログで見る", "In the audit log")}
                </a>
            </dd>
        </dl>
    }
    .into_any()
}

fn form(locale: Locale, base: &str, page: &PersonPage) -> AnyView {
    let errors = page.errors.clone();
    let role = page.has_password.then(|| {
        view! {
            <Radios
                locale
                name="role"
                legend=locale.t("役割", "Role")
                hint=locale
                    .t(
                        "変えると、その人はすべてのブラウザーからサインアウトされます。",
                        "Changing it ends all of their sessions.",
                    )
                choices=page.roles.clone()
                selected=page.role.clone()
                error=errors.of("role")
            />
        }
    });
    let belongs = if page.staff {
        view! {
            <Checkboxes
                locale
                name="groups"
                legend=locale.t("グループ", "Groups")
                choices=page.all_groups.clone()
                selected=page.groups.clone()
                optional=true
            />
        }
        .into_any()
    } else {
        view! {
            <Select
                locale
                name="organization"
                label=locale.t("組織", "Organization")
                choices=page.organizations.clone()
                selected=page.organization.clone()
                empty=locale.t("なし", "None")
                optional=true
            />
        }
        .into_any()
    };
    view! {
        <form class="form" id=FORM method="post" action=base.to_owned() novalidate>
            <ErrorSummary locale errors=errors.clone() />
            <Csrf token=page.csrf.clone() />
            <TextField
                locale
                name="name"
                label=locale.t("名前", "Name")
                value=page.name.clone()
                error=errors.of("name")
                optional=!page.staff
            />
            {role}
            {belongs}
            <div class="form-actions">
                <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn access(locale: Locale, base: &str, page: &PersonPage) -> AnyView {
    let csrf = page.csrf.clone();
    if page.disabled {
        return view! {
            <p>
                {locale
                    .t(
                        "この人はサインインできません。これまでの返信や版は、名前とともに残っています。",
                        "This person cannot sign in. Their replies and revisions stay, with their name.",
                    )}
            </p>
            <PostButton action=format!("{base}/enable") csrf icon=IconName::Check>
                {locale.t("有効に戻す", "Enable again")}
            </PostButton>
        }
        .into_any();
    }
    let password = (page.staff && page.has_password).then(|| {
        let csrf = csrf.clone();
        view! {
            <PostButton action=format!("{base}/password") csrf icon=IconName::Mail>
                {locale.t("パスワード再設定のリンクを送る", "Send a link for a new password")}
            </PostButton>
        }
    });
    let disable_action = format!("{base}/disable");
    let disable = (!page.you).then(|| {
        view! {
            <Disclosure label=locale.t("無効にする", "Disable") icon=IconName::Lock>
                <p>
                    {locale
                        .t(
                            "サインインできなくなり、いま使っているブラウザーからもすべてサインアウトされます。あとから有効に戻せます。",
                            "They can no longer sign in, and all of their sessions end. You can enable them again.",
                        )}
                </p>
                <PostButton action=disable_action csrf kind=ButtonKind::Danger>
                    {locale.t("無効にする", "Disable")}
                </PostButton>
            </Disclosure>
        }
    });
    view! { <div class="row">{password} {disable}</div> }.into_any()
}
