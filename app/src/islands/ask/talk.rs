//! The browser's half of the talk with `/api/v1/intake`: only in the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AddEventListenerOptions, Event, Headers, RequestInit, Response};

use crate::i18n::Locale;
use crate::model::intake::{OpenAnswer, OpenRequest, SuggestAnswer, SuggestRequest, SuggestedArticle};

/// Somebody who pauses this long has finished a thought.
const PAUSE: Duration = Duration::from_millis(450);

/// Fewer letters say nothing yet.
const FEWEST: usize = 3;

/// Asks for matches after each pause in typing; answers that were overtaken are dropped.
pub fn while_typing(locale: Locale, session: &str, csrf: &str, matches: RwSignal<Vec<SuggestedArticle>>) {
    let path = format!("/api/v1/intake/{session}");
    let csrf = csrf.to_owned();
    let asked = Rc::new(RefCell::new(String::new()));
    let round = Rc::new(Cell::new(0_u32));
    let pending = Rc::new(Cell::new(None::<TimeoutHandle>));
    let ask = {
        let (path, csrf) = (path.clone(), csrf.clone());
        Rc::new(move || {
            let (subject, body) = (field("subject"), field("body"));
            let words = format!("{subject}\n{body}");
            if words.chars().filter(|c| !c.is_whitespace()).count() < FEWEST {
                matches.set(Vec::new());
                return;
            }
            if *asked.borrow() == words {
                return;
            }
            *asked.borrow_mut() = words;
            round.set(round.get() + 1);
            let (mine, round) = (round.get(), Rc::clone(&round));
            let (path, csrf) = (format!("{path}/suggest"), csrf.clone());
            spawn_local(async move {
                let request = SuggestRequest { locale, subject, body };
                if let Some(answer) = post::<SuggestAnswer>(&path, &csrf, &request, false).await
                    && round.get() == mine
                    && matches.with_untracked(|shown| *shown != answer.matches)
                {
                    matches.set(answer.matches);
                }
            });
        })
    };
    for id in ["subject", "body"] {
        let (ask, pending) = (Rc::clone(&ask), Rc::clone(&pending));
        listen(id, "input", move |_| {
            if let Some(handle) = pending.take() {
                handle.clear();
            }
            let ask = Rc::clone(&ask);
            pending.set(set_timeout_with_handle(move || ask(), PAUSE).ok());
        });
    }
    ask();
    leave(path, csrf);
}

/// Tells that the page was left, unless its form is on the way.
fn leave(path: String, csrf: String) {
    let sending = Rc::new(Cell::new(false));
    let sent = Rc::clone(&sending);
    listen("ask", "submit", move |_| sent.set(true));
    window_event_listener_untyped("pagehide", move |_| {
        if !sending.replace(false) {
            let (path, csrf) = (format!("{path}/left"), csrf.clone());
            // Kept alive: it arrives although the page is gone.
            spawn_local(async move { drop(send(&path, &csrf, "{}", true).await) });
        }
    });
}

/// Fetches an article to read in place; the portal notes that it was opened. Once per article.
pub fn read_in_place(
    locale: Locale,
    session: &str,
    csrf: &str,
    article_id: i64,
    answer: RwSignal<Option<OpenAnswer>>,
) {
    if answer.with_untracked(Option::is_some) {
        return;
    }
    let (session, csrf) = (session.to_owned(), csrf.to_owned());
    spawn_local(async move {
        let path = format!("/api/v1/intake/{session}/opened");
        let found = post::<OpenAnswer>(&path, &csrf, &OpenRequest { locale, article_id }, false).await;
        // Without the text there is still the way to it.
        let href = format!("/{}/ask/read/{session}/{article_id}", locale.tag());
        answer.set(Some(found.unwrap_or_else(|| OpenAnswer { href, ..OpenAnswer::default() })));
    });
}

/// Notes each answer of the page that is unfolded.
pub fn note_unfolded(locale: Locale, session: String, csrf: String) {
    let path = format!("/api/v1/intake/{session}/opened");
    let note = move |event: Event| {
        let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let article = element.get_attribute("data-article").and_then(|id| id.parse::<i64>().ok());
        let (Some(article_id), true) = (article, element.has_attribute("open")) else { return };
        let (path, csrf) = (path.clone(), csrf.clone());
        spawn_local(async move {
            drop(post::<OpenAnswer>(&path, &csrf, &OpenRequest { locale, article_id }, true).await);
        });
    };
    let listener = Closure::<dyn FnMut(Event)>::new(note);
    // Toggling does not bubble: it is heard on the way down.
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    let heard = document().add_event_listener_with_callback_and_add_event_listener_options(
        "toggle",
        listener.as_ref().unchecked_ref(),
        &options,
    );
    if heard.is_ok() {
        // The page and its listener end together.
        listener.forget();
    }
}

/// What stands in a text field.
fn field(id: &str) -> String {
    let Some(element) = document().get_element_by_id(id) else { return String::new() };
    js_sys::Reflect::get(&element, &JsValue::from_str("value"))
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

fn listen(id: &str, event: &str, on: impl FnMut(Event) + 'static) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let listener = Closure::<dyn FnMut(Event)>::new(on);
    if element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()).is_ok() {
        listener.forget();
    }
}

/// Posts JSON; `None` for anything but a good answer: suggestions are a help, and help that fails stays silent.
async fn post<T: DeserializeOwned>(path: &str, csrf: &str, body: &impl Serialize, keep: bool) -> Option<T> {
    let body = serde_json::to_string(body).ok()?;
    let response = send(path, csrf, &body, keep).await?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}

async fn send(path: &str, csrf: &str, body: &str, keep: bool) -> Option<Response> {
    let headers = Headers::new().ok()?;
    headers.set("content-type", "application/json").ok()?;
    headers.set("x-csrf-token", csrf).ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    if keep {
        js_sys::Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE).ok()?;
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await.ok()?;
    response.dyn_into::<Response>().ok().filter(Response::ok)
}
