//! The editor's hands: buttons that write Markdown, a preview that follows the typing, pictures pasted or dropped
//! into the text. Without JavaScript the form's own buttons do the same, one page at a time.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    parts::{Icon, IconName},
};

/// Stands inside the editor's form and works on its `#title`, `#body` and `#preview`. `article` is 0 for one that has
/// not been saved yet; `written` is the language of the text.
#[island]
pub fn EditorTools(article: i64, written: String, csrf: String, japanese: bool) -> impl IntoView {
    let locale = if japanese { Locale::Ja } else { Locale::En };
    // Asleep, its buttons would do nothing: they are not there.
    let awake = RwSignal::new(false);
    let status = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    {
        let context = browser::Editor::new(article, written, csrf, locale, status);
        Effect::new(move |_| {
            context.listen();
            awake.set(true);
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (article, written, csrf);
    let press = |before: &'static str, after: &'static str| {
        move |_: leptos::ev::MouseEvent| {
            #[cfg(feature = "hydrate")]
            browser::wrap(before, after);
            #[cfg(not(feature = "hydrate"))]
            let _ = (before, after);
        }
    };
    view! {
        <span class="row editor-tools" hidden=move || !awake.get()>
            <button type="button" class="button button-quiet button-small" on:click=press("**", "**")>
                <Icon name=IconName::Bold />
                <span>{locale.t("太字", "Bold")}</span>
            </button>
            <button type="button" class="button button-quiet button-small" on:click=press("[", "](https://)")>
                <Icon name=IconName::Link />
                <span>{locale.t("リンク", "Link")}</span>
            </button>
            <button type="button" class="button button-quiet button-small" on:click=press("`", "`")>
                <Icon name=IconName::Code />
                <span>{locale.t("コード", "Code")}</span>
            </button>
            <span class="small" role="status">{move || status.get()}</span>
        </span>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::i18n::Locale;
    use crate::islands::net::{self, Body};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{
        BeforeUnloadEvent, ClipboardEvent, Document, DragEvent, Event, EventTarget, FileList, FormData,
        HtmlInputElement, HtmlTextAreaElement,
    };

    /// How long the typing has to rest before the preview follows, in ms.
    const REST: i32 = 300;

    #[derive(Clone)]
    pub(super) struct Editor {
        article: i64,
        written: String,
        csrf: String,
        locale: Locale,
        status: RwSignal<String>,
        /// Counts the requests, so that an answer that was overtaken is dropped.
        turn: Rc<Cell<u32>>,
        timer: Rc<Cell<i32>>,
        dirty: Rc<Cell<bool>>,
    }

    fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    fn body() -> Option<HtmlTextAreaElement> {
        document()?.get_element_by_id("body")?.dyn_into().ok()
    }

    fn on<E: JsCast + 'static>(target: &EventTarget, name: &str, act: impl Fn(E) + 'static) {
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Ok(event) = event.dyn_into() {
                act(event);
            }
        });
        // The page lives as long as its listeners do.
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    /// Puts the chosen words between two texts.
    pub(super) fn wrap(before: &str, after: &str) {
        let Some(area) = body() else { return };
        let start = area.selection_start().ok().flatten().unwrap_or_default();
        let end = area.selection_end().ok().flatten().unwrap_or(start);
        let units: Vec<u16> = area.value().encode_utf16().collect();
        let chosen =
            units.get(start as usize..end as usize).map(String::from_utf16_lossy).unwrap_or_default();
        insert(&area, &format!("{before}{chosen}{after}"));
        let at = start + before.encode_utf16().count() as u32;
        let _ = area.set_selection_range(at, at + (end - start));
    }

    /// Writes over the chosen words, in a way that the browser can undo, and tells the page.
    fn insert(area: &HtmlTextAreaElement, text: &str) {
        let _ = area.focus();
        let start = area.selection_start().ok().flatten().unwrap_or_default();
        let end = area.selection_end().ok().flatten().unwrap_or(start);
        let _ = area.set_range_text_with_start_and_end(text, start, end);
        let after = start + text.encode_utf16().count() as u32;
        let _ = area.set_selection_range(after, after);
        if let Ok(event) = Event::new("input") {
            let _ = area.dispatch_event(&event);
        }
    }

    impl Editor {
        pub(super) fn new(
            article: i64,
            written: String,
            csrf: String,
            locale: Locale,
            status: RwSignal<String>,
        ) -> Self {
            let (turn, timer, dirty) = (Rc::default(), Rc::default(), Rc::default());
            Self { article, written, csrf, locale, status, turn, timer, dirty }
        }

        pub(super) fn listen(&self) {
            let (Some(document), Some(area), Some(window)) = (document(), body(), web_sys::window()) else {
                return;
            };
            for id in ["title", "body"] {
                let Some(field) = document.get_element_by_id(id) else { continue };
                let editor = self.clone();
                on::<Event>(&field, "input", move |_| {
                    editor.dirty.set(true);
                    editor.preview_soon();
                });
            }
            let editor = self.clone();
            on::<ClipboardEvent>(&area, "paste", move |event| {
                if let Some(files) = event.clipboard_data().and_then(|data| data.files())
                    && files.length() > 0
                {
                    event.prevent_default();
                    editor.upload(&files);
                }
            });
            let editor = self.clone();
            on::<DragEvent>(&area, "drop", move |event| {
                if let Some(files) = event.data_transfer().and_then(|data| data.files())
                    && files.length() > 0
                {
                    event.prevent_default();
                    editor.upload(&files);
                }
            });
            if let Some(form) = area.form() {
                let dirty = Rc::clone(&self.dirty);
                on::<Event>(&form, "submit", move |_| dirty.set(false));
            }
            // A link that was clicked by mistake must not take the text along.
            let dirty = Rc::clone(&self.dirty);
            on::<BeforeUnloadEvent>(&window, "beforeunload", move |event| {
                if dirty.get() {
                    event.prevent_default();
                }
            });
        }

        fn preview_soon(&self) {
            let Some(window) = web_sys::window() else { return };
            window.clear_timeout_with_handle(self.timer.get());
            let editor = self.clone();
            let later = Closure::once_into_js(move || editor.preview());
            let handle =
                window.set_timeout_with_callback_and_timeout_and_arguments_0(later.unchecked_ref(), REST);
            self.timer.set(handle.unwrap_or_default());
        }

        fn preview(&self) {
            let (Some(document), Some(area)) = (document(), body()) else { return };
            let title = document.get_element_by_id("title").and_then(|field| field.dyn_into().ok());
            let title = title.map(|field: HtmlInputElement| field.value()).unwrap_or_default();
            let request = net::object(&[
                ("article", JsValue::from_f64(self.article as f64)),
                ("locale", self.written.as_str().into()),
                ("title", title.as_str().into()),
                ("body", area.value().as_str().into()),
            ]);
            let turn = self.turn.get() + 1;
            self.turn.set(turn);
            let editor = self.clone();
            spawn_local(async move {
                let answer = net::post("/api/v1/desk/preview", &editor.csrf, Body::Json(&request)).await;
                if editor.turn.get() != turn {
                    return;
                }
                match (answer, document.get_element_by_id("preview")) {
                    // The server has cleaned it, as it does for readers.
                    (Ok(json), Some(pane)) => pane.set_inner_html(&net::text(&json, &["html"])),
                    (Err(words), _) => editor.failed(words),
                    (Ok(_), None) => {}
                }
            });
        }

        fn upload(&self, files: &FileList) {
            for n in 0..files.length() {
                let (Some(file), Ok(form)) = (files.get(n), FormData::new()) else { continue };
                let fields = [
                    form.append_with_str("csrf", &self.csrf),
                    form.append_with_str("article", &self.article.to_string()),
                    form.append_with_blob_and_filename("image", &file, &file.name()),
                ];
                if fields.iter().any(Result::is_err) {
                    self.failed(String::new());
                    continue;
                }
                self.status.set(self.locale.t("画像を送っています…", "Sending the picture…").into());
                let editor = self.clone();
                spawn_local(async move {
                    match net::post("/api/v1/desk/images", &editor.csrf, Body::Form(&form)).await {
                        Ok(json) => {
                            editor.status.set(editor.locale.t("画像を入れました。", "Picture added.").into());
                            if let Some(area) = body() {
                                insert(&area, &format!("\n{}\n", net::text(&json, &["markdown"])));
                            }
                        }
                        Err(words) => editor.failed(words),
                    }
                });
            }
        }

        /// Shows the API's own sentence; without one it was not reached.
        fn failed(&self, words: String) {
            let unreached = self.locale.t("通信できませんでした。", "The server could not be reached.");
            self.status.set(if words.is_empty() { unreached.into() } else { words });
        }
    }
}
