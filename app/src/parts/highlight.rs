//! Text in which the words that were searched for are marked.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A run of text; `hit` runs matched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Segment {
    pub text: String,
    pub hit: bool,
}

impl Segment {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), hit: false }
    }

    pub fn hit(text: impl Into<String>) -> Self {
        Self { text: text.into(), hit: true }
    }
}

/// Runs of text, the matching ones in `<mark>`.
#[component]
pub fn Highlight(segments: Vec<Segment>) -> AnyView {
    segments
        .into_iter()
        .map(|segment| {
            if segment.hit {
                view! { <mark>{segment.text}</mark> }.into_any()
            } else {
                segment.text.into_any()
            }
        })
        .collect_view()
        .into_any()
}
