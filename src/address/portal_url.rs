//! The address of Torque, or of the embedding portal's own proxy in front of it.

use serde::Serialize;

use super::base_url::{is_in_domain, is_loopback};
use super::text_traits::text_traits;
use crate::issue::{Check, Issue, IssueCode, Issues, UrlError};
use crate::url::{
    pasted,
    reader::{self, Scheme, segments},
};

/// A checked portal URL; Torque's own is `https://portal.qtorque.io/`.
///
/// https, or http where the host is exactly `localhost`, `127.0.0.1` or `[::1]`. It may have a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct PortalUrl {
    /// Canonical text; ends in `/`.
    pub(crate) url: String,
}

text_traits!(PortalUrl, PortalUrl::check);

impl PortalUrl {
    /// Reads the address of Torque.
    ///
    /// ```
    /// use torque_gitlab_connect::address::PortalUrl;
    ///
    /// assert_eq!(PortalUrl::check("https://portal.qtorque.io").unwrap().value.as_str(), "https://portal.qtorque.io/");
    /// let issues = PortalUrl::check("http://portal.qtorque.io").unwrap_err();
    /// assert_eq!(issues.iter().next().unwrap().suggestion.as_deref(), Some("https://portal.qtorque.io/"));
    /// ```
    ///
    /// # Errors
    ///
    /// One `portal_url.…` error with a suggestion where one can be made. Warnings: a host outside `qtorque.io`, and on one of its hosts
    /// a path.
    pub fn check(text: &str) -> Check<Self> {
        Self::check_on_page(text, None)
    }

    /// As [`PortalUrl::check`], on a page whose origin (`https://host[:port]`) is `page_origin`: a portal's own host, where
    /// its proxy lives, needs no warning.
    ///
    /// # Errors
    ///
    /// As [`PortalUrl::check`].
    pub fn check_on_page(text: &str, page_origin: Option<&str>) -> Check<Self> {
        let Read { url, host, root } = read(text).map_err(|issue| match suggest(text) {
            Some(suggestion) => issue.suggest(suggestion),
            None => issue,
        })?;
        let mut warnings = Issues::new();
        let is_torque = is_in_domain(&host, DOMAIN);
        if let Some(root) = root {
            warnings.push(Issue::new(IssueCode::PortalUrl(UrlError::TorquePage)).as_warning().suggest(root));
        }
        let is_own = page_origin
            .and_then(|origin| reader::read(origin).ok())
            .is_some_and(|own| own.host.eq_ignore_ascii_case(&host));
        if !is_torque && !is_own {
            warnings.push(Issue::new(IssueCode::PortalUrl(UrlError::UnknownHost)));
        }
        if host.contains('_') {
            warnings.push(Issue::new(IssueCode::PortalUrl(UrlError::HostUnderscore)));
        }
        warnings.or_value(Self { url })
    }

    /// The canonical text; ends in `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }
}

/// A URL as it was read.
struct Read {
    /// Canonical text.
    url: String,
    /// In small letters.
    host: String,
    /// Where Torque is, if the path may be that of a page.
    root: Option<String>,
}

/// The strict reading.
fn read(text: &str) -> Result<Read, Issue> {
    let error = |error| Issue::new(IssueCode::PortalUrl(error));
    let read = reader::read(text).map_err(|refusal| refusal.issue(IssueCode::PortalUrl, text))?;
    if !reader::agrees_with(reader::trim(text), &read) {
        return Err(error(UrlError::Ambiguous));
    }
    let host = read.host.to_ascii_lowercase();
    if read.scheme == Scheme::Http && !is_loopback(&host) {
        return Err(error(UrlError::HttpNotAllowed));
    }
    let segments: Vec<&str> = segments(read.path).collect();
    let is_torques = is_in_domain(&host, DOMAIN);
    if PAGES.contains(&host.as_str()) || page_at(is_torques, &segments).is_some() {
        return Err(error(UrlError::TorquePage));
    }
    let origin = read.origin();
    let url = format!("{origin}{}/", read.path.strip_suffix('/').unwrap_or(read.path));
    // A server of Torque's might pass the path on, but it is mostly a page.
    let root = (is_torques && !segments.is_empty()).then(|| origin + "/");
    Ok(Read { url, host, root })
}

/// Quali's.
const DOMAIN: &str = "qtorque.io";

/// Torque, as customers have it.
const TORQUE: &str = "portal.qtorque.io";

/// Hosts of Quali's that hold pages alone.
const PAGES: [&str; 3] = ["qtorque.io", "www.qtorque.io", "docs.qtorque.io"];

/// Where a page or an endpoint of the API begins that is surely no part of Torque's URL. Elsewhere than on Torque's own hosts any path
/// may be the place of a proxy, but for what the proxy itself would add.
fn page_at(is_torques: bool, segments: &[&str]) -> Option<usize> {
    let is_page = is_torques && segments.first().is_some_and(|first| ["api", "login"].contains(first));
    let is_endpoint = |at: &usize| {
        matches!(
            segments[*at..],
            ["api", "settings", "repository_providers", ..] | ["api", "spaces", _, "repositories", ..]
        )
    };
    if is_page { Some(0) } else { (0..segments.len()).find(is_endpoint) }
}

/// What the user may have meant; passes the check.
fn suggest(text: &str) -> Option<String> {
    pasted::suggest(text, |mut pasted| {
        let scheme = match pasted.scheme {
            Some(Scheme::Http) if is_loopback(&pasted.host) => Scheme::Http,
            _ => Scheme::Https,
        };
        if pasted.scheme == Some(Scheme::Http) && scheme == Scheme::Https && pasted.port.as_deref() == Some("80") {
            pasted.port = None;
        }
        if PAGES.iter().any(|host| pasted.host.eq_ignore_ascii_case(host)) {
            (pasted.host, pasted.port, pasted.segments) = (TORQUE.to_owned(), None, Vec::new());
        }
        let segments: Vec<&str> = pasted.segments.iter().map(String::as_str).collect();
        if let Some(at) = page_at(is_in_domain(&pasted.host, DOMAIN), &segments) {
            pasted.segments.truncate(at);
        }
        let url = (!pasted.is_doubtful).then(|| pasted.to_url(scheme))?;
        read(&url).ok().map(|read| read.url)
    })
}
