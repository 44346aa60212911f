//! Lists and figures of the desk.

use app::{
    i18n::Locale,
    model::{
        figures::{ColumnGroup, Datum, Estimate, StackedColumns, Tone},
        form::Choice,
    },
    parts::*,
};
use leptos::prelude::*;

pub fn deflection(l: Locale) -> AnyView {
    let trend = [14.0, 18.0, 17.0, 22.0, 26.0, 25.0, 31.0, 34.0]
        .iter()
        .enumerate()
        .map(|(n, value)| Datum {
            label: week(l, n),
            value: *value,
            text: format!("{value}"),
            tone: Tone::Accent,
        })
        .collect::<Vec<_>>();
    let groups = (0..8)
        .map(|n| ColumnGroup {
            label: week(l, n),
            values: vec![14.0 + 2.5 * n as f64, 9.0 + n as f64, 31.0 - 1.5 * n as f64],
        })
        .map(|mut group| {
            group.values.iter_mut().for_each(|value| *value = value.round());
            group
        })
        .collect();
    let columns = StackedColumns {
        series: vec![
            (l.t("確認済み", "Confirmed").into(), Tone::Good),
            (l.t("可能性あり", "Potential").into(), Tone::Warn),
            (l.t("送信された", "Sent").into(), Tone::Plain),
        ],
        groups,
    };
    let articles = [
        (l.t("請求書の宛名を変更する", "Change the name on an invoice"), 41.0),
        (l.t("サインイン用リンクのメールが届かないとき", "When the sign-in mail does not arrive"), 33.0),
        (l.t("メールアドレスを変更する", "Change your e-mail address"), 19.0),
        (l.t("添付できるファイルの種類と大きさ", "Which files you can attach"), 12.0),
    ]
    .map(|(label, value)| Datum { label: label.into(), value, text: format!("{value}"), tone: Tone::Good })
    .to_vec();
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{l.t("自己解決", "Deflection")}</h1>
                <p class="lead">{l.t("質問フォームを開いた人が、送らずに解決できたか。確認済みと可能性ありは足し合わせません。", "Did people who opened the form solve it without sending? Potential is never added to confirmed.")}</p>
                <form class="filters page-actions" method="get" action="#">
                    <Select locale=l name="weeks" label=l.t("期間", "Period") choices=vec![Choice::new("8", l.t("直近 8 週", "Last 8 weeks"))] />
                    <Button small=true>{l.t("表示", "Show")}</Button>
                </form>
            </header>
            <div class="stack stack-l">
                <div class="figures">
                    <Figure label=l.t("確認済み", "Confirmed") value="34 %" about=l.t("訪問549件のうち187件", "187 of 549 sessions")><Sparkline locale=l caption=l.t("確認済みの推移", "Confirmed by week") data=trend /></Figure>
                    <Figure label=l.t("可能性あり", "Potential") value="17 %" about=l.t("93 件。開いただけで、何も言われていません", "93 opened an answer and said nothing") />
                    <Figure label=l.t("送信された", "Sent") value="49 %" about=l.t("269 件", "269 requests") />
                    <Figure label=l.t("集計中", "Not settled") value="22" about=l.t("24 時間後と 7 日後に確定します", "Settled after 24 hours and 7 days") />
                </div>
                <div class="grid-2">
                    <Card title=l.t("週ごとの結果", "Outcomes by week")><Columns locale=l caption=l.t("週ごとの結果", "Outcomes by week") columns /></Card>
                    <Card title=l.t("解決した記事", "Articles that solved it")><Bars caption=l.t("解決した記事", "Articles that solved it") data=articles /></Card>
                </div>
                <Card title=l.t("提案の効果", "What the suggestions change")>
                    <p>{l.t("提案を見せた人は、見せなかった人（5 %）より、送信する割合が 12.4 ポイント低くなりました。偶然だけでは説明しにくい差です。", "People who were shown suggestions sent a request 12.4 points less often than the 5 % who were not. Chance alone hardly explains it.")}</p>
                    <Intervals locale=l caption=l.t("提案の効果", "Effect") estimates=vec![Estimate { label: l.t("送信率の差", "Difference in submit rate").into(), low: -18.0, point: -12.4, high: -6.8, text: l.t("−12.4 ポイント（95 % 区間 −18.0〜−6.8）", "−12.4 points (95 % interval −18.0 to −6.8)").into(), tone: Tone::Good }] />
                </Card>
            </div>
        </div>
    }
    .into_any()
}

fn week(l: Locale, n: usize) -> String {
    let day = 20 + 7 * n;
    let (month, day) = if day <= 30 {
        (4, day)
    } else if day <= 61 {
        (5, day - 30)
    } else {
        (6, day - 61)
    };
    match l {
        Locale::Ja => format!("{month}/{day}"),
        Locale::En => format!("{day}/{month}"),
    }
}

