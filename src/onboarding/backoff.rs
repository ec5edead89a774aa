//! How long to wait before a retry.

use std::time::UNIX_EPOCH;

/// After so many tries a server that asks to wait counts as refusing. The pauses between them add up to a minute at least: limits
/// by the minute are usual, and a browser may not be allowed to read `Retry-After`.
pub(super) const MOST_TRIES: u32 = 8;

/// A server that asks to wait for longer is not waited for.
const LONGEST_WAIT_MS: i64 = 300_000;

/// Random numbers that a seed repeats: `SplitMix64` (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
#[derive(Clone, Debug)]
pub(super) struct Jitter(pub(super) u64);

impl Jitter {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 1, 2, 4 … at most 60 seconds, of which up to a half is random, so that many clients do not come back at once.
    pub(super) fn delay(&mut self, tries: u32) -> i64 {
        let full = (1_000_i64 << tries.saturating_sub(1).min(6)).min(60_000);
        full / 2 + (self.next() % (full.unsigned_abs() / 2 + 1)) as i64
    }

    /// How long to wait before the next try; none when there should be no more. `retry_after` is the header's text.
    pub(super) fn pause(&mut self, tries: u32, retry_after: Option<&str>, now: i64) -> Option<i64> {
        if tries >= MOST_TRIES {
            return None;
        }
        let own = self.delay(tries);
        let wait = retry_after.and_then(|text| retry_after_ms(text, now)).map_or(own, |asked| asked.max(own));
        (wait <= LONGEST_WAIT_MS).then_some(wait)
    }
}

/// RFC 9110 section 10.2.3: seconds, or a date.
fn retry_after_ms(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse::<i64>().ok()?.saturating_mul(1_000));
    }
    let since_epoch = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let at = i64::try_from(since_epoch.as_millis()).ok()?;
    Some((at - now).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(retry_after_ms(" 7 ", 0), Some(7_000));
        assert_eq!(retry_after_ms("Sun, 22 Nov 2026 12:00:30 GMT", 1_795_348_800_000), Some(30_000));
        assert_eq!(retry_after_ms("Sun, 22 Nov 2026 11:00:00 GMT", 1_795_348_800_000), Some(0));
        for text in ["Sunday, 22-Nov-26 12:00:30 GMT", "Sun Nov 22 12:00:30 2026"] {
            assert_eq!(retry_after_ms(text, 1_795_348_800_000), Some(30_000), "{text}");
        }
        for text in ["", "-1", "soon", "1.5", "Sun, 22 Nov 2026", "Mon, 22 Nov 2026 12:00:30 GMT"] {
            assert_eq!(retry_after_ms(text, 0), None, "{text}");
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut jitter = Jitter(1);
        let mut together = 0;
        for tries in 1..MOST_TRIES {
            let full = (1_000 << (tries - 1)).min(60_000);
            let pause = jitter.pause(tries, None, 0).unwrap();
            assert!((full / 2..=full).contains(&pause));
            together += pause;
        }
        assert!(together >= 60_000);
        assert_eq!(jitter.pause(MOST_TRIES, None, 0), None);
    }

    #[test]
    fn what_the_server_asks_for_is_bounded() {
        assert_eq!(Jitter(1).pause(1, Some("120"), 0), Some(120_000));
        assert_eq!(Jitter(1).pause(1, Some("86400"), 0), None);
        assert_eq!(Jitter(1).pause(1, Some("99999999999999999999"), 0), Jitter(1).pause(1, None, 0));
    }
}
