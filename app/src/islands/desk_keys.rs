//! One key for every action of the desk. The page's own links, buttons and fields carry their key in `data-key`; this
//! presses them. Somebody who turned single keys off has none.

use leptos::prelude::*;

/// Draws nothing. `on`: single keys are on for this person.
#[island]
pub fn DeskKeys(on: bool) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if on {
        Effect::new(move |_| browser::listen());
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = on;
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::window_event_listener_untyped;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Document, Element, HtmlElement, KeyboardEvent};

    pub(super) fn listen() {
        let handle = window_event_listener_untyped("keydown", |event| {
            if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
                press(&event);
            }
        });
        // The page and its keys end together.
        std::mem::forget(handle);
    }

    fn press(event: &KeyboardEvent) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        if event.key() == "Escape"
            && !event.default_prevented()
            && !event.is_composing()
            && writing(&document)
        {
            leave(&document);
            return;
        }
        let busy = event.default_prevented()
            || event.is_composing()
            || event.ctrl_key()
            || event.alt_key()
            || event.meta_key()
            || writing(&document);
        if busy {
            return;
        }
        let done = match event.key().as_str() {
            "j" => step(&document, true),
            "k" => step(&document, false),
            "r" => write(&document, "reply"),
            "n" => write(&document, "note"),
            "?" => unfold_keys(&document),
            key @ ("u" | "e" | "a" | "t" | "y" | "i" | "/") => act(&document, key),
            _ => None,
        };
        if done.is_some() {
            event.prevent_default();
        }
    }

    /// Letters that are typed into a field are words.
    fn writing(document: &Document) -> bool {
        document.active_element().is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                && !matches!(element.get_attribute("type").as_deref(), Some("radio" | "checkbox"))
        })
    }

    /// Out of a field, so that single letters are keys again.
    fn leave(document: &Document) {
        let field = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            drop(field.blur());
        }
    }

    fn find(document: &Document, selector: &str) -> Option<HtmlElement> {
        document.query_selector(selector).ok()??.dyn_into().ok()
    }

    /// A field takes the focus; a link or button is pressed.
    fn act(document: &Document, key: &str) -> Option<()> {
        let own = find(document, &format!("[data-key=\"{key}\"]"));
        // Who has taken a request already chooses another with the same key.
        let element = match own {
            None if key == "a" => find(document, ".reading-side select[name=\"assignee\"]")?,
            own => own?,
        };
        if matches!(element.tag_name().as_str(), "INPUT" | "SELECT") {
            element.focus().ok()
        } else {
            element.click();
            Some(())
        }
    }

    fn write(document: &Document, mode: &str) -> Option<()> {
        find(document, &format!("#reply input[name=\"mode\"][value=\"{mode}\"]"))?.click();
        let body = find(document, "#reply textarea[name=\"body\"]")?;
        body.focus().ok()
    }

    fn unfold_keys(document: &Document) -> Option<()> {
        find(document, "[data-keys] summary")?.click();
        Some(())
    }

    /// The next or previous line of the list takes the focus, from the one that has it or is open.
    fn step(document: &Document, down: bool) -> Option<()> {
        let rows = document.query_selector_all("[data-row]").ok()?;
        let rows: Vec<HtmlElement> =
            (0..rows.length()).filter_map(|n| rows.item(n)?.dyn_into().ok()).collect();
        let focused = document.active_element();
        let here = rows.iter().position(|row| {
            focused.as_ref().is_some_and(|focused| {
                let row: &Element = row;
                focused == row
            })
        });
        let open = || rows.iter().position(|row| row.closest("[aria-current]").ok().flatten().is_some());
        let next = match (here.or_else(open), down) {
            (None, true) => 0,
            (None, false) => rows.len().checked_sub(1)?,
            (Some(at), true) => (at + 1).min(rows.len().checked_sub(1)?),
            (Some(at), false) => at.saturating_sub(1),
        };
        let row = rows.get(next)?;
        row.focus().ok()?;
        // Focus scrolls only as far as the link; the whole line should be in sight.
        if let Some(line) = row.closest("li").ok().flatten() {
            let nearest = js_sys::Object::new();
            js_sys::Reflect::set(&nearest, &JsValue::from_str("block"), &JsValue::from_str("nearest"))
                .ok()?;
            let scroll = js_sys::Reflect::get(&line, &JsValue::from_str("scrollIntoView")).ok()?;
            scroll.dyn_into::<js_sys::Function>().ok()?.call1(&line, &nearest).ok()?;
        }
        Some(())
    }
}
