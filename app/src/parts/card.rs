//! A part of a page with a frame of its own.

use leptos::prelude::*;

/// A frame with an optional heading (`h2`) and something at the heading's end (a link, a count).
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional)] aside: Option<AnyView>,
    #[prop(optional, into)] class: String,
    children: Children,
) -> AnyView {
    view! {
        <section class=format!("card {class}")>
            {title
                .map(|title| {
                    view! {
                        <div class="card-head">
                            <h2>{title}</h2>
                            {aside}
                        </div>
                    }
                })}
            {children()}
        </section>
    }
    .into_any()
}

/// One number with its name, a sentence about it, and a drawing of its past.
#[component]
pub fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] about: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    view! {
        <div class="figure">
            <p class="figure-label">{label}</p>
            <p class="figure-value">{value}</p>
            {about.map(|about| view! { <p class="figure-about">{about}</p> })}
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
