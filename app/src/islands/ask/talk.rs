//! The browser's half of the talk with `/api/v1/intake`: only in the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::i18n::Locale;
use crate::islands::dom;
use crate::islands::net::{self, Body};
use crate::model::intake::OpenAnswer;

/// Somebody who pauses this long has finished a thought.
const PAUSE: Duration = Duration::from_millis(450);

/// Fewer letters say nothing yet.
const FEWEST: usize = 3;

/// Somebody's visit to the form: its key and the page's token stand in the form.
pub(super) struct Visit {
    pub(super) locale: Locale,
    session: String,
    csrf: String,
}

impl Visit {
    pub(super) fn of_page() -> Option<Self> {
        let session: HtmlInputElement = dom::element("main input[name=session]")?;
        let form = session.form()?;
        let csrf: HtmlInputElement = dom::inside(&form, "input[name=csrf]")?;
        Some(Self { locale: dom::locale(), session: session.value(), csrf: csrf.value() })
    }

    fn path(&self, what: &str) -> String {
        format!("/api/v1/intake/{}/{what}", self.session)
    }

    /// Fetches an article to read in place; the portal notes that it was opened.
    pub(super) async fn open(&self, article_id: i64) -> OpenAnswer {
        let request = self.opening(article_id);
        let found =
            net::post(&self.path("opened"), &self.csrf, Body::Json(&request)).await.unwrap_or_default();
        let mut answer = OpenAnswer {
            html: net::text(&found, &["html"]),
            href: net::text(&found, &["href"]),
            ..OpenAnswer::default()
        };
        if answer.href.is_empty() {
            // Without the text there is still the way to it.
            answer.href = format!("/{}/ask/read/{}/{article_id}", self.locale.tag(), self.session);
        }
        answer
    }

    /// `OpenRequest` of `model::intake`.
    fn opening(&self, article_id: i64) -> JsValue {
        net::object(&[
            ("locale", self.locale.tag().into()),
            ("article_id", JsValue::from_f64(article_id as f64)),
        ])
    }
}

/// Asks for matches after each pause in typing; answers that were overtaken are dropped.
pub(super) fn while_typing(visit: Rc<Visit>, show: impl Fn(&[JsValue]) + 'static) {
    let typing = Rc::new(Typing {
        visit: Rc::clone(&visit),
        show,
        asked: RefCell::default(),
        round: Cell::default(),
        pending: Cell::default(),
    });
    for field in ["#subject", "#body"] {
        let Some(field) = dom::element::<HtmlElement>(field) else { continue };
        let typing = Rc::clone(&typing);
        dom::listen(&field, "input", move |_| typing.ask_soon());
    }
    typing.ask();
    tell_when_left(visit);
}

struct Typing<F> {
    visit: Rc<Visit>,
    show: F,
    /// What was asked about last.
    asked: RefCell<String>,
    round: Cell<u32>,
    pending: Cell<Option<TimeoutHandle>>,
}

impl<F: Fn(&[JsValue]) + 'static> Typing<F> {
    fn ask_soon(self: &Rc<Self>) {
        if let Some(handle) = self.pending.take() {
            handle.clear();
        }
        let typing = Rc::clone(self);
        self.pending.set(set_timeout_with_handle(move || typing.ask(), PAUSE).ok());
    }

    fn ask(self: &Rc<Self>) {
        let (subject, body) = (dom::value("#subject"), dom::value("#body"));
        let words = format!("{subject}\n{body}");
        if *self.asked.borrow() == words {
            return;
        }
        // From here on an earlier answer is stale.
        let round = self.round.get() + 1;
        self.round.set(round);
        let enough = words.chars().filter(|c| !c.is_whitespace()).count() >= FEWEST;
        self.asked.replace(words);
        if !enough {
            (self.show)(&[]);
            return;
        }
        // `SuggestRequest` of `model::intake`.
        let request = net::object(&[
            ("locale", self.visit.locale.tag().into()),
            ("subject", subject.into()),
            ("body", body.into()),
        ]);
        let typing = Rc::clone(self);
        spawn_local(async move {
            let visit = &typing.visit;
            let answer = net::post(&visit.path("suggest"), &visit.csrf, Body::Json(&request)).await;
            // Suggestions are a help, and help that fails stays silent.
            if let Ok(answer) = answer
                && typing.round.get() == round
            {
                (typing.show)(&net::list(&answer, "matches"));
            }
        });
    }
}

/// Tells that the page was left, unless its form is on the way.
fn tell_when_left(visit: Rc<Visit>) {
    let sending = Rc::new(Cell::new(false));
    let sent = Rc::clone(&sending);
    if let Some(form) = dom::element::<HtmlElement>("#ask") {
        dom::listen(&form, "submit", move |_| sent.set(true));
    }
    dom::listen(&window(), "pagehide", move |_| {
        if !sending.replace(false) {
            let visit = Rc::clone(&visit);
            spawn_local(async move { net::tell(&visit.path("left"), &visit.csrf, &net::object(&[])).await });
        }
    });
}

/// Notes each answer of the page that is unfolded.
pub(super) fn note_unfolded() {
    let Some(visit) = Visit::of_page().map(Rc::new) else { return };
    // Toggling does not bubble: it is heard on the way down.
    dom::listen_above(&document(), "toggle", move |event| {
        let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let article = element.get_attribute("data-article").and_then(|id| id.parse().ok());
        let (Some(article_id), true) = (article, element.has_attribute("open")) else { return };
        let visit = Rc::clone(&visit);
        spawn_local(async move {
            net::tell(&visit.path("opened"), &visit.csrf, &visit.opening(article_id)).await;
        });
    });
}
