//! The address of a GitLab server, as a Torque repository provider stores it.

use serde::Serialize;

use crate::{
    issue::{Check, Issue, IssueCode, Issues, UrlFault},
    pasted::Pasted,
    url_reader::{self, Scheme, StrictUrl},
};

/// A checked base URL: `scheme://host[:port]/[relative root/]`.
///
/// GitLab may live at any depth below its host
/// ([relative URL root](https://docs.gitlab.com/install/relative_url/)), so a path is accepted.
///
/// ```
/// use torque_gitlab_connect::base_url::BaseUrl;
///
/// let base = BaseUrl::check("HTTPS://GitLab.Example.com:443/gitlab").unwrap().value;
/// assert_eq!(base.as_str(), "https://gitlab.example.com/gitlab/");
/// assert_eq!(base.port, 443);
///
/// let issues = BaseUrl::check("https://me:secret@gitlab.example.com/").unwrap_err();
/// assert_eq!(issues.to_string(), "base_url.has_credentials: The URL contains a user name, password or token before the @. \
///     Remove it; if it was a real token, revoke it in GitLab.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BaseUrl {
    /// Canonical text; ends in `/`.
    pub url: String,
    /// http or https.
    pub scheme: Scheme,
    /// Host in small letters; an IPv6 address with its brackets.
    pub host: String,
    /// Effective port: the scheme's own where none is written.
    pub port: u16,
    /// Path; begins and ends with `/`.
    pub path: String,
}

impl BaseUrl {
    /// Reads the address of a GitLab server.
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

    /// The canonical text; ends in `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
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

    fn warnings(&self) -> Issues {
        let warn = |fault| Issue::new(IssueCode::BaseUrl(fault));
        let mut warnings = Issues::new();
        if !self.is_https() {
            warnings.push(warn(UrlFault::NotEncrypted));
        }
        if self.host == "gitlab.com" || self.host == "www.gitlab.com" {
            warnings.push(warn(UrlFault::GitlabCom));
        }
        if self.host.split('.').any(|label| label.starts_with("xn--")) {
            warnings.push(warn(UrlFault::Punycode));
        }
        if looks_like_group(&self.path) {
            warnings.push(warn(UrlFault::MayBeGroup).suggest(self.above_groups()));
        }
        warnings
    }

    /// Where GitLab lives if what looks like a group is one: the segment after which GitLab was named, else the host itself.
    fn above_groups(&self) -> &str {
        let mut path = self.path.as_str();
        // From behind, segment by segment: a path may be very long.
        while let Some(above) = path[..path.len() - 1].bytes().rposition(|byte| byte == b'/')
            && looks_like_group(&path[above + 1..])
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
    let fault = |fault| Issue::new(IssueCode::BaseUrl(fault));
    let read = url_reader::read(text).map_err(|refusal| refusal.issue(IssueCode::BaseUrl, text))?;
    if !url_reader::is_read_alike(url_reader::trim(text), &read) {
        return Err(fault(UrlFault::Ambiguous));
    }
    if page_start(read.path).is_some() {
        return Err(fault(UrlFault::WebPage));
    }
    Ok(from_strict(&read))
}

fn from_strict(read: &StrictUrl) -> BaseUrl {
    let path = format!("{}/", read.path.strip_suffix('/').unwrap_or(read.path));
    BaseUrl {
        url: read.origin() + &path,
        scheme: read.scheme,
        host: read.host.to_ascii_lowercase(),
        port: read.port,
        path,
    }
}

/// Where GitLab's own pages begin in a path, as an index of a segment: `-` is no possible slug
/// (<https://docs.gitlab.com/user/reserved_names/>), and `users/sign_in` is where an unknown visitor lands.
fn page_start(path: &str) -> Option<usize> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let dash = segments.iter().position(|segment| *segment == "-");
    dash.or_else(|| segments.windows(2).position(|pair| pair == ["users", "sign_in"]))
}

/// A relative URL root is named by whoever installed GitLab, mostly after GitLab or git; other names are mostly groups, and
/// one that ends in `.git` is a repository.
fn looks_like_group(path: &str) -> bool {
    let last = path.split('/').rfind(|segment| !segment.is_empty()).unwrap_or_default().to_ascii_lowercase();
    let is_gitlab = last.contains("gitlab") || last.split(['-', '_', '.']).any(|word| word == "git");
    !last.is_empty() && (!is_gitlab || last.ends_with(".git"))
}

/// What the user may have meant; passes the check.
fn suggest(text: &str) -> Option<String> {
    let mut pasted = Pasted::read(text).filter(|pasted| !pasted.is_doubtful)?;
    if pasted.is_ssh {
        // SSH has its own port, and its path begins with the group.
        (pasted.port, pasted.segments) = (None, Vec::new());
    }
    let path = pasted.segments.join("/");
    if let Some(start) = page_start(&path) {
        pasted.segments.truncate(start);
    }
    read(&pasted.to_url(pasted.scheme.unwrap_or(Scheme::Https))).ok().map(|base| base.url)
}
