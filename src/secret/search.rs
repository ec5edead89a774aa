//! Finds secrets in texts that must not contain them.

use std::ops::Range;

use zeroize::{Zeroize, Zeroizing};

use super::prefix::random_start;
use super::{ACCESS_TOKEN_MARK, PIECE, Secret, holds_access_token, is_of_token};

/// A piece with fewer characters of the random part may be an ordinary name: `acme-k8s`.
const LEAST_RANDOM: usize = 4;

/// In bytes: no server takes a header as long as that, so that what follows is no secret.
const LONGEST: usize = 8_000;

/// Secrets to search for. Call [`Secrets::are_in`] before you store, show or send a text.
///
/// They are found whole or in pieces of eight characters, in any case, in full-width forms, with the escapes of URLs, JSON and HTML
/// (`&#65;`), and with anything between their characters that is not visible ASCII; those of letters, digits, `-`, `.` and `_` whole in
/// Base64, as `user:token` is sent.
///
/// Secrets of fewer than eight characters are not searched for: neither GitLab nor Torque creates them, and ordinary names would
/// match. Nor is the prefix before the random part, such as `acme-corp-` or `AcmeCorp`: administrators choose it
/// ([token prefixes](https://docs.gitlab.com/security/tokens/#token-prefixes)), and a host may have the same name. A piece has at
/// least four characters of the random part.
///
/// ```
/// use torque_gitlab_connect::secret::{Secret, Secrets};
///
/// let secrets = Secrets::new([&Secret::new("Zq7mark1Vv9Kk2Ww3Xx4".to_owned())]);
/// assert!(secrets.are_in("my ZQ7MARK1VV9KK2WW3XX"));
/// assert!(secrets.are_in("Zq7\u{34f}mark1"));
/// assert!(secrets.are_in("https://gitlab.example.com/%5Aq7mark1"));
/// assert!(!secrets.are_in("Zq7mark"));
/// ```
#[derive(Clone, Default)]
#[expect(missing_debug_implementations, reason = "what cannot be printed cannot be printed by mistake")]
pub struct Secrets {
    /// Every piece of every secret, two in a [`Pair`]: one group after the other, each sorted. A plan may hold thousands of tokens, and
    /// each of its texts is compared with all of them.
    pairs: Zeroizing<Vec<Pair>>,
    /// Where each group begins, and where the last one ends. A group has the pairs of one hash, which are few.
    groups: Vec<u32>,
}

