//! When a customer can expect a reply: working hours counted in the portal's time zone.

use crate::clock::MINUTE;
use crate::settings::{Settings, SupportHours, Weekday};
use crate::when;
use app::i18n::Locale;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// A time is told to the half hour.
const STEP: i64 = 30 * MINUTE;

/// Days that are looked through: the longest reply time (720 hours) at one hour a week.
const HORIZON: usize = 721 * 7;

/// The moment (milliseconds UTC) by which a request that arrives at `now` is usually answered: `reply_hours` of
/// support hours later, rounded up to the half hour within the day's hours. `None` when no support hours are set.
pub fn reply_by(settings: &Settings, now: i64) -> Option<i64> {
    let zone = settings.zone();
    let mut left = i64::from(settings.reply_hours) * 60 * MINUTE;
    let mut date = Timestamp::from_millisecond(now).ok()?.to_zoned(zone.clone()).date();
    for _ in 0..HORIZON {
        if let Some((from, to)) = working(&settings.support_hours, date, &zone) {
            let from = from.max(now);
            let open = (to - from).max(0);
            if open >= left && open > 0 {
                let exact = from + left;
                return Some((exact + (STEP - exact.rem_euclid(STEP)) % STEP).min(to));
            }
            left -= open;
        }
        date = date.checked_add(1.day()).ok()?;
    }
    None
}

