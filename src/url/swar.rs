//! Bytes in steps of eight, for long lists: a build for size looks at each by itself.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHEST_BITS: u64 = ONES << 7;

/// As `starts_with`.
pub(crate) fn begins_with(text: &[u8], beginning: &[u8]) -> bool {
    let (Some(text), Some(last)) = (text.get(..beginning.len()), beginning.len().checked_sub(8)) else {
        return text.starts_with(beginning);
    };
    let mut at = 0;
    while at < last {
        if eight(text, at) != eight(beginning, at) {
            return false;
        }
        at += 8;
    }
    text.last_chunk::<8>() == beginning.last_chunk()
}

/// Where the first `byte` stands from `start` on, or the end.
pub(crate) fn position_of(bytes: &[u8], start: usize, byte: u8) -> usize {
    position(bytes, start, |eight| {
        // Its highest bit is set where a byte is zero, and up to the first such byte nowhere else
        // (<https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>).
        let eight = eight ^ (ONES * u64::from(byte));
        eight.wrapping_sub(ONES) & !eight & HIGHEST_BITS
    })
}

/// Where the first byte stands from `start` on that is no letter, digit, `.`, `_` or `-` of ASCII, or the end: what a slug of
/// GitLab's is made of (<https://docs.gitlab.com/user/reserved_names/>), and the labels of a host with their dots.
pub(crate) fn end_of_name(bytes: &[u8], start: usize) -> usize {
    position(bytes, start, |eight| {
        // The highest bit of each byte says whether what is asked of it holds. Without it no byte is so large that one of
        // the sums below reaches into the next.
        let low = eight & !HIGHEST_BITS;
        let at_least = |bytes: u64, least: u8| bytes + ONES * u64::from(0x80 - least);
        let is_other_than = |byte: u8| at_least(low ^ (ONES * u64::from(byte)), 1);
        let small = low | (ONES * 0x20);
        let is_letter = at_least(small, b'a') & !at_least(small, b'z' + 1);
        let is_digit_or_mark = at_least(low, b'-') & !at_least(low, b'9' + 1) & is_other_than(b'/');
        (eight | !(is_letter | is_digit_or_mark | !is_other_than(b'_'))) & HIGHEST_BITS
    })
}

/// Where the first byte stands from `start` on that `marks` marks by its highest bit, or the end.
#[inline(always)]
fn position(bytes: &[u8], start: usize, marks: impl Fn(u64) -> u64) -> usize {
    let mut at = start;
    while at < bytes.len() {
        let marked = marks(eight(bytes, at));
        if marked != 0 {
            return at + marked.trailing_zeros() as usize / 8; // the end, where it is a zero behind it
        }
        at += 8;
    }
    bytes.len()
}

/// The eight bytes that begin at `at`, the first one lowest; zeros stand behind the end.
#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    if let Some(last) = bytes.last_chunk() {
        return u64::from_le_bytes(*last) >> (8 * (8 - rest.len()));
    }
    rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_beginning_is_what_it_is_elsewhere(
            text in "[ab]{0,30}", length in 0..32_usize, at in 0..32_usize, byte in any::<u8>(),
        ) {
            let mut beginning = text.as_bytes()[..length.min(text.len())].to_vec();
            prop_assert!(begins_with(text.as_bytes(), &beginning));
            if let Some(other) = beginning.get_mut(at) {
                *other = byte;
            }
            prop_assert_eq!(begins_with(text.as_bytes(), &beginning), text.as_bytes().starts_with(&beginning));
            beginning.extend(text.bytes().skip(length).chain([byte]));
            prop_assert!(!begins_with(text.as_bytes(), &beginning));
        }

        #[test]
        fn a_byte_is_where_it_is_elsewhere(
            bytes in prop::collection::vec(prop::sample::select(vec![0, 1, b'.', b'/', 127, 128, 255]), 0..40),
            byte in prop::sample::select(vec![0, b'.', 255]),
            start in 0..41_usize,
        ) {
            let start = start.min(bytes.len());
            let expected = bytes[start..].iter().position(|candidate| *candidate == byte).map_or(bytes.len(), |at| start + at);
            prop_assert_eq!(position_of(&bytes, start, byte), expected);
        }

        #[test]
        fn a_name_ends_where_it_ends_byte_by_byte(
            before in 0..17_usize, name in "[a-zA-Z0-9._-]{0,20}", after in prop::collection::vec(any::<u8>(), 0..10),
        ) {
            let bytes = [&vec![b'/'; before], name.as_bytes(), &after].concat();
            let is_in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
            let end = bytes[before..].iter().position(|byte| !is_in_name(byte)).map_or(bytes.len(), |at| before + at);
            prop_assert_eq!(end_of_name(&bytes, before), end);
        }
    }

    #[test]
    fn each_byte_at_each_place_is_in_a_name_or_ends_it() {
        for (length, at, byte) in (1..18)
            .flat_map(|length| (0..length).map(move |at| (length, at)))
            .flat_map(|(length, at)| (0..=u8::MAX).map(move |byte| (length, at, byte)))
        {
            let mut bytes = vec![b'a'; length];
            bytes[at] = byte;
            let is_in_name = byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            assert_eq!(end_of_name(&bytes, 0), if is_in_name { length } else { at }, "{byte} at {at} of {length}");
        }
    }
}
