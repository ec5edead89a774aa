//! Where GitLab is asked, and with which token.

use crate::{
    base_url::BaseUrl,
    http::HttpRequest,
    issue::{Check, Checked, Issue, IssueCode},
    secret::Secret,
    server_text::Redactor,
};

/// A GitLab and the token that it is asked with: what every request to it is built from.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, gitlab::Access, secret::Secret};
///
/// let token = Secret::new("glpat-example".to_owned());
/// let base = BaseUrl::check("http://gitlab.example.com/").unwrap().value;
/// let issues = Access::check(&base, &token, false).unwrap_err();
/// assert_eq!(issues.iter().next().unwrap().code.as_str(), "gitlab.http_not_allowed");
/// assert!(Access::check(&base, &token, true).is_ok());
/// ```
#[derive(Clone)]
pub struct Access {
    base: BaseUrl,
    token: Secret,
}

impl Access {
    /// Whether `token` may be sent to the GitLab at `base`: over https, to this machine, or where `allow_http` says that the
    /// user lets it cross the network readable.
    ///
    /// # Errors
    ///
    /// `gitlab.http_not_allowed`.
    pub fn check(base: &BaseUrl, token: &Secret, allow_http: bool) -> Check<Self> {
        if !base.is_https() && !base.is_loopback() && !allow_http {
            return Err(Issue::new(IssueCode::GitlabHttpNotAllowed).into());
        }
        Ok(Checked::clean(Self { base: base.clone(), token: token.clone() }))
    }

    /// Knows the token, for what GitLab says.
    pub(super) fn redactor(&self) -> Redactor {
        Redactor::new([&self.token])
    }

    /// A `GET` of something of its API.
    pub(super) fn get(&self, path: &str) -> HttpRequest {
        HttpRequest::get(format!("{}api/v4/{path}", self.base.as_str()), Some(&self.token))
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Access({})", self.base.as_str())
    }
}
