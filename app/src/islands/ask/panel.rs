//! The panel beside the text. It arrives with the first match and changes with the words; nothing moves the field that
//! is being typed in.

use leptos::prelude::*;

/// Listens to the fields `subject` and `body`, and fills the page's `#suggestions`. Draws only what is said to whoever
/// does not see them arrive.
#[island]
pub fn AskSuggestions() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::wake();
    view! { <p class="visually-hidden" role="status" id="suggestions-status"></p> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::rc::Rc;

    use leptos::task::spawn_local;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, HtmlElement, HtmlTemplateElement};

    use super::super::talk::{self, Visit};
    use crate::islands::{dom, net};

    pub(super) fn wake() {
        let Some(visit) = Visit::of_page().map(Rc::new) else { return };
        let Some(panel) = Panel::of_page(Rc::clone(&visit)) else { return };
        talk::while_typing(visit, move |matches| panel.show(matches));
    }

    struct Panel {
        visit: Rc<Visit>,
        section: HtmlElement,
        rows: Element,
        /// What a row is made from.
        template: Element,
        status: Element,
    }

    impl Panel {
        fn of_page(visit: Rc<Visit>) -> Option<Self> {
            let section: HtmlElement = dom::element("#suggestions")?;
            let template: HtmlTemplateElement = dom::inside(&section, "template")?;
            Some(Self {
                visit,
                rows: dom::inside(&section, "div")?,
                template: template.content().first_element_child()?,
                status: dom::element("#suggestions-status")?,
                section,
            })
        }

        /// Shows these articles (`SuggestedArticle` of `model::intake`). One that stays keeps its row: it may be open.
        fn show(&self, matches: &[JsValue]) {
            let ids: Vec<i64> = matches.iter().map(|article| net::number(article, "article_id")).collect();
            let shown = dom::children(&self.rows);
            if shown.iter().map(article_of).eq(ids.iter().copied()) {
                return;
            }
            for row in shown.iter().filter(|row| !ids.contains(&article_of(row))) {
                row.remove();
            }
            for (article, id) in matches.iter().zip(ids.iter().copied()) {
                let kept = shown.iter().find(|row| article_of(row) == id).cloned();
                if let Some(row) = kept.or_else(|| self.row(article, id)) {
                    // Puts a kept row in its place, too. A row that is not there is no harm: there is still the form.
                    let _ = self.rows.append_child(&row);
                }
            }
            self.section.set_hidden(ids.is_empty());
            self.status.set_text_content(Some(&self.heard(ids.len())));
        }

        fn heard(&self, count: usize) -> String {
            let locale = self.visit.locale;
            if count == 0 {
                return String::new();
            }
            locale.t(
                format!("近い記事が{count}件あります"),
                format!("{} may answer this", locale.count(count as i64, "", "article", "articles")),
            )
        }

        /// One article: its title, and on opening the whole answer with the button that ends the search.
        fn row(&self, article: &JsValue, id: i64) -> Option<Element> {
            let row: Element = self.template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
            row.set_attribute("data-article", &id.to_string()).ok()?;
            let title: Element = dom::inside(&row, "summary > span")?;
            title.set_text_content(Some(&net::text(article, &["title"])));
            let answer: Element = dom::inside(&row, ".answer")?;
            for part in [&title, &answer] {
                part.set_attribute("lang", &net::text(article, &["locale"])).ok()?;
            }
            let actions: HtmlElement = dom::inside(&row, ".suggestion-actions")?;
            actions.set_hidden(true);
            dom::inside::<Element>(&actions, "button")?.set_attribute("value", &id.to_string()).ok()?;
            let link: Element = dom::inside(&actions, "a")?;
            let mut unread = Some((Rc::clone(&self.visit), answer, actions, link));
            dom::listen(&row, "toggle", move |_| {
                // Once: what was read stays.
                let Some((visit, answer, actions, link)) = unread.take() else { return };
                spawn_local(async move {
                    let found = visit.open(id).await;
                    // The portal has made it safe, as it does for readers.
                    answer.set_inner_html(&found.html);
                    let _ = link.set_attribute("href", &found.href);
                    actions.set_hidden(false);
                });
            });
            Some(row)
        }
    }

    fn article_of(row: &Element) -> i64 {
        row.get_attribute("data-article").and_then(|id| id.parse().ok()).unwrap_or_default()
    }
}
