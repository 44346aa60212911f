//! A "Copy" button on every block of code of the page. Without JavaScript there is none: nothing pretends to work.

use leptos::prelude::*;

/// Wakes up once a page; draws nothing itself. `copy` and `copied` are the button's words.
#[island]
pub fn CopyCode(copy: String, copied: String) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::add_buttons(&copy, &copied));
    #[cfg(not(feature = "hydrate"))]
    let _ = (copy, copied);
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, HtmlElement};

    pub(super) fn add_buttons(copy: &str, copied: &str) {
        let Some(window) = web_sys::window() else { return };
        // Browsers give no clipboard to a page that came without TLS: a button would do nothing.
        let Some(document) = window.document().filter(|_| window.is_secure_context()) else { return };
        let Ok(blocks) = document.query_selector_all(".prose pre") else { return };
        for n in 0..blocks.length() {
            let Some(block) = blocks.item(n).and_then(|node| node.dyn_into::<Element>().ok()) else {
                continue;
            };
            // None of these can fail in a document that has just been queried; a block without a button is no harm.
            let _ = add_button(&document, &block, copy, copied);
        }
    }

    fn add_button(document: &web_sys::Document, block: &Element, copy: &str, copied: &str) -> Option<()> {
        let parent = block.parent_element()?;
        let frame = if parent.class_list().contains("code-block") {
            parent
        } else {
            let frame = document.create_element("div").ok()?;
            frame.set_class_name("code-block");
            parent.replace_child(&frame, block).ok()?;
            frame.append_child(block).ok()?;
            frame
        };
        let button: HtmlElement = document.create_element("button").ok()?.dyn_into().ok()?;
        button.set_attribute("type", "button").ok()?;
        button.set_class_name("code-copy");
        button.set_inner_text(copy);
        frame.append_child(&button).ok()?;
        let (pressed, code, done) = (button.clone(), block.clone(), copied.to_owned());
        let on_click = Closure::<dyn FnMut()>::new(move || {
            let text = code.text_content().unwrap_or_default();
            if let Some(window) = web_sys::window() {
                let _ = window.navigator().clipboard().write_text(&text);
                pressed.set_inner_text(&done);
            }
        });
        button.add_event_listener_with_callback("click", on_click.as_ref().unchecked_ref()).ok()?;
        // The page lives as long as the button does.
        on_click.forget();
        Some(())
    }
}
