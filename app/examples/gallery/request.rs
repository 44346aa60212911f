//! A customer's own requests, and one of them.

use app::{i18n::Locale, model::words::RequestStatus, parts::*};
use leptos::prelude::*;

pub fn customer(l: Locale) -> AnyView {
    let hotaru = l.t("夜空 ほたる", "Hotaru Yozora");
    let midori = l.t("答野 みどり", "Midori Kotaeno");
    let file = Attachment {
        name: l.t("請求書_6月.pdf", "invoice-june.pdf").into(),
        size: "84 kB".into(),
        href: "#".into(),
    };
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale=l steps=vec![Crumb::new(l.t("お問い合わせ履歴", "My requests"), "#")] />
            <header class="request-head">
                <p class="request-number">"K-1042"</p>
                <h1>{l.t("請求書の宛名を「ほしぞら商店」にしたい", "Change the name on our invoice")}</h1>
                <p class="row"><StatusChip locale=l status=RequestStatus::Waiting customer=true /><span class="muted small">{l.t("更新：6月12日 13:05", "Updated 12 June, 13:05")}</span></p>
            </header>
            <div class="thread">
                <MessageItem locale=l kind=MessageKind::Customer author=hotaru datetime="2026-06-12T10:12:00+09:00" when=l.t("6月12日 10:12", "12 June, 10:12") attachments=vec![file]>
                    <p>{l.t("先月から会社名が変わりました。今月分の請求書から新しい宛名にしたいのですが、どこで変更できますか。", "Our company has a new name since last month. Where can we change it for this month’s invoice?")}</p>
                </MessageItem>
                <MessageItem locale=l kind=MessageKind::Reply author=midori datetime="2026-06-12T13:05:00+09:00" when=l.t("6月12日 13:05", "12 June, 13:05")>
                    <div class="prose prose-compact">
                        <p>{l.t("お問い合わせありがとうございます。「お支払い」の画面から変更いただけます。手順は次の記事にまとめています。", "Thank you for asking. You can change it under Billing; the steps are in this article:")}</p>
                        <p><a href="#">{l.t("請求書の宛名を変更する", "Change the name on an invoice")}</a></p>
                        <p>{l.t("今月分はまだ発行前ですので、20日までに変更いただければ間に合います。", "This month’s invoice has not been issued yet: a change before the 20th will be on it.")}</p>
                    </div>
                </MessageItem>
            </div>
            <form class="form reply-form" method="post" action="#">
                <Csrf token="" />
                <TextArea locale=l name="body" label=l.t("返信", "Your reply") rows=5 />
                <FileField locale=l name="files" label=l.t("添付ファイル", "Attachments") optional=true multiple=true hint=l.t("5 個まで、1 個 10 MB まで。", "Up to 5 files of 10 MB.") />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary icon=IconName::Send>{l.t("返信する", "Send reply")}</Button>
                    <Button icon=IconName::Check>{l.t("解決した", "It is solved")}</Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

pub fn list(l: Locale) -> AnyView {
    let rows = [
        (
            RequestStatus::Waiting,
            l.t("請求書の宛名を「ほしぞら商店」にしたい", "Change the name on our invoice"),
            "K-1042",
            l.t("6月12日", "12 June"),
        ),
        (
            RequestStatus::Open,
            l.t("CSV の取り込みが途中で止まります", "The CSV import stops half way"),
            "K-1037",
            l.t("6月10日", "10 June"),
        ),
        (
            RequestStatus::Solved,
            l.t("サインイン用リンクのメールが届きません", "The sign-in mail does not arrive"),
            "K-0988",
            l.t("5月28日", "28 May"),
        ),
        (
            RequestStatus::Closed,
            l.t("添付できるファイルを増やしてほしい", "Allow more attachments"),
            "K-0921",
            l.t("5月2日", "2 May"),
        ),
    ]
    .map(|(status, subject, number, when)| {
        view! {
            <li>
                <a href="#">
                    <span class="request-subject">{subject}</span>
                    <StatusChip locale=l status customer=true />
                    <span class="request-meta num">{number}" · "{when}</span>
                </a>
            </li>
        }
    })
    .collect_view();
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{l.t("お問い合わせ履歴", "My requests")}</h1>
                <div class="page-actions"><LinkButton href="#" icon=IconName::Pen>{l.t("質問する", "Ask us")}</LinkButton></div>
            </header>
            <ul class="request-list">{rows}</ul>
            <Pagination locale=l base="#" page=2 pages=4 />
        </div>
    }
    .into_any()
}
