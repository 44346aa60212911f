//! The gallery: sample pages in both languages, written as plain files to look at and to copy markup from.
//!
//! `cargo run -p app --features ssr --example gallery -- FOLDER` writes `FOLDER/ja-home.html` and so on; they expect
//! the bundled stylesheet as `FOLDER/main.css`.

mod article;
mod ask;
mod desk_pages;
mod editor;
mod home;
mod inbox;
mod parts_page;
mod request;
mod settings;
mod sign_in;

use std::{fs, path::PathBuf, sync::Arc};

use app::{
    i18n::Locale,
    model::shell::{Alternate, AssetUrls, Nav, Place, Shell, Side, Visitor},
    shell::{Slots, document},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

/// One sample: its file name, what the shell is told, and its drawing.
pub struct Sample {
    pub name: &'static str,
    pub side: Side,
    pub place: Option<Place>,
    pub title: (&'static str, &'static str),
    pub draw: fn(Locale) -> AnyView,
}

impl Sample {
    const fn portal(
        name: &'static str,
        title: (&'static str, &'static str),
        draw: fn(Locale) -> AnyView,
    ) -> Self {
        Self { name, side: Side::Portal, place: None, title, draw }
    }

    const fn desk(
        name: &'static str,
        place: Place,
        title: (&'static str, &'static str),
        draw: fn(Locale) -> AnyView,
    ) -> Self {
        Self { name, side: Side::Desk, place: Some(place), title, draw }
    }
}

const SAMPLES: &[Sample] = &[
    Sample::portal("home", ("ホーム", "Home"), home::home),
    Sample::portal("results", ("検索結果", "Results"), home::results),
    Sample::portal("no-results", ("検索結果", "Results"), home::no_results),
    Sample::portal("category", ("カテゴリー", "Category"), home::category),
    Sample::portal("article", ("記事", "Article"), article::article),
    Sample::portal("ask", ("質問する", "Ask us"), ask::form),
    Sample::portal("ask-errors", ("質問する", "Ask us"), ask::errors),
    Sample::portal("ask-before", ("送信の前に", "Before you send"), ask::before_sending),
    Sample::portal("ask-done", ("受け付けました", "Received"), ask::done),
    Sample::portal("request", ("お問い合わせ", "Request"), request::customer),
    Sample::portal("requests", ("お問い合わせ履歴", "My requests"), request::list),
    Sample::portal("sign-in", ("サインイン", "Sign in"), sign_in::customer),
    Sample::portal("parts", ("部品", "Parts"), parts_page::parts),
    Sample::desk("desk-inbox", Place::Inbox, ("受信箱", "Inbox"), inbox::inbox),
    Sample::desk("desk-articles", Place::Articles, ("記事", "Articles"), desk_pages::articles),
    Sample::desk("desk-editor", Place::Articles, ("記事の編集", "Edit"), editor::editor),
    Sample::desk("desk-deflection", Place::Deflection, ("自己解決", "Deflection"), desk_pages::deflection),
    Sample::desk("desk-people", Place::People, ("メンバー", "People"), desk_pages::people),
    Sample::desk("desk-rules", Place::Rules, ("ルール", "Rules"), settings::rules),
    Sample::desk("desk-settings", Place::Settings, ("設定", "Settings"), settings::settings),
    Sample::desk("desk-audit", Place::Audit, ("監査ログ", "Audit log"), desk_pages::audit),
];

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    fs::create_dir_all(&folder)?;
    for sample in SAMPLES {
        for locale in Locale::ALL {
            fs::write(folder.join(format!("{}-{}.html", locale.tag(), sample.name)), html(sample, locale))?;
        }
    }
    Ok(())
}

fn html(sample: &Sample, locale: Locale) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let shell = Shell {
            locale,
            side: sample.side,
            title: locale.t(sample.title.0, sample.title.1).into(),
            alternates: Locale::ALL
                .map(|other| Alternate {
                    locale: other,
                    href: format!("{}-{}.html", other.tag(), sample.name),
                })
                .to_vec(),
            noindex: true,
            body_class: if sample.name == "home" { "home" } else { "" },
            nav: Nav {
                visitor: match sample.side {
                    Side::Portal if sample.name.starts_with("request") => {
                        Visitor::Customer { name: locale.t("夜空 ほたる", "Hotaru Yozora").into() }
                    }
                    Side::Portal => Visitor::Anonymous,
                    Side::Desk => Visitor::Staff {
                        name: locale.t("答野 みどり", "Midori Kotaeno").into(),
                        administrator: true,
                    },
                },
                here: sample.place,
                unassigned: Some(4),
                ..Nav::default()
            },
            assets: AssetUrls { css: "main.css".into() },
            ..Shell::default()
        };
        document(shell, Slots::default(), (sample.draw)(locale)).to_html()
    });
    owner.cleanup();
    html
}
