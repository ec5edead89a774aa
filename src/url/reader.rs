//! The one strict reader of URLs.
//!
//! It accepts only text that every URL parser reads alike (WHATWG URL, RFC 3986, git's `urlmatch`) and refuses the
//! rest; it never repairs. Everything that decides where a token goes starts here.
//!
//! Accepted, after ASCII white space is trimmed at both ends: `scheme "://" host [":" port] path` of at most 8,000 characters, where
//!
//! - scheme is `http` or `https` in any case;
//! - host is ASCII labels of letters, digits, `-`, `_`, none empty, none longer than 63 characters, none with `-` at an edge,
//!   253 characters in all; a label that begins with `xn--` is the Punycode ([RFC 3492](https://www.rfc-editor.org/rfc/rfc3492))
//!   of a text that is not all ASCII; or it is a dotted-decimal IPv4 address in its plain form, or an IPv6 address as the
//!   [WHATWG serialiser](https://url.spec.whatwg.org/#concept-ipv6-serializer) writes it;
//! - port is a plain number from 1 to 65535;
//! - path is segments of letters, digits, `.`, `_`, `-`
//!   ([GitLab's own alphabet](https://docs.gitlab.com/user/reserved_names/)), none empty, none `.` or `..`; one `/` may
//!   stand at the end.

mod host;

use std::net::Ipv6Addr;

use serde::Serialize;

use super::{cross_check, swar};
use crate::issue::{Issue, IssueCode, UrlError};
use crate::secret;

pub(crate) use self::host::serialize_ipv6;
use self::host::{check_host, error_of_labels};

/// The two schemes that GitLab and Torque are reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Hash, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum Scheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The port where none is written.
    #[must_use]
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// The parts of a text that the reader accepted, borrowed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StrictUrl<'a> {
    pub(crate) scheme: Scheme,
    /// As written, so in any case; an IPv6 address with its brackets.
    pub(crate) host: &'a str,
    /// The effective port: the scheme's own where none is written.
    pub(crate) port: u16,
    /// From its first `/`; empty where the URL ends behind the authority.
    pub(crate) path: &'a str,
}

impl StrictUrl<'_> {
    /// Scheme, host and port in canonical spelling: small letters, no default port.
    pub(crate) fn origin(&self) -> String {
        // The path nearly always follows. In most there is no port.
        let mut origin = String::with_capacity("https://".len() + self.host.len() + self.path.len() + 1);
        origin.push_str(self.scheme.as_str());
        origin.push_str("://");
        origin.push_str(self.host);
        origin.make_ascii_lowercase();
        if self.port != self.scheme.default_port() {
            origin.push(':');
            origin.push_str(&self.port.to_string());
        }
        origin
    }
}

/// In bytes. Every sender and every server should get along with so many
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.1)); longer text is a file in the wrong field, and must cost nothing.
const LONGEST: usize = 8_000;

/// Whether `text` is longer than any URL.
pub(crate) fn is_too_long(text: impl AsRef<[u8]>) -> bool {
    text.as_ref().len() > LONGEST
}

/// Why a text was refused, before it is known whose URL it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) error: UrlError,
    /// Place of the error: index into the trimmed text, in bytes.
    at: Option<usize>,
    character: Option<char>,
}

impl Refusal {
    fn of(error: UrlError) -> Self {
        Self { error, at: None, character: None }
    }

    fn at(error: UrlError, at: usize) -> Self {
        Self { error, at: Some(at), character: None }
    }

    /// The issue, with `subject` (for example `IssueCode::BaseUrl`) in front of the code. `text` is what was read; of it
    /// only the offending character and its place are told, since the rest may hold credentials.
    pub(crate) fn issue(&self, subject: fn(UrlError) -> IssueCode, text: &str) -> Issue {
        let mut issue = Issue::new(subject(self.error));
        if let Some(at) = self.at {
            let leading = text.len() - text.trim_ascii_start().len();
            let characters = text[..leading + at].chars().count();
            issue = issue.with("position", i64::try_from(characters).unwrap_or(i64::MAX).saturating_add(1));
        }
        if let Some(character) = self.character {
            issue = issue.with("character", character.to_string());
        }
        if self.error == UrlError::TooLong {
            issue = issue.with("maximum", LONGEST as i64);
        }
        issue
    }
}

