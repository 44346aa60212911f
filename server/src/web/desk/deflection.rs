//! `/desk/deflection`: how visits to the form ended, and what suggestions change.

use crate::clock::DAY;
use crate::intake::figures::{self, Outcomes, Report, Window};
use crate::intake::interval::{Interval, Share};
use crate::web::{Ctx, Page, Result};
use crate::when;
use app::i18n::Locale;
use app::model::deflection::{ArticleRow, DeflectionPage, Effect, GroupRow, OutcomeCounts, WeekRow};
use app::model::figures::{Datum, Estimate, Tone};
use app::model::form::Choice;
use app::model::shell::Place;
use jiff::{Timestamp, ToSpan};

/// The periods there are to choose from, in weeks; the second is shown first.
const WEEKS: [i64; 4] = [4, 8, 12, 26];

pub async fn show(ctx: Ctx) -> Result {
    let weeks = ctx.query("weeks").parse().ok().filter(|weeks| WEEKS.contains(weeks)).unwrap_or(WEEKS[1]);
    let window = Window::from_code(&ctx.query("window"));
    let start = monday(&ctx) - (weeks - 1) * 7 * DAY;
    let mut conn = ctx.app.db.read().await?;
    let report = figures::report(&mut conn, start, weeks, window, ctx.locale).await?;
    let (suggestions_right, suggestions) = crate::routing::precision(&mut conn, start).await?;
    drop(conn);
    let locale = ctx.locale;
    let model =
        DeflectionPage { suggestions_right, suggestions, ..model(&ctx, report, start, weeks, window) };
    let page = Page::new(locale.t("自己解決", "Deflection")).at(Place::Deflection);
    Ok(ctx.page(page, move || app::pages::deflection::deflection(locale, model)))
}

/// The beginning of this week in the portal's zone. Earlier weeks are counted back in whole days: where a clock was put
/// forward or back in between, their edges lie an hour off midnight.
fn monday(ctx: &Ctx) -> i64 {
    let today = Timestamp::from_millisecond(ctx.now).unwrap_or_default().to_zoned(ctx.settings.zone());
    let days = i64::from(today.weekday().to_monday_zero_offset());
    today
        .checked_sub(days.days())
        .and_then(|monday| monday.start_of_day())
        .map_or(ctx.now, |monday| monday.timestamp().as_millisecond())
}

fn model(ctx: &Ctx, report: Report, start: i64, weeks: i64, window: Window) -> DeflectionPage {
    let locale = ctx.locale;
    let zone = ctx.settings.zone();
    let effect = report.effect().map_or(Effect::TooFew, |interval| effect(locale, interval));
    DeflectionPage {
        weeks: weeks.to_string(),
        week_choices: WEEKS
            .map(|n| Choice::new(n.to_string(), locale.t(format!("直近{n}週"), format!("Last {n} weeks"))))
            .to_vec(),
        window: window.code().to_owned(),
        total: counts(report.total),
        by_week: (0..)
            .zip(&report.weeks)
            .map(|(n, outcomes)| WeekRow {
                label: when::date(&zone, locale, start + n * 7 * DAY),
                counts: counts(*outcomes),
            })
            .collect(),
        effect,
        shown: group(report.shown),
        held_out: group(report.held_out),
        held_out_percent: ctx.settings.holdout_percent.to_string(),
        solving: report
            .solving
            .into_iter()
            .map(|article| Datum {
                value: article.solved as f64,
                text: article.solved.to_string(),
                label: article.title,
                tone: Tone::Good,
            })
            .collect(),
        not_solving: report
            .not_solving
            .into_iter()
            .map(|article| ArticleRow {
                href: format!("/desk/articles/{}", article.article_id),
                title: article.title,
                shown: article.shown,
                opened: article.opened,
                solved: article.solved,
                sent: article.sent,
            })
            .collect(),
        ..DeflectionPage::default()
    }
}

fn counts(outcomes: Outcomes) -> OutcomeCounts {
    OutcomeCounts {
        confirmed: outcomes.confirmed,
        potential: outcomes.potential,
        sent: outcomes.none,
        idle: outcomes.idle,
        open: outcomes.open,
    }
}

fn group(share: Share) -> GroupRow {
    GroupRow { visits: share.of, sent: share.hits }
}

/// In percentage points; fewer requests are good.
fn effect(locale: Locale, interval: Interval) -> Effect {
    let Interval { low, point, high } = interval;
    let (low, point, high) = (low * 100.0, point * 100.0, high * 100.0);
    let tone = match (low > 0.0, high < 0.0) {
        (true, _) => Tone::Bad,
        (_, true) => Tone::Good,
        _ => Tone::Plain,
    };
    let text = locale.t(
        format!("{}ポイント（95 %信頼区間 {} 〜 {}）", signed(point), signed(low), signed(high)),
        format!("{} points (95 % interval {} to {})", signed(point), signed(low), signed(high)),
    );
    let label = locale.t("送信率の差", "Difference in submit rate").to_owned();
    Effect::Found {
        estimate: Estimate { label, low, point, high, text, tone },
        clear: low > 0.0 || high < 0.0,
    }
}

/// "−12.4", "+3.0", with a real minus sign.
fn signed(points: f64) -> String {
    let text = format!("{:.1}", points.abs());
    match points {
        _ if text == "0.0" => text,
        negative if negative < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_leaves_zero_out_is_a_finding() {
        let found = |low, point, high| match effect(Locale::En, Interval { low, point, high }) {
            Effect::Found { estimate, clear } => (estimate.text, estimate.tone, clear),
            Effect::TooFew => panic!("there is an interval"),
        };
        assert_eq!(
            found(-0.18, -0.124, -0.068),
            ("−12.4 points (95 % interval −18.0 to −6.8)".to_owned(), Tone::Good, true)
        );
        assert_eq!(found(-0.1, 0.0, 0.1).1, Tone::Plain);
        assert_eq!(found(0.01, 0.05, 0.09).1, Tone::Bad);
    }
}
