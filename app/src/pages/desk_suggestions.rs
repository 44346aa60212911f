//! Beside the thread: what earlier requests suggest, each a press away. Where nothing is likely enough, nothing stands.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::desk_request::RequestPane;
use crate::model::desk_suggestions::{SimilarRequest, SuggestedArticle, SuggestedLabel, Suggestions};
use crate::parts::*;

use super::desk_reply::FORM;

pub(super) fn suggestions(locale: Locale, pane: &RequestPane) -> AnyView {
    let Suggestions { article, tags, assignee, similar } = pane.suggestions.clone();
    let labels: Vec<SuggestedLabel> = tags.iter().chain(&assignee).cloned().collect();
    if article.is_none() && labels.is_empty() && similar.is_empty() {
        return ().into_any();
    }
    let action = format!("/desk/requests/{}/suggestions", pane.number);
    let sure = article.is_some() || !labels.is_empty();
    // One alone is pressed by the key itself.
    let key = (labels.len() == 1).then_some(pane.single_keys);
    let all = (labels.len() > 1).then(|| all(locale, &action, pane.single_keys));
    let offered = article.iter().map(|article| format!("article:{}", article.id));
    let offered = offered
        .chain(labels.iter().map(|label| label.value.clone()))
        .map(|value| view! { <input type="hidden" form=FORM name="offered" value=value /> })
        .collect_view();
    let title = if sure {
        locale.t("提案", "Suggestions")
    } else {
        locale.t("似たお問い合わせ", "Similar requests")
    };
    let about = sure.then(|| {
        view! {
            <p class="muted small">
                {locale.t("％は、同じくらい確度の高い提案が、これまでに合っていた割合です。", "The percentage: how often suggestions this sure were right.")}
            </p>
        }
    });
    view! {
        <section class="stack stack-s desk-suggestions" aria-labelledby="suggestions-title">
            <h2 id="suggestions-title">{title}</h2>
            {offered}
            {article.map(|article| self::article(locale, article, pane.single_keys))}
            {(!tags.is_empty()).then(|| self::tags(locale, tags, &action, key))}
            {assignee.map(|assignee| person(locale, assignee, &action, key))}
            {all}
            {about}
            {(!similar.is_empty()).then(|| self::similar(locale, similar, sure))}
        </section>
    }
    .into_any()
}

/// "92 %", read out with what it is.
fn chance(locale: Locale, chance: i64) -> AnyView {
    view! {
        <span class="chance num">
            <span class="visually-hidden">{locale.t("確度", "right in")}" "</span>
            {format!("{chance} %")}
        </span>
    }
    .into_any()
}

fn article(locale: Locale, article: SuggestedArticle, keys: bool) -> AnyView {
    let id = article.id.to_string();
    view! {
        <div class="suggestion">
            <h3>{locale.t("記事", "Article")}" "{chance(locale, article.chance)}</h3>
            <p><a href=article.href target="_blank" rel="noopener">{article.title}</a></p>
            <div class="row">
                <Button small=true key="i" icon=IconName::Link form=FORM name="insert" value=id.clone() novalidate=true>
                    {locale.t("リンクを挿入", "Insert link")}
                    {keys.then(|| view! { <Kbd key="i" /> })}
                </Button>
                <Button small=true kind=ButtonKind::Quiet icon=IconName::Check form=FORM name="solve_with" value=id>
                    {locale.t("この記事で解決して送信", "Send and solve with it")}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn tags(locale: Locale, tags: Vec<SuggestedLabel>, action: &str, key: Option<bool>) -> AnyView {
    let tags = tags.into_iter().map(|tag| {
        let text = view! {
            <span class="visually-hidden">{locale.t("タグを付ける：", "Add the tag ")}</span>
            {tag.text}
        };
        view! { <li>{accept(tag.value, IconName::Plus, text.into_any(), action, key)}{chance(locale, tag.chance)}</li> }
    });
    view! {
        <div class="suggestion">
            <h3>{locale.t("タグ", "Tags")}</h3>
            <ul class="plain row suggested-tags">{tags.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn person(locale: Locale, person: SuggestedLabel, action: &str, key: Option<bool>) -> AnyView {
    let text = locale.t(format!("{}に任せる", person.text), format!("Give it to {}", person.text));
    view! {
        <div class="suggestion">
            <h3>{locale.t("担当", "Assignee")}" "{chance(locale, person.chance)}</h3>
            <div>{accept(person.value, IconName::User, text.into_any(), action, key)}</div>
        </div>
    }
    .into_any()
}

/// The button that accepts one label; `key`: it has the key that accepts everything, and says so.
fn accept(value: String, icon: IconName, text: AnyView, action: &str, key: Option<bool>) -> AnyView {
    match key {
        Some(shown) => view! {
            <Button small=true icon key="y" form=FORM formaction=action name="accept" value novalidate=true>
                {text}
                {shown.then(|| view! { <Kbd key="y" /> })}
            </Button>
        }
        .into_any(),
        None => view! {
            <Button small=true icon form=FORM formaction=action name="accept" value novalidate=true>{text}</Button>
        }
        .into_any(),
    }
}

fn all(locale: Locale, action: &str, keys: bool) -> AnyView {
    view! {
        <div>
            <Button small=true key="y" icon=IconName::Check form=FORM formaction=action name="accept" value="all"
                novalidate=true>
                {locale.t("提案どおりにする", "Accept all")}
                {keys.then(|| view! { <Kbd key="y" /> })}
            </Button>
        </div>
    }
    .into_any()
}

fn similar(locale: Locale, similar: Vec<SimilarRequest>, under: bool) -> AnyView {
    let heading = under.then(|| view! { <h3>{locale.t("似たお問い合わせ", "Similar requests")}</h3> });
    let rows = similar.into_iter().map(|request| {
        let solved = request.solved_with.map(|(title, href)| {
            view! {
                <span class="solved-with">
                    <Icon name=IconName::Check />
                    <span class="visually-hidden">{locale.t("解決した記事：", "Solved with: ")}</span>
                    <a href=href target="_blank" rel="noopener">{title}</a>
                </span>
            }
        });
        view! {
            <li>
                <a href=format!("/desk/requests/{}", request.number)>
                    <span class="num">{format!("#{} ", request.number)}</span>
                    {request.subject}
                </a>
                <span class="muted">{request.status.label(locale)}</span>
                {solved}
            </li>
        }
    });
    view! {
        {heading}
        <ul class="plain others">{rows.collect_view()}</ul>
    }
    .into_any()
}
