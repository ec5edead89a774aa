//! How a host must be written so that every parser reads the same one.

use std::net::{Ipv4Addr, Ipv6Addr};

use idna::punycode;

use super::Refusal;
use crate::issue::UrlError;
use crate::url::swar;

/// What stands between `://` and the port, at `start`.
pub(super) fn check_host(host: &str, start: usize) -> Result<(), Refusal> {
    if host.is_empty() {
        return Err(Refusal::of(UrlError::HostEmpty));
    }
    if !host.is_ascii() {
        return Err(Refusal::of(UrlError::HostNotAscii));
    }
    if let Some(address) = host.strip_prefix('[') {
        return check_ipv6(address);
    }
    let at = swar::end_of_name(host.as_bytes(), 0);
    if let Some(byte) = host.as_bytes().get(at) {
        let character = char::from(*byte);
        let error = if character == '%' { UrlError::PercentEncoding } else { UrlError::HostCharacter };
        let character = (error == UrlError::HostCharacter).then_some(character);
        return Err(Refusal { error, at: Some(start + at), character });
    }
    error_of_labels(host).map_or(Ok(()), |error| Err(Refusal::of(error)))
}

/// Longest host, without a dot at its end, and longest label
/// ([RFC 1035, section 2.3.4](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)).
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Of a host that is made of labels' characters and dots.
pub(super) fn error_of_labels(host: &str) -> Option<UrlError> {
    let (bytes, mut start) = (host.as_bytes(), 0);
    if matches!(bytes, [.., before, b'.'] if *before != b'.') {
        return Some(UrlError::HostEndsWithDot);
    }
    if bytes.len() > LONGEST_HOST {
        return Some(UrlError::HostTooLong);
    }
    loop {
        let end = swar::position_of(bytes, start, b'.');
        let label = &host[start..end];
        if let Some(error) = error_of_label(label) {
            return Some(error);
        }
        if end == bytes.len() {
            return (is_number(label.as_bytes()) && !is_plain_ipv4(host)).then_some(UrlError::HostNumber);
        }
        start = end + 1;
    }
}

fn error_of_label(label: &str) -> Option<UrlError> {
    match label.as_bytes() {
        [] => Some(UrlError::HostEmptyLabel),
        [b'-', ..] | [.., b'-'] => Some(UrlError::HostHyphen),
        label if label.len() > LONGEST_LABEL => Some(UrlError::HostTooLong),
        [b'x' | b'X', b'n' | b'N', b'-', b'-', ..] if !is_punycode(&label[4..]) => Some(UrlError::HostPunycode),
        _ => None,
    }
}

/// Whether `encoded` is what [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492) makes of a text that is not all ASCII and has no
/// control character. Browsers, Node.js and IDNA libraries disagree on the rest: `xn--a`, which is U+0080, is refused by one and
/// passed on as it is by another.
fn is_punycode(encoded: &str) -> bool {
    let encoded = encoded.to_ascii_lowercase();
    punycode::decode_to_string(&encoded)
        .filter(|text| !text.is_ascii() && !text.contains(char::is_control))
        .is_some_and(|text| punycode::encode_str(&text) == Some(encoded))
}

/// A label that makes the WHATWG parser read the whole host as an IPv4 address
/// (<https://url.spec.whatwg.org/#ends-in-a-number-checker>).
fn is_number(label: &[u8]) -> bool {
    match label {
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        digits => digits.iter().all(u8::is_ascii_digit),
    }
}

/// Four decimal numbers without leading zeros: the one spelling that is the same address to everybody.
fn is_plain_ipv4(host: &str) -> bool {
    // The standard library refuses leading zeros, since `010` is octal to some.
    host.parse::<Ipv4Addr>().is_ok()
}

fn check_ipv6(address: &str) -> Result<(), Refusal> {
    let refusal = Refusal::of(UrlError::HostIpv6);
    let parsed = address.strip_suffix(']').and_then(|address| Some((address, address.parse().ok()?)));
    match parsed {
        Some((address, parsed)) if address == serialize_ipv6(parsed) => Ok(()),
        _ => Err(refusal),
    }
}

/// <https://url.spec.whatwg.org/#concept-ipv6-serializer>: as RFC 5952, but never with a dotted end.
pub(crate) fn serialize_ipv6(address: Ipv6Addr) -> String {
    let pieces = address.segments();
    let (mut zeros_start, mut zeros_length) = (0, 1);
    for start in 0..pieces.len() {
        let length = pieces[start..].iter().take_while(|piece| **piece == 0).count();
        if length > zeros_length {
            (zeros_start, zeros_length) = (start, length);
        }
    }
    let hex = |pieces: &[u16]| pieces.iter().map(|piece| format!("{piece:x}")).collect::<Vec<_>>().join(":");
    if zeros_length == 1 {
        return hex(&pieces);
    }
    format!("{}::{}", hex(&pieces[..zeros_start]), hex(&pieces[zeros_start + zeros_length..]))
}
