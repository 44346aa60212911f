//! A customer's words beside the editor: a hint for whoever writes, and the question before they get published.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{editor::CustomersWords, figures::Tone},
    parts::*,
};

/// The value of the button that publishes although the customer's words are in the text.
pub const PUBLISH_ANYWAY: &str = "publish-anyway";

/// What was asked, next to the answer that is being written.
pub(super) fn hint(locale: Locale, words: CustomersWords, open: bool) -> AnyView {
    let CustomersWords { request, phrases } = words;
    let title = locale.t(
        format!("お客様の言葉（お問い合わせ #{request}）"),
        format!("The customer’s words (request #{request})"),
    );
    let list = (!phrases.is_empty()).then(|| {
        let lines = phrases.into_iter().map(|phrase| view! { <li>{phrase}</li> }).collect_view();
        view! { <ul>{lines}</ul> }
    });
    view! {
        <Fold title=title open=open>
            <p class="small muted">
                {locale.t(
                    "書くときの手がかりです。記事には入りません。名前や連絡先は取り除いてあります。",
                    "A hint for whoever writes, and no part of the article. Names and addresses have been removed.",
                )}
            </p>
            <div class="prose prose-compact">{list}</div>
            <p><a href=format!("/desk/requests/{request}")>{locale.t("お問い合わせを開く", "Open the request")}</a></p>
        </Fold>
    }
    .into_any()
}

/// Before publishing: these lines are not one's own.
pub(super) fn ask_back(locale: Locale, lines: Vec<String>) -> AnyView {
    let title = locale.t(
        "公開する前に、お客様の言葉を書き直してください",
        "Before you publish: these are a customer’s words",
    );
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <Notice tone=Tone::Warn title live=true>
            <p>
                {locale.t(
                    "次の行は、お客様がお問い合わせに書いた言葉のままです。公開すると、誰でも読めるようになります。",
                    "These lines stand as a customer wrote them in a request. Once published, anybody can read them.",
                )}
            </p>
            <ul>{lines}</ul>
            <p>
                {locale.t(
                    "自分の言葉に直してから、もう一度公開してください。残してよい言葉なら「このまま公開する」を押します。まだ何も保存していません。",
                    "Put them into your own words and publish again; if they may stay, choose “Publish as it is”. Nothing has been saved yet.",
                )}
            </p>
        </Notice>
    }
    .into_any()
}
