//! What a server in front of Torque passes on, and for whom.

use super::Endpoint;

/// The body of a request: a payload of Torque's has a few hundred bytes.
pub const REQUEST_LIMIT: u64 = 1024 * 1024;

/// The body of an answer: the list of a large space has megabytes.
pub const ANSWER_LIMIT: u64 = 16_000_000;

/// The content type with which a server in front of Torque passes an answer on: JSON
/// ([WHATWG](https://mimesniff.spec.whatwg.org/#json-mime-type)) or else plain text, so that no web page of Torque's runs as one of the
/// server's.
///
/// ```
/// use torque_gitlab_connect::torque::content_type_passed_on;
///
/// assert_eq!(content_type_passed_on("Application/Problem+JSON; charset=utf-8"), "application/json");
/// assert_eq!(content_type_passed_on("text/html"), "text/plain; charset=utf-8");
/// ```
#[must_use]
pub fn content_type_passed_on(content_type: &str) -> &'static str {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json");
    if is_json { "application/json" } else { "text/plain; charset=utf-8" }
}

/// The head of a request that came to a server in front of Torque: of this product's program, or of a portal.
///
/// ```
/// use torque_gitlab_connect::torque::{Endpoint, Head, Refusal};
///
/// let path = "/torque/api/spaces/demo/repositories";
/// let list = Head { method: "GET", path, site: Some("same-origin"), ..Head::default() };
/// assert!(matches!(list.judge("/torque/", None), Ok(Endpoint::ListRepositories { .. })));
///
/// let elsewhere = Head { site: Some("cross-site"), ..list };
/// assert_eq!(elsewhere.judge("/torque/", None), Err(Refusal::OtherOrigin));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    /// `GET`, `POST`, ….
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// Host and port that it was sent to.
    pub host: &'a str,
    /// The header `Origin`.
    pub origin: Option<&'a str>,
    /// The header `Sec-Fetch-Site`.
    pub site: Option<&'a str>,
    /// The header `Content-Length`.
    pub length: Option<u64>,
}

/// Why a request is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A page of another origin has sent it.
    OtherOrigin,
    /// It is for none of the endpoints.
    NoEndpoint,
    /// Its space is none of those that may be reached.
    OtherSpace,
    /// Its body is larger than [`REQUEST_LIMIT`].
    TooLarge,
}

impl Head<'_> {
    /// Whether a page of the server's own origin has sent it, as far as the browser says.
    ///
    /// Browsers send `Sec-Fetch-Site`, which no page can forge, wherever the connection is trustworthy (W3C Fetch Metadata),
    /// and `Origin` with what is no plain GET. The scheme is not compared: a server behind another that ends TLS does not
    /// know its own.
    #[must_use]
    pub fn is_same_origin(&self) -> Option<bool> {
        match (self.site, self.origin) {
            (Some(site), _) => Some(site == "same-origin"),
            (None, Some(origin)) => Some(origin.split_once("://").is_some_and(|(_, host)| host == self.host)),
            (None, None) => None,
        }
    }

    /// Judges the request before its body is read. `prefix` is the path that the server is mounted at and ends in `/`; with
    /// `spaces` no others are reached. A provider belongs to no space, and may be created all the same.
    ///
    /// # Errors
    ///
    /// Why it is not passed on.
    pub fn judge(&self, prefix: &str, spaces: Option<&[String]>) -> Result<Endpoint, Refusal> {
        if self.is_same_origin() == Some(false) {
            return Err(Refusal::OtherOrigin);
        }
        let path = self.path.strip_prefix(prefix.strip_suffix('/').unwrap_or(prefix)).unwrap_or_default();
        let endpoint = Endpoint::read(self.method, path).ok_or(Refusal::NoEndpoint)?;
        if let (Some(space), Some(spaces)) = (endpoint.space(), spaces)
            && !spaces.iter().any(|known| known == space)
        {
            return Err(Refusal::OtherSpace);
        }
        if self.length.is_some_and(|length| length > REQUEST_LIMIT) {
            return Err(Refusal::TooLarge);
        }
        Ok(endpoint)
    }
}

