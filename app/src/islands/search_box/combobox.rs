//! A combobox over the plain form of a search box (WAI-ARIA: a text field with a list box). Only in the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, set_timeout, window};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::i18n::Locale;
use crate::islands::{dom, net};

/// Long enough to skip most of a word, short enough to feel immediate.
const PAUSE: Duration = Duration::from_millis(100);

/// Wakes the first box of the page that still sleeps; each island calls it once.
pub(super) fn wake() {
    let Some(list) = dom::element::<HtmlElement>("form .search-options:not([id])") else { return };
    let Some(form) = list.closest("form").ok().flatten() else { return };
    let (Some(input), Some(status)) =
        (dom::inside::<HtmlInputElement>(&form, "[name=q]"), dom::inside(&form, "[role=status]"))
    else {
        return;
    };
    let locale = dom::locale();
    let list_id = format!("{}-list", input.id());
    list.set_id(&list_id);
    let _ = list.set_attribute("aria-label", locale.t("記事の候補", "Suggested articles"));
    for (name, value) in [
        ("role", "combobox"),
        ("aria-autocomplete", "list"),
        ("aria-haspopup", "listbox"),
        ("aria-controls", &list_id),
    ] {
        let _ = input.set_attribute(name, value);
    }
    let awake = Combobox {
        locale,
        input,
        list,
        status,
        offered: RefCell::default(),
        active: Cell::default(),
        dismissed: Cell::default(),
        composing: Cell::default(),
        round: Cell::default(),
    };
    awake.show();
    Rc::new(awake).listen();
}

/// One box that is awake.
struct Combobox {
    locale: Locale,
    input: HtmlInputElement,
    list: HtmlElement,
    /// Says how many there are, for whoever does not see the list.
    status: HtmlElement,
    /// What the list offers: lines and where they lead.
    offered: RefCell<Vec<(Element, String)>>,
    /// The line that arrows have reached.
    active: Cell<Option<usize>>,
    /// Closed by Escape or by leaving, although there is something to offer.
    dismissed: Cell<bool>,
    /// An input method holds the keys.
    composing: Cell<bool>,
    /// Counts what was typed: an answer to an earlier count is stale.
    round: Cell<u32>,
}

impl Combobox {
    fn listen(self: Rc<Self>) {
        let on = |event: &str, heard: fn(&Rc<Self>, Event)| {
            let combobox = Rc::clone(&self);
            dom::listen(&self.input, event, move |event| heard(&combobox, event));
        };
        on("input", |combobox, _| combobox.typed());
        on("compositionstart", |combobox, _| combobox.composing.set(true));
        on("compositionend", |combobox, _| {
            combobox.composing.set(false);
            combobox.typed();
        });
        on("keydown", |combobox, event| {
            // What a browser fills in by itself comes as a key that is none.
            if let Some(event) = event.dyn_ref() {
                combobox.key(event);
            }
        });
        on("focus", |combobox, _| combobox.dismiss(false));
        on("blur", |combobox, _| combobox.dismiss(true));
        // The box keeps the focus: losing it would close the list before the click arrives.
        dom::listen(&self.list, "mousedown", |event| event.prevent_default());
        let combobox = Rc::clone(&self);
        dom::listen(&self.list, "click", move |event| combobox.clicked(&event));
    }

    fn is_open(&self) -> bool {
        !self.dismissed.get() && !self.offered.borrow().is_empty()
    }

    fn dismiss(&self, dismissed: bool) {
        self.dismissed.set(dismissed);
        self.show();
    }

    fn point_at(&self, active: Option<usize>) {
        self.active.set(active);
        self.show();
    }

    /// Brings the page in line with what the box knows.
    fn show(&self) {
        let open = self.is_open();
        let active = self.active.get().filter(|_| open);
        self.list.set_hidden(!open);
        let offered = self.offered.borrow();
        for (n, (line, _)) in offered.iter().enumerate() {
            let _ = line.set_attribute("aria-selected", if active == Some(n) { "true" } else { "false" });
        }
        let _ = self.input.set_attribute("aria-expanded", if open { "true" } else { "false" });
        let _ = match active.and_then(|n| offered.get(n)) {
            Some((line, _)) => self.input.set_attribute("aria-activedescendant", &line.id()),
            None => self.input.remove_attribute("aria-activedescendant"),
        };
        let heard = open.then(|| {
            self.locale.count(offered.len() as i64, "件の候補があります", "suggestion", "suggestions")
        });
        self.status.set_text_content(heard.as_deref());
    }

