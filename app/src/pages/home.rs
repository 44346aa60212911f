//! The home page: one question, one box, at most eight categories, what people ask most now, one's own requests.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{
        home::{CategoryCard, HomePage, OwnRequest},
        link::ArticleLink,
        shell::Place,
    },
    parts::*,
};

pub fn home(locale: Locale, page: HomePage) -> AnyView {
    let categories = (!page.categories.is_empty()).then(|| {
        let cards = page.categories.into_iter().map(category_card).collect_view();
        let all = page.all_categories.map(|href| {
            view! { <p class="category-all"><a href=href>{locale.t("すべてのカテゴリー", "All categories")}</a></p> }
        });
        view! {
            <section class="home-section">
                <h2>{locale.t("カテゴリー", "Categories")}</h2>
                <ul class="category-grid">{cards}</ul>
                {all}
            </section>
        }
    });
    let asked = (!page.asked.is_empty()).then(|| asked(locale, page.asked, page.asked_most));
    let own = (!page.own.is_empty()).then(|| own(locale, page.own));
    let lists = match (asked, own) {
        (None, None) => ().into_any(),
        (Some(asked), Some(own)) => {
            view! { <div class="with-side home-section">{asked}<aside class="section">{own}</aside></div> }
                .into_any()
        }
        (asked, own) => view! { <div class="home-section">{asked}{own}</div> }.into_any(),
    };
    view! {
        <div class="page">
            <section class="hero">
                <h1>{without_mark(&page.text)}<Mark /></h1>
                <SearchBox locale action=format!("/{}/search", locale.tag()) large=true />
                <p class="hero-ask">
                    {locale.t("見つからないときは、", "Can’t find it? ")}
                    <a href=Place::Ask.href(locale)>{locale.t("サポートに質問する", "Ask our team")}</a>
                </p>
            </section>
            {categories}
            {lists}
        </div>
    }
    .into_any()
}

/// The ring stands where the question's own mark would.
fn without_mark(text: &str) -> String {
    text.trim_end_matches(['。', '？', '?', '.']).to_owned()
}

fn category_card(card: CategoryCard) -> AnyView {
    view! {
        <li>
            <a class="category-card" href=card.href>
                <Icon name=IconName::from_name(&card.icon) />
                <span class="category-name">{card.name}</span>
                <span class="category-about">{card.about}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Links to articles with a hairline between them.
pub(super) fn article_links(locale: Locale, links: Vec<ArticleLink>) -> AnyView {
    links
        .into_iter()
        .map(|link| {
            let lang = link.lang(locale);
            view! {
                <li>
                    <a href=link.href>
                        <span lang=lang>{link.title}</span>
                        <Icon name=IconName::ChevronRight />
                    </a>
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn asked(locale: Locale, links: Vec<ArticleLink>, most: bool) -> AnyView {
    let title = if most {
        locale.t("いま、多くの方が必要としている答え", "What people ask most now")
    } else {
        locale.t("新しい記事", "New articles")
    };
    view! {
        <section class="section">
            <h2>{title}</h2>
            <ol class="link-list">{article_links(locale, links)}</ol>
        </section>
    }
    .into_any()
}

fn own(locale: Locale, requests: Vec<OwnRequest>) -> AnyView {
    let lines = requests
        .into_iter()
        .map(|request| {
            view! {
                <li>
                    <a href=request.href>
                        <span class="own-request-subject">{request.subject}</span>
                        <span class="row">
                            <StatusChip locale status=request.status customer=true />
                            <span class="muted small num">{format!("#{}", request.number)}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{locale.t("お問い合わせの状況", "Your requests")}</h2>
            <ul class="own-requests">{lines}</ul>
            <p><a href=Place::MyRequests.href(locale)>{locale.t("すべて見る", "See all")}</a></p>
        </section>
    }
    .into_any()
}
