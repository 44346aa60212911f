//! The browser's half of the reply form: only in the browser.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_interval, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, Headers, HtmlElement, KeyboardEvent, RequestInit, Response};

use crate::model::desk_request::{DraftSaved, DraftToSave, FoundArticle, FoundArticles};

/// A draft is saved after this pause in typing.
const PAUSE: Duration = Duration::from_millis(900);
/// How often the page asks who else is writing.
const ASK: Duration = Duration::from_secs(20);

/// Bytes that a browser sends on after the page is gone; it allows 64 KiB for all such requests together.
const KEEPALIVE: usize = 60_000;

/// The lines under the text.
#[derive(Clone, Copy)]
pub struct Lines {
    pub saved: RwSignal<String>,
    pub writing: RwSignal<String>,
    pub news: RwSignal<String>,
}

/// `unsaved` is said when a draft could not be saved.
pub fn listen(number: i64, message: i64, version: i64, lines: Lines, unsaved: String) {
    let path = format!("/api/v1/desk/requests/{number}/draft?message={message}&version={version}");
    let sending = Rc::new(Cell::new(false));
    let dirty = Rc::new(Cell::new(false));
    let save = {
        let (path, sending, dirty) = (path.clone(), Rc::clone(&sending), Rc::clone(&dirty));
        Rc::new(move || {
            if sending.get() {
                return;
            }
            dirty.set(false);
            let (path, dirty, unsaved) = (path.clone(), Rc::clone(&dirty), unsaved.clone());
            spawn_local(async move {
                match call::<DraftSaved>("POST", &path, typed()).await {
                    Some(answer) => {
                        lines.saved.set(answer.saved.clone());
                        show(lines, answer);
                    }
                    None => {
                        dirty.set(true);
                        lines.saved.set(unsaved);
                    }
                }
            });
        })
    };
    let pending = Rc::new(Cell::new(None::<TimeoutHandle>));
    let save_soon = Rc::clone(&save);
    let changed = Rc::clone(&dirty);
    let still_here = Rc::clone(&sending);
    on("#reply", "input", move |event| {
        // The search box is not the reply.
        if is_find_box(event.target()) {
            return;
        }
        changed.set(true);
        // Whoever goes on typing has stopped the sending.
        still_here.set(false);
        if let Some(handle) = pending.take() {
            handle.clear();
        }
        let save = Rc::clone(&save_soon);
        pending.set(set_timeout_with_handle(move || save(), PAUSE).ok());
    });
    let on_its_way = Rc::clone(&sending);
    on("#reply", "submit", move |_| on_its_way.set(true));
    on("#reply", "keydown", send_by_key);
    save_when_left(path.clone(), sending, Rc::clone(&dirty));
    set_interval(
        move || {
            // What could not be saved is tried again.
            if dirty.get() {
                save();
                return;
            }
            let path = path.clone();
            spawn_local(async move {
                if let Some(answer) = call::<DraftSaved>("GET", &path, None).await {
                    show(lines, answer);
                }
            });
        },
        ASK,
    );
    find_articles(number);
    begin_at_the_end();
}

/// A text that was there before is gone on with: the cursor stands behind it, and not before its first letter.
fn begin_at_the_end() {
    let end = value("#reply textarea").encode_utf16().count();
    let Some(field) = element("#reply textarea") else { return };
    let focused = document().and_then(|document| document.active_element()).is_some_and(|now| now == field);
    let set = js_sys::Reflect::get(&field, &"setSelectionRange".into()).ok();
    if let Some(set) = set.and_then(|set| set.dyn_into::<js_sys::Function>().ok()).filter(|_| !focused) {
        drop(set.call2(&field, &end.into(), &end.into()));
    }
}

/// Ctrl and Enter (or the command key and Enter) in the text press the button that is filled: reply, or add the note.
fn send_by_key(event: Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let wanted = event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing();
    let in_text = document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| element.tag_name() == "TEXTAREA");
    if !wanted || !in_text {
        return;
    }
    event.prevent_default();
    let way = if checked("#reply input[value=\"note\"]") { "note" } else { "waiting" };
    let button = element(&format!("#reply button[name=\"send\"][value=\"{way}\"]"));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// What stands in the form, as the API takes it.
