//! `/desk/people/{id}/erase`: what goes, what stays, and the question whether it is meant.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::erasure::{ErasePage, MadeOf};
use crate::model::figures::Tone;
use crate::model::shell::WrittenIn;
use crate::parts::{
    Breadcrumb, Button, ButtonKind, Crumb, Csrf, ErrorSummary, IconName, LinkButton, Notice, TextField,
};

const FORM: &str = "erase-form";

/// The confirmation as the language switch takes it along.
pub fn written_in(id: i64) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "erase"))
}

fn action(id: i64) -> String {
    format!("/desk/people/{id}/erase")
}

pub fn erase(locale: Locale, page: ErasePage) -> AnyView {
    let person = format!("/desk/people/{}", page.id);
    let title = locale.t("このお客様のデータを消去", "Erase this customer’s data");
    view! {
        <div class="page page-narrow">
            <Breadcrumb
                locale
                steps=vec![
                    Crumb::new(locale.t("メンバー", "People"), "/desk/people"),
                    Crumb::new(locale.t("お客様", "Customers"), "/desk/people?of=customers"),
                    Crumb::new(page.title.clone(), person.clone()),
                ]
            />
            <header class="page-head">
                <h1>{title}</h1>
                <p class="lead">{page.title.clone()}</p>
            </header>
            <div class="stack-l">
                <ErrorSummary locale errors=page.errors.clone() />
                <Notice tone=Tone::Warn title=locale.t("元に戻せません", "This cannot be undone")>
                    <p>
                        {locale.t(
                            "以前に取ったバックアップには残ります。そちらの扱いもお確かめください。",
                            "Backups that were made before still hold it. See to those, too.",
                        )}
                    </p>
                    {page.postgres.then(|| view! {
                        <p>
                            {locale.t(
                                "PostgreSQL のファイルには、VACUUM のあと上書きされるまで、消したデータが残ります。先行書き込みログ（WAL）とそのアーカイブ、レプリカにも、古いものが入れ替わるまで残ります。",
                                "PostgreSQL’s own files hold it until they are vacuumed and written over; its write-ahead log, archives of it and replicas until those rotate.",
                            )}
                        </p>
                    })}
                </Notice>
                <section class="section">
                    <h2>{locale.t("消えるもの", "What goes")}</h2>
                    {goes(locale, &page)}
                    {made_of(locale, locale.t("お問い合わせから作った、未公開の下書きも消えます。", "So do drafts that were made of their requests and are not published:"), page.drafts.clone())}
                </section>
                <section class="section">
                    <h2>{locale.t("残るもの", "What stays")}</h2>
                    <ul>
                        <li>
                            {locale.t(
                                "件数。フォームへの訪問の記録は、言葉もブラウザーの印も除いて、自己解決の数字に残ります。",
                                "Counts: visits stay in the deflection figures, without words and tied to no browser.",
                            )}
                        </li>
                        <li>
                            {locale.t(
                                "監査ログの行。名前とメールアドレスは除きます。だれがいつ消去したかも記録します。",
                                "Lines of the audit log, without name and address. Who erased this, and when, is noted there.",
                            )}
                        </li>
                    </ul>
                    {made_of(locale, locale.t("お問い合わせから作って公開した記事。お客様の言葉が残っていないか、お確かめください。", "Published articles that were made of their requests. Check that none of their words are left in them:"), page.articles.clone())}
                </section>
                <form class="form" id=FORM method="post" action=action(page.id) novalidate>
                    <Csrf token=page.csrf.clone() />
                    <TextField
                        locale
                        name="confirm"
                        autocomplete="off"
                        label=locale.t("確認のため、このお客様のメールアドレスを入力してください", "To confirm, type this customer’s e-mail address")
                        hint=page.email.clone()
                        value=page.confirm.clone()
                        error=page.errors.of("confirm")
                    />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Danger icon=IconName::Trash name="do" value="erase">
                            {locale.t("データを消去する", "Erase the data")}
                        </Button>
                        <LinkButton href=person kind=ButtonKind::Quiet>{locale.t("やめる", "Cancel")}</LinkButton>
                    </div>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// Everything that goes, with how much of it there is.
fn goes(locale: Locale, page: &ErasePage) -> AnyView {
    let rows = [
        (locale.t("お問い合わせ", "Requests"), page.requests),
        (locale.t("やり取りと社内メモ", "Messages and notes"), page.messages),
        (locale.t("添付ファイル", "Attachments"), page.files),
        (locale.t("メール", "Mails"), page.mails),
        (locale.t("フォームに入力した言葉（訪問の数）", "Words typed into the form (visits)"), page.visits),
        (locale.t("同じブラウザーからの検索", "Searches of the same browsers"), page.searches),
        (locale.t("検索が学んだ言い方", "Wordings that search learned"), page.phrases),
    ];
    let rows = rows.into_iter().map(|(name, n)| view! { <dt>{name}</dt><dd class="num">{n}</dd> });
    view! {
        <dl class="facts">{rows.collect_view()}</dl>
        <p>
            {locale.t(
                "名前、メールアドレス、サインインもすべて消えます。振り分けの提案と検索は、すぐに忘れます。",
                "Name, e-mail address and all sessions go, too. Suggestions and search forget at once.",
            )}
        </p>
    }
    .into_any()
}

fn made_of(locale: Locale, about: &'static str, articles: Vec<MadeOf>) -> AnyView {
    if articles.is_empty() {
        return ().into_any();
    }
    let lines = articles.into_iter().map(|article| {
        let lang = (article.lang != locale.tag()).then_some(article.lang);
        view! { <li><a href=article.href lang=lang>{article.title}</a></li> }
    });
    view! {
        <p>{about}</p>
        <ul>{lines.collect_view()}</ul>
    }
    .into_any()
}
