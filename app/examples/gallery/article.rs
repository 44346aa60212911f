//! An article with everything that prose may contain.

use app::{i18n::Locale, model::form::Choice, parts::*};
use leptos::prelude::*;

pub fn article(l: Locale) -> AnyView {
    let steps = vec![
        Crumb::new(l.t("ホーム", "Home"), "#"),
        Crumb::new(l.t("サインインとお支払い", "Signing in and billing"), "#"),
        Crumb::new(l.t("請求書", "Invoices"), "#"),
    ];
    let toc = [
        ("change", l.t("宛名を変更する", "Change the name"), 2),
        ("reissue", l.t("発行済みの請求書を出し直す", "Issue an earlier invoice again"), 2),
        ("who", l.t("変更できる人", "Who can change it"), 2),
        ("api", l.t("API で変更する", "Change it through the API"), 3),
    ]
    .map(|(anchor, text, level)| TocEntry { anchor: anchor.into(), text: text.into(), level })
    .to_vec();
    let related = [
        l.t("請求書を再発行する", "Issue an invoice again"),
        l.t("お支払い方法を変更する", "Change how you pay"),
        l.t("請求先を組織ごとに分ける", "Separate billing per organization"),
    ]
    .map(|title| view! { <li><a href="#"><span>{title}</span><Icon name=IconName::ChevronRight /></a></li> })
    .collect_view();
    view! {
        <div class="page">
            <Breadcrumb locale=l steps />
            <div class="article-layout">
                <article class="article-main">
                    <header class="article-head">
                        <h1>{l.t("請求書の宛名を変更する", "Change the name on an invoice")}</h1>
                        <p class="article-meta">
                            <span>{l.t("2026年6月12日に見直し", "Reviewed 12 June 2026")}</span>
                            <span>{l.t("担当：答野 みどり", "Owner: Midori Kotaeno")}</span>
                            <span>{l.t("第7版", "Version 7")}</span>
                        </p>
                    </header>
                    <div class="prose" inner_html=l.t(JA, EN)></div>
                    {feedback(l)}
                    <section class="related">
                        <h2>{l.t("関連する記事", "Related articles")}</h2>
                        <ul class="link-list">{related}</ul>
                    </section>
                </article>
                <aside class="article-side sticky"><Toc locale=l entries=toc /></aside>
            </div>
        </div>
    }
    .into_any()
}

fn feedback(l: Locale) -> AnyView {
    let reasons = vec![
        Choice::new("missing", l.t("知りたいことが書かれていない", "It does not say what I need")),
        Choice::new("unclear", l.t("わかりにくい", "It is hard to understand")),
        Choice::new("wrong", l.t("書いてあるとおりにならない", "It does not work as written")),
    ];
    view! {
        <section class="feedback">
            <h2>{l.t("この記事で解決しましたか", "Did this solve it?")}</h2>
            <PostButton action="#" csrf="" icon=IconName::Check>{l.t("はい", "Yes")}</PostButton>
            <Disclosure label=l.t("いいえ", "No") end=true>
                <form class="form" method="post" action="#">
                    <Csrf token="" />
                    <Radios locale=l name="reason" legend=l.t("どこが足りませんでしたか", "What was missing?") choices=reasons optional=true />
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary>{l.t("送信する", "Send")}</Button>
                        <a href="#">{l.t("質問する", "Ask us")}</a>
                    </div>
                </form>
            </Disclosure>
        </section>
    }
    .into_any()
}