    /// Asks for completions once the typing pauses, for kana that are not converted yet as well.
    fn typed(self: &Rc<Self>) {
        let round = self.round.get() + 1;
        self.round.set(round);
        let mut text = self.input.value();
        if self.composing.get() {
            text = composed(&text).to_owned();
            if text.trim().is_empty() {
                return;
            }
        }
        if text.trim().is_empty() {
            self.offer(&[]);
        }
        self.dismiss(false);
        if text.trim().is_empty() {
            return;
        }
        let combobox = Rc::clone(self);
        let ask = move || {
            if combobox.round.get() == round {
                spawn_local(async move { combobox.ask(round, &text).await });
            }
        };
        set_timeout(ask, PAUSE);
    }

    /// Completions are a help, and help that fails stays silent.
    async fn ask(&self, round: u32, text: &str) {
        let text = String::from(js_sys::encode_uri_component(text));
        let found = net::get(&format!("/api/v1/suggest?locale={}&q={text}", self.locale.tag())).await;
        if self.round.get() == round {
            self.offer(&found.map(|found| net::list(&found, "articles")).unwrap_or_default());
            self.show();
        }
    }

    /// Puts other articles into the list (`Completion` of `model::search`).
    fn offer(&self, articles: &[JsValue]) {
        self.list.set_text_content(None);
        self.active.set(None);
        let lines = articles.iter().enumerate().filter_map(|(n, article)| {
            let line = self.line(n, article).ok()?;
            self.list.append_child(&line).ok()?;
            Some((line, net::text(article, &["href"])))
        });
        self.offered.replace(lines.collect());
    }

    fn line(&self, n: usize, article: &JsValue) -> Result<Element, JsValue> {
        let line = document().create_element("li")?;
        line.set_class_name("search-option");
        line.set_id(&format!("{}-{n}", self.list.id()));
        line.set_attribute("role", "option")?;
        let title = document().create_element("span")?;
        title.set_attribute("lang", &net::text(article, &["locale"]))?;
        for segment in net::list(article, "title") {
            let text = net::text(&segment, &["text"]);
            if net::truth(&segment, "hit") {
                let mark = document().create_element("mark")?;
                mark.set_text_content(Some(&text));
                title.append_child(&mark)?;
            } else {
                title.append_child(&document().create_text_node(&text))?;
            }
        }
        let path = document().create_element("span")?;
        path.set_class_name("muted");
        path.set_text_content(Some(&net::text(article, &["path"])));
        line.append_child(&title)?;
        line.append_child(&path)?;
        Ok(line)
    }

    fn clicked(&self, event: &Event) {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = element.and_then(|element| element.closest("li").ok().flatten());
        let href =
            self.offered.borrow().iter().find(|(own, _)| Some(own) == line.as_ref()).map(|it| it.1.clone());
        if let Some(href) = href {
            open(&href);
        }
    }

    /// Arrows move through the list, Enter opens what they point at (and else sends the form), Escape closes.
    fn key(&self, event: &KeyboardEvent) {
        if event.is_composing() || self.composing.get() {
            return;
        }
        let Some(last) = self.offered.borrow().len().checked_sub(1) else { return };
        let active = self.active.get();
        let closed = self.dismissed.get();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if closed => self.dismiss(false),
            "ArrowDown" => self.point_at(match active {
                Some(n) if n == last => None,
                Some(n) => Some(n + 1),
                None => Some(0),
            }),
            "ArrowUp" => self.point_at(match active {
                Some(n) => n.checked_sub(1),
                None => Some(last),
            }),
            "Escape" if !closed => {
                self.active.set(None);
                self.dismiss(true);
            }
            "Enter" if !closed => {
                match active.and_then(|n| self.offered.borrow().get(n).map(|it| it.1.clone())) {
                    Some(href) => open(&href),
                    None => return,
                }
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// What an input method has made kana of: a letter or two behind them (せいｋ) wait for more. Words in Latin letters are
/// composed as well, on phones, and are asked for as they are.
fn composed(text: &str) -> &str {
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'ａ'..='ｚ' | 'Ａ'..='Ｚ');
    let kana = text.trim_end_matches(is_letter);
    let follow_kana = kana.ends_with(|c| matches!(c, '\u{3041}'..='\u{30ff}'));
    if follow_kana || text.ends_with(|c: char| !c.is_ascii()) { kana } else { text }
}

fn open(href: &str) {
    // A page that cannot be left stays as it is; there is nobody to tell.
    let _ = window().location().set_href(href);
}
