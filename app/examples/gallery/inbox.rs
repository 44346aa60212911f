//! The inbox with its reading pane: a request as CRE see it.

use app::{
    i18n::Locale,
    model::{
        form::Choice,
        words::{Priority, RequestKind, RequestStatus},
    },
    parts::*,
};
use leptos::prelude::*;

struct Row {
    from: &'static str,
    when: &'static str,
    subject: &'static str,
    excerpt: &'static str,
    status: RequestStatus,
    priority: Priority,
    tags: Vec<&'static str>,
    unread: bool,
}

fn rows(l: Locale) -> Vec<Row> {
    let row = |from, when, subject, excerpt, status, priority, tags, unread| Row {
        from,
        when,
        subject,
        excerpt,
        status,
        priority,
        tags,
        unread,
    };
    use Priority as P;
    use RequestStatus as S;
    let hoshizora = l.t("夜空 ほたる · ほしぞら商店", "Hotaru Yozora · Hoshizora Trading");
    let tsumugi = l.t("朝凪 つむぎ · ほしぞら商店", "Tsumugi Asanagi · Hoshizora Trading");
    vec![
        row(
            hoshizora,
            l.t("12 分前", "12 min"),
            l.t("請求書の宛名を「ほしぞら商店」にしたい", "Change the name on our invoice"),
            l.t(
                "先月から会社名が変わりました。今月分の請求書から…",
                "Our company has a new name since last month. Where…",
            ),
            S::New,
            P::Normal,
            vec!["billing"],
            true,
        ),
        row(
            tsumugi,
            l.t("38 分前", "38 min"),
            l.t("全員サインインできません", "Nobody can sign in"),
            l.t(
                "朝から誰もリンクのメールを受け取れていません。",
                "Since this morning nobody has received the mail.",
            ),
            S::New,
            P::Urgent,
            vec!["sign-in", "mail"],
            true,
        ),
        row(
            "penny@lanternfish.example",
            l.t("1 時間前", "1 h"),
            l.t("CSV の取り込みが途中で止まります", "The CSV import stops half way"),
            l.t(
                "3,000 行目あたりで止まり、エラーも出ません。",
                "It stops around line 3,000 without an error.",
            ),
            S::Open,
            P::High,
            vec!["import"],
            false,
        ),
        row(
            hoshizora,
            l.t("3 時間前", "3 h"),
            l.t("添付できるファイルを増やしてほしい", "Allow more attachments"),
            l.t("設計図を送るとき 5 個では足りません。", "Five are not enough when we send drawings."),
            S::Waiting,
            P::Low,
            vec!["idea"],
            false,
        ),
        row(
            tsumugi,
            l.t("昨日", "Yesterday"),
            l.t("メールアドレスを変更したい", "Change my e-mail address"),
            l.t("部署が変わり、アドレスも変わりました。", "I moved to another department."),
            S::Open,
            P::Normal,
            vec!["account"],
            false,
        ),
        row(
            "penny@lanternfish.example",
            l.t("昨日", "Yesterday"),
            l.t("解約したあとのデータについて", "What happens to our data after cancelling"),
            l.t("保存期間を知りたいです。", "How long is it kept?"),
            S::Open,
            P::Normal,
            vec!["account", "privacy"],
            false,
        ),
    ]
}