/// The support hours of a date as moments; a clock that is put forward or back within them shortens or lengthens them.
fn working(hours: &SupportHours, date: Date, zone: &TimeZone) -> Option<(i64, i64)> {
    let day = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
    let Weekday { from, to } = hours.0[day]?;
    let at = |minutes: u16| {
        let midnight = DateTime::from_parts(date, jiff::civil::Time::midnight());
        let moment = midnight.checked_add(i64::from(minutes).minutes()).ok()?;
        Some(moment.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
    };
    Some((at(from)?, at(to)?))
}

/// The moment of [`reply_by`] for a request that arrives now, as a mail tells it, which may be read on another day:
/// "Wednesday 4 March, 15:00 (Japan time)".
pub fn reply_moment(settings: &Settings, locale: Locale, now: i64) -> Option<String> {
    let zone = when::zone_name(&settings.time_zone, locale);
    let named = |by| named(locale, &local(&settings.zone(), by));
    reply_by(settings, now)
        .map(named)
        .map(|moment| locale.t(format!("{moment}（{zone}）"), format!("{moment} ({zone})")))
}

fn local(zone: &TimeZone, ms: i64) -> Zoned {
    Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(zone.clone())
}

/// What stands behind "Expected reply": "By about 15:00 today", 「明日 15:00ごろまで」.
pub fn expected_reply(settings: &Settings, locale: Locale, asked_at: i64, now: i64) -> String {
    match reply_by(settings, asked_at).filter(|by| *by > now) {
        Some(by) => {
            let by = ahead(&settings.zone(), locale, by, now);
            locale.t(format!("{by}ごろまで"), format!("By about {by}"))
        }
        None => locale.t("できるだけ早く", "As soon as we can").to_owned(),
    }
}

/// A moment to come: "15:00 today", "tomorrow at 15:00", "Wednesday 4 March, 15:00".
fn ahead(zone: &TimeZone, locale: Locale, at: i64, now: i64) -> String {
    let (then, today) = (local(zone, at), local(zone, now).date());
    let time = then.strftime("%H:%M");
    match today.until(then.date()).map_or(0, |span| span.get_days()) {
        ..=0 => locale.t(format!("今日 {time}"), format!("{time} today")),
        1 => locale.t(format!("明日 {time}"), format!("tomorrow at {time}")),
        _ => named(locale, &then),
    }
}

/// The same for words that are read some other day: "Wednesday 4 March, 15:00".
fn named(locale: Locale, then: &Zoned) -> String {
    let weekdays = locale.t(
        ["月", "火", "水", "木", "金", "土", "日"],
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    );
    let day = usize::try_from(then.weekday().to_monday_zero_offset()).unwrap_or_default();
    let (weekday, time) = (weekdays[day], then.strftime("%H:%M"));
    locale.t(
        format!("{}（{weekday}）{time}", then.strftime("%-m月%-d日")),
        format!("{weekday} {}, {time}", then.strftime("%-d %B")),
    )
}

/// Support hours in one line: "Mon–Fri 9:00–18:00". Empty when none are set.
pub fn hours_line(settings: &Settings, locale: Locale) -> String {
    let names = locale
        .t(["月", "火", "水", "木", "金", "土", "日"], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    let mut parts: Vec<String> = Vec::new();
    let days = &settings.support_hours.0;
    let mut first = 0;
    while first < 7 {
        let mut last = first;
        while last < 6 && days[last + 1] == days[first] {
            last += 1;
        }
        if let Some(Weekday { from, to }) = days[first] {
            let span = if first == last {
                names[first].to_owned()
            } else {
                format!("{}{}{}", names[first], locale.t("〜", "–"), names[last])
            };
            parts.push(format!("{span} {}–{}", clock(from), clock(to)));
        }
        first = last + 1;
    }
    parts.join(locale.t("、", ", "))
}

fn clock(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};
    use crate::testing::MONDAY;

    fn settings(reply_hours: u32) -> Settings {
        Settings { reply_hours, ..Settings::default() }
    }

    #[test]
    fn hours_outside_of_support_hours_do_not_count() {
        // Monday 09:00, open until 18:00.
        assert_eq!(reply_by(&settings(8), MONDAY), Some(MONDAY + 8 * HOUR));
        assert_eq!(reply_by(&settings(9), MONDAY), Some(MONDAY + 9 * HOUR));
        // One hour on Monday is used up, seven remain for Tuesday.
        assert_eq!(reply_by(&settings(8), MONDAY + 8 * HOUR), Some(MONDAY + DAY + 7 * HOUR));
        // At night nothing counts before the morning.
        assert_eq!(reply_by(&settings(2), MONDAY - 5 * HOUR), Some(MONDAY + 2 * HOUR));
        // Friday evening, two hours left, leads over the week-end into Monday.
        assert_eq!(reply_by(&settings(4), MONDAY + 4 * DAY + 7 * HOUR), Some(MONDAY + 7 * DAY + 2 * HOUR));
    }

    #[test]
    fn the_moment_is_rounded_up_to_the_half_hour_within_the_day() {
        assert_eq!(reply_by(&settings(4), MONDAY + 7 * MINUTE), Some(MONDAY + 4 * HOUR + 30 * MINUTE));
        assert_eq!(reply_by(&settings(8), MONDAY + 50 * MINUTE), Some(MONDAY + 9 * HOUR));
    }

    #[test]
    fn a_portal_without_hours_promises_no_moment() {
        let none = Settings { support_hours: SupportHours([None; 7]), ..Settings::default() };
        assert_eq!(reply_by(&none, MONDAY), None);
        assert_eq!(expected_reply(&none, Locale::En, MONDAY, MONDAY), "As soon as we can");
        assert_eq!(hours_line(&none, Locale::En), "");
    }

    #[test]
    fn the_longest_reply_time_at_the_fewest_hours_has_an_end() {
        let mut days = [None; 7];
        days[2] = Some(Weekday { from: 600, to: 660 });
        let rare = Settings { support_hours: SupportHours(days), ..settings(720) };
        let wednesday = MONDAY + 2 * DAY + HOUR;
        assert_eq!(reply_by(&rare, MONDAY), Some(wednesday + 719 * 7 * DAY + HOUR));
    }

    #[test]
    fn a_clock_that_is_put_forward_keeps_the_hours_on_the_wall() {
        // New York goes from 02:00 to 03:00 on Sunday 8 March 2026.
        let open = Some(Weekday { from: 0, to: 24 * 60 });
        let all = Settings {
            time_zone: "America/New_York".into(),
            support_hours: SupportHours([open; 7]),
            ..settings(24)
        };
        let saturday_noon = 1_772_902_800_000;
        assert_eq!(reply_by(&all, saturday_noon), Some(saturday_noon + 24 * HOUR));
        assert_eq!(
            reply_moment(&all, Locale::En, saturday_noon).as_deref(),
            Some("Sunday 8 March, 13:00 (New York time)")
        );
    }

    #[test]
    fn the_customer_reads_a_day_and_a_time() {
        let said = |locale, now| expected_reply(&settings(8), locale, now, now);
        assert_eq!(said(Locale::En, MONDAY), "By about 17:00 today");
        assert_eq!(said(Locale::Ja, MONDAY + 8 * HOUR), "明日 16:00ごろまで");
        assert_eq!(said(Locale::En, MONDAY + 4 * DAY + 8 * HOUR), "By about Monday 9 March, 16:00");
        assert_eq!(said(Locale::Ja, MONDAY + 4 * DAY + 8 * HOUR), "3月9日（月）16:00ごろまで");
        assert_eq!(hours_line(&settings(8), Locale::En), "Mon–Fri 9:00–18:00");
        assert_eq!(hours_line(&settings(8), Locale::Ja), "月〜金 9:00–18:00");
    }
}