/// Reads `text`, or says the first thing that is wrong with it.
pub(crate) fn read(text: &str) -> Result<StrictUrl<'_>, Refusal> {
    let text = trim(text);
    if text.is_empty() {
        return Err(Refusal::of(UrlError::Empty));
    }
    if is_too_long(text) {
        return Err(Refusal::of(UrlError::TooLong));
    }
    // No part is made of characters that parsers drop, so that only a text that is refused anyhow is searched for them.
    read_parts(text).map_err(|refusal| refuse_characters_that_parsers_drop(text).err().unwrap_or(refusal))
}

fn read_parts(text: &str) -> Result<StrictUrl<'_>, Refusal> {
    let (scheme, host_start) = read_scheme(text)?;
    let (host, port, path) = split_authority(text, host_start)?;
    let port = match port {
        None => scheme.default_port(),
        Some(digits) => read_port(digits)?,
    };
    if secret::is_access_token_in(host.as_bytes()) {
        return Err(Refusal::of(UrlError::HasToken));
    }
    if let [first, segments @ ..] = path.as_bytes() {
        let start = text.len() - path.len();
        if *first != b'/' {
            return Err(refuse_path_character(*first, start));
        }
        check_segments(segments, start + 1, |_, _| ())?;
    }
    Ok(StrictUrl { scheme, host, port, path })
}

/// Without [ASCII white space](https://infra.spec.whatwg.org/#ascii-whitespace) at both ends: what copying leaves behind, and what every parser trims.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_ascii()
}

/// Parsers drop, encode or turn these, each in its own way and anywhere in the text, so they go before the parts.
fn refuse_characters_that_parsers_drop(text: &str) -> Result<(), Refusal> {
    let Some(at) = position(text, |byte| byte <= b' ' || byte == 0x7f || byte == b'\\') else {
        return Ok(());
    };
    Err(Refusal::at(
        match text.as_bytes()[at] {
            b' ' => UrlError::WhiteSpace,
            b'\\' => UrlError::Backslash,
            _ => UrlError::ControlCharacter,
        },
        at,
    ))
}

/// The scheme, and where the text behind `://` begins.
fn read_scheme(text: &str) -> Result<(Scheme, usize), Refusal> {
    let bytes = text.as_bytes();
    let Some(colon) = position(bytes, |byte| byte == b':') else {
        return Err(Refusal::of(UrlError::MissingScheme));
    };
    let (name, rest) = (&bytes[..colon], &bytes[colon + 1..]);
    let scheme = if name.eq_ignore_ascii_case(b"https") {
        Scheme::Https
    } else if name.eq_ignore_ascii_case(b"http") {
        Scheme::Http
    } else {
        return Err(Refusal::of(error_of_other_scheme(text, &text[..colon], &text[colon + 1..])));
    };
    match rest {
        [b'/', b'/', after @ ..] if after.first() != Some(&b'/') => Ok((scheme, colon + 3)),
        _ => Err(Refusal::of(UrlError::Slashes)),
    }
}

/// What `text`, which is `name:rest`, is when `name` is neither http nor https.
fn error_of_other_scheme(text: &str, name: &str, rest: &str) -> UrlError {
    if is_ssh_scheme(name) {
        return UrlError::SshForm;
    }
    let is_scheme = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    if is_scheme && rest.starts_with("//") {
        return UrlError::SchemeNotSupported;
    }
    let is_opaque = ["about", "blob", "data", "file", "ftp", "git", "javascript", "mailto", "view-source", "ws", "wss"];
    if !begins_with_port(rest) && is_opaque.iter().any(|scheme| name.eq_ignore_ascii_case(scheme)) {
        return UrlError::SchemeNotSupported;
    }
    if split_scp(text).is_some() { UrlError::SshForm } else { UrlError::MissingScheme }
}

/// git's own schemes for SSH ([git-clone(1), "GIT URLS"](https://git-scm.com/docs/git-clone#_git_urls)).
pub(crate) fn is_ssh_scheme(name: &str) -> bool {
    ["ssh", "git+ssh", "ssh+git"].iter().any(|scheme| name.eq_ignore_ascii_case(scheme))
}

