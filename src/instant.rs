//! Dates and times as milliseconds since 1970-01-01T00:00:00Z: no clock, no time zone data.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(crate) const DAY_MS: i64 = 86_400_000;

/// The end of the year 9999, the last that RFC 3339 can write.
const LAST_MS: i64 = 253_402_300_799_999;

/// Reads a date and time as RFC 3339 writes them, `2026-11-22T12:00:00Z` or with a fraction or an offset.
///
/// ```
/// use torque_gitlab_connect::instant::rfc3339_ms;
///
/// assert_eq!(rfc3339_ms("1970-01-02T00:00:00.250Z"), Some(86_400_250));
/// assert_eq!(rfc3339_ms("1970-01-01T01:00:00+01:00"), Some(0));
/// assert_eq!(rfc3339_ms("2026-02-29T00:00:00Z"), None);
/// ```
#[must_use]
pub fn rfc3339_ms(text: &str) -> Option<i64> {
    // The library takes any character for it.
    text.as_bytes().get(10).filter(|separator| separator.eq_ignore_ascii_case(&b'T'))?;
    let nanoseconds = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
    i64::try_from(nanoseconds.div_euclid(1_000_000)).ok()
}

/// The same the other way round, without the fraction, from 1970 to 9999.
///
/// ```
/// use torque_gitlab_connect::instant::rfc3339_text;
///
/// assert_eq!(rfc3339_text(1_795_348_800_000), "2026-11-22T12:00:00Z");
/// ```
#[must_use]
pub fn rfc3339_text(ms: i64) -> String {
    let seconds = ms.clamp(0, LAST_MS) / 1000;
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    time.format(&Rfc3339).unwrap_or_default()
}

/// Reads `YYYY-MM-DD`: the instant at which that date begins in UTC.
pub(crate) fn midnight_ms(text: &str) -> Option<i64> {
    rfc3339_ms(&format!("{text}T00:00:00Z"))
}

/// Reads milliseconds that [`rfc3339_text`] can write.
pub(crate) fn read_ms<'de, D: Deserializer<'de>>(stored: D) -> Result<i64, D::Error> {
    let ms = i64::deserialize(stored)?;
    if (0..=LAST_MS).contains(&ms) { Ok(ms) } else { Err(D::Error::custom("not between 1970 and 9999")) }
}

/// How many days `from` lies before `until`, rounded up; zero or less when it is not before.
pub(crate) fn days_between(from: i64, until: i64) -> i64 {
    let difference = until.saturating_sub(from);
    difference.div_euclid(DAY_MS) + i64::from(difference.rem_euclid(DAY_MS) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_are_those_of_the_gregorian_calendar() {
        let has_leap_day = |year: &str| midnight_ms(&format!("{year}-02-29")).is_some();
        assert!(has_leap_day("2028") && has_leap_day("2000") && has_leap_day("2400"));
        assert!(!has_leap_day("2027") && !has_leap_day("1900") && !has_leap_day("2100"));
    }

    #[test]
    fn rfc_3339_is_read_with_offsets_and_fractions() {
        assert_eq!(rfc3339_ms("2026-11-22T12:00:00Z"), Some(1_795_348_800_000));
        assert_eq!(rfc3339_ms("2026-11-22t12:00:00.5z"), Some(1_795_348_800_500));
        assert_eq!(rfc3339_ms("2026-11-22T12:00:00.123456789Z"), Some(1_795_348_800_123));
        assert_eq!(rfc3339_ms("2026-11-22T06:30:00-05:30"), Some(1_795_348_800_000));
        // A leap second counts as the last moment before it.
        assert_eq!(rfc3339_ms("2016-12-31T23:59:60Z"), rfc3339_ms("2016-12-31T23:59:59.999Z"));
    }

    #[test]
    fn what_is_not_a_date_is_none() {
        for text in
            ["", "soon", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "26-01-01", "2026-01-01 ", "+026-01-01"]
        {
            assert_eq!(midnight_ms(text), None, "{text}");
        }
        for text in [
            "2026-11-22",
            "2026-11-22T12:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T12:00:00",
            "2026-11-22T12:00:00.Z",
            "2026-11-22T12:00:00+01",
            "2026-11-22T12:00:00Zx",
            "2026-11-22T12:00:60Z",
            "2026-11-22 12:00:00Z",
            "2026-11-2éT12:00:00Z",
        ] {
            assert_eq!(rfc3339_ms(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_rounded_up() {
        assert_eq!(days_between(1, DAY_MS), 1);
        assert_eq!(days_between(0, DAY_MS), 1);
        assert_eq!(days_between(DAY_MS / 2, 0), 0);
        assert_eq!(days_between(DAY_MS + 1, 0), -1);
        assert_eq!(days_between(i64::MIN, i64::MAX), i64::MAX / DAY_MS + 1);
    }
}