fn typed() -> Option<String> {
    let draft = DraftToSave { note: checked("#reply input[value=\"note\"]"), body: value("#reply textarea") };
    serde_json::to_string(&draft).ok()
}

/// The last words before another button of the page is pressed.
fn save_when_left(path: String, sending: Rc<Cell<bool>>, dirty: Rc<Cell<bool>>) {
    let handle = window_event_listener_untyped("pagehide", move |_| {
        if dirty.replace(false) && !sending.get() {
            let path = path.clone();
            spawn_local(async move { drop(call::<DraftSaved>("POST", &path, typed()).await) });
        }
    });
    // The page and its listener end together.
    std::mem::forget(handle);
}

fn show(lines: Lines, answer: DraftSaved) {
    lines.writing.set(answer.also_writing);
    lines.news.set(answer.news);
}

/// The find button, and Enter in its box, search in place; "insert" writes at the cursor, or below a text that nobody
/// has touched yet.
fn find_articles(number: i64) {
    let touched = Rc::new(Cell::new(false));
    let has_focus = Rc::clone(&touched);
    on("#reply textarea", "focus", move |_| has_focus.set(true));
    let search = move |event: Event| {
        event.prevent_default();
        let words = js_sys::encode_uri_component(&value("#find"));
        let path = format!("/api/v1/desk/requests/{number}/articles?q={words}");
        spawn_local(async move {
            if let Some(found) = call::<FoundArticles>("GET", &path, None).await {
                list(&found.articles);
            }
        });
    };
    on("#reply button[name=\"find_articles\"]", "click", search);
    // What Enter presses, in whichever field.
    on("button[name=\"enter\"]", "click", move |event| {
        if is_find_box(document().and_then(|document| document.active_element())) {
            search(event);
        }
    });
    on("#found-articles", "click", move |event| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[data-insert]").ok().flatten());
        if let Some(markdown) = button.and_then(|button| button.get_attribute("data-insert")) {
            event.prevent_default();
            insert(&markdown, touched.get());
        }
    });
}

/// Draws what was found by the page's own words, which stand in a template.
fn list(articles: &[FoundArticle]) {
    let Some(place) = element("#found-articles") else { return };
    let Some(document) = document() else { return };
    place.set_text_content(None);
    let words = |name: &str| attribute("#article-words", &format!("data-{name}"));
    if articles.is_empty() {
        if let Ok(line) = document.create_element("p") {
            line.set_class_name("muted");
            line.set_text_content(Some(&words("none")));
            drop(place.append_child(&line));
        }
        return;
    }
    let Ok(rows) = document.create_element("ul") else { return };
    rows.set_class_name("plain stack stack-s");
    for article in articles {
        drop(row(&document, &rows, article, &words("insert"), &words("solve")));
    }
    drop(place.append_child(&rows));
}

fn row(
    document: &Document,
    rows: &Element,
    article: &FoundArticle,
    insert: &str,
    solve: &str,
) -> Result<(), JsValue> {
    let line = document.create_element("li")?;
    line.set_class_name("found-article");
    let link = document.create_element("a")?;
    link.set_attribute("href", &article.href)?;
    link.set_attribute("target", "_blank")?;
    link.set_attribute("rel", "noopener")?;
    link.set_text_content(Some(&article.title));
    let about = document.create_element("p")?;
    about.set_class_name("muted small clip");
    about.set_text_content(Some(&article.summary));
    let buttons = document.create_element("div")?;
    buttons.set_class_name("row");
    for (name, text, class) in
        [("insert", insert, "button button-small"), ("solve_with", solve, "button button-quiet button-small")]
    {
        let button = document.create_element("button")?;
        button.set_class_name(class);
        button.set_attribute("name", name)?;
        button.set_attribute("value", &article.id.to_string())?;
        if name == "insert" {
            button.set_attribute("type", "button")?;
            button.set_attribute("data-insert", &article.markdown)?;
        }
        button.set_text_content(Some(text));
        buttons.append_child(&button)?;
    }
    for part in [&link, &about, &buttons] {
        line.append_child(part)?;
    }
    rows.append_child(&line)?;
    Ok(())
}

