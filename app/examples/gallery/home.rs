//! Home, results of a search, a category.

use app::{i18n::Locale, model::words::RequestStatus, parts::*};
use leptos::prelude::*;

pub fn home(l: Locale) -> AnyView {
    let categories = [
        (
            IconName::Rocket,
            l.t("はじめる", "Getting started"),
            l.t("アカウントの用意から最初の設定まで", "From your account to the first setup"),
        ),
        (
            IconName::Search,
            l.t("答えを探す", "Find answers"),
            l.t("検索のコツと、記事の読み方", "How to search, and how to read an article"),
        ),
        (
            IconName::Mail,
            l.t("お問い合わせ", "Ask and follow up"),
            l.t("送り方、その後の確認、添付ファイル", "Send a request, follow it, attach files"),
        ),
        (
            IconName::People,
            l.t("サインインとお支払い", "Signing in and billing"),
            l.t("サインイン用リンク、請求書、ご解約", "Sign-in links, invoices, cancelling"),
        ),
        (
            IconName::Inbox,
            l.t("デスクで対応する", "Working at the desk"),
            l.t("受信箱、返信、振り分けルール", "The inbox, replies and routing rules"),
        ),
        (
            IconName::Book,
            l.t("記事を育てる", "Keeping articles true"),
            l.t("書き方、版、見直しの時期", "Writing, revisions, reviews"),
        ),
        (
            IconName::Gear,
            l.t("管理者の設定", "For administrators"),
            l.t("メンバー、組織、受付時間", "People, organizations, support hours"),
        ),
        (
            IconName::Shield,
            l.t("安全とプライバシー", "Security and privacy"),
            l.t("守られていること、残る記録", "What is protected, what is recorded"),
        ),
    ];
    let categories = categories
        .map(|(icon, name, about)| {
            view! {
                <li>
                    <a class="category-card" href="#">
                        <Icon name=icon />
                        <span class="category-name">{name}</span>
                        <span class="category-about">{about}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let asked = [
        l.t("請求書の宛名を変更する", "Change the name on an invoice"),
        l.t("サインイン用リンクのメールが届かないとき", "When the sign-in mail does not arrive"),
        l.t("メールアドレスを変更する", "Change your e-mail address"),
        l.t("添付できるファイルの種類と大きさ", "Which files you can attach, and how large"),
        l.t("ご解約の手続きと、その後のデータ", "Cancelling, and what happens to your data"),
    ]
    .map(|title| view! { <li><a href="#"><span>{title}</span><Icon name=IconName::ChevronRight /></a></li> })
    .collect_view();
    let own = [
        (
            RequestStatus::Waiting,
            l.t("請求書の宛名を「ほしぞら商店」にしたい", "Change the name on our invoice"),
            "K-1042",
        ),
        (
            RequestStatus::Open,
            l.t("CSV の取り込みが途中で止まります", "The CSV import stops half way"),
            "K-1037",
        ),
    ]
    .map(|(status, subject, number)| {
        view! {
            <li>
                <a href="#">
                    <span class="own-request-subject">{subject}</span>
                    <span class="row">
                        <StatusChip locale=l status customer=true />
                        <span class="muted small num">{number}</span>
                    </span>
                </a>
            </li>
        }
    })
    .collect_view();
    view! {
        <div class="page">
            <section class="hero">
                <h1>{l.t("何をお探しですか", "What are you looking for")}<Mark /></h1>
                <SearchBox locale=l action="#" large=true />
                <p class="hero-ask">
                    {l.t("見つからないときは、", "Can’t find it? ")}
                    <a href="#">{l.t("サポートに質問する", "Ask our team")}</a>
                </p>
            </section>
            <section class="home-section">
                <h2>{l.t("カテゴリー", "Categories")}</h2>
                <ul class="category-grid">{categories}</ul>
            </section>
            <div class="with-side home-section">
                <section class="section">
                    <h2>{l.t("いま、よく読まれている答え", "What people ask most now")}</h2>
                    <ol class="link-list">{asked}</ol>
                </section>
                <aside class="section">
                    <h2>{l.t("お問い合わせの状況", "Your requests")}</h2>
                    <ul class="own-requests">{own}</ul>
                </aside>
            </div>
        </div>
    }
    .into_any()
}

fn facets(l: Locale) -> AnyView {
    let lines = [
        (l.t("すべて", "All"), 24, true),
        (l.t("サインインとお支払い", "Signing in and billing"), 11, false),
        (l.t("お問い合わせ", "Ask and follow up"), 7, false),
        (l.t("管理者の設定", "For administrators"), 4, false),
        (l.t("安全とプライバシー", "Security and privacy"), 2, false),
    ]
    .map(|(name, n, here)| {
        view! { <li><a href="#" aria-current=here.then_some("true")><span>{name}</span><Count n /></a></li> }
    })
    .collect_view();
    view! {
        <aside class="facets" aria-label=l.t("絞り込み", "Filters")>
            <nav aria-labelledby="facet-category">
                <h2 class="side-title" id="facet-category">{l.t("カテゴリー", "Category")}</h2>
                <ul class="facet-list">{lines}</ul>
            </nav>
        </aside>
    }
    .into_any()
}

fn result(title: Vec<Segment>, path: &'static str, excerpt: Vec<Segment>) -> AnyView {
    view! {
        <li class="result">
            <h2 class="result-title"><a href="#"><Highlight segments=title /></a></h2>
            <p class="result-path">{path}</p>
            <p class="result-excerpt"><Highlight segments=excerpt /></p>
        </li>
    }
    .into_any()
}

fn found(l: Locale) -> Vec<AnyView> {
    use Segment as S;
    let path = l.t("サインインとお支払い › 請求書", "Signing in and billing › Invoices");
    vec![
        result(
            l.t(
                vec![S::hit("請求書"), S::plain("の"), S::hit("宛名"), S::plain("を変更する")],
                vec![S::plain("Change the "), S::hit("name"), S::plain(" on an "), S::hit("invoice")],
            ),
            path,
            l.t(
                vec![
                    S::plain("「お支払い」を開き、"),
                    S::hit("宛名"),
                    S::plain("の欄を書き換えて保存します。次に発行される"),
                    S::hit("請求書"),
                    S::plain("から新しい"),
                    S::hit("宛名"),
                    S::plain("になります。発行済みのものは再発行できます。"),
                ],
                vec![
                    S::plain("Open Billing, change the "),
                    S::hit("name"),
                    S::plain(" and save. The next "),
                    S::hit("invoice"),
                    S::plain(" carries it. Those already issued can be issued again."),
                ],
            ),
        ),
        result(
            l.t(
                vec![S::hit("請求書"), S::plain("を再発行する")],
                vec![S::plain("Issue an "), S::hit("invoice"), S::plain(" again")],
            ),
            path,
            l.t(
                vec![
                    S::plain("「お支払い」の一覧から該当の月を選び、「再発行」を押します。"),
                    S::hit("宛名"),
                    S::plain("と住所は、そのときの設定が使われます。"),
                ],
                vec![
                    S::plain("Choose the month from the list and press “Issue again”. The "),
                    S::hit("name"),
                    S::plain(" and the address are those set now."),
                ],
            ),
        ),
        result(
            l.t(vec![S::plain("お支払い方法を変更する")], vec![S::plain("Change how you pay")]),
            path,
            l.t(
                vec![
                    S::plain("クレジットカードと"),
                    S::hit("請求書"),
                    S::plain("払いから選べます。"),
                    S::hit("請求書"),
                    S::plain("払いは月末締め、翌月末のお支払いです。"),
                ],
                vec![
                    S::plain("By card or by "),
                    S::hit("invoice"),
                    S::plain(". Invoices close at the end of the month and are due at the end of the next."),
                ],
            ),
        ),
    ]
}

fn ask_panel(l: Locale) -> AnyView {
    view! {
        <aside class="ask-panel">
            <div>
                <p class="strong">{l.t("この中に答えがありませんでしたか", "Not what you were looking for?")}</p>
                <p>{l.t("入力した言葉はそのまま引き継がれます。", "The words you searched for are filled in for you.")}</p>
            </div>
            <LinkButton href="#" icon=IconName::Pen>{l.t("この内容で質問する", "Ask us about it")}</LinkButton>
        </aside>
    }
    .into_any()
}

pub fn results(l: Locale) -> AnyView {
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{l.t("「請求書 宛名」の検索結果", "Results for “name on invoice”")}</h1>
                <p class="muted">{l.count(24, "件の記事が見つかりました", "article found", "articles found")}</p>
            </header>
            <div class="with-side side-first">
                <div>
                    <ol class="results">{found(l)}</ol>
                    <Pagination locale=l base="#" page=1 pages=3 />
                    {ask_panel(l)}
                </div>
                {facets(l)}
            </div>
        </div>
    }
    .into_any()
}

pub fn no_results(l: Locale) -> AnyView {
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{l.t("「請求所 当て名」に合う記事はありません", "Nothing found for “invoise adress”")}</h1>
                <p class="lead">
                    {l.t("近い言葉で見つかったものを表示しています。別の言い方でもお試しください。", "These are the nearest matches. Other words may help, too.")}
                </p>
            </header>
            <ol class="results">{found(l)}</ol>
            {ask_panel(l)}
        </div>
    }
    .into_any()
}

pub fn category(l: Locale) -> AnyView {
    let children = [l.t("請求書", "Invoices"), l.t("サインイン", "Signing in"), l.t("ご解約", "Cancelling")]
        .map(|name| view! { <li><a href="#"><span>{name}</span><Count n=6 /></a></li> })
        .collect_view();
    view! {
        <div class="page">
            <Breadcrumb locale=l steps=vec![Crumb::new(l.t("ホーム", "Home"), "#")] />
            <header class="page-head">
                <h1>{l.t("サインインとお支払い", "Signing in and billing")}</h1>
                <p class="lead">{l.t("サインイン用リンク、メールアドレス、請求書、ご解約", "Sign-in links, e-mail addresses, invoices, cancelling")}</p>
            </header>
            <div class="with-side side-first">
                <div><ol class="results">{found(l)}</ol></div>
                <aside class="facets">
                    <nav aria-labelledby="facet-sub">
                        <h2 class="side-title" id="facet-sub">{l.t("この中のカテゴリー", "Inside this category")}</h2>
                        <ul class="facet-list">{children}</ul>
                    </nav>
                </aside>
            </div>
        </div>
    }
    .into_any()
}
