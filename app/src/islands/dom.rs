//! The page around an island. Only in the browser.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget};

use crate::i18n::Locale;

/// The language of the page.
pub(super) fn locale() -> Locale {
    let page = document().document_element();
    let tag = page.and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    Locale::from_tag(&tag).unwrap_or_default()
}

/// The first element that fits a selector, if it is what is looked for.
pub(super) fn element<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// The first element inside another that fits a selector, if it is what is looked for.
pub(super) fn inside<T: JsCast>(parent: &Element, selector: &str) -> Option<T> {
    parent.query_selector(selector).ok()??.dyn_into().ok()
}

/// The elements right inside another.
pub(super) fn children(parent: &Element) -> Vec<Element> {
    let children = parent.children();
    (0..children.length()).filter_map(|n| children.item(n)).collect()
}

/// What stands in a field; empty where there is none.
pub(super) fn value(selector: &str) -> String {
    let field = document().query_selector(selector).ok().flatten();
    let value = field.and_then(|field| js_sys::Reflect::get(&field, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Hears an event for as long as the page lives.
pub(super) fn listen(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static) {
    add(target, event, heard, false);
}

/// The same for an event that does not bubble: it is heard on its way down.
pub(super) fn listen_above(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static) {
    add(target, event, heard, true);
}

fn add(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static, above: bool) {
    let listener = Closure::<dyn FnMut(Event)>::new(heard);
    let options = AddEventListenerOptions::new();
    options.set_capture(above);
    let added = target.add_event_listener_with_callback_and_add_event_listener_options(
        event,
        listener.as_ref().unchecked_ref(),
        &options,
    );
    if added.is_ok() {
        // The page and its listeners end together.
        listener.forget();
    }
}