/// The segments of a path that are not empty.
pub(crate) fn segments(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// What stands in front of path, query and fragment.
pub(crate) fn before_path(text: &str) -> &str {
    &text[..position(text, |byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(text.len())]
}

/// `host:8443/group/project` is a URL without a scheme.
fn begins_with_port(text: &str) -> bool {
    before_path(text).bytes().all(|byte| byte.is_ascii_digit())
}

/// Host and path of scp's `[user@]host:path`
/// ([git-clone(1), "GIT URLS"](https://git-scm.com/docs/git-clone#_git_urls)), the host with its user. Around an IPv6 host
/// and its user GitLab puts the brackets: `[git@::1]:group/project`.
pub(crate) fn split_scp(text: &str) -> Option<(String, &str)> {
    let colon = match text.find('[') {
        Some(open) if !text[..open].contains(':') => text.find("]:")? + 1,
        _ => text.find(':')?,
    };
    let (host, path) = (&text[..colon], &text[colon + 1..]);
    let first = before_path(path);
    let is_url = path.starts_with("//") || first.ends_with(':') || (begins_with_port(path) && !host.contains('@'));
    // `user:password@host/path`, and an IPv6 address without brackets.
    let is_authority =
        first.contains('@') || text.split('/').next().is_some_and(|first| first.parse::<Ipv6Addr>().is_ok());
    if host.is_empty() || host.contains('/') || is_url || is_authority {
        return None;
    }
    let host = match host.strip_prefix('[').and_then(|inside| inside.split_once('@')) {
        Some((user, address)) => format!("{user}@[{address}"),
        None => host.to_owned(),
    };
    Some((host, path))
}

/// The host, which is checked, the digits of the port where one is written, and the path. The host begins at `start`.
fn split_authority(text: &str, start: usize) -> Result<(&str, Option<&str>, &str), Refusal> {
    let end = swar::end_of_name(text.as_bytes(), start);
    // A name alone, as nearly always.
    if end > start && matches!(text.as_bytes().get(end), None | Some(b'/')) {
        let host = &text[start..end];
        return match error_of_labels(host) {
            Some(error) => Err(Refusal::of(error)),
            None => Ok((host, None, &text[end..])),
        };
    }
    let (authority, path) = text[start..].split_at(before_path(&text[start..]).len());
    if position(authority, |byte| byte == b'@').is_some() {
        return Err(Refusal::of(UrlError::HasCredentials));
    }
    let (host, port) = split_port(authority)?;
    // `https://https://…`
    if port == Some("") && ["http", "https"].iter().any(|scheme| host.eq_ignore_ascii_case(scheme)) {
        return Err(Refusal::of(UrlError::Slashes));
    }
    check_host(host, start)?;
    Ok((host, port, path))
}

fn split_port(authority: &str) -> Result<(&str, Option<&str>), Refusal> {
    if !authority.starts_with('[') {
        let Some(colon) = position(authority, |byte| byte == b':') else {
            return Ok((authority, None));
        };
        if authority.parse::<Ipv6Addr>().is_ok() {
            return Err(Refusal::of(UrlError::HostIpv6));
        }
        return Ok((&authority[..colon], Some(&authority[colon + 1..])));
    }
    let Some(end) = authority.find(']') else {
        return Err(Refusal::of(UrlError::HostIpv6));
    };
    let (host, rest) = authority.split_at(end + 1);
    match rest.strip_prefix(':') {
        Some(port) => Ok((host, Some(port))),
        None if rest.is_empty() => Ok((host, None)),
        None => Err(Refusal::of(UrlError::HostIpv6)),
    }
}

/// Plain 1 to 65535. The WHATWG parser drops an empty port and leading zeros and refuses 65536; git's keeps them.
fn read_port(digits: &str) -> Result<u16, Refusal> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if !plain {
        return Err(Refusal::of(UrlError::Port));
    }
    digits.parse().map_err(|_| Refusal::of(UrlError::Port))
}

/// Reads the segments of a path, which stands without its first slash at `start`, and shows each to `visit`, with where it
/// stands in the path. This is where a long list spends its time.
#[inline(always)]
pub(crate) fn check_segments<'a>(
    path: &'a [u8],
    start: usize,
    mut visit: impl FnMut(usize, &'a [u8]),
) -> Result<(), Refusal> {
    let (mut error, mut segment_start) = (None, 0);
    // Behind the last slash nothing need follow.
    while segment_start < path.len() {
        let end = swar::end_of_name(path, segment_start);
        if end < path.len() && path[end] != b'/' {
            return Err(refuse_path_character(path[end], start + end));
        }
        let segment = &path[segment_start..end];
        error = error.or(error_of_segment(segment));
        visit(segment_start, segment);
        segment_start = end + 1;
    }
    match error {
        Some(error) => Err(Refusal::of(error)),
        None => Ok(()),
    }
}

/// The first byte of a kind. A loop of its own, since a build for size calls a function for each step of an iterator.
pub(crate) fn position(text: impl AsRef<[u8]>, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    let (bytes, mut at) = (text.as_ref(), 0);
    while at < bytes.len() {
        if is_it(bytes[at]) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[inline(always)]
fn error_of_segment(segment: &[u8]) -> Option<UrlError> {
    if segment.len() <= 2 && segment == &b".."[..segment.len()] {
        return Some(if segment.is_empty() { UrlError::EmptySegment } else { UrlError::DotSegment });
    }
    // All of a token's characters are those of a segment.
    let has_token = segment.len() >= secret::SHORTEST_ACCESS_TOKEN && secret::is_access_token_in(segment);
    has_token.then_some(UrlError::HasToken)
}

fn refuse_path_character(byte: u8, at: usize) -> Refusal {
    let error = match byte {
        b'?' => return Refusal::of(UrlError::HasQuery),
        b'#' => return Refusal::of(UrlError::HasFragment),
        b'%' => UrlError::PercentEncoding,
        b'@' => UrlError::AtSign,
        b'~' => UrlError::Tilde,
        0x80.. => UrlError::PathNotAscii,
        _ => UrlError::PathCharacter,
    };
    let character = (error == UrlError::PathCharacter).then_some(char::from(byte));
    Refusal { error, at: Some(at), character }
}

/// The cross-check: whether another parser, too, reads `text`, as it stands, as this scheme, host, port and path and nothing
/// else.
///
/// Nothing that the reader accepts in a host or a path parts a URL, so that equal spelling is equal meaning. Of an `xn--` label
/// the other parser also asks whether its text may stand in a host ([UTS 46](https://www.unicode.org/reports/tr46/)), for which
/// the reader has no tables.
pub(crate) fn agrees_with(text: &str, read: &StrictUrl) -> bool {
    let path = if read.path.is_empty() { "/" } else { read.path };
    cross_check::is_written_as(text, &(read.origin() + path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn accepts(text: &str, canonical: &str) {
        let read = read(text).unwrap_or_else(|refusal| panic!("{text:?} was refused: {refusal:?}"));
        assert_eq!(read.origin() + read.path, canonical);
        assert!(agrees_with(text, &read), "{text:?}: the url crate reads it otherwise");
    }

    #[track_caller]
    fn refuses(text: &str, error: UrlError) {
        assert_eq!(read(text).map_err(|refusal| refusal.error), Err(error), "{text:?}");
    }

    #[test]
    fn canonical_spelling_is_small_letters_without_the_default_port() {
        accepts("https://gitlab.example.com", "https://gitlab.example.com");
        accepts("  HTTPS://GitLab.Example.COM:443/Group/Project\n", "https://gitlab.example.com/Group/Project");
        accepts("http://h:80/", "http://h/");
        accepts("http://h:443/", "http://h:443/");
        accepts("https://[2001:db8::1]:8443/a/b/", "https://[2001:db8::1]:8443/a/b/");
        accepts("https://192.0.2.10/a/..b", "https://192.0.2.10/a/..b");
        accepts("https://0x7f.0.0.0x7g/", "https://0x7f.0.0.0x7g/");
    }

    #[test]
    fn ipv6_is_read_in_one_spelling_alone() {
        for address in [
            "::",
            "::1",
            "1::",
            "1:0:1:0:1:0:1:0",
            "1::2:0:0:3:4",
            "0:1:0:1:0:1:0:1",
            "fe80:0:a:0:409b::",
            "::ffff:7f00:1",
            "1:2:3:4:5:6:7:8",
        ] {
            accepts(&format!("https://[{address}]/"), &format!("https://[{address}]/"));
        }
        for address in [
            "::FFFF",
            "0::1",
            "::ffff:127.0.0.1",
            "1:2:3:4:5:6:7",
            "fe80::1%25eth0",
            "",
            ":",
            "1::2::3",
            "01::",
            "1:0:0:2:0:0:0:3",
            "1:0:0:2::3:4",
        ] {
            refuses(&format!("https://[{address}]/"), UrlError::HostIpv6);
        }
        refuses("https://[::1]x/", UrlError::HostIpv6);
        refuses("https://[::1", UrlError::HostIpv6);
        refuses("https://[::1]:/", UrlError::Port);
    }

    #[test]
    fn the_cross_check_notices_another_reading() {
        let read = read("https://xn--mnchen-3ya.example:8443/a--b/c").unwrap();
        assert!(agrees_with("HTTPS://XN--MNCHEN-3YA.example:8443/a--b/c", &read));
        for other in [
            "http://xn--mnchen-3ya.example:8443/a--b/c",
            "https://xn--mnchen-3yb.example:8443/a--b/c",
            "https://xn--mnchen-3ya.example/a--b/c",
            "https://xn--mnchen-3ya.example:8443/a--b/d",
            "https://me@xn--mnchen-3ya.example:8443/a--b/c",
            "https://xn--mnchen-3ya.example:8443/a--b/c?d",
            "https://xn--mnchen-3ya.example:8443/a--b/c#d",
            "https://xn--mnchen-3ya.example:8443/a--b/d/%2e%2e/c/",
            "xn--mnchen-3ya.example",
        ] {
            assert!(!agrees_with(other, &read), "{other}");
        }
    }

    #[test]
    fn each_rule_has_its_own_error() {
        for (text, error) in [
            ("", UrlError::Empty),
            (" \t\r\n", UrlError::Empty),
            ("https://exa\tmple.com/", UrlError::ControlCharacter),
            ("https://example.com/\u{0}", UrlError::ControlCharacter),
            ("https://example.com/a\u{7f}b", UrlError::ControlCharacter),
            ("https://example.com/a b", UrlError::WhiteSpace),
            ("https:\\\\example.com", UrlError::Backslash),
            ("gitlab.example.com/group/project", UrlError::MissingScheme),
            ("//gitlab.example.com/group", UrlError::MissingScheme),
            ("localhost:8080/a/b", UrlError::MissingScheme),
            ("1http://example.com/", UrlError::MissingScheme),
            ("ht_tp://example.com/", UrlError::MissingScheme),
            ("ftp://example.com/", UrlError::SchemeNotSupported),
            ("javascript:alert(1)", UrlError::SchemeNotSupported),
            ("git@gitlab.example.com:group/project.git", UrlError::SshForm),
            ("gitlab.example.com:group/project.git", UrlError::SshForm),
            ("ssh://git@gitlab.example.com:2222/group/project.git", UrlError::SshForm),
            ("[git@::1]:group/project.git", UrlError::SshForm),
            ("https:/example.com", UrlError::Slashes),
            ("https:example.com", UrlError::Slashes),
            ("https:///example.com", UrlError::Slashes),
            ("https://user:secret@example.com/", UrlError::HasCredentials),
            ("https://@example.com/", UrlError::HasCredentials),
            ("https://", UrlError::HostEmpty),
            ("https://:443/", UrlError::HostEmpty),
            ("https://?a", UrlError::HostEmpty),
            ("https://münchen.example/", UrlError::HostNotAscii),
            ("https://exa%6dple.com/", UrlError::PercentEncoding),
            ("https://exa*mple.com/", UrlError::HostCharacter),
            ("https://a..b/", UrlError::HostEmptyLabel),
            ("https://.a/", UrlError::HostEmptyLabel),
            ("https://./", UrlError::HostEmptyLabel),
            ("https://example.com./", UrlError::HostEndsWithDot),
            ("https://127.1/", UrlError::HostNumber),
            ("https://0x7f000001/", UrlError::HostNumber),
            ("https://example.0x/", UrlError::HostNumber),
            ("https://010.0.0.1/", UrlError::HostNumber),
            ("https://256.0.0.1/", UrlError::HostNumber),
            ("https://1.2.3.4.5/", UrlError::HostNumber),
            ("https://example.com:/", UrlError::Port),
            ("https://example.com:0443/", UrlError::Port),
            ("https://example.com:0/", UrlError::Port),
            ("https://example.com:65536/", UrlError::Port),
            ("https://example.com:+1/", UrlError::Port),
            ("https://example.com/a/b?c", UrlError::HasQuery),
            ("https://example.com?c", UrlError::HasQuery),
            ("https://example.com/a#b", UrlError::HasFragment),
            ("https://example.com/%2e%2e/a", UrlError::PercentEncoding),
            ("https://example.com/@a/b", UrlError::AtSign),
            ("https://example.com/~a/b", UrlError::Tilde),
            ("https://example.com/é/b", UrlError::PathNotAscii),
            ("https://example.com/a:b", UrlError::PathCharacter),
            ("https://example.com//a", UrlError::EmptySegment),
            ("https://example.com/a//", UrlError::EmptySegment),
            ("https://example.com//", UrlError::EmptySegment),
            ("https://example.com/a/../b", UrlError::DotSegment),
            ("https://example.com/.", UrlError::DotSegment),
        ] {
            refuses(text, error);
        }
    }
}
