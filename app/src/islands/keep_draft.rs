//! What a customer is writing stays theirs until the form has been taken: neither a reload nor the way out through the
//! menu loses it. It is kept in the tab's own storage and nowhere else; files cannot be kept there.

use leptos::prelude::*;

/// Draws nothing. Keeps the words of the form with `data-draft`, and forgets those that `data-draft-done` names.
#[island]
pub fn KeepDraft() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::rc::Rc;

    use leptos::prelude::window;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, Storage};

    use crate::islands::{dom, net};

    /// What a form may hold. Without words of its own it is not worth keeping.
    const FIELDS: [&str; 6] = ["subject", "body", "kind", "area", "name", "email"];
    const WORDS: [&str; 2] = ["subject", "body"];
    /// Whose words they are, beside the fields.
    const OWNER: &str = "of";

    pub(super) fn wake() {
        // A browser that keeps nothing says so with an error.
        let Ok(Some(storage)) = window().session_storage() else { return };
        if let Some(done) = dom::element::<Element>("main [data-draft-done]") {
            drop(storage.remove_item(&key(&done, "data-draft-done")));
        }
        let Some(form) = dom::element::<HtmlElement>("main form[data-draft]") else { return };
        let draft = Rc::new(Draft { storage, key: key(&form, "data-draft"), form });
        draft.restore();
        let kept = Rc::clone(&draft);
        dom::listen(&draft.form, "input", move |_| kept.keep());
        let Some(clear) = dom::inside::<HtmlElement>(&draft.form, ".draft-restored button") else { return };
        let cleared = Rc::clone(&draft);
        dom::listen(&clear, "click", move |_| cleared.clear());
    }

    fn key(element: &Element, attribute: &str) -> String {
        format!("kotae-draft {}", element.get_attribute(attribute).unwrap_or_default())
    }

    struct Draft {
        storage: Storage,
        key: String,
        form: HtmlElement,
    }

    impl Draft {
        fn keep(&self) {
            if self.says_nothing() {
                drop(self.storage.remove_item(&self.key));
                return;
            }
            let mut pairs: Vec<(&str, JsValue)> =
                FIELDS.iter().map(|name| (*name, self.value(name).into())).collect();
            pairs.push((OWNER, self.owner().into()));
            let text = js_sys::JSON::stringify(&net::object(&pairs)).ok().and_then(|text| text.as_string());
            // A full storage keeps what it has: the form still works.
            drop(text.map(|text| self.storage.set_item(&self.key, &text)));
        }

        /// Fills in what was kept, unless the server has filled in the form or has the words already.
        fn restore(&self) {
            let Some(kept) = self.storage.get_item(&self.key).ok().flatten() else { return };
            let Ok(kept) = js_sys::JSON::parse(&kept) else { return };
            let owner = net::text(&kept, &[OWNER]);
            // Whoever signed in took their own words along; another's are not shown.
            let another = !owner.is_empty() && owner != self.owner();
            if another || is_sent(&net::text(&kept, &["body"])) {
                drop(self.storage.remove_item(&self.key));
                return;
            }
            if !self.says_nothing() {
                self.keep();
                return;
            }
            for name in FIELDS {
                let value = net::text(&kept, &[name]);
                if !value.is_empty() {
                    self.fill(name, &value);
                }
            }
            self.tell();
            self.show(true);
        }

        /// Empties what was typed; who writes stays.
        fn clear(&self) {
            for name in WORDS {
                self.fill(name, "");
            }
            self.tell();
            self.show(false);
            if let Some(first) = self.controls("subject").into_iter().chain(self.controls("body")).next() {
                drop(first.unchecked_ref::<HtmlElement>().focus());
            }
        }

        /// Others listen to what is typed, too.
        fn tell(&self) {
            let bubbling = EventInit::new();
            bubbling.set_bubbles(true);
            for control in WORDS.iter().flat_map(|name| self.controls(name)) {
                if let Ok(event) = Event::new_with_event_init_dict("input", &bubbling) {
                    drop(control.dispatch_event(&event));
                }
            }
        }

        fn show(&self, restored: bool) {
            if let Some(line) = dom::inside::<HtmlElement>(&self.form, ".draft-restored > span") {
                line.set_hidden(!restored);
            }
        }

        fn owner(&self) -> String {
            self.form.get_attribute("data-draft-of").unwrap_or_default()
        }

        fn says_nothing(&self) -> bool {
            WORDS.iter().all(|name| self.value(name).trim().is_empty())
        }

        fn controls(&self, name: &str) -> Vec<Element> {
            let Ok(found) = self.form.query_selector_all(&format!("[name={name}]:not([type=hidden])")) else {
                return Vec::new();
            };
            (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
        }

        fn value(&self, name: &str) -> String {
            let controls = self.controls(name);
            let chosen = controls.iter().find(|control| radio(control).is_none_or(HtmlInputElement::checked));
            let value = chosen.and_then(|control| js_sys::Reflect::get(control, &"value".into()).ok());
            value.and_then(|value| value.as_string()).unwrap_or_default()
        }

        fn fill(&self, name: &str, value: &str) {
            for control in self.controls(name) {
                match radio(&control) {
                    Some(radio) if radio.value() == value => radio.set_checked(true),
                    Some(_) => {}
                    // Every kind of field has a value that can be set.
                    None => drop(js_sys::Reflect::set(&control, &"value".into(), &value.into())),
                }
            }
        }
    }

    fn radio(control: &Element) -> Option<&HtmlInputElement> {
        control.dyn_ref::<HtmlInputElement>().filter(|input| input.type_() == "radio")
    }

    /// Whether the newest of their messages on the page is this one.
    fn is_sent(body: &str) -> bool {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let Ok(own) = leptos::prelude::document().query_selector_all(".thread .pre-wrap") else {
            return false;
        };
        let last = own.length().checked_sub(1).and_then(|n| own.item(n)).and_then(|last| last.text_content());
        last.is_some_and(|last| !bare(&last).is_empty() && bare(&last) == bare(body))
    }
}
