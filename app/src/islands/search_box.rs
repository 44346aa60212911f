//! The search box that completes as one types: a combobox over the plain form. Until it wakes up, and where it never
//! does, it is that form and claims to be nothing else.

use leptos::ev;
use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::search::{Completion, LONGEST_QUERY};
use crate::parts::{Highlight, Icon, IconName};

/// The box. `id` tells two boxes on one page apart; `address` is where the form goes (`/ja/search`).
#[island]
pub fn CompletingSearchBox(
    locale: Locale,
    address: String,
    value: String,
    large: bool,
    id: String,
    label: String,
    placeholder: String,
) -> impl IntoView {
    let state = State::new(locale);
    let awake = RwSignal::new(false);
    // Runs in the browser alone: the server draws the plain form.
    Effect::new(move |_| awake.set(true));
    let list_id = format!("{id}-list");
    let option_id = {
        let list_id = list_id.clone();
        move |n: usize| format!("{list_id}-{n}")
    };
    let when_awake = move |value: &'static str| move || awake.get().then_some(value);
    let expanded = move || awake.get().then(|| state.is_open().to_string());
    let active = {
        let option_id = option_id.clone();
        move || state.active.get().filter(|_| state.is_open()).map(&option_id)
    };
    let controls = {
        let list_id = list_id.clone();
        move || awake.get().then(|| list_id.clone())
    };
    view! {
        <form
            class=if large { "search search-large" } else { "search" }
            role="search"
            aria-label=label.clone()
            method="get"
            action=address
        >
            <label class="visually-hidden" for=id.clone()>{label.clone()}</label>
            <Icon name=IconName::Search />
            <input
                class="search-input"
                type="search"
                id=id
                name="q"
                value=value
                placeholder=placeholder
                autocomplete="off"
                enterkeyhint="search"
                maxlength=LONGEST_QUERY.to_string()
                role=when_awake("combobox")
                aria-autocomplete=when_awake("list")
                aria-haspopup=when_awake("listbox")
                aria-expanded=expanded
                aria-controls=controls
                aria-activedescendant=active
                on:input=move |event| state.typed(event_target_value(&event))
                on:compositionstart=move |_| state.composing.set(true)
                on:compositionend=move |event: ev::CompositionEvent| {
                    state.composing.set(false);
                    state.typed(event_target_value(&event));
                }
                on:keydown=move |event| state.key(&event)
                on:focus=move |_| state.dismissed.set(false)
                on:blur=move |_| state.dismissed.set(true)
            />
            <button class="search-button" type="submit">
                <span>{locale.t("検索", "Search")}</span>
            </button>
            <ul
                class="search-options"
                role="listbox"
                id=list_id
                aria-label=locale.t("記事の候補", "Suggested articles")
                hidden=move || !state.is_open()
            >
                {move || {
                    let option_id = option_id.clone();
                    let offered = state.offered.get().into_iter().enumerate();
                    offered.map(|(n, article)| option(locale, state, n, option_id(n), article)).collect_view()
                }}
            </ul>
            <p class="visually-hidden" role="status">
                {move || state.is_open().then(|| {
                    let n = state.offered.with(Vec::len) as i64;
                    locale.count(n, "件の候補があります", "suggestion", "suggestions")
                })}
            </p>
        </form>
    }
}

fn option(locale: Locale, state: State, n: usize, id: String, article: Completion) -> AnyView {
    let lang = (article.locale != locale).then(|| article.locale.tag());
    let href = article.href.clone();
    view! {
        <li
            class="search-option"
            role="option"
            id=id
            aria-selected=move || (state.active.get() == Some(n)).to_string()
            // The box keeps the focus: losing it would close the list before the click arrives.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| open(&href)
        >
            <span lang=lang><Highlight segments=article.title /></span>
            <span class="muted">{article.path}</span>
        </li>
    }
    .into_any()
}

fn open(href: &str) {
    // A page that cannot be left stays as it is; there is nobody to tell.
    let _ = window().location().set_href(href);
}

/// What the box knows while it is awake.
#[derive(Clone, Copy)]
struct State {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser asks"))]
    locale: Locale,
    offered: RwSignal<Vec<Completion>>,
    active: RwSignal<Option<usize>>,
    /// Closed by Escape or by leaving, although there is something to offer.
    dismissed: RwSignal<bool>,
    /// An input method holds the keys.
    composing: RwSignal<bool>,
    /// Counts what was typed: an answer to an earlier count is stale.
    round: RwSignal<u32>,
}

impl State {
    fn new(locale: Locale) -> Self {
        Self {
            locale,
            offered: RwSignal::new(Vec::new()),
            active: RwSignal::new(None),
            dismissed: RwSignal::new(false),
            composing: RwSignal::new(false),
            round: RwSignal::new(0),
        }
    }

    fn is_open(self) -> bool {
        !self.dismissed.get() && self.offered.with(|offered| !offered.is_empty())
    }

    fn show(self, offered: Vec<Completion>) {
        self.active.set(None);
        self.offered.set(offered);
    }

    /// Asks for completions once the typing pauses; while characters are being composed, not yet.
    fn typed(self, text: String) {
        if self.composing.get_untracked() {
            return;
        }
        self.round.update_untracked(|round| *round += 1);
        self.dismissed.set(false);
        if text.trim().is_empty() {
            self.show(Vec::new());
        } else {
            #[cfg(feature = "hydrate")]
            browser::ask_after_pause(self, self.round.get_untracked(), text);
        }
    }

    /// Arrows move through the list, Enter opens what they point at (and else sends the form), Escape closes.
    fn key(self, event: &ev::KeyboardEvent) {
        if event.is_composing() || self.composing.get_untracked() {
            return;
        }
        let last = self.offered.with_untracked(Vec::len).checked_sub(1);
        let Some(last) = last else { return };
        let active = self.active.get_untracked();
        let closed = self.dismissed.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if closed => self.dismissed.set(false),
            "ArrowDown" => self.active.set(match active {
                Some(n) if n == last => None,
                Some(n) => Some(n + 1),
                None => Some(0),
            }),
            "ArrowUp" => self.active.set(match active {
                Some(n) => n.checked_sub(1),
                None => Some(last),
            }),
            "Escape" if !closed => {
                self.active.set(None);
                self.dismissed.set(true);
            }
            "Enter" if !closed => {
                match active.and_then(|n| self.offered.with_untracked(|all| all.get(n).cloned())) {
                    Some(article) => open(&article.href),
                    None => return,
                }
            }
            _ => return,
        }
        event.prevent_default();
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::Response;

    use super::State;
    use crate::model::search::Completions;

    /// Long enough to skip most of a word, short enough to feel immediate.
    const PAUSE: Duration = Duration::from_millis(100);

    pub(super) fn ask_after_pause(state: State, round: u32, text: String) {
        let is_stale = move || state.round.try_get_untracked() != Some(round);
        let ask = move || {
            if is_stale() {
                return;
            }
            spawn_local(async move {
                let found = fetch(state.locale.tag(), &text).await.unwrap_or_default();
                if !is_stale() {
                    state.show(found.articles);
                }
            });
        };
        set_timeout(ask, PAUSE);
    }

    /// `None` for anything but a good answer: completions are a help, and help that fails stays silent.
    async fn fetch(locale: &str, text: &str) -> Option<Completions> {
        let text = String::from(js_sys::encode_uri_component(text));
        let address = format!("/api/v1/suggest?locale={locale}&q={text}");
        let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
        let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
        let body = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
        serde_json::from_str(&body).ok()
    }
}
