//! The CRE's side: navigation at the left, folded behind a button on narrow screens, and the page.

use leptos::prelude::*;

use super::{nav_link, session_links};
use crate::{
    model::shell::{Place, Shell, Visitor},
    parts::{Icon, IconName, Logo},
};

pub(super) fn around(shell: &Shell, main: AnyView) -> AnyView {
    let locale = shell.locale;
    view! {
        <div class="desk-frame">
            <header class="desk-header">
                <Logo portal=shell.portal.clone() href="/desk" />
                <button class="menu-button" type="button" popovertarget="desk-menu">
                    <Icon name=IconName::Menu />
                    <span>{locale.t("メニュー", "Menu")}</span>
                </button>
                <nav class="desk-nav" id="desk-menu" popover="auto" aria-label=locale.t("デスク", "Desk")>
                    {places(shell)}
                    <div class="desk-nav-end">
                        <a class="nav-link" href=format!("/{}", locale.tag())>
                            <Icon name=IconName::Eye />
                            <span>{locale.t("お客様の画面", "Customers' side")}</span>
                        </a>
                        {super::language(shell)}
                        {session_links(shell)}
                        {super::time_zone(shell)}
                    </div>
                </nav>
            </header>
            {main}
        </div>
    }
    .into_any()
}

/// The entries in groups: answer, learn, people, and what only administrators see.
fn places(shell: &Shell) -> AnyView {
    use IconName as I;
    use Place as P;
    let administrator = matches!(shell.nav.visitor, Visitor::Staff { administrator: true, .. });
    let mut groups = vec![
        vec![(P::Inbox, I::Inbox), (P::Articles, I::Book), (P::Categories, I::Folder)],
        vec![(P::Deflection, I::Chart), (P::Search, I::Search)],
        vec![(P::Organizations, I::Organization), (P::Outbox, I::Send)],
    ];
    groups.push(if administrator {
        vec![(P::People, I::People), (P::Rules, I::Route), (P::Settings, I::Gear), (P::Audit, I::Shield)]
    } else {
        // CRE read the rules; changing them is an administrator's.
        vec![(P::Rules, I::Route)]
    });
    groups
        .into_iter()
        .map(|group| {
            let links = group
                .into_iter()
                .map(|(place, icon)| {
                    let count = if place == P::Inbox { shell.nav.unassigned } else { None };
                    view! { <li>{nav_link(shell, place, icon, count)}</li> }
                })
                .collect_view();
            view! { <ul class="desk-nav-group">{links}</ul> }
        })
        .collect_view()
        .into_any()
}