pub fn inbox(l: Locale) -> AnyView {
    let tabs = [
        (l.t("未割り当て", "Unassigned"), 4, true),
        (l.t("自分", "Mine"), 7, false),
        (l.t("お客様待ち", "Waiting"), 12, false),
        (l.t("対応中すべて", "All open"), 23, false),
        (l.t("解決", "Solved"), 318, false),
    ]
    .map(|(text, count, here)| Tab { text: text.into(), href: "#".into(), count: Some(count), here })
    .to_vec();
    let items = rows(l)
        .into_iter()
        .enumerate()
        .map(|(n, row)| {
            let tags = row.tags.iter().map(|tag| view! { <Tag name=tag.to_string() /> }).collect_view();
            view! {
                <li class=if row.unread { "inbox-item unread" } else { "inbox-item" } aria-current=(n == 0).then_some("true")>
                    <p class="inbox-from"><span class="clip">{row.from}</span><Time datetime="2026-06-12" text=row.when /></p>
                    <p class="inbox-subject clip"><a href="#">{row.subject}</a></p>
                    <p class="inbox-excerpt clip">{row.excerpt}</p>
                    <p class="inbox-labels"><StatusChip locale=l status=row.status /><PriorityChip locale=l priority=row.priority />{tags}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="inbox has-request">
            <section class="inbox-list" aria-label=l.t("一覧", "List")>
                <header class="inbox-head">
                    <h2>{l.t("受信箱", "Inbox")}</h2>
                    <SearchBox locale=l action="#" label=l.t("お問い合わせを検索", "Search requests") />
                </header>
                <Tabs label=l.t("ビュー", "Views") tabs />
                <Fold title=l.t("絞り込みと並び順", "Filter and sort")>
                    <form class="filters" method="get" action="#">
                        <Select locale=l name="assignee" label=l.t("担当", "Assignee") empty=l.t("全員", "Anyone") choices=vec![] />
                        <Select locale=l name="tag" label=l.t("タグ", "Tag") empty=l.t("すべて", "Any") choices=vec![] />
                        <Select locale=l name="sort" label=l.t("並び順", "Sort") empty=l.t("新しい順", "Newest") choices=vec![] />
                        <Button icon=IconName::Filter>{l.t("絞り込む", "Filter")}</Button>
                    </form>
                </Fold>
                <ol class="inbox-items">{items}</ol>
            </section>
            {reading(l)}
        </div>
    }
    .into_any()
}

fn reading(l: Locale) -> AnyView {
    view! {
        <section class="reading" aria-labelledby="request-title">
            <header class="reading-head">
                <div class="row row-between">
                    <p class="reading-meta"><span class="num">"K-1042"</span><KindChip locale=l kind=RequestKind::Question /><StatusChip locale=l status=RequestStatus::New /></p>
                    <div class="toolbar">
                        <Button small=true key="a" icon=IconName::User>{l.t("自分が担当", "Take it")}" "<Kbd key="a" /></Button>
                        <Disclosure small=true end=true label=l.t("その他", "More") icon=IconName::More>
                            <Button small=true kind=ButtonKind::Quiet icon=IconName::Note>{l.t("記事の下書きにする", "Turn into a draft article")}</Button>
                            <Button small=true kind=ButtonKind::Quiet icon=IconName::Link>{l.t("お客様のリンクを無効にする", "Revoke the private link")}</Button>
                        </Disclosure>
                    </div>
                </div>
                <h1 id="request-title">{l.t("請求書の宛名を「ほしぞら商店」にしたい", "Change the name on our invoice")}</h1>
            </header>
            <div class="reading-body">
                <div class="reading-main">
                    {thread(l)}
                    {reply(l)}
                </div>
                {side(l)}
            </div>
        </section>
    }
    .into_any()
}

fn thread(l: Locale) -> AnyView {
    let when = |ja, en| l.t(ja, en);
    view! {
        <div class="thread">
            <MessageItem locale=l kind=MessageKind::Customer author=l.t("夜空 ほたる", "Hotaru Yozora") datetime="2026-06-12T10:12:00+09:00" when=when("今日 10:12", "Today, 10:12") attachments=vec![Attachment { name: l.t("請求書_6月.pdf", "invoice-june.pdf").into(), size: "84 kB".into(), href: "#".into() }]>
                <p>{l.t("先月から会社名が変わりました。今月分の請求書から新しい宛名にしたいのですが、どこで変更できますか。", "Our company has a new name since last month. Where can we change it for this month’s invoice?")}</p>
            </MessageItem>
            <EventItem icon=IconName::Route text=l.t("ルール 3「お支払い」がタグ billing を付けました", "Tagged billing by rule 3 “Billing”") datetime="2026-06-12T10:12:00+09:00" when="10:12" />
            <MessageItem locale=l kind=MessageKind::Note author=l.t("問川 そら", "Sora Toikawa") datetime="2026-06-12T10:20:00+09:00" when=when("今日 10:20", "Today, 10:20")>
                <p>{l.t("今月分は 20 日に発行予定。それまでに変更してもらえれば間に合います。", "This month’s invoice goes out on the 20th. A change before then is in time.")}</p>
            </MessageItem>
        </div>
    }
    .into_any()
}

fn reply(l: Locale) -> AnyView {
    let modes = vec![
        Choice::new("reply", l.t("公開の返信", "Public reply")),
        Choice::new("note", l.t("社内メモ", "Internal note")),
    ];
    view! {
        <form class="reply" method="post" action="#" aria-label=l.t("返信", "Reply")>
            <Csrf token="" />
            <Radios locale=l name="mode" legend=l.t("種類", "Kind") choices=modes selected="reply" legend_hidden=true />
            <TextArea locale=l name="body" label=l.t("本文", "Text") label_hidden=true rows=5 value=l.t("ほたる様\n\nお問い合わせありがとうございます。", "Hello Hotaru,\n\nthank you for asking.") />
            <div class="row">
                <Disclosure small=true label=l.t("記事を挿入", "Insert an article") icon=IconName::Book>
                    <TextField locale=l name="find" label=l.t("記事を検索", "Search articles") />
                </Disclosure>
                <Button small=true kind=ButtonKind::Quiet icon=IconName::Attach>{l.t("添付", "Attach")}</Button>
            </div>
            <div class="form-actions">
                <Button kind=ButtonKind::Primary icon=IconName::Send>{l.t("送信してお客様待ちに", "Send, wait for customer")}</Button>
                <Button icon=IconName::Check>{l.t("送信して解決", "Send and solve")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn side(l: Locale) -> AnyView {
    let priorities = Priority::ALL.map(|priority| Choice::new(priority.code(), priority.label(l))).to_vec();
    let statuses = RequestStatus::ALL.map(|status| Choice::new(status.code(), status.label(l))).to_vec();
    view! {
        <aside class="reading-side" aria-label=l.t("詳細", "Details")>
            <form class="form" method="post" action="#">
                <Select locale=l name="status" label=l.t("状態", "Status") choices=statuses selected="new" />
                <Select locale=l name="priority" label=l.t("優先度", "Priority") choices=priorities selected="normal" />
                <Select locale=l name="to" label=l.t("担当", "Assignee") empty=l.t("未割り当て", "Unassigned") choices=vec![Choice::new("1", l.t("答野 みどり", "Midori Kotaeno"))] />
                <TextField locale=l name="tags" label=l.t("タグ", "Tags") value="billing" />
                <div><Button small=true>{l.t("変更を保存", "Save")}</Button></div>
            </form>
            <section class="stack stack-s">
                <h3>{l.t("お客様", "Customer")}</h3>
                <p class="strong">{l.t("夜空 ほたる", "Hotaru Yozora")}</p>
                <p class="muted">"hotaru@hoshizora.example"</p>
                <p><a href="#">{l.t("ほしぞら商店", "Hoshizora Trading")}</a></p>
                <p><a href="#">{l.t("ほかのお問い合わせ 5 件", "5 other requests")}</a></p>
            </section>
            <section class="stack stack-s">
                <h3>{l.t("近い記事", "Articles close to it")}</h3>
                <p><a href="#">{l.t("請求書の宛名を変更する", "Change the name on an invoice")}</a></p>
                <p><a href="#">{l.t("請求書を再発行する", "Issue an invoice again")}</a></p>
            </section>
        </aside>
    }
    .into_any()
}
