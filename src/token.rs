//! GitLab access tokens: the text, the scopes, and GitLab's answer about a token.
//!
//! [`crate::gitlab`] builds the request whose answer [`assess_token`] reads.

mod assessment;
mod kind;
mod pasted;
mod scopes;
mod stand_in;
mod text;

use serde::{Deserialize, Serialize};

use crate::{address::BaseUrl, http::percent_encoded, input::or_default};

pub use assessment::{Assessment, TokenDetails, Verdict, assess_token, check_scopes};
pub use kind::TokenKind;
pub(crate) use kind::is_marked_by_gitlab;
pub(crate) use pasted::is_more_than_one;
pub(crate) use stand_in::is_stand_in;
pub(crate) use text::masked;
pub use text::{TokenText, check_secret, check_token, strip_token};

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum Purpose {
    /// One token for all repositories of a provider.
    Provider,
    /// A token for a single repository.
    Repository,
}

/// How the scopes of a token are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum ScopeReading {
    /// `api` contains `read_api` and `read_repository`, `write_repository` contains `read_repository`.
    #[default]
    Effective,
    /// The names themselves must be listed.
    Literal,
}

/// What the expiry date of a provider's token means. A single repository's token may always have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub enum ExpiryRule {
    /// Torque's documentation asks for a token without expiry.
    #[default]
    Forbid,
    /// The user accepts the date knowingly.
    Warn,
}

/// The requirements for a token; by default those of Torque's documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct TokenPolicy {
    /// How scopes are read.
    #[serde(default, deserialize_with = "or_default")]
    pub scopes: ScopeReading,
    /// What a provider token's expiry date means.
    #[serde(default, deserialize_with = "or_default")]
    pub expiry: ExpiryRule,
    /// Takes the place of the scopes that the purpose asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-validate", tsify(type = "readonly string[]"))]
    pub required_scopes: Option<Vec<String>>,
}

/// Where a user creates a token, with name and scopes filled in; the page depends on the version of GitLab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct TokenLinks {
    /// GitLab 18.9 and later.
    pub current: String,
    /// GitLab 16.8 to 18.8, which do not have the page of the later ones (README of GitLab's own `glab`).
    pub before18_9: String,
    /// GitLab 16.7 and earlier. Up to 16.11 it redirects to the later page, from 17.0 it is not there (GitLab's merge
    /// request 139306). Name and scopes are filled in from 14.1 (its merge request 64897).
    pub before16_8: String,
}

/// The pages of this GitLab that create a token as `policy` asks for `purpose`, called `name` or else `torque`.
///
/// ```
/// use torque_gitlab_connect::{address::BaseUrl, token::{Purpose, TokenPolicy, token_links}};
///
/// let base = BaseUrl::check("https://gitlab.example.com/").unwrap().value;
/// let links = token_links(&base, &TokenPolicy::default(), Purpose::Repository, Some("My repository"));
/// assert_eq!(
///     links.current,
///     "https://gitlab.example.com/-/user_settings/personal_access_tokens/legacy/new?name=My%20repository&scopes=read_repository"
/// );
/// ```
#[must_use]
pub fn token_links(base: &BaseUrl, policy: &TokenPolicy, purpose: Purpose, name: Option<&str>) -> TokenLinks {
    let page = |path: &str| format!("{}-/{path}", base.as_str());
    let name = percent_encoded(name.unwrap_or("torque"));
    let scopes: Vec<String> = scopes::required(policy, purpose).into_iter().map(percent_encoded).collect();
    let query = format!("?name={name}&scopes={}", scopes.join(","));
    TokenLinks {
        current: page("user_settings/personal_access_tokens/legacy/new") + &query,
        before18_9: page("user_settings/personal_access_tokens") + &query,
        before16_8: page("profile/personal_access_tokens") + &query,
    }
}