impl Secrets {
    /// The secrets to search for.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        Self::of(secrets.into_iter().map(|secret| beginning(secret.expose())).collect())
    }

    fn of(mut texts: Vec<&str>) -> Self {
        // Many repositories may have one token, and all pieces of a token are several times as large as it is.
        texts.sort_unstable();
        texts.dedup();
        // A pair begins at every other character. Counted first, so that the pairs are never in two lists.
        let count = texts.iter().map(|text| text.len()).sum::<usize>() / CHARACTERS_IN_GROUP + 1;
        let mut groups = vec![0; count + 1];
        each_pair_of(&texts, &mut |pair| groups[group(pair.shared(), count)] += 1);
        let mut end = 0;
        for group in &mut groups {
            end += *group;
            *group = end;
        }
        // From the end of each group to its beginning.
        let mut pairs = Zeroizing::new(vec![Pair(0); usize::try_from(end).unwrap_or_default()]);
        each_pair_of(&texts, &mut |pair| {
            let place = &mut groups[group(pair.shared(), count)];
            *place -= 1;
            pairs[*place as usize] = pair;
        });
        for range in groups.windows(2) {
            pairs[range[0] as usize..range[1] as usize].sort_unstable();
        }
        Self { pairs, groups }
    }

    /// Whether `text` contains one of them, eight consecutive characters of one, or any access token with GitLab's prefix.
    ///
    /// Search the texts of a value before they are written as JSON, which escapes some characters.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        holds_access_token(text) || !self.places_in(text).is_empty()
    }

    /// Their positions in `text`, unordered. Some may be part of others.
    pub(crate) fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        if self.pairs.is_empty() {
            return places;
        }
        let mut look = |piece, place: Range<usize>| {
            if !self.has(piece) {
                return;
            }
            match places.last_mut().filter(|last| (last.start..=last.end).contains(&place.start)) {
                Some(last) => last.end = place.end,
                None => places.push(place),
            }
        };
        each_piece(signs(text), &mut look);
        if has_escapes(text) {
            each_piece(decoded(text), &mut look);
        }
        each_base64_piece(text, &mut look);
        places
    }

    fn has(&self, piece: u64) -> bool {
        self.has_as_second(piece) || self.has_as_first(piece)
    }

    /// Whether it is the first piece of a pair. All pairs with its last seven characters and the one before stand together.
    fn has_as_first(&self, piece: u64) -> bool {
        let wanted = Pair::of_first(piece);
        let group = self.group_of(wanted);
        let place = group.partition_point(|pair| *pair < wanted);
        group.get(place).is_some_and(|pair| pair.0 >> BITS == wanted.0 >> BITS)
    }

    /// Whether it is the second one: whatever character stands before its first seven.
    fn has_as_second(&self, piece: u64) -> bool {
        let mut wanted = Pair::of_second(piece);
        let group = self.group_of(wanted);
        loop {
            let place = group.partition_point(|pair| *pair < wanted);
            match group.get(place) {
                Some(pair) if *pair == wanted => return true,
                // One of a later character before; of the same there is none.
                Some(pair) if pair.shared() == wanted.shared() => {
                    let before = pair.before().max(wanted.before() + 1);
                    if before > SIGN {
                        return false;
                    }
                    wanted = Pair::of_second(piece).with_before(before);
                }
                _ => return false,
            }
        }
    }

    /// The pairs among which this one is, if it is there.
    fn group_of(&self, pair: Pair) -> &[Pair] {
        let group = group(pair.shared(), self.groups.len() - 1);
        &self.pairs[self.groups[group] as usize..self.groups[group + 1] as usize]
    }
}

/// On average a group has half as many pairs.
const CHARACTERS_IN_GROUP: usize = 8;

/// To which of so many groups a pair with these shared characters belongs.
fn group(shared: u64, count: usize) -> usize {
    // Fibonacci hashing (Knuth, volume 3, section 6.4): every bit has its say in the upper half.
    let hash = shared.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    usize::try_from((hash * count as u64) >> 32).unwrap_or_default()
}

/// Bits of a character of ASCII, and all of them set.
const BITS: u32 = 7;
const SIGN: u64 = (1 << BITS) - 1;

/// A piece and the one that begins a character later, as a number: the seven characters that they share, the one before and the one
/// behind. Where a secret has only one of the two, 0 stands for the character that is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair(u64);

impl Zeroize for Pair {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Pair {
    fn of_first(piece: u64) -> Self {
        let (before, shared) = (piece >> (7 * BITS), piece & ((1 << (7 * BITS)) - 1));
        Self(shared << (2 * BITS) | before << BITS)
    }

    fn of_second(piece: u64) -> Self {
        Self(piece >> BITS << (2 * BITS) | piece & SIGN)
    }

    fn shared(self) -> u64 {
        self.0 >> (2 * BITS)
    }

    fn before(self) -> u64 {
        self.0 >> BITS & SIGN
    }

