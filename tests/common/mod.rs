//! What several test files share.

/// A URL as RFC 3986 reads it: Appendix B splits it, section 3.2 its authority. Written from the grammar, without a look
/// at the crate, so that it can be its second witness.
#[derive(Debug, PartialEq, Eq)]
pub struct Rfc3986 {
    pub scheme: String,
    pub userinfo: Option<String>,
    pub host: String,
    pub port: Option<u32>,
    pub path: String,
    pub query: Option<String>,
    pub fragment: Option<String>,
}

impl Rfc3986 {
    /// `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?`; none where scheme or authority is missing or a
    /// character is none of the grammar's.
    pub fn read(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)) {
            return None;
        }
        let (before_fragment, fragment) = split(text, '#');
        let (hierarchy, query) = split(before_fragment, '?');
        let (scheme, rest) = hierarchy.split_once(':')?;
        let first = scheme.chars().next()?;
        let is_scheme = first.is_ascii_alphabetic()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let rest = rest.strip_prefix("//")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (userinfo, host_and_port) = match authority.rsplit_once('@') {
            Some((userinfo, rest)) => (Some(userinfo.to_owned()), rest),
            None => (None, authority),
        };
        let port_start = match host_and_port.rfind(']') {
            Some(bracket) => host_and_port[bracket..].find(':').map(|colon| bracket + colon),
            None => host_and_port.find(':'),
        };
        let (host, port) = match port_start {
            Some(colon) => (&host_and_port[..colon], Some(host_and_port[colon + 1..].parse().ok()?)),
            None => (host_and_port, None),
        };
        is_scheme.then(|| Self {
            scheme: scheme.to_ascii_lowercase(),
            userinfo,
            host: host.to_ascii_lowercase(),
            port,
            path: path.to_owned(),
            query,
            fragment,
        })
    }

    /// Section 6.2.3: a written default port is the same as none.
    pub fn effective_port(&self) -> Option<u32> {
        self.port.or(match self.scheme.as_str() {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        })
    }
}

fn split(text: &str, at: char) -> (&str, Option<String>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after.to_owned())),
        None => (text, None),
    }
}
