//! Tells at the foot of the list what has come in since it was drawn. The list stays as it is until somebody asks for it:
//! nothing moves under a hand that is about to press a line.

use leptos::prelude::*;

/// `after`: the last message there was when the list of this view was drawn. `href` draws it again, `label` says so.
#[island]
pub fn DeskNews(view: String, after: i64, href: String, label: String) -> impl IntoView {
    let news = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::ask_again(&view, after, news));
    #[cfg(not(feature = "hydrate"))]
    let _ = (view, after);
    let link = move || (!news.read().is_empty()).then(|| view! { <a href=href.clone()>{label.clone()}</a> });
    view! {
        <p class="inbox-news" role="status">
            <span>{move || news.get()}</span>
            {link}
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::leptos_dom::helpers::set_interval;
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use crate::islands::net;

    /// How often the list asks.
    const ASK: Duration = Duration::from_secs(20);

    pub(super) fn ask_again(view: &str, after: i64, news: RwSignal<String>) {
        let title = document().title();
        let path = format!("/api/v1/desk/inbox/news?view={view}&after={after}");
        let ask = move || {
            let (title, path) = (title.clone(), path.clone());
            spawn_local(async move {
                let Some(answer) = net::get(&path).await else { return };
                let requests = net::number(&answer, "requests");
                // Somebody who works in another tab sees it, too.
                match requests {
                    0 => document().set_title(&title),
                    _ => document().set_title(&format!("({requests}) {title}")),
                }
                news.set(net::text(&answer, &["text"]));
            });
        };
        set_interval(ask, ASK);
    }
}
