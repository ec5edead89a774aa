//! The address of a GitLab server, as a Torque repository provider stores it.

use serde::Serialize;

use super::pages::{below_server, is_named_after_gitlab};
use super::text_traits::text_traits;
use crate::issue::{Check, Checked, Issue, IssueCode, Issues, UrlError};
use crate::url::pasted::{self, Pasted};
use crate::url::reader::{self, Scheme, StrictUrl, segments};

/// A checked base URL: `scheme://host[:port]/[relative root/]`.
///
/// GitLab may live at any depth below its host
/// ([relative URL root](https://docs.gitlab.com/install/relative_url/)), so a path is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct BaseUrl {
    /// Canonical text; ends in `/`.
    pub(crate) url: String,
    /// http or https.
    pub(crate) scheme: Scheme,
    /// Host in small letters; an IPv6 address with its brackets.
    pub(crate) host: String,
    /// Effective port: the scheme's own where none is written.
    pub(crate) port: u16,
    /// Path; begins and ends with `/`.
    pub(crate) path: String,
    /// Whether a token for it would cross the network unencrypted: GitLab is asked only with `allowHttp: true`.
    pub(crate) needs_allow_http: bool,
}

text_traits!(BaseUrl, BaseUrl::check);

impl BaseUrl {
    /// Reads the address of a GitLab server.
    ///
    /// ```
    /// use torque_gitlab_connect::address::BaseUrl;
    ///
    /// let base = BaseUrl::check("HTTPS://GitLab.Example.com:443/gitlab").unwrap().value;
    /// assert_eq!(base.as_str(), "https://gitlab.example.com/gitlab/");
    /// assert_eq!((base.host(), base.port(), base.path()), ("gitlab.example.com", 443, "/gitlab/"));
    ///
    /// let issues = BaseUrl::check("https://me:secret@gitlab.example.com/").unwrap_err();
    /// assert_eq!(issues.to_string(), "base_url.has_credentials: The URL contains a user name, password or token before the @. \
    ///     Remove it. If it was a real token, revoke it in GitLab.");
    /// ```
    ///
    /// # Errors
    ///
    /// One `base_url.…` error with a suggestion where one can be made. Warnings: plain http, gitlab.com, an
    /// internationalised host, a path that may be a group.
    pub fn check(text: &str) -> Check<Self> {
        let refuse = |issue: Issue| match suggest(text) {
            Some(suggestion) => Err(Issues::from(issue.suggest(suggestion))),
            None => Err(Issues::from(issue)),
        };
        let base = match read(text) {
            Ok(base) => base,
            Err(issue) => return refuse(issue),
        };
        base.warnings().or_value(base)
    }

    /// As [`BaseUrl::check`], where something else is checked and the base URL only stands beside it: without warnings, which the
    /// check of the base URL itself reports.
    ///
    /// ```
    /// use torque_gitlab_connect::address::BaseUrl;
    ///
    /// assert!(BaseUrl::check_beside("http://gitlab.example.com/").unwrap().warnings.is_empty());
    /// assert!(BaseUrl::check_beside("https://gitlab.example.com/api/v4").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// As [`BaseUrl::check`].
    pub fn check_beside(text: &str) -> Check<Self> {
        Self::check(text).map(|checked| Checked::clean(checked.value))
    }

    /// The canonical text; ends in `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// http or https.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The host in small letters; an IPv6 address with its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The effective port: the scheme's own where none is written.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The path; begins and ends with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the token crosses the network encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// Whether the host is this machine, by name or address exactly as portals write it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Whether a token for it would cross the network unencrypted: plain http to another machine than this one. GitLab is asked only
    /// with the user's permission then ([`crate::gitlab::Access::check`]).
    ///
    /// ```
    /// use torque_gitlab_connect::address::BaseUrl;
    ///
    /// let needs = |text| BaseUrl::check(text).unwrap().value.needs_allow_http();
    /// assert!(needs("http://gitlab.example.com/") && needs("http://127.0.0.2/"));
    /// assert!(!needs("https://gitlab.example.com/") && !needs("http://localhost:8080/") && !needs("http://[::1]/"));
    /// ```
    #[must_use]
    pub fn needs_allow_http(&self) -> bool {
        self.needs_allow_http
    }

