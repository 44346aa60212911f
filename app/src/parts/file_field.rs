//! Files to send along.

use leptos::prelude::*;

use super::form::Frame;
use crate::i18n::Locale;

/// A file control. The hint should name the limits ("Up to 5 files, 10 MB each").
#[component]
pub fn FileField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] multiple: bool,
    /// What the browser offers: `image/png,.pdf`.
    #[prop(optional, into)]
    accept: Option<String>,
    #[prop(optional, into)] id: Option<String>,
) -> AnyView {
    let id = id.unwrap_or_else(|| name.clone());
    let frame = Frame { locale, id: id.clone(), label, hint, error, optional, label_hidden: false };
    let control = view! {
        <input
            class="file-input"
            type="file"
            id=id
            name=name
            multiple=multiple
            accept=accept
            aria-invalid=frame.invalid()
            aria-describedby=frame.described_by()
        />
    };
    frame.around(control.into_any())
}

/// Files that hang on a message: name, size, a link that downloads.
#[component]
pub fn Attachments(locale: Locale, files: Vec<Attachment>) -> AnyView {
    if files.is_empty() {
        return ().into_any();
    }
    let rows = files
        .into_iter()
        .map(|file| {
            view! {
                <li>
                    <a class="attachment" href=file.href>
                        <super::Icon name=super::IconName::Attach />
                        <span class="clip">{file.name}</span>
                        <span class="muted small nowrap">{file.size}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="attachments" aria-label=locale.t("添付ファイル", "Attachments")>{rows}</ul> }
        .into_any()
}

/// One attached file; `size` is written for the reader ("1.2 MB").
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attachment {
    pub name: String,
    pub size: String,
    pub href: String,
}