/// Writes into the reply, and tells the form that it changed: at the cursor, or at the end on a line of its own.
fn insert(text: &str, at_cursor: bool) {
    let Some(field) = element("#reply textarea") else { return };
    let at = |name: &str| js_sys::Reflect::get(&field, &name.into()).ok();
    let number = |name: &str| at(name).and_then(|value| value.as_f64()).unwrap_or_default();
    let units: Vec<u16> = value("#reply textarea").encode_utf16().collect();
    let (start, end) = if at_cursor {
        (number("selectionStart"), number("selectionEnd"))
    } else {
        (units.len() as f64, units.len() as f64)
    };
    let (before, after) = (&units[..units.len().min(start as usize)], units.get(end as usize));
    // A link between words wants a space on either side.
    let is_word = |unit: &u16| ![10, 32].contains(unit);
    let joint = match before {
        [] => "",
        [.., 10, 10] => "",
        [.., 10] if !at_cursor => "\n",
        _ if !at_cursor => "\n\n",
        [.., last] if is_word(last) => " ",
        _ => "",
    };
    let text = format!("{joint}{text}{}", if after.is_some_and(is_word) { " " } else { "" });
    if let Some(set) = at("setRangeText").and_then(|set| set.dyn_into::<js_sys::Function>().ok()) {
        let arguments = js_sys::Array::of4(&text.as_str().into(), &start.into(), &end.into(), &"end".into());
        drop(set.apply(&field, &arguments));
    }
    if let Ok(event) = Event::new("input") {
        drop(field.dispatch_event(&event));
    }
    if let Ok(event) = Event::new("input")
        && let Some(form) = element("#reply")
    {
        drop(form.dispatch_event(&event));
    }
    if let Ok(field) = field.dyn_into::<HtmlElement>() {
        drop(field.focus());
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

fn attribute(selector: &str, name: &str) -> String {
    element(selector).and_then(|element| element.get_attribute(name)).unwrap_or_default()
}

fn value(selector: &str) -> String {
    let value = element(selector).and_then(|element| js_sys::Reflect::get(&element, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

fn checked(selector: &str) -> bool {
    let checked =
        element(selector).and_then(|element| js_sys::Reflect::get(&element, &"checked".into()).ok());
    checked.and_then(|checked| checked.as_bool()).unwrap_or_default()
}

fn is_find_box(element: Option<impl JsCast>) -> bool {
    element
        .and_then(|element| element.dyn_into::<Element>().ok())
        .is_some_and(|element| element.id() == "find")
}

fn on(selector: &str, event: &str, listener: impl FnMut(Event) + 'static) {
    let Some(element) = element(selector) else { return };
    let listener = Closure::<dyn FnMut(Event)>::new(listener);
    if element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()).is_ok() {
        // The page and its listeners end together.
        listener.forget();
    }
}

/// Calls the API with the form's token; `None` when it did not go through: the next key tries again.
async fn call<T: serde::de::DeserializeOwned>(method: &str, path: &str, body: Option<String>) -> Option<T> {
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    if body.is_some() {
        headers.set("content-type", "application/json").ok()?;
        headers.set("x-csrf-token", &value("#reply input[name=\"csrf\"]")).ok()?;
    }
    let init = RequestInit::new();
    // It arrives although the page is gone. Browsers refuse that for more than 64 KiB.
    let lasting = body.as_ref().is_none_or(|body| body.len() < KEEPALIVE);
    js_sys::Reflect::set(&init, &"keepalive".into(), &lasting.into()).ok()?;
    init.set_method(method);
    init.set_headers(&headers);
    if let Some(body) = &body {
        init.set_body(&JsValue::from_str(body));
    }
    let response = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, &init)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
