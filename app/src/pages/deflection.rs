//! `/desk/deflection`: three outcomes that are never added up, and what suggestions change.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::deflection::{ArticleRow, DeflectionPage, Effect, GroupRow, OutcomeCounts, WeekRow};
use crate::model::figures::{Datum, Tone};
use crate::model::form::Choice;
use crate::parts::{
    Bars, Button, Card, Column, Empty, Figure, IconName, Intervals, Select, Sparkline, Table,
};

pub fn deflection(locale: Locale, page: DeflectionPage) -> AnyView {
    let DeflectionPage {
        weeks,
        week_choices,
        window,
        total,
        by_week,
        effect,
        shown,
        held_out,
        held_out_percent,
        solving,
        not_solving,
        suggestions_right,
        suggestions,
    } = page;
    let windows = vec![
        Choice::new("day", locale.t("24時間後", "after 24 hours")),
        Choice::new("week", locale.t("7日後", "after 7 days")),
    ];
    let body = if total.settled() + total.open == 0 {
        view! {
            <Empty title=locale.t("この期間の訪問はまだありません", "No visits in this period yet") icon=IconName::Chart>
                <p>
                    {locale.t("お客様が質問フォームを開くと、24時間後にここへ結果が出ます。", "When customers open the form, the outcomes appear here a day later.")}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <div class="stack stack-l">
                {outcomes(locale, total, &by_week)}
                <Card title=locale.t("記事を見せることの効果", "What showing articles changes")>
                    {finding(locale, effect, shown, held_out, &held_out_percent)}
                </Card>
                <Card title=locale.t("解決した記事", "Articles that solved it")>{solved_bars(locale, solving)}</Card>
                <Card title=locale.t("見せても送信された記事", "Shown, and sent all the same")>
                    {unsolved_table(locale, not_solving)}
                </Card>
                <Card title=locale.t("週ごとの結果", "Outcomes by week")>{week_table(locale, by_week)}</Card>
                {desk_suggestions(locale, suggestions_right, suggestions)}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{locale.t("自己解決", "Deflection")}</h1>
                <p class="lead">
                    {locale.t("質問フォームを開いた人が、送らずに解決できたか。「確認済み」と「可能性あり」は足し合わせません。", "Did people who opened the form find their answer without sending? Potential is never added to confirmed.")}
                </p>
                <form class="filters page-actions" method="get" action="/desk/deflection">
                    <Select locale name="weeks" label=locale.t("期間", "Period") choices=week_choices selected=weeks />
                    <Select locale name="window" label=locale.t("判定", "Outcome") choices=windows selected=window />
                    <Button small=true>{locale.t("表示", "Show")}</Button>
                </form>
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// "34 %"; a dash where there is nothing to divide by.
fn percent(part: i64, of: i64) -> String {
    if of == 0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * part as f64 / of as f64) }
}

fn outcomes(locale: Locale, total: OutcomeCounts, weeks: &[WeekRow]) -> AnyView {
    let settled = total.settled();
    let of = |n: i64| locale.t(format!("訪問{settled}件のうち{n}件"), format!("{n} of {settled} visits"));
    let trend = |part: fn(&OutcomeCounts) -> i64| {
        // A week in which nothing is settled yet has no share: it would read as a fall to nothing.
        weeks
            .iter()
            .filter(|week| week.counts.settled() > 0)
            .map(|week| {
                let (n, of) = (part(&week.counts), week.counts.settled());
                Datum {
                    label: week.label.clone(),
                    value: n as f64 / of as f64,
                    text: percent(n, of),
                    tone: Tone::Accent,
                }
            })
            .collect::<Vec<_>>()
    };
    let (confirmed, potential, sent) =
        (trend(|counts| counts.confirmed), trend(|counts| counts.potential), trend(|counts| counts.sent));
    view! {
        <div class="figures">
            <Figure
                label=locale.t("確認済み", "Confirmed")
                value=percent(total.confirmed, settled)
                about=format!("{}{}", of(total.confirmed), locale.t("。記事で解決したと答え、送信しませんでした。", " said that an article solved it, and sent nothing."))
            >
                <Sparkline locale caption=locale.t("確認済みの割合（週ごと）", "Confirmed by week") data=confirmed />
            </Figure>
            <Figure
                label=locale.t("可能性あり", "Potential")
                value=percent(total.potential, settled)
                about=format!("{}{}", of(total.potential), locale.t("。記事を読み、何も言わずに離れました。", " read an article and left without a word."))
            >
                <Sparkline locale caption=locale.t("可能性ありの割合（週ごと）", "Potential by week") data=potential />
            </Figure>
            <Figure
                label=locale.t("送信された", "Sent")
                value=percent(total.sent, settled)
                about=format!("{}{}", of(total.sent), locale.t("。お問い合わせになりました。", " became a request."))
            >
                <Sparkline locale caption=locale.t("送信された割合（週ごと）", "Sent by week") data=sent />
            </Figure>
            <Figure
                label=locale.t("それ以外", "Neither")
                value=total.idle.to_string()
                about=match locale {
                    Locale::Ja => format!("読まず、送らずに離れた件数。ほかに判定待ちが{}件あります。", total.open),
                    Locale::En => format!("Left without reading or sending. {} more are not settled yet.", total.open),
                }
            />
        </div>
    }
    .into_any()
}

fn finding(
    locale: Locale,
    effect: Effect,
    shown: GroupRow,
    held_out: GroupRow,
    percent_now: &str,
) -> AnyView {
    let (sentence, picture) = match effect {
        Effect::TooFew => (
            match locale {
                Locale::Ja => format!(
                    "まだ判断できません。記事を見せなかった訪問（いまの設定は{percent_now} %）が増えると、ここに効果が出ます。"
                ),
                Locale::En => format!(
                    "There is not enough data to tell. The effect appears here as more visits are shown no articles ({percent_now} % at the current setting)."
                ),
            },
            None,
        ),
        Effect::Found { estimate, clear } => {
            let points = format!("{:.1}", estimate.point.abs());
            let fewer = estimate.point < 0.0;
            let sentence = match (clear, fewer) {
                (true, true) => locale.t(
                    format!("記事を見せた人は、見せなかった人より、送信する割合が{points}ポイント低くなりました。偶然だけでは説明しにくい差です。"),
                    format!("People who were shown articles sent a request {points} points less often than people who were not. Chance alone hardly explains it."),
                ),
                (true, false) => locale.t(
                    format!("記事を見せた人のほうが、送信する割合が{points}ポイント高くなりました。見せている記事を見直してください。"),
                    format!("People who were shown articles sent a request {points} points more often. Look at the articles that are shown."),
                ),
                (false, _) => locale.t(
                    format!("送信する割合の差は{points}ポイントですが、偶然でも起こりうる大きさです。訪問が増えるほど、はっきりします。"),
                    format!("The submit rates differ by {points} points, which may be chance. It becomes clearer with more visits."),
                ),
            };
            let picture = view! {
                <Intervals locale caption=locale.t("送信する割合の差", "Difference of the submit rates") estimates=vec![estimate] />
            };
            (sentence, Some(picture))
        }
    };
    let columns = vec![
        Column::new(locale.t("グループ", "Group")),
        Column::num(locale.t("入力のあった訪問", "Visits with text")),
        Column::num(locale.t("送信", "Sent")),
        Column::num(locale.t("送信率", "Submit rate")),
    ];
    let rows = [
        (locale.t("記事を見せた", "Shown articles"), shown),
        (locale.t("見せなかった（対照グループ）", "Shown none (hold-out)"), held_out),
    ]
    .map(|(name, group)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num" data-label=locale.t("入力のあった訪問", "Visits with text")>{group.visits}</td>
                <td class="num" data-label=locale.t("送信", "Sent")>{group.sent}</td>
                <td class="num" data-label=locale.t("送信率", "Submit rate")>{percent(group.sent, group.visits)}</td>
            </tr>
        }
    })
    .collect_view();
    view! {
        <p>{sentence}</p>
        {picture}
        <Table caption=locale.t("見せた人と見せなかった人", "With and without articles") columns stacked=true>{rows}</Table>
        <p class="hint">
            {locale.t("区間は95 %信頼区間（Newcombeのハイブリッド・スコア法）です。", "Intervals are 95 % confidence intervals (Newcombe’s hybrid score method).")}
        </p>
    }
    .into_any()
}