    fn with_before(self, before: u64) -> Self {
        Self(self.0 | before << BITS)
    }
}

/// Shows the pieces of secrets to `visit`, in pairs, in each form in which they may be written.
fn each_pair_of(secrets: &[&str], visit: &mut dyn FnMut(Pair)) {
    for text in secrets {
        let start = random_start(text);
        each_pair(&mut signs(text), start, visit);
        if has_escapes(text) {
            each_pair(&mut decoded(text), start, visit);
        }
    }
}

/// The pieces that have enough characters behind `start`.
fn each_pair(signs: &mut dyn Iterator<Item = Sign>, start: usize, visit: &mut dyn FnMut(Pair)) {
    let mut first = None;
    each_piece(signs, &mut |piece, place: Range<usize>| {
        if place.end < start + LEAST_RANDOM {
            return;
        }
        first = match first.take() {
            None => Some(Pair::of_first(piece)),
            Some(Pair(first)) => {
                visit(Pair(first | piece & SIGN));
                None
            }
        };
    });
    first.into_iter().for_each(visit);
}

/// The access tokens that bear GitLab's mark in `texts`, in whose places none belongs. What was pasted into one wrong place may
/// stand in another without its mark.
pub(crate) fn marked_in<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Secret> {
    let mut found = Vec::new();
    texts.filter(|text| holds_access_token(text)).for_each(|text| push_marked(text, &mut found));
    found
}

fn push_marked(text: &str, found: &mut Vec<Secret>) {
    let seen: Zeroizing<Vec<u8>> = Zeroizing::new(decoded(text).map(|(byte, _)| byte).collect());
    let mut rest = &seen[..];
    while let Some(start) =
        rest.windows(ACCESS_TOKEN_MARK.len()).position(|run| run.eq_ignore_ascii_case(ACCESS_TOKEN_MARK.as_bytes()))
    {
        let length = rest[start..].iter().take_while(|byte| is_of_token(**byte)).count();
        found.push(Secret::new(String::from_utf8_lossy(&rest[start..start + length]).into_owned()));
        rest = &rest[start + length..];
    }
}

/// As much of a secret as can be one.
fn beginning(secret: &str) -> &str {
    let end = (0..=LONGEST.min(secret.len())).rev().find(|at| secret.is_char_boundary(*at));
    &secret[..end.unwrap_or_default()]
}

/// A character of a secret, and where it stands.
type Sign = (u8, Range<usize>);

/// The characters of `text` that secrets are made of; all else may stand between them. Full-width forms are those of ASCII.
fn signs(text: &str) -> impl Iterator<Item = Sign> {
    text.char_indices().filter_map(|(at, character)| {
        let code = u32::from(character);
        let byte = u8::try_from(if code > FULL_WIDTH { code - FULL_WIDTH } else { code }).ok()?;
        byte.is_ascii_graphic().then(|| (byte, at..at + character.len_utf8()))
    })
}

/// What the code of a full-width form has more than that of the character in ASCII: U+FF01 is `!`.
const FULL_WIDTH: u32 = 0xfee0;

/// The first byte of a full-width form in UTF-8.
const FULL_WIDTH_BYTE: u8 = 0xef;

/// Whether [`decoded`] may differ from the text.
pub(super) fn has_escapes(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'%' | b'\\' | b'&' | FULL_WIDTH_BYTE))
}

/// As [`signs`], with the character that it stands for in the place of each escape of a URL, of JSON or of HTML, as often as that gives another
/// one: a server may show a piece of a JSON text that it was sent.
pub(super) fn decoded(text: &str) -> impl Iterator<Item = Sign> {
    let (mut signs, mut pending) = (signs(text), Vec::new());
    std::iter::from_fn(move || {
        while pending.len() <= MOST_PENDING
            && let Some(sign) = signs.next()
        {
            pending.push(sign);
            while let Some((start, sign)) = decode_last(&pending) {
                pending.truncate(start);
                if sign.0.is_ascii_graphic() {
                    pending.push(sign);
                }
            }
        }
        (!pending.is_empty()).then(|| pending.remove(0))
    })
}

/// So many characters may still become part of another one; nobody encodes that often.
const MOST_PENDING: usize = 64;

