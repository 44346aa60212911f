//! The document around every page: head, header, navigation, footer. One for the customers' side, one for the desk.

mod desk;
mod head;
mod portal;

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::shell::{Alternate, Place, Shell, Side, Visitor},
    parts::{FlashBanner, Icon, IconName, LanguageButtons, LanguageStep, LanguageSwitch, LanguageTakeover},
};

/// Where every form that signs out posts to.
pub const SIGN_OUT: &str = "/sign-out";

/// What the server adds to a document that pages know nothing of: the scripts that wake the islands.
#[derive(Default)]
pub struct Slots {
    /// At the end of `<head>`.
    pub head: Option<AnyView>,
    /// At the end of `<body>`.
    pub body: Option<AnyView>,
}

/// The whole document as a view, `<!DOCTYPE html>` included. `page` stands inside `<main id="main">`.
pub fn document(shell: Shell, slots: Slots, page: AnyView) -> AnyView {
    let head = head::head(&shell, slots.head);
    let lang = shell.locale.tag();
    let side = match shell.side {
        Side::Portal => "portal",
        Side::Desk => "desk",
    };
    let class =
        if shell.body_class.is_empty() { side.to_owned() } else { format!("{side} {}", shell.body_class) };
    let flash = shell.flash.clone().map(|flash| {
        let csrf = shell.nav.csrf.clone();
        view! { <FlashBanner flash csrf /> }
    });
    let main = view! { <main id="main" tabindex="-1">{flash}{page}</main> }.into_any();
    let body = match shell.side {
        Side::Portal => portal::around(&shell, main),
        Side::Desk => desk::around(&shell, main),
    };
    view! {
        <!DOCTYPE html>
        <html lang=lang>
            {head}
            <body class=class>
                <a class="skip-link" href="#main">
                    {shell.locale.t("本文へ移動", "Skip to main content")}
                </a>
                {body}
                {slots.body}
            </body>
        </html>
    }
    .into_any()
}

/// One entry of a navigation.
fn nav_link(shell: &Shell, place: Place, icon: IconName, count: Option<i64>) -> AnyView {
    let here = (shell.nav.here == Some(place)).then_some("page");
    view! {
        <a class="nav-link" href=place.href(shell.locale) aria-current=here>
            <Icon name=icon />
            <span>{place.label(shell.locale)}</span>
            {count.filter(|n| *n > 0).map(|n| view! { <crate::parts::Count n /> })}
        </a>
    }
    .into_any()
}

/// In whose time moments are written.
fn time_zone(shell: &Shell) -> AnyView {
    let note = |zone: String| {
        let text = shell.locale.t(format!("時刻は{zone}です。"), format!("Times are in {zone}."));
        view! { <p class="time-zone">{text}</p> }
    };
    shell.time_zone.clone().map(note).into_any()
}

/// The way to this page in another language; nothing where there is only one.
fn language(shell: &Shell) -> AnyView {
    let locale = shell.locale;
    match (shell.language_form.clone(), shell.written_in.clone()) {
        (Some(offer), Some(form)) => {
            let action = form.action.unwrap_or(offer.next);
            let to = |other: Locale| LanguageStep {
                locale: other,
                action: action.clone(),
                name: "read_in",
                value: other.tag(),
            };
            let steps: Vec<_> = offer.offered.into_iter().map(to).collect();
            let enter = form.enter.map(|button| (button, action.clone()));
            view! { <LanguageTakeover locale steps form=form.form enter /> }.into_any()
        }
        (Some(form), None) => {
            view! { <LanguageButtons locale form csrf=shell.nav.csrf.clone() /> }.into_any()
        }
        (None, Some(form)) => {
            let to = |other: Alternate| LanguageStep {
                locale: other.locale,
                action: other.href,
                name: "step",
                value: "edit",
            };
            let steps: Vec<_> = shell.languages().into_iter().map(to).collect();
            view! { <LanguageTakeover locale steps form=form.form enter=None /> }.into_any()
        }
        (None, None) => view! { <LanguageSwitch locale alternates=shell.languages() /> }.into_any(),
    }
}

/// Signing in or out, with the name of who is signed in.
fn session_links(shell: &Shell) -> AnyView {
    let locale = shell.locale;
    match &shell.nav.visitor {
        Visitor::Anonymous => view! {
            <a class="nav-link" href=sign_in(locale)>
                <Icon name=IconName::User />
                <span>{locale.t("サインイン", "Sign in")}</span>
            </a>
        }
        .into_any(),
        Visitor::Customer { name } | Visitor::Staff { name, .. } => {
            let csrf = shell.nav.csrf.clone();
            let account = match &shell.nav.visitor {
                Visitor::Staff { .. } => "/desk/account".to_owned(),
                _ => format!("/{}/account", locale.tag()),
            };
            view! {
                <form class="inline-form session" method="post" action=SIGN_OUT>
                    <crate::parts::Csrf token=csrf />
                    <a class="session-name clip" href=account title=locale.t("アカウント", "Account")>{name.clone()}</a>
                    <button class="nav-link" type="submit">
                        <Icon name=IconName::Logout />
                        <span>{locale.t("サインアウト", "Sign out")}</span>
                    </button>
                </form>
            }
            .into_any()
        }
    }
}

/// The customers' sign-in page.
pub fn sign_in(locale: Locale) -> String {
    format!("/{}/sign-in", locale.tag())
}
