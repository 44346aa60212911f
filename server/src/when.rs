//! Moments, written for people in the portal's time zone and for machines.

use crate::clock::{DAY, HOUR, MINUTE};
use app::i18n::Locale;
use jiff::Timestamp;
use jiff::Zoned;
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn at(zone: &TimeZone, ms: i64) -> Zoned {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

/// 「2026年6月12日」, "12 June 2026".
pub fn date(zone: &TimeZone, locale: Locale, ms: i64) -> String {
    let at = at(zone, ms);
    let (year, month, day) = (at.year(), at.month(), at.day());
    match locale {
        Locale::Ja => format!("{year}年{month}月{day}日"),
        Locale::En => format!("{day} {} {year}", month_name(month)),
    }
}

/// 「2026年6月12日 9:05」, "12 June 2026, 9:05".
pub fn exact(zone: &TimeZone, locale: Locale, ms: i64) -> String {
    let at_ = at(zone, ms);
    format!("{}{}{}:{:02}", date(zone, locale, ms), locale.t(" ", ", "), at_.hour(), at_.minute())
}

/// The same with the name of the zone: 「2026年6月12日 9:05（日本時間）」.
pub fn exact_in(zone: &TimeZone, name: &str, locale: Locale, ms: i64) -> String {
    let moment = exact(zone, locale, ms);
    locale.t(format!("{moment}（{name}）"), format!("{moment} ({name})"))
}

/// As near as a reader cares: 「たった今」, 「5分前」, 「今日 9:05」, 「昨日 9:05」, 「6月12日」, and with the year once it is
/// another.
pub fn short(zone: &TimeZone, locale: Locale, ms: i64, now: i64) -> String {
    let (then, today) = (at(zone, ms), at(zone, now));
    let ago = now - ms;
    let time = format!("{}:{:02}", then.hour(), then.minute());
    match (locale, then.date(), today.date()) {
        _ if (0..MINUTE).contains(&ago) => locale.t("たった今", "just now").to_owned(),
        _ if (0..HOUR).contains(&ago) => {
            let minutes = ago / MINUTE;
            locale.t(format!("{minutes}分前"), format!("{minutes} min ago"))
        }
        (_, day, today) if day == today => format!("{}{time}", locale.t("今日 ", "today, ")),
        (_, day, _) if day == at(zone, now - DAY).date() => {
            format!("{}{time}", locale.t("昨日 ", "yesterday, "))
        }
        (Locale::Ja, day, today) if day.year() == today.year() => format!("{}月{}日", day.month(), day.day()),
        (Locale::En, day, today) if day.year() == today.year() => {
            format!("{} {}", day.day(), month_name(day.month()))
        }
        _ => date(zone, locale, ms),
    }
}

/// In whose time moments are written: 「日本時間」, "Japan time"; by its city where the zone has no better name.
pub fn zone_name(zone: &str, locale: Locale) -> String {
    let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    match zone {
        "Asia/Tokyo" | "Japan" => locale.t("日本時間", "Japan time").to_owned(),
        zone if zone == "UTC" || zone.starts_with("Etc/") => locale.t("協定世界時（UTC）", "UTC").to_owned(),
        _ => locale.t(format!("{city} の時刻"), format!("{city} time")),
    }
}

/// RFC 3339 in UTC, to the second.
pub fn machine(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|n| MONTHS.get(n)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::MONDAY;

    #[test]
    fn moments_are_written_as_near_as_a_reader_cares() {
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap_or(TimeZone::UTC);
        let ja = |ago: i64| short(&tokyo, Locale::Ja, MONDAY - ago, MONDAY);
        let en = |ago: i64| short(&tokyo, Locale::En, MONDAY - ago, MONDAY);
        assert_eq!(
            [ja(0), ja(5 * MINUTE), ja(2 * HOUR), ja(DAY)],
            ["たった今", "5分前", "今日 7:00", "昨日 9:00"]
        );
        assert_eq!([en(30 * DAY), en(90 * DAY)], ["31 January", "2 December 2025"]);
        assert_eq!(exact(&tokyo, Locale::Ja, MONDAY), "2026年3月2日 9:00");
        assert_eq!(date(&TimeZone::UTC, Locale::En, MONDAY), "2 March 2026");
        assert_eq!(machine(MONDAY), "2026-03-02T00:00:00Z");
    }

    #[test]
    fn a_zone_is_named_as_people_name_it() {
        let names = ["Asia/Tokyo", "America/New_York", "Etc/UTC"].map(|zone| zone_name(zone, Locale::En));
        assert_eq!(names, ["Japan time", "New York time", "UTC"]);
        assert_eq!(zone_name("Europe/Berlin", Locale::Ja), "Berlin の時刻");
    }
}