impl Refusal {
    /// The HTTP status that says so.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::OtherOrigin | Self::OtherSpace => 403,
            Self::NoEndpoint => 404,
            Self::TooLarge => 413,
        }
    }

    /// English text for the answer's body.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::OtherOrigin => "only pages of this origin may ask",
            Self::NoEndpoint => "only Torque's endpoints for providers and repositories are passed on",
            Self::OtherSpace => "this space cannot be reached through here",
            Self::TooLarge => "the body is larger than 1 MB",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Head<'_> = Head {
        method: "GET",
        path: "/api/torque/api/spaces/My%20space/repositories",
        host: "portal.example.com",
        origin: None,
        site: None,
        length: None,
    };

    fn judge(head: Head<'_>) -> Result<Endpoint, Refusal> {
        head.judge("/api/torque/", None)
    }

    #[test]
    fn pages_of_other_origins_are_refused() {
        for (origin, site, expected) in [
            (None, None, None),
            (None, Some("same-origin"), Some(true)),
            (None, Some("same-site"), Some(false)),
            (None, Some("cross-site"), Some(false)),
            // An address that was typed.
            (None, Some("none"), Some(false)),
            (Some("https://portal.example.com"), None, Some(true)),
            (Some("http://portal.example.com"), None, Some(true)),
            (Some("https://portal.example.com:8443"), None, Some(false)),
            (Some("https://portal.example.com.evil.example"), None, Some(false)),
            (Some("https://evil.example"), Some("cross-site"), Some(false)),
            (Some("null"), None, Some(false)),
            (Some(""), None, Some(false)),
            // Behind another server the host may be another one; the browser's word decides.
            (Some("https://outside.example"), Some("same-origin"), Some(true)),
        ] {
            let head = Head { origin, site, ..LIST };
            assert_eq!(head.is_same_origin(), expected, "{origin:?} {site:?}");
            assert_eq!(judge(head) == Err(Refusal::OtherOrigin), expected == Some(false), "{origin:?} {site:?}");
        }
    }

    #[test]
    fn the_prefix_ends_with_a_segment() {
        assert!(judge(LIST).is_ok());
        for path in [
            "/api/torqueapi/spaces/demo/repositories",
            "/api/torque2/api/spaces/demo/repositories",
            "/api/spaces/demo/repositories",
            "/api/torque//api/spaces/demo/repositories",
            "/api/torque/../torque/api/spaces/demo/repositories",
            "/API/torque/api/spaces/demo/repositories",
            "/api/torque/api/spaces/demo/repositories?token=1",
            "/api/torque",
            "",
        ] {
            assert_eq!(judge(Head { path, ..LIST }), Err(Refusal::NoEndpoint), "{path}");
        }
        let at_root = Head { path: "/api/spaces/demo/repositories", ..LIST };
        assert!(at_root.judge("/", None).is_ok() && at_root.judge("", None).is_ok());
    }

    #[test]
    fn only_the_spaces_named_are_reached() {
        let at = |path, spaces: &[&str]| {
            let spaces: Vec<String> = spaces.iter().map(|space| (*space).to_owned()).collect();
            Head { path, ..LIST }.judge("/api/torque/", Some(&spaces))
        };
        let path = LIST.path;
        assert!(at(path, &["demo", "My space"]).is_ok());
        assert_eq!(at(path, &["My%20space"]), Err(Refusal::OtherSpace));
        assert_eq!(at(path, &["my space"]), Err(Refusal::OtherSpace));
        assert_eq!(at(path, &[]), Err(Refusal::OtherSpace));
        let provider = Head { method: "POST", path: "/api/torque/api/settings/repository_providers", ..LIST };
        assert_eq!(provider.judge("/api/torque/", Some(&[])), Ok(Endpoint::CreateProvider));
    }

    #[test]
    fn a_large_body_is_refused_by_its_head() {
        let at = |length| judge(Head { length: Some(length), ..LIST });
        assert!(at(REQUEST_LIMIT).is_ok());
        assert_eq!(at(REQUEST_LIMIT + 1), Err(Refusal::TooLarge));
    }
}
