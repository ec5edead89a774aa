//! The address of Torque, or of the embedding portal's own proxy in front of it.

use serde::Serialize;

use super::base_url::is_loopback;
use super::text_traits::text_traits;
use crate::issue::{Check, Issue, IssueCode, Issues, UrlError};
use crate::url::{
    pasted,
    reader::{self, Scheme},
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
    /// One `portal_url.…` error with a suggestion where one can be made. A host outside `qtorque.io` is a warning.
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
        let (url, host) = read(text).map_err(|issue| match suggest(text) {
            Some(suggestion) => issue.suggest(suggestion),
            None => issue,
        })?;
        let mut warnings = Issues::new();
        let is_torque = host == "qtorque.io" || host.ends_with(".qtorque.io");
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

/// The strict reading: canonical text and host.
fn read(text: &str) -> Result<(String, String), Issue> {
    let error = |error| Issue::new(IssueCode::PortalUrl(error));
    let read = reader::read(text).map_err(|refusal| refusal.issue(IssueCode::PortalUrl, text))?;
    if !reader::agrees_with(reader::trim(text), &read) {
        return Err(error(UrlError::Ambiguous));
    }
    let host = read.host.to_ascii_lowercase();
    if read.scheme == Scheme::Http && !is_loopback(&host) {
        return Err(error(UrlError::HttpNotAllowed));
    }
    Ok((format!("{}{}/", read.origin(), read.path.strip_suffix('/').unwrap_or(read.path)), host))
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
        let url = (!pasted.is_doubtful).then(|| pasted.to_url(scheme))?;
        read(&url).ok().map(|(url, _)| url)
    })
}
