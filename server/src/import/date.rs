//! Dates of front matter.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Milliseconds since 1970 UTC of `2026-03-02`, `2026-03-02 09:00[:00]` (both as UTC) or a full RFC 3339 time.
pub(super) fn milliseconds(text: &str) -> Option<i64> {
    let text = text.trim().replace('/', "-");
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_millisecond());
    }
    let time = text.parse::<DateTime>().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn days_and_times_are_read_and_nonsense_is_not() {
        assert_eq!(milliseconds("2026-03-02"), Some(1_772_409_600_000));
        assert_eq!(milliseconds("2026/03/02"), Some(1_772_409_600_000));
        assert_eq!(milliseconds("2026-03-02T09:00:00+09:00"), Some(1_772_409_600_000));
        assert_eq!(milliseconds("2026-03-02 01:00"), Some(1_772_413_200_000));
        assert_eq!(milliseconds("soon"), None);
        assert_eq!(milliseconds("2026-13-40"), None);
    }
}
