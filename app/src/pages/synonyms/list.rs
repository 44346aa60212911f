//! The synonyms of one language, and what else may be one.

use leptos::prelude::*;

use super::wording;
use crate::i18n::Locale;
use crate::model::synonyms::{LanguageTab, SynonymRow, SynonymSuggestion, SynonymsPage};
use crate::parts::{
    Breadcrumb, Button, ButtonKind, Card, Column, Crumb, Csrf, Disclosure, Empty, Hidden, IconName,
    LinkButton, PostButton, Tab, Table, Tabs,
};

pub fn list(locale: Locale, page: SynonymsPage) -> AnyView {
    let tabs = page
        .languages
        .into_iter()
        .map(|LanguageTab { name, count, href, here }| Tab { text: name, href, count: Some(count), here })
        .collect();
    let suggestions = (!page.suggestions.is_empty())
        .then(|| suggestions(locale, page.suggestions, &page.language, &page.csrf));
    let synonyms = if page.synonyms.is_empty() {
        view! {
            <Empty title=locale.t("同義語はまだありません", "There are no synonyms yet") icon=IconName::Search>
                <p>
                    {locale.t(
                        "お客様の言葉と記事の言葉が違うときに、同じものとして探せるようにします。",
                        "They let search take a customer's word and an article's word for the same thing.",
                    )}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        let columns = vec![
            Column::new(locale.t("言葉", "Words")),
            Column::new(locale.t("向き", "Way")),
            Column::new(""),
        ];
        let rows = page.synonyms.into_iter().map(|synonym| row(locale, synonym, &page.csrf)).collect_view();
        view! { <Table caption=locale.t("同義語", "Synonyms") columns stacked=true>{rows}</Table> }.into_any()
    };
    let crumbs = vec![Crumb::new(locale.t("検索", "Search"), "/desk/search")];
    view! {
        <div class="page page-wide">
            <Breadcrumb locale steps=crumbs />
            <header class="page-head">
                <h1>{locale.t("同義語", "Synonyms")}</h1>
                <p class="lead">
                    {locale.t(
                        "同じものを指す言葉です。次の検索から、入力中の候補、検索結果、質問への自動案内に使われます。",
                        "Words for the same thing. They apply from the next search on: to suggestions, results, and the articles offered beside a question.",
                    )}
                </p>
                <div class="page-actions">
                    <LinkButton href=page.new_href kind=ButtonKind::Primary icon=IconName::Plus>
                        {locale.t("同義語を追加", "Add a synonym")}
                    </LinkButton>
                </div>
            </header>
            <Tabs label=locale.t("言語", "Language") tabs />
            <div class="stack-l">
                {suggestions}
                {synonyms}
                <p class="muted small">
                    {match locale {
                        Locale::Ja => format!("{}人以上のお客様が言い換えて検索し、記事を開けた言葉があると、ここで提案します。", page.fewest),
                        Locale::En => format!("When at least {} customers search with one word, then with another, and open an article, it is suggested here.", page.fewest),
                    }}
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn row(locale: Locale, synonym: SynonymRow, csrf: &str) -> AnyView {
    let name = synonym.words.join(locale.t("、", ", "));
    let way = if synonym.meanings.is_empty() {
        locale.t("どの言葉からも", "Each finds the others")
    } else {
        locale.t("一方向", "One way")
    };
    let remove = format!("/desk/search/synonyms/{}/remove", synonym.id);
    let csrf = csrf.to_owned();
    view! {
        <tr id=format!("synonym-{}", synonym.id)>
            <th scope="row">{wording(locale, synonym.words, synonym.meanings)}</th>
            <td class="nowrap muted" data-label=locale.t("向き", "Way")>{way}</td>
            <td>
                <div class="row-actions">
                    <LinkButton href=synonym.href kind=ButtonKind::Quiet small=true icon=IconName::Pen>
                        {locale.t("編集", "Edit")}
                        <span class="visually-hidden">{format!(" ({name})")}</span>
                    </LinkButton>
                    <Disclosure label=locale.t("その他", "More") small=true kind=ButtonKind::Quiet end=true>
                        <div class="stack stack-s">
                            <p class="small muted">
                                {locale.t("次の検索から使われなくなります。", "It is not used from the next search on.")}
                            </p>
                            <PostButton action=remove csrf kind=ButtonKind::Danger small=true icon=IconName::Trash>
                                {locale.t("外す", "Remove")}
                            </PostButton>
                        </div>
                    </Disclosure>
                </div>
            </td>
        </tr>
    }
    .into_any()
}

fn suggestions(locale: Locale, suggestions: Vec<SynonymSuggestion>, language: &str, csrf: &str) -> AnyView {
    let rows = suggestions.into_iter().map(|one| suggestion(locale, one, language, csrf)).collect_view();
    view! {
        <Card title=locale.t("お客様の言い換えから", "From how customers reworded")>
            <ul class="plain suggested">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn suggestion(locale: Locale, one: SynonymSuggestion, language: &str, csrf: &str) -> AnyView {
    let (word, meaning, visitors, opened) = (one.word.clone(), one.meaning.clone(), one.visitors, one.opened);
    let (language, csrf) = (language.to_owned(), csrf.to_owned());
    let evidence = match locale {
        Locale::Ja => format!("{visitors}人が言い換え、{opened}人が記事を開きました。"),
        Locale::En => format!("{visitors} visitors reworded it this way, {opened} then opened an article."),
    };
    let which = format!(" ({word} → {meaning})");
    let [which_added, which_shown, which_dismissed] = [which.clone(), which.clone(), which];
    view! {
        <li>
            <div class="suggested-words">
                {wording(locale, vec![one.word], vec![one.meaning])}
                <p class="muted small">{evidence}</p>
            </div>
            <form class="toolbar" method="post" action="/desk/search/synonyms/suggested" novalidate>
                <Csrf token=csrf />
                <Hidden name="language" value=language />
                <Hidden name="word" value=word />
                <Hidden name="meaning" value=meaning />
                <Button small=true icon=IconName::Plus name="do" value="add">
                    {locale.t("追加", "Add")}
                    <span class="visually-hidden">{which_added}</span>
                </Button>
                <LinkButton href=one.href kind=ButtonKind::Quiet small=true icon=IconName::Eye>
                    {locale.t("変化を見る", "See what changes")}
                    <span class="visually-hidden">{which_shown}</span>
                </LinkButton>
                <Button kind=ButtonKind::Quiet small=true name="do" value="dismiss">
                    {locale.t("提案しない", "Dismiss")}
                    <span class="visually-hidden">{which_dismissed}</span>
                </Button>
            </form>
        </li>
    }
    .into_any()
}
