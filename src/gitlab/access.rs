//! Which GitLab is asked, with which token.

use crate::{
    address::BaseUrl,
    http::HttpRequest,
    issue::{Check, Checked, Issue, IssueCode},
    secret::{Secret, Secrets, holds_access_token},
    server_text::Redactor,
};

/// A GitLab and its token, from which every request to it is built.
///
/// ```
/// use torque_gitlab_connect::{address::BaseUrl, gitlab::Access, secret::Secret};
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
    /// Checks that `token` may be sent to the GitLab at `base`: over https, to this machine, or with `allow_http`.
    ///
    /// # Errors
    ///
    /// `gitlab.http_not_allowed`.
    pub fn check(base: &BaseUrl, token: &Secret, allow_http: bool) -> Check<Self> {
        if base.needs_allow_http() && !allow_http {
            return Err(Issue::new(IssueCode::GitlabHttpNotAllowed).into());
        }
        Ok(Checked::clean(Self { base: base.clone(), token: token.clone() }))
    }

    /// Removes the token from what GitLab says.
    pub(super) fn redactor(&self) -> Redactor {
        Redactor::new([&self.token])
    }

    /// Whether `text` holds the token or a piece of it, or any access token of GitLab.
    pub(super) fn is_token_in(&self, text: &str) -> bool {
        holds_access_token(text) || Secrets::new([&self.token]).are_in(text)
    }

    /// A `GET` request to its API.
    pub(super) fn get(&self, path: &str) -> HttpRequest {
        HttpRequest::get(format!("{}api/v4/{path}", self.base.as_str()), Some(&self.token))
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Access({})", self.base.as_str())
    }
}