pub fn articles(l: Locale) -> AnyView {
    let columns = vec![
        Column::new(l.t("題名", "Title")),
        Column::new(l.t("カテゴリー", "Category")),
        Column::new("日本語"),
        Column::new("English"),
        Column::num(l.t("解決", "Solved")).sorted("#", Some("descending")),
        Column::num(l.t("閲覧", "Views")).sorted("#", None),
        Column::new(l.t("更新", "Changed")),
    ];
    let rows = [
        (
            l.t("請求書の宛名を変更する", "Change the name on an invoice"),
            l.t("請求書", "Invoices"),
            Tone::Good,
            Tone::Good,
            "41",
            "1,204",
            l.t("6月12日", "12 June"),
        ),
        (
            l.t("サインイン用リンクのメールが届かないとき", "When the sign-in mail does not arrive"),
            l.t("サインイン", "Signing in"),
            Tone::Good,
            Tone::Warn,
            "33",
            "980",
            l.t("6月10日", "10 June"),
        ),
        (
            l.t("メールアドレスを変更する", "Change your e-mail address"),
            l.t("サインイン", "Signing in"),
            Tone::Good,
            Tone::Good,
            "19",
            "612",
            l.t("6月2日", "2 June"),
        ),
        (
            l.t("CSV を取り込む", "Import a CSV"),
            l.t("管理者の設定", "For administrators"),
            Tone::Warn,
            Tone::Plain,
            "0",
            "—",
            l.t("5月30日", "30 May"),
        ),
    ]
    .map(|(title, category, ja, en, solved, views, when)| {
        view! {
            <tr>
                <th scope="row"><a href="#">{title}</a></th>
                <td>{category}</td>
                <td>{published(l, ja)}</td>
                <td>{published(l, en)}</td>
                <td class="num">{solved}</td>
                <td class="num">{views}</td>
                <td class="nowrap">{when}</td>
            </tr>
        }
    })
    .collect_view();
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{l.t("記事", "Articles")}</h1>
                <div class="page-actions"><LinkButton href="#" kind=ButtonKind::Primary icon=IconName::Plus key="n">{l.t("記事を書く", "New article")}</LinkButton></div>
            </header>
            <div class="stack">
                <form class="filters" method="get" action="#">
                    <TextField locale=l name="q" label=l.t("題名・本文", "Words") kind="search" optional=true label_hidden=true placeholder=l.t("題名・本文を検索", "Search titles and text") width="w-medium" />
                    <Select locale=l name="state" label=l.t("公開状態", "State") empty=l.t("すべて", "Any") choices=vec![] />
                    <Select locale=l name="category" label=l.t("カテゴリー", "Category") empty=l.t("すべて", "Any") choices=vec![] />
                    <Button icon=IconName::Filter>{l.t("絞り込む", "Filter")}</Button>
                </form>
                <Table caption=l.t("記事の一覧", "Articles") columns>{rows}</Table>
                <Pagination locale=l base="#" page=3 pages=12 />
            </div>
        </div>
    }
    .into_any()
}

fn published(l: Locale, tone: Tone) -> AnyView {
    let text = match tone {
        Tone::Good => l.t("公開中", "Published"),
        Tone::Warn => l.t("下書き", "Draft"),
        _ => l.t("なし", "None"),
    };
    view! { <State tone text /> }.into_any()
}

pub fn people(l: Locale) -> AnyView {
    let columns = vec![
        Column::new(l.t("名前", "Name")),
        Column::new(l.t("役割", "Role")),
        Column::new(l.t("グループ", "Groups")),
        Column::new(l.t("最後のサインイン", "Last sign-in")),
        Column::new(""),
    ];
    let rows = [
        (l.t("鍵山 まもる", "Mamoru Kagiyama"), "mamoru@kotae.example", l.t("管理者", "Administrator"), "—"),
        (l.t("答野 みどり", "Midori Kotaeno"), "midori@kotae.example", "CRE", l.t("お支払い、アカウント", "Billing, Accounts")),
        (l.t("問川 そら", "Sora Toikawa"), "sora@kotae.example", "CRE", l.t("アカウント、基盤", "Accounts, Platform")),
    ]
    .map(|(name, mail, role, groups)| {
        view! {
            <tr>
                <th scope="row"><span class="person"><Avatar name staff=true /><span><a href="#">{name}</a><br /><span class="muted small">{mail}</span></span></span></th>
                <td>{role}</td>
                <td>{groups}</td>
                <td><Time datetime="2026-06-12" text=l.t("今日 9:02", "Today, 9:02") /></td>
                <td><span class="row-actions"><LinkButton href="#" small=true kind=ButtonKind::Quiet>{l.t("編集", "Edit")}</LinkButton><PostButton action="#" csrf="" small=true kind=ButtonKind::Quiet>{l.t("無効にする", "Deactivate")}</PostButton></span></td>
            </tr>
        }
    })
    .collect_view();
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{l.t("メンバー", "People")}</h1>
                <div class="page-actions"><LinkButton href="#" kind=ButtonKind::Primary icon=IconName::Mail>{l.t("招待する", "Invite")}</LinkButton></div>
            </header>
            <Table caption=l.t("メンバーの一覧", "People") columns>{rows}</Table>
        </div>
    }
    .into_any()
}

pub fn audit(l: Locale) -> AnyView {
    let columns = vec![
        Column::new(l.t("日時", "When")),
        Column::new(l.t("誰が", "Who")),
        Column::new(l.t("何を", "What")),
        Column::new(l.t("変更前", "Before")),
        Column::new(l.t("変更後", "After")),
    ];
    let rows = [
        (l.t("今日 9:14", "Today, 9:14"), l.t("設定：ホールドアウトの割合", "Settings: hold-out share"), "5 %", "10 %"),
        (l.t("昨日 17:40", "Yesterday, 17:40"), l.t("ルール 3「お支払い」", "Rule 3 “Billing”"), "—", l.t("作成", "created")),
    ]
    .map(|(when, what, before, after)| {
        view! { <tr><td class="nowrap">{when}</td><td>{l.t("鍵山 まもる", "Mamoru Kagiyama")}</td><td>{what}</td><td>{before}</td><td>{after}</td></tr> }
    })
    .collect_view();
    view! {
        <div class="page page-wide">
            <header class="page-head"><h1>{l.t("監査ログ", "Audit log")}</h1></header>
            <Table caption=l.t("監査ログ", "Audit log") columns>{rows}</Table>
        </div>
    }
    .into_any()
}