fn solved_bars(locale: Locale, solving: Vec<Datum>) -> AnyView {
    if solving.is_empty() {
        return view! {
            <p class="muted">{locale.t("まだありません。", "None yet.")}</p>
        }
        .into_any();
    }
    view! { <Bars caption=locale.t("解決した記事", "Articles that solved it") data=solving /> }.into_any()
}

fn unsolved_table(locale: Locale, articles: Vec<ArticleRow>) -> AnyView {
    if articles.is_empty() {
        return view! {
            <p class="muted">{locale.t("まだありません。", "None yet.")}</p>
        }
        .into_any();
    }
    let columns = vec![
        Column::new(locale.t("記事", "Article")),
        Column::num(locale.t("表示", "Shown")),
        Column::num(locale.t("閲覧", "Read")),
        Column::num(locale.t("解決", "Solved")),
        Column::num(locale.t("送信", "Sent")),
    ];
    let rows = articles
        .into_iter()
        .map(|article| {
            view! {
                <tr>
                    <th scope="row"><a href=article.href>{article.title}</a></th>
                    <td class="num" data-label=locale.t("表示", "Shown")>{article.shown}</td>
                    <td class="num" data-label=locale.t("閲覧", "Read")>{article.opened}</td>
                    <td class="num" data-label=locale.t("解決", "Solved")>{article.solved}</td>
                    <td class="num" data-label=locale.t("送信", "Sent")>{article.sent}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption=locale.t("見せても送信された記事", "Shown, and sent all the same") columns stacked=true>{rows}</Table>
    }
    .into_any()
}

/// How often the desk's own suggestions were right; nothing before there were any.
fn desk_suggestions(locale: Locale, right: i64, all: i64) -> AnyView {
    if all == 0 {
        return ().into_any();
    }
    let text = match locale {
        Locale::Ja => format!(
            "解決したお問い合わせで、デスクに出した提案（記事・タグ・担当）{all}件のうち{right}件（{}）が合っていました。",
            percent(right, all)
        ),
        Locale::En => format!(
            "On requests that are solved, {right} of {all} suggestions of an article, tag or assignee were right ({}).",
            percent(right, all)
        ),
    };
    view! { <Card title=locale.t("デスクへの提案", "Suggestions at the desk")><p>{text}</p></Card> }
        .into_any()
}

fn week_table(locale: Locale, weeks: Vec<WeekRow>) -> AnyView {
    let columns = vec![
        Column::new(locale.t("週", "Week of")),
        Column::num(locale.t("判定済みの訪問", "Settled visits")),
        Column::num(locale.t("確認済み", "Confirmed")),
        Column::num(locale.t("可能性あり", "Potential")),
        Column::num(locale.t("送信された", "Sent")),
        Column::num(locale.t("それ以外", "Neither")),
        Column::num(locale.t("判定待ち", "Not settled")),
    ];
    let rows = weeks
        .into_iter()
        .rev()
        .map(|WeekRow { label, counts }| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="num">{counts.settled()}</td>
                    <td class="num">{counts.confirmed}</td>
                    <td class="num">{counts.potential}</td>
                    <td class="num">{counts.sent}</td>
                    <td class="num">{counts.idle}</td>
                    <td class="num">{counts.open}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=locale.t("週ごとの結果", "Outcomes by week") columns>{rows}</Table> }.into_any()
}
