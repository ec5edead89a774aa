//! Pieces of text. Ours, because what the standard library has for them is made for long texts and many kinds of
//! patterns: several kilobytes of the wasm.

/// Where `part`, which is not empty, first stands in `text`, in bytes.
#[inline(never)]
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    (0..text.len()).find(|at| text[*at..].starts_with(part))
}

/// Whether `part`, which is not empty, stands in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What stands in front of the first `separator` and what stands behind it.
pub(crate) fn split_once<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, separator)?;
    Some((&text[..at], &text[at + separator.len()..]))
}

/// Where `part`, which is not empty, last stands in `text`, in bytes.
#[inline(never)]
pub(crate) fn find_last(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    (0..text.len()).rev().find(|at| text[*at..].starts_with(part))
}

/// The parts that `separator`, which is not empty, divides; at least one.
#[inline(never)]
pub(crate) fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((part, behind)) = split_once(rest, separator) {
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}

/// The last of them.
pub(crate) fn last_part<'a>(text: &'a str, separator: &str) -> &'a str {
    find_last(text, separator).map_or(text, |at| &text[at + separator.len()..])
}

/// The parts between slashes that are not empty.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    let mut segments = split(path, "/");
    segments.retain(|segment| !segment.is_empty());
    segments
}

/// `text` with `new` in the place of each `old`, which is not empty.
pub(crate) fn replace(text: &str, old: &str, new: &str) -> String {
    let (mut replaced, mut rest) = (String::new(), text);
    while let Some((before, behind)) = split_once(rest, old) {
        replaced.push_str(before);
        replaced.push_str(new);
        rest = behind;
    }
    replaced + rest
}

/// All parts with `separator` between them.
pub(crate) fn join(parts: &[impl AsRef<str>], separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

/// `number` in decimal digits. Numbers are written here and not by `format!`, whose code for them comes on top.
pub(crate) fn decimal(number: i64) -> String {
    let digits = in_base(10, number.unsigned_abs(), 1);
    if number < 0 { "-".to_owned() + &digits } else { digits }
}

/// `number` with at least so many hexadecimal digits.
pub(crate) fn hexadecimal(number: u64, digits: usize) -> String {
    in_base(16, number, digits)
}

#[inline(never)]
fn in_base(base: u64, number: u64, digits: usize) -> String {
    let mut text = if number >= base || digits > 1 {
        in_base(base, number / base, digits.saturating_sub(1))
    } else {
        String::new()
    };
    let digit = usize::try_from(number % base).unwrap_or_default();
    text.push(char::from(b"0123456789abcdef"[digit]));
    text
}

/// FNV-1a (Fowler, Noll, Vo): the same in every version. It tells texts apart that nobody chose to be taken for others.
#[inline(never)]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_is_done_as_by_the_standard_library(text in "[aé-]{0,12}", part in "[aé-]{1,3}", number: u64, digits in 0usize..20) {
            prop_assert_eq!(find(&text, &part), text.find(&part));
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(split_once(&text, &part), text.split_once(&part));
            prop_assert_eq!(replace(&text, &part, "b"), text.replace(&part, "b"));
            prop_assert_eq!(decimal(number as i64), (number as i64).to_string());
            prop_assert_eq!(hexadecimal(number, digits), format!("{number:0digits$x}"));
            let parts: Vec<&str> = text.split(&part).collect();
            prop_assert_eq!(&split(&text, &part), &parts);
            prop_assert_eq!(find_last(&text, "a"), text.rfind('a'));
            prop_assert_eq!(last_part(&text, "a"), text.rsplit('a').next().unwrap());
            prop_assert_eq!(join(&parts, &part), parts.join(&part));
        }
    }
}