/// What the last characters stand for together, if they are `%41`, `\u0041`, `\x41`, `\"`, `\\`, `\/`, `&#65;` or `&#x41;`, and
/// where they begin.
fn decode_last(signs: &[Sign]) -> Option<(usize, Sign)> {
    let ends_with = |mark: &[u8], digits: usize| {
        let start = signs.len().checked_sub(mark.len() + digits)?;
        signs[start..].iter().zip(mark).all(|((byte, _), known)| byte == known).then_some(start)
    };
    let (last, place) = signs.last()?;
    let (start, byte) = if let Some(low) = hexadecimal(*last) {
        let start = [&b"%"[..], br"\u00", br"\x"].into_iter().find_map(|mark| ends_with(mark, 2))?;
        (start, hexadecimal(signs[signs.len() - 2].0)? << 4 | low)
    } else if *last == b';' {
        let start = signs.iter().rposition(|(byte, _)| *byte == b'&').filter(|start| signs[start + 1].0 == b'#')?;
        let mut radix = 10;
        let code = signs[start + 2..signs.len() - 1].iter().try_fold(0_u8, |code, (digit, _)| {
            if digit.eq_ignore_ascii_case(&b'x') {
                radix = 16;
                return Some(code);
            }
            code.checked_mul(radix)?.checked_add(hexadecimal(*digit)?)
        });
        (start, code?)
    } else {
        (ends_with(br"\", 1).filter(|_| br#""\/"#.contains(last))?, *last)
    };
    Some((start, (byte, signs[start].1.start..place.end)))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Shows each run of eight characters to `visit`, in small letters and as a number, with where it stands.
fn each_piece(signs: impl Iterator<Item = Sign>, visit: &mut impl FnMut(u64, Range<usize>)) {
    let (mut piece, mut starts) = (0, [0; PIECE]);
    for (index, (byte, place)) in signs.enumerate() {
        piece = (piece << BITS | u64::from(byte.to_ascii_lowercase())) & ((1 << (8 * BITS)) - 1);
        starts[index % PIECE] = place.start;
        if index + 1 >= PIECE {
            visit(piece, starts[(index + 1) % PIECE]..place.end);
        }
    }
}

/// So many digits of Base64 stand for a piece.
const PIECE_IN_BASE64: usize = (PIECE * 8).div_ceil(6);

/// As [`each_piece`], of what Base64 stands for, as `user:token` is sent (RFC 7617): of each three pieces the one that begins with a
/// digit. For the characters of tokens, letters and digits do.
fn each_base64_piece(text: &str, visit: &mut impl FnMut(u64, Range<usize>)) {
    let (mut bits, mut count, mut starts) = (0_u64, 0, [0; PIECE_IN_BASE64]);
    for (digit, place) in signs(text) {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            _ => {
                count = 0;
                continue;
            }
        };
        // Two bits of the last digit belong to the next byte.
        let bytes = (bits << 4 | u64::from(value >> 2)).to_be_bytes();
        bits = bits << 6 | u64::from(value);
        starts[count % PIECE_IN_BASE64] = place.start;
        count += 1;
        if count >= PIECE_IN_BASE64 && bytes.is_ascii() {
            let piece = bytes.iter().fold(0, |piece, byte| piece << BITS | u64::from(byte.to_ascii_lowercase()));
            visit(piece, starts[count % PIECE_IN_BASE64]..place.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOKEN: &str = "Zq7mark1Vv9Kk2Ww3Xx4";

    fn secrets(texts: &[&str]) -> Secrets {
        let all: Vec<Secret> = texts.iter().map(|text| Secret::new((*text).to_owned())).collect();
        Secrets::new(&all)
    }

    #[test]
    fn a_secret_is_found_however_it_is_written() {
        let known = secrets(&["short", "torque_Ab1", TOKEN]);
        for text in [
            TOKEN,
            &TOKEN[1..],
            &TOKEN[..19],
            &TOKEN[6..14],
            &TOKEN.to_uppercase(),
            &TOKEN.to_lowercase(),
            "Zq7m ark1\tVv9K\r\nk2Ww",
            "Zq7m\u{34f}ark1",
            "Z\u{fe0f}q\u{3164}7\u{115f}m\u{200b}a\u{ad}r\u{e0041}k\u{7}1",
            "Zq7🔒mark1",
            "%5A%71%37%6d%61%72%6B%31",
            "%255Aq7mark1",
            "%25%35%41q7mark1",
            "Zq7%CD%8Fmark1",
            "Zq%4%CD%8Fdark1Vv9K",
            "Ｚｑ７ｍａｒｋ１",
            "Zq7ｍa%72ｋ1",
            "Zq7&#109;ar&#x6B;&#X31;",
            "Zq7mark&#0049;",
            "%26%2390;q7m&#38;#97;rk1",
            "100% TORQUE_ab1",
            "torque_A",
        ] {
            assert!(known.are_in(text), "{text:?}");
        }
        for text in [
            "short",
            "Zq7mark",
            "torque_",
            "Zq7mXark1",
            "%5",
            "%",
            "%zz%",
            "",
            "ünïcödé",
            "&#;",
            "&;",
            ";",
            "&#999999;",
        ] {
            assert!(!known.are_in(text), "{text:?}");
        }
    }

    #[test]
    fn a_secret_with_a_percent_sign_is_found_in_either_spelling() {
        let known = secrets(&["q7+/=&%41<Vv9>Kk2"]);
        for text in ["q7+/=&%41<", "%41<Vv9>", "q7%2B%2F%3D%26%2541%3CVv9", "Q7+/=&A<"] {
            assert!(known.are_in(text), "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_as_json_escapes_it() {
        let known = secrets(&[r#"Zq7"mark\3+Kk2Ww3/\"-<"#]);
        for text in [
            r#"Zq7"mark\"#,
            r#"{"token":"Zq7\"mark"#,
            r"mark\\3+K",
            r#"q7\"mark\\"#,
            r"\\3\u002bKk2Ww",
            r"k2Ww3\/\\\u0022\u002D",
            r#"k2Ww3\\/\\\\\\\"\\u002D\\u003c"#,
            r"\x4Bk2\x57w3/\",
            r"%5Cu004Bk2%57w3/\",
        ] {
            assert!(known.are_in(text), "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_in_base64() {
        let known = secrets(&[TOKEN]);
        // `printf %s user:token | base64`, with users of each length that moves the digits.
        for text in [
            "WnE3bWFyazFWdjlLazJXdzNYeDQ=",
            "Basic b2F1dGgyOlpxN21hcmsxVnY5S2syV3czWHg0",
            "Authorization: Basic bWU6WnE3bWFyazFWdjlLazJXdzNYeDQ=",
            "x-b2ItMTpacTdtYXJrMVZ2OUtrMld3M1h4NA",
            "b2F1dGgy\r\nOlpxN21hcmsxVnY5S2syV3czWHg0",
        ] {
            assert!(known.are_in(text), "{text}");
        }
        assert!(!known.are_in("Basic b2F1dGgyOlpxN21hcmtYeHh4eHh4eHh4eHh4"));
    }

    #[test]
    fn the_prefix_of_a_token_is_no_secret() {
        for (prefix, text) in [
            ("acmecorp-west-glpat-", "https://gitlab.acmecorp.com/acmecorp-west-glpat-zq8"),
            ("AcmeCorp-", "acmecorp-zq7"),
            ("AcmeCorp", "https://gitlab.acmecorp.com/acmecorpzq7"),
            ("ACME_CORP-", "ACME_CORP-Z"),
        ] {
            let known = secrets(&[&format!("{prefix}Zq7mark1Vv9Kk2Ww3Xx4")]);
            assert!(!known.are_in(text), "{text}");
            for piece in [&format!("{}Zq7m", &prefix[prefix.len() - 4..]), "Zq7mark1", "mark1Vv9K"] {
                assert!(known.are_in(piece), "{piece}");
            }
        }
        // Without a random part the words are all there is.
        assert!(secrets(&["correct-horse-battery"]).are_in("my correct-horse"));
    }

    #[test]
    fn marked_tokens_are_taken_out_of_other_texts() {
        let texts = [
            "me:glpat-Zq7mark1Vv9Kk2Ww3Xx4@host",
            "GL\u{34f}PAT%2DZq7mark2Vv9Kk2Ww3Xx4/glpat-Zq7mark3Vv9Kk2Ww3Xx4",
            "ｇｌｐａｔ－Ｚｑ７mark4Vv9Kk2Ww3Xx4/gl&#112;at&#x2d;Zq7mark5Vv9Kk2Ww3Xx4",
            "glpat-rotation-service",
            "",
        ];
        let found: Vec<String> = marked_in(texts.into_iter()).iter().map(|token| token.expose().to_owned()).collect();
        let expected = ["glpat-Zq7mark1", "GLPAT-Zq7mark2", "glpat-Zq7mark3", "glpat-Zq7mark4", "glpat-Zq7mark5"];
        assert_eq!(found, expected.map(|start| format!("{start}Vv9Kk2Ww3Xx4")));
        assert!(holds_access_token("ｇｌｐａｔ－Ｚｑ７mark4Vv9Kk2Ww3Xx4"));
    }

    #[test]
    fn every_place_is_told() {
        let known = secrets(&[TOKEN]);
        let text = format!("a {TOKEN} b Zq7\u{34f}mark1 c %5aq7mark1 d Vv9Kk2Ww");
        let mut places: Vec<&str> = known.places_in(&text).into_iter().map(|place| &text[place]).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places, ["%5aq7mark1", "Vv9Kk2Ww", "Zq7mark1Vv9Kk2Ww3Xx4", "Zq7\u{34f}mark1"]);
    }

    proptest! {
        #[test]
        fn each_piece_of_a_secret_is_found_whatever_parts_its_characters(
            secret in "[!-~]{8,40}", from in 0usize..33, between in "[^!-~]{0,2}", before in "\\PC{0,9}", after in "\\PC{0,9}",
            upper: bool,
        ) {
            let from = from.min(secret.len() - PIECE);
            prop_assume!(from + PIECE >= random_start(&secret) + LEAST_RANDOM);
            let piece: String = secret[from..from + PIECE].chars().flat_map(|sign| [sign.to_string(), between.clone()]).collect();
            let piece = if upper { piece.to_ascii_uppercase() } else { piece };
            // What is percent-encoded by chance is read both ways.
            let text = format!("{before}{piece}{after}");
            let known = secrets(&[&secret]);
            prop_assert!(known.are_in(&text));
            prop_assert!(known.places_in(&text).iter().all(|place| text.get(place.clone()).is_some()));
        }

        /// Of few characters, so that pieces resemble each other.
        #[test]
        fn exactly_the_pieces_of_secrets_are_found(
            known in prop::collection::vec("[AB~]{0,24}", 0..5), text in "[aB~]{8,9}|[ab!]{8,20}",
        ) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let folded: Vec<Vec<u8>> = known.iter().map(|secret| secret.to_ascii_lowercase().into_bytes()).collect();
            let is_piece = |piece: &[u8]| {
                folded.iter().any(|secret| secret.windows(PIECE).any(|known| known.eq_ignore_ascii_case(piece)))
            };
            prop_assert_eq!(secrets(&known).are_in(&text), text.as_bytes().windows(PIECE).any(is_piece));
        }

        #[test]
        fn what_is_percent_encoded_is_found(secret in r"[!-$&-\[\]-~]{8,40}", times in 1usize..4) {
            let mut text = secret.clone();
            for _ in 0..times {
                text = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            }
            prop_assert!(secrets(&[&secret]).are_in(&text));
        }
    }
}
