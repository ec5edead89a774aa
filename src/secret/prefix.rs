//! What of a token is a prefix that administrators choose, and what is random.
//!
//! A prefix consists of `[a-zA-Z0-9_+=/@:.-]` (GitLab's `ApplicationSetting`), and a host, a group or a space may have the same name:
//! `AcmeCorp-`, `acme-corp-glpat-`, `ACME2`. The random part is 20 characters, or base64url and its checksum (GitLab's
//! `lib/authn/token_field`).

use std::ops::RangeInclusive;

use super::PIECE;

/// The length of GitLab's shortest random part.
pub(crate) const RANDOM: usize = 20;

/// What may stand between the words of a prefix.
pub(crate) const SEPARATORS: &[u8] = b"-_.:/@+=";

/// Numbers of a prefix have no more digits: a year.
const LONGEST_NUMBER: usize = 4;

/// The length of a prefix that no separator ends. Of a shorter one no piece is looked for alone, and GitLab allows no longer one.
const OPEN: RangeInclusive<usize> = PIECE..=20;

/// Where the random part of a token begins; of the first one if white space parts several.
///
/// Nothing of GitLab's random part is taken for a prefix. Tokens of another length have a prefix only if it is small letters and
/// separators.
pub(super) fn random_start(token: &str) -> usize {
    let token = token.split_whitespace().next().unwrap_or_default();
    let bytes = token.as_bytes();
    let prefix = bytes.len().checked_sub(random_length(token)).map(|length| &bytes[..length]);
    prefix.filter(|prefix| is_prefix(prefix)).map_or_else(|| small_words(bytes), <[u8]>::len)
}

/// How long the random part is if GitLab made the token.
fn random_length(token: &str) -> usize {
    let rest = without_checksum(token).len();
    let checked = &token.as_bytes()[rest..];
    // The checksum begins with the length of what it is of, as two digits to the base 36.
    let digits =
        checked.last_chunk::<9>().map(|[high, low, ..]| [*high, *low].map(|digit| char::from(digit).to_digit(36)));
    match digits {
        Some([Some(high), Some(low)]) => Some((36 * high + low) as usize),
        _ => None,
    }
    .filter(|length| (RANDOM..=rest).contains(length))
    .map_or(RANDOM, |length| length + checked.len())
}

/// A routable token ends in `.` and nine characters of length and checksum, perhaps with a version in front: `.01.0z0123456`.
pub(crate) fn without_checksum(token: &str) -> &str {
    let rest = token.rsplit_once('.').filter(|(_, checksum)| checksum.len() == 9).map_or(token, |(rest, _)| rest);
    rest.rsplit_once('.').filter(|(_, version)| version.len() == 2).map_or(rest, |(rest, _)| rest)
}

/// The end of the words of small letters that separators end, if enough is left to be looked for.
fn small_words(token: &[u8]) -> usize {
    let mut start = 0;
    while let Some(length) = token[start..].iter().position(|byte| !byte.is_ascii_lowercase())
        && length > 0
        && SEPARATORS.contains(&token[start + length])
        && token.len() - (start + length + 1) >= PIECE
    {
        start += length + 1;
    }
    start
}

fn is_prefix(bytes: &[u8]) -> bool {
    let is_separator = |byte: &u8| SEPARATORS.contains(byte);
    let is_open = !bytes.last().is_some_and(is_separator);
    bytes.is_empty()
        || ((!is_open || OPEN.contains(&bytes.len())) && bytes.split(is_separator).all(|word| is_word(word, is_open)))
}

/// Letters, perhaps with a number behind: `acme`, `ACME2`, `AcmeGmbH`. Random letters seldom have small ones in company, and without
/// a separator behind (`is_open`) each capital has company, too.
fn is_word(word: &[u8], is_open: bool) -> bool {
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let letters = &word[..word.len() - digits];
    let small = || letters.split(u8::is_ascii_uppercase).map(<[u8]>::len);
    digits <= LONGEST_NUMBER
        && letters.iter().all(u8::is_ascii_alphabetic)
        && (letters.len() == 1 || small().all(|length| length != 1))
        && (!is_open || small().all(|length| length == 0) || small().skip(1).all(|length| length > 1))
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

    use super::*;

    const PREFIXES: &[&str] = &[
        "",
        "glpat-",
        "acme-",
        "acmecorp-",
        "acme-corp-pat-",
        "acme_corp.pat:",
        "AcmeCorp-",
        "ACMECORP-",
        "ACME_CORP-",
        "ACMECorp-",
        "AcmeGmbH-",
        "acmeCorp_",
        "acmecorp1-",
        "AcmeCorp2026-",
        "acme-2026-glpat-",
        "T-Systems-",
        "t-systems-",
        "AcmeCorp-glpat-",
        "acme/corp@",
        "ACMECORP=",
        "AcmeCorp",
        "acmecorp",
        "ACMECORP",
        "acmecorp2026",
        "Acme-Corp",
        "AcmeCorp-PAT",
    ];

    const RANDOM_PARTS: &[&str] = &[
        "kX3vPq9LmT2wRz7YbN4c",
        "0123456789abcdefghij",
        "-Acme_corp-glpat-abc",
        "kX3vPq9LmT2wRz7YbN4ckX3vPq9LmT2w.0w0123456",
        "kX3vPq9LmT2wRz7YbN4ckX3vPq9.01.0r0123456",
    ];

    #[test]
    fn the_random_part_begins_behind_the_prefix() {
        for prefix in PREFIXES {
            for random in RANDOM_PARTS {
                assert_eq!(random_start(&format!("{prefix}{random}")), prefix.len(), "{prefix}{random}");
            }
        }
    }

    #[test]
    fn a_secret_of_another_length_has_small_words_before_it() {
        let random = "kX3vPq9LmT2wRz7YbN4ckX3vPq9LmT2wRz7YbN4c1";
        for (prefix, start) in [("torque_", 7), ("acme-corp-", 10), ("", 0), ("Torque_", 0)] {
            assert_eq!(random_start(&format!("{prefix}{random}")), start, "{prefix}");
        }
        for (secret, start) in [
            ("acme-kX3vPq9LmT2", 5),
            ("acme-kX3vPq9", 0),
            ("correct-horse-battery", 8),
            ("short", 0),
            ("ü-kX3vPq9LmT2wRz7YbN4ü", 0),
            ("", 0),
        ] {
            assert_eq!(random_start(secret), start, "{secret}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_random_part_of_gitlab_is_taken_for_a_prefix(random in "[0-9A-Za-z_-]{20}", version in "(\\.01)?") {
            let routable = format!("{random}{random}{version}.140123456");
            prop_assert_eq!([random_start(&random), random_start(&routable)], [0, 0]);
        }
    }

    /// SECURITY.md has the figure.
    #[test]
    fn little_of_other_random_text_is_taken_for_a_prefix() {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let sign = prop::sample::select(alphabet.to_vec()).prop_map(char::from);
        let mut runner = TestRunner::deterministic();
        for length in [24, 26, 28, 30, 32, 40, 64] {
            let token = prop::collection::vec(sign.clone(), length).prop_map(String::from_iter);
            let tokens = (0..4000).map(|_| token.new_tree(&mut runner).unwrap().current());
            // Behind up to four characters all pieces are still looked for.
            let shortened = tokens.filter(|token| random_start(token) > 4).count();
            assert!(shortened <= 160, "{shortened} of 4,000 with {length} characters");
        }
    }
}
