//! The panel beside the text. It arrives with the first match and changes with the words; nothing moves the field that
//! is being typed in.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::intake::{OpenAnswer, SuggestedArticle};
use crate::parts::{Icon, IconName};

/// `session` is the visit's key, `csrf` the page's token. Listens to the fields `subject` and `body` of the form
/// `ask`; its buttons belong to that form.
#[island]
pub fn AskSuggestions(locale: Locale, session: String, csrf: String) -> impl IntoView {
    let matches = RwSignal::new(Vec::<SuggestedArticle>::new());
    #[cfg(feature = "hydrate")]
    super::talk::while_typing(locale, &session, &csrf, matches);
    let panel = move || {
        let matches = matches.get();
        if matches.is_empty() {
            return ().into_any();
        }
        let rows = matches
            .into_iter()
            .map(|article| suggestion(locale, article, session.clone(), csrf.clone()))
            .collect_view();
        view! {
            <section class="suggestions" aria-labelledby="suggestions-title">
                <h2 id="suggestions-title">
                    {locale.t("もう答えがあるかもしれません", "The answer may be here already")}
                </h2>
                <p>{locale.t("書いている内容に近い記事です。", "Articles close to what you are writing.")}</p>
                {rows}
            </section>
        }
        .into_any()
    };
    let heard = move || {
        let count = matches.read().len() as i64;
        if count == 0 {
            String::new()
        } else {
            locale.t(
                format!("近い記事が{count}件あります"),
                format!("{} may answer this", locale.count(count, "", "article", "articles")),
            )
        }
    };
    view! {
        <p class="visually-hidden" role="status">{heard}</p>
        {panel}
    }
}

/// One article: its title, and on opening the whole answer with the button that ends the search.
fn suggestion(locale: Locale, article: SuggestedArticle, session: String, csrf: String) -> AnyView {
    let SuggestedArticle { article_id, title, locale: written } = article;
    let lang = (written != locale).then(|| written.tag());
    let answer = RwSignal::new(None::<OpenAnswer>);
    #[cfg(feature = "hydrate")]
    let read = move |_| super::talk::read_in_place(locale, &session, &csrf, article_id, answer);
    #[cfg(not(feature = "hydrate"))]
    let read = {
        let _ = (session, csrf);
        |_| ()
    };
    let body = move || match answer.get() {
        None => view! { <p class="muted">{locale.t("読み込んでいます…", "Loading…")}</p> }.into_any(),
        Some(OpenAnswer { html, href, .. }) => view! {
            <div class="prose prose-compact answer" lang=lang inner_html=html></div>
            <div class="suggestion-actions">
                <button class="button button-small" type="submit" name="solved" value=article_id.to_string()>
                    <Icon name=IconName::Check />
                    <span>{locale.t("これで解決した", "This solved it")}</span>
                </button>
                <a class="small" href=href target="_blank" rel="noopener">
                    {locale.t("記事を別のタブで開く", "Open the article in a new tab")}
                </a>
            </div>
        }
        .into_any(),
    };
    view! {
        <details class="fold suggestion" on:toggle=read>
            <summary>
                <Icon name=IconName::ChevronRight />
                <span lang=lang>{title}</span>
            </summary>
            <div class="fold-body">{body}</div>
        </details>
    }
    .into_any()
}
