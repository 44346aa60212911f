//! Writing an article.

use app::{
    i18n::Locale,
    model::{figures::Tone, form::Choice},
    parts::*,
};
use leptos::prelude::*;

pub fn editor(l: Locale) -> AnyView {
    let tabs = vec![
        Tab { text: "日本語".into(), href: "#".into(), count: None, here: l == Locale::Ja },
        Tab { text: "English".into(), href: "#".into(), count: None, here: l == Locale::En },
        Tab { text: l.t("版の履歴", "Revisions").into(), href: "#".into(), count: Some(7), here: false },
    ];
    view! {
        <div class="page page-wide">
            <Breadcrumb locale=l steps=vec![Crumb::new(l.t("記事", "Articles"), "#")] />
            <header class="page-head">
                <h1>{l.t("請求書の宛名を変更する", "Change the name on an invoice")}</h1>
                <p class="row"><State tone=Tone::Good text=l.t("公開中", "Published") /><span class="muted small">{l.t("第7版 · 6月12日 答野 みどり", "Version 7 · 12 June, Midori Kotaeno")}</span></p>
                <div class="page-actions">
                    <LinkButton href="#" icon=IconName::External>{l.t("お客様の画面で見る", "View as a customer")}</LinkButton>
                </div>
            </header>
            <Tabs label=l.t("言語と版", "Languages and revisions") tabs />
            <form class="editor form" method="post" action="#">
                <Csrf token="" />
                <div class="grid-2">
                    <TextField locale=l name="title" label=l.t("題名", "Title") value=l.t("請求書の宛名を変更する", "Change the name on an invoice") />
                    <TextField locale=l name="summary" label=l.t("要約", "Summary") optional=true value=l.t("「お支払い」で宛名を書き換えます。", "Change the name under Billing.") />
                </div>
                <div class="editor-panes">
                    <div class="editor-bar">
                        <Button small=true kind=ButtonKind::Quiet icon=IconName::Bold>{l.t("太字", "Bold")}</Button>
                        <Button small=true kind=ButtonKind::Quiet icon=IconName::Link>{l.t("リンク", "Link")}</Button>
                        <Button small=true kind=ButtonKind::Quiet icon=IconName::Image>{l.t("画像", "Image")}</Button>
                        <Button small=true kind=ButtonKind::Quiet icon=IconName::Code>{l.t("コード", "Code")}</Button>
                    </div>
                    <TextArea locale=l name="body" label=l.t("本文（Markdown）", "Body (Markdown)") label_hidden=true code=true rows=18 value=l.t(JA, EN) />
                    <div class="editor-preview">
                        <p class="side-title">{l.t("プレビュー", "Preview")}</p>
                        <div class="prose" inner_html=l.t(JA_HTML, EN_HTML)></div>
                    </div>
                </div>
                <div class="grid-3">
                    <Select locale=l name="category" label=l.t("カテゴリー", "Category") choices=vec![Choice::new("1", l.t("サインインとお支払い › 請求書", "Signing in and billing › Invoices"))] />
                    <TextField locale=l name="tags" label=l.t("タグ", "Tags") value="billing, invoice" optional=true />
                    <TextField locale=l name="slug" label=l.t("アドレス", "Slug") value="change-invoice-name" />
                </div>
                <div class="save-bar">
                    <Button kind=ButtonKind::Primary>{l.t("公開する", "Publish")}</Button>
                    <Button>{l.t("下書きとして保存", "Save as a draft")}</Button>
                    <TextField locale=l name="note" label=l.t("変更の要点", "What changed") label_hidden=true placeholder=l.t("変更の要点（任意）", "What changed (optional)") optional=true width="w-medium" />
                </div>
            </form>
        </div>
    }
    .into_any()
}

const JA: &str = "「お支払い」の画面で**宛名**を書き換えると、次に発行される請求書から新しい宛名になります。\n\n## 宛名を変更する\n\n1. 右上の名前から「お支払い」を開きます。\n2. 「請求先」の**宛名**を書き換えます。\n3. 「保存」を押します。\n\n> [!TIP]\n> 取引先ごとに分けたいときは、別の記事をご覧ください。";
const EN: &str = "Change the **name** under Billing, and the next invoice carries it.\n\n## Change the name\n\n1. Open *Billing* from your name at the top right.\n2. Change the **name** under “Bill to”.\n3. Press “Save”.\n\n> [!TIP]\n> To bill several companies apart, see the other article.";
const JA_HTML: &str = "<p>「お支払い」の画面で<strong>宛名</strong>を書き換えると、次に発行される請求書から新しい宛名になります。</p><h2>宛名を変更する</h2><ol><li>右上の名前から「お支払い」を開きます。</li><li>「請求先」の<strong>宛名</strong>を書き換えます。</li><li>「保存」を押します。</li></ol><div class='callout callout-tip'><p class='callout-title'>ヒント</p><p>取引先ごとに分けたいときは、別の記事をご覧ください。</p></div>";
const EN_HTML: &str = "<p>Change the <strong>name</strong> under Billing, and the next invoice carries it.</p><h2>Change the name</h2><ol><li>Open <em>Billing</em> from your name at the top right.</li><li>Change the <strong>name</strong> under “Bill to”.</li><li>Press “Save”.</li></ol><div class='callout callout-tip'><p class='callout-title'>Tip</p><p>To bill several companies apart, see the other article.</p></div>";
