//! An article: the answer first. And what follows on "did this solve it?".

use leptos::prelude::*;

use super::home::article_links;
use crate::{
    i18n::Locale,
    islands::copy_code::CopyCode,
    model::{
        article::{ArticlePage, FeedbackForm, NoReason, ThanksPage},
        figures::Tone,
        form::Choice,
        link::ArticleLink,
    },
    parts::*,
};

pub fn article(locale: Locale, page: ArticlePage) -> AnyView {
    let written = page.written;
    let lang = (written != locale).then(|| written.tag());
    let fallback = (written != locale).then(|| {
        let words = match locale {
            Locale::Ja => "この記事はまだ日本語になっていません。英語の記事を表示しています。",
            Locale::En => "This article is not in English yet. Here it is in Japanese.",
        };
        view! { <Notice tone=Tone::Warn><p>{words}</p></Notice> }
    });
    let owner = page.owner.map(|name| view! { <span>{locale.t("担当：", "Owner: ")}{name}</span> });
    let version = page.version;
    let edit = page.edit_href.map(|href| {
        view! {
            <p class="page-actions">
                <LinkButton href small=true icon=IconName::Pen>{locale.t("編集する", "Edit")}</LinkButton>
            </p>
        }
    });
    let copy = page.html.contains("<pre").then(|| view! { <CopyCode /> });
    view! {
        <div class="page">
            <Breadcrumb locale steps=page.crumbs />
            <div class="article-layout">
                <article class="article-main">
                    <header class="article-head">
                        <h1 lang=lang>{page.title}</h1>
                        <p class="article-meta">
                            <span>{reviewed(locale, page.reviewed)}</span>
                            {owner}
                            <span>{locale.t(format!("第{version}版"), format!("Version {version}"))}</span>
                        </p>
                        {edit}
                        {fallback}
                    </header>
                    <div class="prose" lang=lang inner_html=page.html></div>
                    {copy}
                    {feedback(locale, page.feedback)}
                    {related(locale, page.related)}
                </article>
                <aside class="article-side sticky"><Toc locale entries=page.toc /></aside>
            </div>
        </div>
    }
    .into_any()
}

fn reviewed(locale: Locale, at: crate::model::time::Moment) -> AnyView {
    let time = view! { <Time datetime=at.datetime text=at.text /> };
    match locale {
        Locale::Ja => view! { {time}"に見直し" }.into_any(),
        Locale::En => view! { "Reviewed "{time} }.into_any(),
    }
}

fn related(locale: Locale, links: Vec<ArticleLink>) -> AnyView {
    (!links.is_empty())
        .then(|| {
            view! {
                <section class="related">
                    <h2>{locale.t("関連する記事", "Related articles")}</h2>
                    <ul class="link-list">{article_links(locale, links)}</ul>
                </section>
            }
        })
        .into_any()
}

fn feedback(locale: Locale, form: FeedbackForm) -> AnyView {
    let reasons = NoReason::ALL.map(|reason| Choice::new(reason.code(), reason.label(locale))).to_vec();
    let (action, csrf) = (form.action.clone(), form.csrf.clone());
    view! {
        <section class="feedback">
            <h2>{locale.t("この記事で解決しましたか", "Did this solve it?")}</h2>
            <PostButton action csrf icon=IconName::Check name="solved" value="yes">{locale.t("はい", "Yes")}</PostButton>
            <Disclosure label=locale.t("いいえ", "No") end=true>
                <form class="form" method="post" action=form.action novalidate>
                    <Csrf token=form.csrf />
                    <Hidden name="solved" value="no" />
                    <Radios
                        locale
                        name="reason"
                        legend=locale.t("どこが足りませんでしたか", "What was missing?")
                        choices=reasons
                        optional=true
                    />
                    <TextArea
                        locale
                        name="comment"
                        label=locale.t("ひとこと", "In your words")
                        hint=locale.t("こちらからお返事はできません。個人情報は書かないでください。", "We cannot reply to this. Please leave out personal data.")
                        optional=true
                        rows=2
                        maxlength=1000
                    />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{locale.t("送信する", "Send")}</Button>
                        <a href=form.ask_href>{locale.t("質問する", "Ask us")}</a>
                    </div>
                </form>
            </Disclosure>
        </section>
    }
    .into_any()
}

pub fn thanks(locale: Locale, page: ThanksPage) -> AnyView {
    let (title, words) = if page.solved {
        (
            locale.t("お役に立ててよかったです", "Glad it helped"),
            locale.t("お知らせいただき、ありがとうございます。", "Thank you for telling us."),
        )
    } else {
        (
            locale.t("教えてくださり、ありがとうございます", "Thank you for telling us"),
            locale.t(
                "記事の見直しに役立てます。お困りのことが残っていたら、続けてお問い合わせください。",
                "We use this to mend the article. If you are still stuck, ask us and we will answer you in person.",
            ),
        )
    };
    let ask = (!page.solved).then(|| {
        view! {
            <LinkButton href=page.ask_href kind=ButtonKind::Primary icon=IconName::Pen>
                {locale.t("質問する", "Ask us")}
            </LinkButton>
        }
    });
    let lang = page.article.lang(locale);
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{title}</h1>
                <p class="lead">{words}</p>
            </header>
            <p class="row">
                {ask}
                <a class="button" href=page.article.href>
                    <Icon name=IconName::ArrowLeft />
                    <span>{locale.t("記事に戻る：", "Back to: ")}<span lang=lang>{page.article.title}</span></span>
                </a>
            </p>
            {related(locale, page.related)}
        </div>
    }
    .into_any()
}
