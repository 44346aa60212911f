//! The error page. A form that could not be taken comes back with every word in it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::error::{ErrorPage, KeptField, LostFiles};
use crate::parts::{Button, ButtonKind, Csrf, FileField, Hidden, IconName, LinkButton, TextArea};

pub fn error(locale: Locale, page: ErrorPage) -> AnyView {
    let kept = match page.action {
        Some(action) if !page.kept.is_empty() => resend(locale, action, page.csrf, page.kept, page.files),
        Some(_) => ().into_any(),
        None => words(locale, page.kept, matches!(page.status, 400 | 404)),
    };
    let (search, home) = if page.at_desk {
        ("/desk/articles".to_owned(), "/desk".to_owned())
    } else {
        (format!("/{}/search", locale.tag()), format!("/{}", locale.tag()))
    };
    let home_label =
        if page.at_desk { locale.t("受信箱へ", "Inbox") } else { locale.t("ホームへ", "Home") };
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{page.title}</h1>
                <p class="lead">{page.message}</p>
            </header>
            <div class="stack stack-l">
                {page
                    .sign_in
                    .map(|href| {
                        view! {
                            <p>
                                <a class="button button-primary" href=href target="_blank">
                                    {locale.t("新しいタブでサインイン", "Sign in, in a new tab")}
                                </a>
                            </p>
                        }
                    })}
                {kept}
                <p class="row">
                    {page
                        .requests
                        .map(|href| {
                            view! {
                                <LinkButton href kind=ButtonKind::Primary icon=IconName::Mail>
                                    {locale.t("お問い合わせ履歴へ", "My requests")}
                                </LinkButton>
                            }
                        })}
                    <LinkButton href=search icon=IconName::Search>
                        {locale.t("記事を検索", "Search the articles")}
                    </LinkButton>
                    <LinkButton href=home kind=ButtonKind::Quiet>{home_label}</LinkButton>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Whether somebody wrote this, and would want to read and copy it. A long word without a space is a key of ours, and
/// what a field was before is nothing that they typed.
fn is_text(field: &KeptField) -> bool {
    let value = &field.value;
    let is_words = value.chars().any(|c| !c.is_ascii_graphic());
    let is_long = value.contains('\n') || (is_words && value.chars().count() > 40);
    is_long && !field.name.starts_with("was")
}

fn text(locale: Locale, KeptField { name, value }: KeptField) -> AnyView {
    let id = format!("kept-{name}");
    let label = locale.t("入力した内容", "What you typed");
    view! { <TextArea locale id name label value /> }.into_any()
}

/// What was typed, to be read and copied: there is nothing to send it to. `say_so` where the page's message does not.
fn words(locale: Locale, kept: Vec<KeptField>, say_so: bool) -> AnyView {
    let texts: Vec<AnyView> = kept.into_iter().filter(is_text).map(|field| text(locale, field)).collect();
    if texts.is_empty() {
        return ().into_any();
    }
    let said = say_so.then(|| {
        let words = locale.t(
            "入力した内容は下に残っています。必要ならコピーしてください。",
            "What you typed is kept below. Copy what you need.",
        );
        view! { <p>{words}</p> }
    });
    view! {
        <div class="form">
            {said}
            {texts}
        </div>
    }
    .into_any()
}

/// Long or multi-line texts are shown so that they can be read and copied; the rest travels hidden.
fn resend(
    locale: Locale,
    action: String,
    csrf: String,
    kept: Vec<KeptField>,
    files: Vec<LostFiles>,
) -> AnyView {
    let enctype = (!files.is_empty()).then_some("multipart/form-data");
    let fields = kept
        .into_iter()
        .map(|field| {
            if is_text(&field) {
                return text(locale, field);
            }
            let KeptField { name, value } = field;
            view! { <Hidden name value /> }.into_any()
        })
        .collect_view();
    let files = files
        .into_iter()
        .map(|LostFiles { field, names }| {
            let hint = locale.t(
                format!("ファイルは残せませんでした。もう一度選んでください：{}", names.join("、")),
                format!("Files could not be kept. Choose them once more: {}", names.join(", ")),
            );
            let label = locale.t("ファイル", "Files");
            view! { <FileField locale name=field label hint optional=true multiple=true /> }
        })
        .collect_view();
    view! {
        <form class="form" method="post" action=action enctype=enctype novalidate>
            <Csrf token=csrf />
            {fields}
            {files}
            <div class="form-actions">
                <Button kind=ButtonKind::Primary icon=IconName::Send>
                    {locale.t("もう一度送信する", "Send again")}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
