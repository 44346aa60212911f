//! Tables of data.

use leptos::prelude::*;

/// One column's heading, empty for a column of buttons. `num` aligns numbers to the right; `sort` is the address that sorts by it.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub title: String,
    pub num: bool,
    pub sort: Option<Sort>,
}

/// How a column sorts: where its heading leads, and how it is sorted now (`ascending`, `descending`).
#[derive(Clone, Debug)]
pub struct Sort {
    pub href: String,
    pub now: Option<&'static str>,
}

impl Column {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A column of numbers.
    pub fn num(title: impl Into<String>) -> Self {
        Self { title: title.into(), num: true, sort: None }
    }

    #[must_use]
    pub fn sorted(mut self, href: impl Into<String>, now: Option<&'static str>) -> Self {
        self.sort = Some(Sort { href: href.into(), now });
        self
    }
}

/// A table with a caption (hidden from sight unless `caption_shown`) that scrolls sideways by itself on narrow
/// screens. The children are the rows: `<tr><td>…</td></tr>`; a row's first cell may be a `<th scope="row">`.
/// With `stacked` each row is a card on a phone instead, in which every cell says its `data-label`: for lists of things,
/// where no column is compared with its neighbours.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    #[prop(optional)] caption_shown: bool,
    #[prop(optional)] stacked: bool,
    children: Children,
) -> AnyView {
    let headings = columns
        .into_iter()
        .map(|column| {
            let unnamed = column.title.is_empty();
            let class = column.num.then_some("num");
            let sorted = column.sort.as_ref().and_then(|sort| sort.now);
            let title = match column.sort {
                Some(sort) => view! { <a class="sort" href=sort.href>{column.title}</a> }.into_any(),
                None => column.title.into_any(),
            };
            // A column of buttons needs no name; an empty heading would be read out as one.
            if unnamed {
                view! { <td></td> }.into_any()
            } else {
                view! { <th scope="col" class=class aria-sort=sorted>{title}</th> }.into_any()
            }
        })
        .collect_view();
    let name = caption.clone();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=name>
            <table class=if stacked { "table table-stacked" } else { "table" }>
                <caption class=(!caption_shown).then_some("visually-hidden")>{caption}</caption>
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
