//! The customers' side: a header of one line, the page, a quiet footer.

use leptos::prelude::*;

use super::{nav_link, session_links};
use crate::{
    model::shell::{Place, Shell, Visitor},
    parts::{Icon, IconName, Logo, Mark, SearchBox},
};

pub(super) fn around(shell: &Shell, main: AnyView) -> AnyView {
    view! { {header(shell)} {main} {footer(shell)} }.into_any()
}

fn header(shell: &Shell) -> AnyView {
    let locale = shell.locale;
    let home = format!("/{}", locale.tag());
    // Where the page has the one large box, a second would only compete with it.
    let has_its_own = matches!(shell.body_class, "home" | "searching");
    let search = (!has_its_own).then(|| {
        let action = format!("/{}/search", locale.tag());
        view! { <SearchBox locale action value=shell.search_query.clone() id="site-q" /> }
    });
    let desk = matches!(shell.nav.visitor, Visitor::Staff { .. }).then(|| {
        view! {
            <a class="nav-link" href="/desk">
                <Icon name=IconName::Inbox />
                <span>{locale.t("デスク", "Desk")}</span>
            </a>
        }
    });
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <Logo portal=shell.portal.clone() href=home />
                {search}
                <button class="menu-button" type="button" popovertarget="site-menu">
                    <Icon name=IconName::Menu />
                    <span>{locale.t("メニュー", "Menu")}</span>
                </button>
                <nav class="site-nav" id="site-menu" popover="auto" aria-label=locale.t("サイト", "Site")>
                    {nav_link(shell, Place::Ask, IconName::Pen, None)}
                    {nav_link(shell, Place::MyRequests, IconName::Mail, None)}
                    {desk}
                    {super::language(shell)}
                    {session_links(shell)}
                </nav>
            </div>
        </header>
    }
    .into_any()
}

fn footer(shell: &Shell) -> AnyView {
    let locale = shell.locale;
    let feed = shell.feed.clone().unwrap_or_else(|| format!("/{}/feed.atom", locale.tag()));
    view! {
        <footer class="site-footer">
            <div class="site-footer-inner">
                <p class="site-footer-name"><Mark />{shell.portal.name.clone()}</p>
                {super::time_zone(shell)}
                <ul class="plain row">
                    <li><a href=Place::Ask.href(locale)>{locale.t("質問する", "Ask us")}</a></li>
                    <li><a href=Place::MyRequests.href(locale)>{locale.t("お問い合わせ履歴", "My requests")}</a></li>
                    <li><a href=feed>{locale.t("更新フィード", "Feed of changes")}</a></li>
                </ul>
            </div>
        </footer>
    }
    .into_any()
}
