//! Whether a repository lies inside a base URL: whether the base's token may go there.
//!
//! Scheme, host and effective port are equal and the base's path is a prefix of the repository's path on a segment
//! boundary. Both sides come from the strict reader, so that comparing bytes is comparing meaning. "Inside" holds for
//! the first hop: redirects are never followed.

use std::borrow::Cow;

use super::base_url::BaseUrl;
use crate::url::{reader::StrictUrl, swar};

/// The first part in which a repository URL differs from the base URL: host, scheme, port, path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Scheme,
    Host,
    Port,
    BasePath,
}

/// A part of both URLs, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference<'a> {
    /// `scheme`, `host`, `port` or `basePath`, as in the parts of a repository URL.
    pub(crate) part: &'static str,
    pub(crate) expected: Cow<'a, str>,
    pub(crate) got: Cow<'a, str>,
}

impl Difference<'_> {
    /// Whether it is capitals alone; GitLab ignores them in paths, Torque is not known to.
    pub(crate) fn is_in_case_only(&self) -> bool {
        self.expected.eq_ignore_ascii_case(&self.got)
    }
}

/// The path of `url` below the base, without a slash in front; or the first part in which it lies elsewhere.
pub(crate) fn path_below<'a>(base: &BaseUrl, url: &StrictUrl<'a>) -> Result<&'a str, Part> {
    // Another server is the news, whatever its scheme.
    if url.host != base.host && !url.host.eq_ignore_ascii_case(&base.host) {
        return Err(Part::Host);
    }
    if url.scheme != base.scheme {
        return Err(Part::Scheme);
    }
    if url.port != base.port {
        return Err(Part::Port);
    }
    // The base's path ends in `/`, so the prefix ends where a segment ends.
    if swar::begins_with(url.path.as_bytes(), base.path.as_bytes()) {
        return Ok(&url.path[base.path.len()..]);
    }
    match base.path.as_bytes() {
        // The base itself, written without its last slash.
        [path @ .., b'/'] if path == url.path.as_bytes() => Ok(""),
        _ => Err(Part::BasePath),
    }
}

/// What is expected of `part`, and what `url` has there.
pub(crate) fn difference<'a>(part: Part, base: &'a BaseUrl, url: &StrictUrl<'a>) -> Difference<'a> {
    let difference = |part, expected: &'a str, got: &'a str| Difference {
        part,
        expected: Cow::Borrowed(expected),
        got: Cow::Borrowed(got),
    };
    match part {
        Part::Scheme => difference("scheme", base.scheme.as_str(), url.scheme.as_str()),
        Part::Host => difference("host", &base.host, url.host),
        Part::Port => Difference {
            part: "port",
            expected: Cow::Owned(base.port.to_string()),
            got: Cow::Owned(url.port.to_string()),
        },
        Part::BasePath => {
            difference("basePath", &base.path, leading_segments(url.path, base.path.matches('/').count()))
        }
    }
}

/// The first part of `path` with as many slashes as the base's path has.
fn leading_segments(path: &str, slashes: usize) -> &str {
    let mut length = 0;
    for _ in 0..slashes {
        match path[length..].find('/') {
            Some(at) => length += at + 1,
            None if path.is_empty() => return "/",
            None => return path,
        }
    }
    &path[..length]
}
