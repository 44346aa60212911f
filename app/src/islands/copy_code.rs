//! A "Copy" button on every block of code of the page. Without JavaScript there is none: nothing pretends to work.

use leptos::prelude::*;

/// Wakes up once a page; draws nothing itself.
#[island]
pub fn CopyCode() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::add_buttons();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::dom;
    use crate::i18n::Locale;
    use leptos::prelude::{document, window};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    pub(super) fn add_buttons() {
        // Browsers give no clipboard to a page that came without TLS: a button would do nothing.
        if !window().is_secure_context() {
            return;
        }
        let locale = dom::locale();
        let Ok(blocks) = document().query_selector_all(".prose pre") else { return };
        for n in 0..blocks.length() {
            let Some(block) = blocks.item(n).and_then(|node| node.dyn_into::<Element>().ok()) else {
                continue;
            };
            // None of these can fail in a document that has just been queried; a block without a button is no harm.
            let _ = add_button(locale, &block);
        }
    }

    fn add_button(locale: Locale, block: &Element) -> Option<()> {
        let parent = block.parent_element()?;
        let frame = if parent.class_list().contains("code-block") {
            parent
        } else {
            let frame = document().create_element("div").ok()?;
            frame.set_class_name("code-block");
            parent.replace_child(&frame, block).ok()?;
            frame.append_child(block).ok()?;
            frame
        };
        let button: HtmlElement = document().create_element("button").ok()?.dyn_into().ok()?;
        button.set_attribute("type", "button").ok()?;
        button.set_class_name("code-copy");
        button.set_inner_text(locale.t("コピー", "Copy"));
        frame.append_child(&button).ok()?;
        let (pressed, code) = (button.clone(), block.clone());
        dom::listen(&button, "click", move |_| {
            let text = code.text_content().unwrap_or_default();
            let _ = window().navigator().clipboard().write_text(&text);
            pressed.set_inner_text(locale.t("コピーしました", "Copied"));
        });
        Some(())
    }
}
