//! Dates and times as milliseconds since 1970-01-01T00:00:00Z, by arithmetic alone: no clock, no time zone data.

use crate::text::decimal;

pub(crate) const DAY_MS: i64 = 86_400_000;

/// The end of the year 9999, the last that RFC 3339 can write.
pub(crate) const LAST_MS: i64 = 253_402_300_799_999;

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
    let midnight = midnight_ms(text.get(..10)?)?;
    let mut rest = Digits(text.as_bytes().get(10..)?);
    rest.one_of(b"Tt")?;
    let hour = rest.number(2, 23)?;
    rest.one_of(b":")?;
    let minute = rest.number(2, 59)?;
    rest.one_of(b":")?;
    let second = rest.number(2, 60)?; // 60: a leap second, which RFC 3339 allows
    let fraction = if rest.one_of(b".").is_some() { rest.fraction()? } else { 0 };
    let offset = match rest.one_of(b"Zz+-")? {
        b'Z' | b'z' => 0,
        sign => {
            let hours = rest.number(2, 23)?;
            rest.one_of(b":")?;
            let minutes = (hours * 60 + rest.number(2, 59)?) * 60_000;
            if sign == b'+' { minutes } else { -minutes }
        }
    };
    if !rest.0.is_empty() {
        return None;
    }
    Some(midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset)
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
    let ms = ms.clamp(0, LAST_MS);
    let (days, seconds) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS) / 1000);
    // A year is never shorter than 365 days, so this one is not too early by much.
    let mut year = 1970 + days.div_euclid(366);
    while days_since_epoch(year + 1, 1, 1) <= days {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days_since_epoch(year, month + 1, 1) <= days {
        month += 1;
    }
    let day = days - days_since_epoch(year, month, 1) + 1;
    let [hour, minute, second] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(two_digits);
    // From 1970 to 9999, so four digits.
    let (year, month, day) = (decimal(year), two_digits(month), two_digits(day));
    format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")
}

pub(crate) fn two_digits(number: i64) -> String {
    let digits = decimal(number);
    if digits.len() < 2 { "0".to_owned() + &digits } else { digits }
}

/// Reads `YYYY-MM-DD`: the instant at which that date begins in UTC.
pub(crate) fn midnight_ms(text: &str) -> Option<i64> {
    let mut rest = Digits(text.as_bytes());
    let year = rest.number(4, 9999)?;
    rest.one_of(b"-")?;
    let month = rest.number(2, 12)?;
    rest.one_of(b"-")?;
    let day = rest.number(2, 31)?;
    let possible = rest.0.is_empty() && month >= 1 && day >= 1 && day <= days_in_month(year, month);
    possible.then(|| days_since_epoch(year, month, day) * DAY_MS)
}

/// How many days `from` lies before `until`, rounded up; zero or less when it is not before.
pub(crate) fn days_between(from: i64, until: i64) -> i64 {
    let difference = until.saturating_sub(from);
    difference.div_euclid(DAY_MS) + i64::from(difference.rem_euclid(DAY_MS) != 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Counts in years that begin in March, so that the leap day is the last day of its year.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let months_since_march = (month + 9) % 12;
    let day_of_year = (153 * months_since_march + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    const FIRST_OF_MARCH_0000_TO_EPOCH: i64 = 719_468;
    year * 365 + leap_days + day_of_year - FIRST_OF_MARCH_0000_TO_EPOCH
}

/// The part of the text that is not read yet.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        if !allowed.contains(&first) {
            return None;
        }
        self.0 = rest;
        Some(first)
    }

    fn number(&mut self, digits: usize, highest: i64) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        let mut value = 0;
        for byte in number {
            value = value * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        (value <= highest).then_some(value)
    }

    /// Milliseconds; further digits are read and left out.
    fn fraction(&mut self) -> Option<i64> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        if length == 0 {
            return None;
        }
        let milliseconds = digits.iter().map(|byte| i64::from(byte - b'0')).chain([0, 0]).take(3);
        Some(milliseconds.fold(0, |value, digit| value * 10 + digit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_ten_thousand_years_follows_the_one_before() {
        let mut expected = midnight_ms("0000-01-01").unwrap();
        for year in 0..=9999 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    if day > days_in_month(year, month) {
                        assert_eq!(midnight_ms(&text), None, "{text}");
                    } else {
                        assert_eq!(midnight_ms(&text), Some(expected), "{text}");
                        expected += DAY_MS;
                    }
                }
            }
        }
        assert_eq!(midnight_ms("1970-01-01"), Some(0));
    }

    #[test]
    fn leap_days_are_those_of_the_gregorian_calendar() {
        let has_leap_day = |year: &str| midnight_ms(&format!("{year}-02-29")).is_some();
        assert!(has_leap_day("2028") && has_leap_day("2000") && has_leap_day("2400"));
        assert!(!has_leap_day("2027") && !has_leap_day("1900") && !has_leap_day("2100"));
    }

    #[test]
    fn known_instants() {
        assert_eq!(rfc3339_ms("2026-11-22T12:00:00Z"), Some(1_795_348_800_000));
        assert_eq!(rfc3339_ms("2026-11-22t12:00:00.5z"), Some(1_795_348_800_500));
        assert_eq!(rfc3339_ms("2026-11-22T12:00:00.123456789Z"), Some(1_795_348_800_123));
        assert_eq!(rfc3339_ms("2026-11-22T06:30:00-05:30"), Some(1_795_348_800_000));
        assert_eq!(rfc3339_ms("2016-12-31T23:59:60Z"), rfc3339_ms("2017-01-01T00:00:00Z"));
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
