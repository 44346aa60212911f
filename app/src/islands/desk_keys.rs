//! One key for every action of the desk. The page's own links, buttons and fields carry their key in `data-key`; this
//! presses them. Somebody who turned single keys off has none, but menus close for everybody.

use leptos::prelude::*;

/// Draws nothing. `on`: single keys are on for this person.
#[island]
pub fn DeskKeys(on: bool) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        browser::close_menus();
        if on {
            browser::listen();
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = on;
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::window_event_listener_untyped;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        Document, Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, Node,
    };

    const OPEN_MENUS: &str = "details.disclosure[open]";

    /// A menu closes by Escape, and by a press anywhere else.
    pub(super) fn close_menus() {
        let by_key = window_event_listener_untyped("keydown", |event| {
            let is_escape = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape" && !event.is_composing());
            if is_escape && !event.default_prevented() && close_with_focus().is_some() {
                event.prevent_default();
            }
        });
        let by_press = window_event_listener_untyped("click", |event| close_others(&event));
        // The page and its menus end together.
        std::mem::forget((by_key, by_press));
    }

    /// The focus goes back to what opened the menu.
    fn close_with_focus() -> Option<()> {
        let document = web_sys::window()?.document()?;
        let menu = find(&document, OPEN_MENUS)?;
        menu.remove_attribute("open").ok()?;
        menu.query_selector("summary").ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
    }

    fn close_others(event: &Event) {
        let document = web_sys::window().and_then(|window| window.document());
        let pressed = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let Some(menus) = document.and_then(|document| document.query_selector_all(OPEN_MENUS).ok()) else {
            return;
        };
        for menu in (0..menus.length()).filter_map(|n| menus.item(n)?.dyn_into::<Element>().ok()) {
            if !menu.contains(pressed.as_ref()) {
                drop(menu.remove_attribute("open"));
            }
        }
    }

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

    /// A field takes the focus; a link or button is pressed. On a focused line of the list the key acts on that line.
    fn act(document: &Document, key: &str) -> Option<()> {
        if let ("a" | "e", Some(row)) = (key, focused_row(document)) {
            return act_on(document, &row, key);
        }
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

    /// The line that has the focus, unless it is the one that is open: that has buttons of its own.
    fn focused_row(document: &Document) -> Option<Element> {
        let row = document.active_element().filter(|element| element.has_attribute("data-row"))?;
        row.closest("[aria-current]").ok()?.is_none().then_some(row)
    }

    /// Sends the list's own form for a line. The focus comes back to it, or to the next one where it leaves the list.
    fn act_on(document: &Document, row: &Element, key: &str) -> Option<()> {
        let form: HtmlFormElement = find(document, "form[data-row-form]")?.dyn_into().ok()?;
        let field = |name: &str| -> Option<HtmlInputElement> {
            form.query_selector(&format!("[name={name}]")).ok()??.dyn_into().ok()
        };
        let number = row.get_attribute("data-row")?;
        let action = if key == "a" { "assign" } else { "status" };
        field("set_status")?.set_value(&row.get_attribute("data-next-status")?);
        let rows = rows(document);
        let here = rows.iter().position(|other| other.get_attribute("data-row").as_ref() == Some(&number))?;
        let neighbour = rows.get(here + 1).or_else(|| rows.get(here.checked_sub(1)?));
        let neighbour = neighbour.and_then(|row| row.get_attribute("data-row")).unwrap_or_default();
        let back = field("back")?;
        back.set_value(&format!("{}&at={number}.{neighbour}", back.value()));
        form.set_action(&format!("/desk/requests/{number}/{action}"));
        form.submit().ok()
    }

    fn rows(document: &Document) -> Vec<HtmlElement> {
        let Ok(rows) = document.query_selector_all("[data-row]") else { return Vec::new() };
        (0..rows.length()).filter_map(|n| rows.item(n)?.dyn_into().ok()).collect()
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
        let rows = rows(document);
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