const JA: &str = r##"
<p>「お支払い」の画面で<strong>宛名</strong>を書き換えると、次に発行される請求書から新しい宛名になります。発行済みの請求書も、同じ画面から出し直せます。</p>
<h2 id="change">宛名を変更する<a class="anchor" href="#change" aria-label="この見出しへのリンク"></a></h2>
<ol><li>右上の名前から「お支払い」を開きます。</li><li>「請求先」の<strong>宛名</strong>を書き換えます。<ul><li>会社名だけでも、部署名まで入れてもかまいません。</li><li>敬称（御中・様）は自動で付きます。</li></ul></li><li>「保存」を押します。<kbd>Ctrl</kbd> + <kbd>S</kbd> でも保存できます。</li></ol>
<div class="callout callout-tip"><p class="callout-title">ヒント</p><p>宛名を取引先ごとに分けたいときは、<a href="#">請求先を組織ごとに分ける</a>をご覧ください。</p></div>
<h2 id="reissue">発行済みの請求書を出し直す<a class="anchor" href="#reissue" aria-label="この見出しへのリンク"></a></h2>
<p>一覧から該当の月を選び、「再発行」を押します。番号は変わらず、<em>再発行</em>の文字と日付が入ります。</p>
<div class="callout callout-warning"><p class="callout-title">注意</p><p>締め日（毎月末日）から 90 日を過ぎた請求書は再発行できません。</p></div>
<table><thead><tr><th>お支払い方法</th><th>宛名の反映</th><th>再発行</th></tr></thead><tbody><tr><td>クレジットカード</td><td>すぐに</td><td>できます</td></tr><tr><td>請求書払い</td><td>翌月発行分から</td><td>90 日以内</td></tr><tr><td>代理店経由</td><td>代理店へご連絡ください</td><td>—</td></tr></tbody></table>
<h2 id="who">変更できる人<a class="anchor" href="#who" aria-label="この見出しへのリンク"></a></h2>
<p>組織の管理者と、経理の役割を持つ人です。役割の確認は <code>設定 → メンバー</code> からできます。<sup><a href="#fn1" id="r1">1</a></sup></p>
<h3 id="api">API で変更する<a class="anchor" href="#api" aria-label="この見出しへのリンク"></a></h3>
<div class="code-block"><pre><code>curl -X PATCH https://api.example.com/v1/billing \
  -H "Authorization: Bearer $TOKEN" \
  -d '{"addressee": "ほしぞら商店"}'</code></pre><button class="code-copy" type="button">コピー</button></div>
<blockquote><p>宛名の変更は監査ログに残ります。</p></blockquote>
<section class="footnotes"><ol><li id="fn1"><p>役割は組織ごとに決まります。</p></li></ol></section>
"##;

const EN: &str = r##"
<p>Change the <strong>name</strong> under Billing, and the next invoice carries it. Invoices that were issued before can be issued again from the same page.</p>
<h2 id="change">Change the name<a class="anchor" href="#change" aria-label="Link to this heading"></a></h2>
<ol><li>Open <em>Billing</em> from your name at the top right.</li><li>Change the <strong>name</strong> under “Bill to”.<ul><li>The company alone will do; a department may follow.</li><li>Titles are added where they are customary.</li></ul></li><li>Press “Save”, or <kbd>Ctrl</kbd> + <kbd>S</kbd>.</li></ol>
<div class="callout callout-tip"><p class="callout-title">Tip</p><p>To bill several companies apart, see <a href="#">Separate billing per organization</a>.</p></div>
<h2 id="reissue">Issue an earlier invoice again<a class="anchor" href="#reissue" aria-label="Link to this heading"></a></h2>
<p>Choose the month from the list and press “Issue again”. The number stays; the word <em>reissued</em> and the date are added.</p>
<div class="callout callout-warning"><p class="callout-title">Warning</p><p>Invoices cannot be issued again 90 days after they closed.</p></div>
<table><thead><tr><th>You pay by</th><th>The new name appears</th><th>Issue again</th></tr></thead><tbody><tr><td>Card</td><td>At once</td><td>Yes</td></tr><tr><td>Invoice</td><td>From next month</td><td>Within 90 days</td></tr><tr><td>Reseller</td><td>Ask your reseller</td><td>—</td></tr></tbody></table>
<h2 id="who">Who can change it<a class="anchor" href="#who" aria-label="Link to this heading"></a></h2>
<p>Administrators of the organization and people with the accounting role. See <code>Settings → People</code>.<sup><a href="#fn1" id="r1">1</a></sup></p>
<h3 id="api">Change it through the API<a class="anchor" href="#api" aria-label="Link to this heading"></a></h3>
<div class="code-block"><pre><code>curl -X PATCH https://api.example.com/v1/billing \
  -H "Authorization: Bearer $TOKEN" \
  -d '{"addressee": "Hoshizora Trading"}'</code></pre><button class="code-copy" type="button">Copy</button></div>
<blockquote><p>Every change of the name is kept in the audit log.</p></blockquote>
<section class="footnotes"><ol><li id="fn1"><p>Roles are set per organization.</p></li></ol></section>
"##;
