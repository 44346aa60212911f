//! The head of the document: title, description, what search engines and feed readers look for, stylesheets.

use leptos::prelude::*;

use crate::model::shell::{OpenGraph, Shell};

pub(super) fn head(shell: &Shell, extra: Option<AnyView>) -> AnyView {
    let alternates = (!shell.noindex).then(|| {
        shell
            .alternates
            .iter()
            .map(|other| {
                let href = format!("{}{}", shell.origin, other.href);
                view! { <link rel="alternate" hreflang=other.locale.tag() href=href /> }
            })
            .collect_view()
    });
    let feed = shell.feed.clone().map(|href| {
        view! { <link rel="alternate" type="application/atom+xml" title=shell.portal.name.clone() href=href /> }
    });
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{title(shell)}</title>
            {shell.description.clone().map(|text| view! { <meta name="description" content=text /> })}
            {shell.noindex.then(|| view! { <meta name="robots" content="noindex" /> })}
            {shell.canonical.clone().map(|href| view! { <link rel="canonical" href=href /> })}
            {alternates}
            {feed}
            {shell.open_graph.clone().map(|graph| open_graph(shell, graph))}
            <meta name="color-scheme" content="light dark" />
            <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f2" />
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#17181c" />
            <meta name="format-detection" content="telephone=no" />
            <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
            <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
            <link rel="manifest" href="/manifest.webmanifest" />
            <link rel="stylesheet" href=shell.assets.css.clone() />
            {shell.portal.theme_css.clone().map(|href| view! { <link rel="stylesheet" href=href /> })}
            {extra}
        </head>
    }
    .into_any()
}

/// "Error: Ask us – Kotae": what went wrong first, then the page, then the portal.
fn title(shell: &Shell) -> String {
    let portal = &shell.portal.name;
    let page = if shell.title.is_empty() || shell.title == *portal {
        portal.clone()
    } else {
        format!("{} – {portal}", shell.title)
    };
    if shell.has_errors { format!("{}{page}", shell.locale.t("エラー：", "Error: ")) } else { page }
}

fn open_graph(shell: &Shell, graph: OpenGraph) -> AnyView {
    let lines = [
        ("og:site_name", Some(shell.portal.name.clone())),
        ("og:type", Some(graph.kind)),
        ("og:title", Some(shell.title.clone())),
        ("og:description", shell.description.clone()),
        ("og:url", Some(graph.url)),
        ("og:locale", Some(shell.locale.t("ja_JP", "en_US").to_owned())),
        ("og:image", graph.image),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(property, content)| {
            Some(leptos::html::meta().attr("property", property).content(content?))
        })
        .collect_view();
    view! {
        {lines}
        <meta name="twitter:card" content="summary" />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::{i18n::Locale, model::shell::Shell};

    #[test]
    fn the_title_begins_with_the_error_and_ends_with_the_portal() {
        let mut shell = Shell { title: "Ask us".into(), locale: Locale::En, ..Shell::default() };
        assert_eq!(title(&shell), "Ask us – Kotae");
        shell.has_errors = true;
        assert_eq!(title(&shell), "Error: Ask us – Kotae");
        shell.locale = Locale::Ja;
        assert_eq!(title(&shell), "エラー：Ask us – Kotae");
    }

    #[test]
    fn the_home_page_does_not_name_the_portal_twice() {
        let shell = Shell { title: "Kotae".into(), ..Shell::default() };
        assert_eq!(title(&shell), "Kotae");
    }
}
