//! Bytes in steps of eight, for long lists: a build for size looks at each by itself.

/// As `starts_with`.
pub(crate) fn begins_with(text: &[u8], beginning: &[u8]) -> bool {
    let Some(text) = text.get(..beginning.len()) else { return false };
    let (eights, rest) = text.as_chunks::<8>();
    let (expected_eights, expected_rest) = beginning.as_chunks::<8>();
    let mut at = 0;
    while at < eights.len() && at < expected_eights.len() {
        if u64::from_le_bytes(eights[at]) != u64::from_le_bytes(expected_eights[at]) {
            return false;
        }
        at += 1;
    }
    rest == expected_rest
}

/// Where the first NUL stands, or the end.
#[cfg(feature = "js")]
pub(crate) fn position_of_nul(text: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, _) = text.as_chunks::<8>();
    let mut at = 0;
    while at < eights.len() {
        let eight = u64::from_le_bytes(eights[at]);
        // Its highest bit is set where a byte is zero (<https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>).
        if eight.wrapping_sub(ONES) & !eight & (ONES << 7) != 0 {
            break;
        }
        at += 1;
    }
    at *= 8;
    while at < text.len() && text[at] != 0 {
        at += 1;
    }
    at
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

        #[cfg(feature = "js")]
        #[test]
        fn a_nul_is_where_it_is_elsewhere(text in prop::collection::vec(prop::sample::select(vec![0, 1, 127, 128, 255]), 0..40)) {
            prop_assert_eq!(position_of_nul(&text), text.iter().position(|byte| *byte == 0).unwrap_or(text.len()));
        }
    }
}
