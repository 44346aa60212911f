//! `/desk/search/judgements`: for this question, this is the right article; and how search keeps to it.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::figures::{Line, LinePoint, Tone};
use crate::model::judgements::{AddJudgement, JudgementRow, JudgementsPage, RoundRow, Worse, WorseRow};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Button, ButtonKind, Card, Column, Csrf, Empty, Figure, Hidden, IconName, Lines, LinkButton, Radios,
    Select, Table, TextField, Time,
};

const FORM: &str = "judgement-form";

/// A question as the language switch takes it along.
pub fn written_in() -> WrittenIn {
    WrittenIn::asked(FORM, "/desk/search/judgements")
}

pub fn judgements(locale: Locale, page: JudgementsPage) -> AnyView {
    let JudgementsPage {
        csrf,
        language,
        language_choices,
        rounds,
        rounds_compared,
        worse,
        below_their_best,
        judgements,
        adding,
    } = page;
    let none = judgements.is_empty();
    let evaluate = (!none).then(|| {
        view! {
            <form method="post" action="/desk/search/judgements/evaluate">
                <Csrf token=csrf.clone() />
                <Hidden name="language" value=language.clone() />
                <Button small=true icon=IconName::History>{locale.t("いま評価する", "Evaluate now")}</Button>
            </form>
        }
    });
    let list = if none {
        view! {
            <Empty title=locale.t("判定はまだありません", "No judgements yet") icon=IconName::Search>
                <p>
                    {locale.t("「この質問にはこの記事」を集めておくと、設定や記事を変えたときに検索が悪くなっていないか分かります。", "Keep which article is right for which question, and you will see when a change makes search worse.")}
                </p>
            </Empty>
        }
        .into_any()
    } else {
        list(locale, &csrf, &language, judgements)
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("判定リスト", "Judgement list")}</h1>
                <p class="lead">
                    {locale.t("この質問には、この記事。検索がそれを守っているかを、変更のたびに確かめます。", "For this question, this is the right article. Every change is checked against it.")}
                </p>
                <div class="page-actions toolbar">
                    <form class="filters" method="get" action="/desk/search/judgements">
                        <Select locale name="language" label=locale.t("言語", "Language") choices=language_choices selected=language.clone() />
                        <Button small=true>{locale.t("表示", "Show")}</Button>
                    </form>
                    <LinkButton href="/desk/search" small=true kind=ButtonKind::Quiet icon=IconName::Search>
                        {locale.t("検索の分析", "Search analytics")}
                    </LinkButton>
                </div>
            </header>
            <div class="stack stack-l">
                {add(locale, &csrf, &language, adding)}
                {figures(locale, &rounds, below_their_best.len() as i64)}
                {evaluate.map(|evaluate| history(locale, &language, rounds, rounds_compared, evaluate.into_any()))}
                {worse_list(locale, worse)}
                {below_list(locale, below_their_best)}
                <section class="stack">
                    <h2>{locale.t("判定", "Judgements")}</h2>
                    {list}
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// "62 %".
fn percent(part: i64, of: i64) -> String {
    format!("{:.0} %", 100.0 * share(part, of))
}

fn share(part: i64, of: i64) -> f64 {
    part as f64 / of.max(1) as f64
}

fn figures(locale: Locale, rounds: &[RoundRow], below: i64) -> AnyView {
    let Some(last) = rounds.first() else { return ().into_any() };
    let of = |n: i64| {
        let all = last.questions;
        locale.t(format!("{all}問のうち{n}問"), format!("{n} of {all} questions"))
    };
    let since = rounds.get(1).map(|before| {
        let when = before.at.title.clone().unwrap_or_else(|| before.at.text.clone());
        let label = locale.t(format!("前回（{when}）より下がった質問"), format!("Got worse since {when}"));
        view! { <Figure label value=last.worse.to_string() about=of(last.worse) /> }
    });
    view! {
        <div class="figures">
            <Figure label=locale.t("正しい記事が1番目", "Right article first") value=percent(last.first, last.questions) about=of(last.first) />
            <Figure
                label=locale.t("正しい記事が3番目まで", "Among the first three")
                value=percent(last.among_three, last.questions)
                about=of(last.among_three)
            />
            <Figure
                label=locale.t("順位の逆数の平均（MRR）", "Mean reciprocal rank (MRR)")
                value=format!("{:.2}", last.mrr)
                about=locale.t("1番目なら1、2番目なら1/2、10番目より後なら0として平均します。", "First counts 1, second ½, after the tenth nothing.")
            />
            {since}
            <Figure
                label=locale.t("7日以内の最高より下の質問", "Below their best of the last seven days")
                value=below.to_string()
                about=of(below)
            />
        </div>
    }
    .into_any()
}

/// The drawing of all rounds, a table of the newest, and the way to another.
fn history(
    locale: Locale,
    language: &str,
    rounds: Vec<RoundRow>,
    listed: usize,
    evaluate: AnyView,
) -> AnyView {
    let title = locale.t("これまでの評価", "Evaluations so far");
    if rounds.is_empty() {
        return view! {
            <Card title>
                <div class="stack">
                    <p>{locale.t("まだ評価していません。", "There has been none yet.")}</p>
                    {evaluate}
                </div>
            </Card>
        }
        .into_any();
    }
    let line = |name: &str, tone: Tone, part: fn(&RoundRow) -> i64| Line {
        name: name.to_owned(),
        tone,
        points: rounds
            .iter()
            .rev()
            .map(|round| LinePoint {
                at: round.at_ms,
                label: round.at.text.clone(),
                share: share(part(round), round.questions),
            })
            .collect(),
    };
    let lines = vec![
        line(locale.t("1番目", "First"), Tone::Accent, |round| round.first),
        line(locale.t("3番目まで", "Among three"), Tone::Good, |round| round.among_three),
    ];
    let drawing = (rounds.len() > 1).then(|| view! { <Lines lines /> });
    let (first, among_three) = (locale.t("1番目", "First"), locale.t("3番目まで", "Among three"));
    let (fell, questions, cause) = (
        locale.t("下がった質問", "Got worse"),
        locale.t("質問", "Questions"),
        locale.t("きっかけ", "Because"),
    );
    let columns = vec![
        Column::new(locale.t("評価した時", "Evaluated")),
        Column::num(first),
        Column::num(among_three),
        Column::num("MRR"),
        Column::num(fell),
        Column::num(questions),
        Column::new(cause),
    ];
    let rows = rounds
        .into_iter()
        .take(listed)
        .map(|round| {
            let worse = match round.worse {
                0 => "0".into_any(),
                n => {
                    let href =
                        format!("/desk/search/judgements?language={language}&round={}#worse", round.id);
                    view! { <a href=href>{n}</a> }.into_any()
                }
            };
            view! {
                <tr>
                    <th scope="row"><Time datetime=round.at.datetime text=round.at.text title=round.at.title.unwrap_or_default() /></th>
                    <td class="num" data-label=first>{percent(round.first, round.questions)}</td>
                    <td class="num" data-label=among_three>{percent(round.among_three, round.questions)}</td>
                    <td class="num" data-label="MRR">{format!("{:.2}", round.mrr)}</td>
                    <td class="num" data-label=fell>{worse}</td>
                    <td class="num" data-label=questions>{round.questions}</td>
                    <td data-label=cause>{round.cause}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title>
            <div class="stack">
                {drawing}
                <Table caption=title columns stacked=true>{rows}</Table>
                {evaluate}
            </div>
        </Card>
    }
    .into_any()
}

fn place(locale: Locale, place: Option<i64>) -> String {
    match place {
        Some(n) => locale.t(format!("{n}番目"), format!("{n}")),
        None => locale.t("10番目までになし", "not in the first ten").to_owned(),
    }
}

fn article_link(locale: Locale, href: String, title: String) -> AnyView {
    let title = match title.as_str() {
        "" => locale.t("（公開されていません）", "(not published)").to_owned(),
        _ => title,
    };
    view! { <a href=href>{title}</a> }.into_any()
}

fn worse_list(locale: Locale, worse: Option<Worse>) -> AnyView {
    let Some(Worse { at, rows }) = worse.filter(|worse| !worse.rows.is_empty()) else {
        return ().into_any();
    };
    let when = at.title.unwrap_or(at.text);
    let title = locale
        .t(format!("{when}の評価で下がった質問"), format!("What got worse in the evaluation of {when}"));
    let heads = [locale.t("前回", "Before"), locale.t("この回", "Then")];
    view! { <div id="worse">{fallen(locale, title, heads, rows)}</div> }.into_any()
}

/// A fall that a later evaluation without one would hide.
fn below_list(locale: Locale, rows: Vec<WorseRow>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let title = locale.t("7日以内の最高より下の質問", "Below their best of the last seven days").to_owned();
    let heads = [locale.t("7日以内の最高", "At best"), locale.t("今回", "Now")];
    view! { <div id="below">{fallen(locale, title, heads, rows)}</div> }.into_any()
}

fn fallen(locale: Locale, title: String, [before, then]: [&'static str; 2], rows: Vec<WorseRow>) -> AnyView {
    let right = locale.t("正しい記事", "Right article");
    let columns = vec![
        Column::new(locale.t("質問", "Question")),
        Column::new(before),
        Column::new(then),
        Column::new(right),
    ];
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row"><a href=row.results_href>{row.question}</a></th>
                    <td class="nowrap" data-label=before>{place(locale, Some(row.was))}</td>
                    <td class="nowrap" data-label=then>{place(locale, row.is)}</td>
                    <td data-label=right>{article_link(locale, row.article_href, row.article)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=title.clone()>
            <Table caption=title columns stacked=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn list(locale: Locale, csrf: &str, language: &str, judgements: Vec<JudgementRow>) -> AnyView {
    let (at, right) = (locale.t("順位", "Place"), locale.t("正しい記事", "Right article"));
    let columns =
        vec![Column::new(locale.t("質問", "Question")), Column::new(at), Column::new(right), Column::new("")];
    let rows = judgements
        .into_iter()
        .map(|row| {
            let placed = if row.placed { place(locale, row.place) } else { "–".to_owned() };
            view! {
                <tr>
                    <th scope="row"><a href=row.results_href>{row.question.clone()}</a></th>
                    <td class="nowrap" data-label=at>{placed}</td>
                    <td data-label=right>{article_link(locale, row.article_href, row.article)}</td>
                    <td>
                        <form method="post" action=format!("/desk/search/judgements/{}/remove", row.id)>
                            <Csrf token=csrf.to_owned() />
                            <Hidden name="language" value=language.to_owned() />
                            <Button small=true kind=ButtonKind::Quiet icon=IconName::Trash>
                                {locale.t("外す", "Remove")}
                                <span class="visually-hidden">{row.question}</span>
                            </Button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=locale.t("判定", "Judgements") columns stacked=true>{rows}</Table> }.into_any()
}

/// First the question, then which of the articles that fit is right.
fn add(locale: Locale, csrf: &str, language: &str, adding: AddJudgement) -> AnyView {
    let AddJudgement { question, query, articles, chosen, request, error } = adding;
    let (csrf, language) = (csrf.to_owned(), language.to_owned());
    let asked = articles.is_some();
    let choose = articles.map(|articles| {
        if articles.is_empty() {
            view! { <p>{locale.t("合う記事がありません。別の言葉で探してください。", "No article fits. Look with other words.")}</p> }
                .into_any()
        } else {
            view! {
                <form class="form" method="post" action="/desk/search/judgements/add">
                    <Csrf token=csrf.clone() />
                    <Hidden name="language" value=language.clone() />
                    <Hidden name="q" value=query.clone() />
                    <Hidden name="request" value=request.clone() />
                    <Hidden name="question" value=question.clone() />
                    <Radios locale name="article" legend=locale.t("正しい記事", "Right article") choices=articles selected=chosen error />
                    <div class="toolbar">
                        <Button kind=ButtonKind::Primary>{locale.t("判定に加える", "Add the judgement")}</Button>
                        <LinkButton href=format!("/desk/search/judgements?language={language}") kind=ButtonKind::Quiet>
                            {locale.t("やめる", "Cancel")}
                        </LinkButton>
                    </div>
                </form>
            }
            .into_any()
        }
    });
    view! {
        <Card title=locale.t("判定を加える", "Add a judgement")>
            <div class="stack">
                <form class="form" id=FORM method="get" action="/desk/search/judgements">
                    <Hidden name="language" value=language />
                    <Hidden name="request" value=request.clone() />
                    <TextField
                        locale
                        name="question"
                        label=locale.t("質問", "Question")
                        hint=locale.t("お客様が入力する言葉のまま。名前などは除いてください。", "As a customer would type it, without names.")
                        value=question.clone()
                        maxlength=200
                    />
                    {asked.then(|| view! {
                        <TextField
                            locale
                            name="q"
                            label=locale.t("記事を探す言葉", "Look for the article with")
                            value=query.clone()
                            maxlength=200
                        />
                    })}
                    <div>
                        <Button>{locale.t("記事を探す", "Find the article")}</Button>
                    </div>
                </form>
                {choose}
            </div>
        </Card>
    }
    .into_any()
}