    fn warnings(&self) -> Issues {
        let warn = |error| Issue::new(IssueCode::BaseUrl(error));
        let mut warnings = Issues::new();
        if !self.is_https() {
            warnings.push(warn(UrlError::NotEncrypted));
        }
        if self.host == "gitlab.com" || self.host == "www.gitlab.com" {
            warnings.push(warn(UrlError::GitlabCom));
        }
        if let Some(product) = product_of(self.host()) {
            warnings.push(warn(UrlError::NotGitlab).with("product", product));
        }
        if self.host.split('.').any(|label| label.starts_with("xn--")) {
            warnings.push(warn(UrlError::Punycode));
        }
        if self.host.contains('_') {
            warnings.push(warn(UrlError::HostUnderscore));
        }
        if may_be_group(&self.path) {
            warnings.push(warn(UrlError::MayBeGroup).suggest(self.above_groups()));
        }
        warnings
    }

    /// Where GitLab lives if what looks like a group is one: the segment after which GitLab was named, else the host itself.
    fn above_groups(&self) -> &str {
        let mut path = self.path.as_str();
        // From behind, segment by segment: a path may be very long.
        while let Some(above) = path[..path.len() - 1].bytes().rposition(|byte| byte == b'/')
            && may_be_group(&path[above + 1..])
        {
            path = &path[..=above];
        }
        &self.url[..self.url.len() - self.path.len() + path.len()]
    }
}

/// `localhost`, `127.0.0.1` or `[::1]`: the only hosts to which a token may go over plain http.
pub(crate) fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The strict reading, without suggestion and warnings.
fn read(text: &str) -> Result<BaseUrl, Issue> {
    let error = |error| Issue::new(IssueCode::BaseUrl(error));
    let read = reader::read(text).map_err(|refusal| refusal.issue(IssueCode::BaseUrl, text))?;
    if !reader::agrees_with(reader::trim(text), &read) {
        return Err(error(UrlError::Ambiguous));
    }
    let segments: Vec<&str> = segments(read.path).collect();
    match below_server(read.host, &segments) {
        Some((what, _)) => Err(error(what)),
        None => Ok(from_strict(&read)),
    }
}

/// What lives at a host that is surely no GitLab's.
fn product_of(host: &str) -> Option<&'static str> {
    const PRODUCTS: [(&str, &str); 3] =
        [("qtorque.io", "Torque"), ("github.com", "GitHub"), ("bitbucket.org", "Bitbucket")];
    let product = PRODUCTS.iter().find(|(domain, _)| is_in_domain(host, domain))?.1;
    (!is_named_after_gitlab(host)).then_some(product)
}

/// Whether the host is the domain, or below it.
pub(super) fn is_in_domain(host: &str, domain: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(domain).is_some_and(|above| above.is_empty() || above.ends_with('.'))
}

fn from_strict(read: &StrictUrl) -> BaseUrl {
    let path = format!("{}/", read.path.strip_suffix('/').unwrap_or(read.path));
    let host = read.host.to_ascii_lowercase();
    BaseUrl {
        url: read.origin() + &path,
        needs_allow_http: read.scheme == Scheme::Http && !is_loopback(&host),
        scheme: read.scheme,
        host,
        port: read.port,
        path,
    }
}

/// Whether the last segment is rather a group's name than a relative URL root's.
fn may_be_group(path: &str) -> bool {
    segments(path).last().is_some_and(|last| !is_named_after_gitlab(last))
}

/// What the user may have meant; passes the check.
fn suggest(text: &str) -> Option<String> {
    pasted::suggest(text, |mut pasted: Pasted| {
        if pasted.is_doubtful {
            return None;
        }
        if pasted.is_ssh {
            // SSH has its own port, and its path begins with the group.
            (pasted.port, pasted.segments) = (None, Vec::new());
        }
        let segments: Vec<&str> = pasted.segments.iter().map(String::as_str).collect();
        if let Some((_, root)) = below_server(&pasted.host, &segments) {
            pasted.segments.truncate(root);
        }
        read(&pasted.to_url(pasted.scheme.unwrap_or(Scheme::Https))).ok().map(|base| base.url)
    })
}
