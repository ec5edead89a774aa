//! The kind of a token, by the shape of its text.

use serde::Serialize;

use crate::issue::IssueCode;
use crate::secret::{ACCESS_TOKEN_MARK, RANDOM};

/// What kind of token the text shows; the kinds that Torque cannot use are issues instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum TokenKind {
    /// A personal, project, group, service account or fine-grained access token.
    AccessToken,
    /// An OAuth access token, by its 64 hexadecimal digits.
    OauthAccessToken,
    /// No prefix that GitLab ships.
    Unknown,
}

/// Prefixes by which GitLab marks a kind of token, and what the kind is called. An administrator's own prefix for all
/// kinds stands before these (GitLab 17.10).
const KINDS: &[(&str, Shape)] = &[
    (ACCESS_TOKEN_MARK, Shape::AccessToken { at_start: true }),
    ("gldt-", Shape::DeployToken),
    ("gloas-", Shape::WrongKind("OAuth application secret")),
    ("glrt-", Shape::WrongKind("runner authentication token")),
    ("glrtr-", Shape::WrongKind("runner authentication token")),
    ("GR1348941", Shape::WrongKind("runner registration token")),
    ("glcbt-", Shape::WrongKind("CI/CD job token")),
    ("glptt-", Shape::WrongKind("pipeline trigger token")),
    ("glft-", Shape::WrongKind("feed token")),
    ("glimt-", Shape::WrongKind("incoming mail token")),
    ("glagent-", Shape::WrongKind("Kubernetes agent token")),
    ("glwt-", Shape::WrongKind("workspace token")),
    ("glsoat-", Shape::WrongKind("SCIM token")),
    ("glffct-", Shape::WrongKind("feature flag client token")),
];

/// Names of other secrets of GitLab, which have no prefix of their own: of cookies, parameters and headers.
const NAMES: &[(&str, &str)] = &[
    ("_gitlab_session", "session cookie"),
    ("remember_user_token", "session cookie"),
    ("authenticity_token", "CSRF token"),
    ("csrf-token", "CSRF token"),
    ("feed_token", "feed token"),
    ("rss_token", "feed token"),
];

const PRODUCTS: &[(&str, &str)] = &[
    ("ghp_", "GitHub"),
    ("gho_", "GitHub"),
    ("ghu_", "GitHub"),
    ("ghs_", "GitHub"),
    ("ghr_", "GitHub"),
    ("github_pat_", "GitHub"),
    ("ATBB", "Bitbucket"),
];

/// Whether GitLab marks the text as one of its tokens, of whatever kind.
pub(crate) fn is_marked_by_gitlab(token: &str) -> bool {
    named(token).is_some()
        || matches!(shape(token), Shape::AccessToken { .. } | Shape::DeployToken | Shape::WrongKind(_))
}

/// The kind of a secret with its name before it, wherever it stands in `text`. The query of a URL is not looked at, nor a text in
/// which there is an access token.
pub(super) fn named(text: &str) -> Option<&'static str> {
    if !text.contains([':', '=']) || text.contains(ACCESS_TOKEN_MARK) {
        return None;
    }
    let small = text.to_ascii_lowercase();
    let is_named = |name: &str| {
        small.split_once(name).is_some_and(|(before, behind)| {
            let behind = behind.strip_prefix(['"', '\'']).unwrap_or(behind).trim_start();
            behind.starts_with([':', '=']) && !before.ends_with(['?', '&'])
        })
    };
    NAMES.iter().find(|(name, _)| is_named(name)).map(|(_, kind)| *kind)
}

#[derive(Clone, Copy)]
pub(super) enum Shape {
    AccessToken { at_start: bool },
    OauthAccessToken,
    DeployToken,
    WrongKind(&'static str),
    OtherProduct(&'static str),
    Unknown { hint: IssueCode },
}

pub(super) fn shape(token: &str) -> Shape {
    if let Some((_, product)) = PRODUCTS.iter().find(|(prefix, _)| token.starts_with(prefix)) {
        return Shape::OtherProduct(product);
    }
    if token.starts_with("eyJ") && token.split('.').count() == 3 {
        return Shape::OtherProduct("JSON Web Token (JWT)");
    }
    if let Some(kind) = kind_at(token) {
        return kind;
    }
    // The first mark decides: what stands behind it is random and may look like anything.
    let mut rest = token;
    while let Some((_, behind)) = rest.split_once('-') {
        rest = behind;
        let Some(kind) = kind_at(behind) else { continue };
        return if matches!(kind, Shape::AccessToken { .. }) { Shape::AccessToken { at_start: false } } else { kind };
    }
    if token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Shape::OauthAccessToken;
    }
    // Random parts may hold dashes too; in a text of the old length a dash is no sign of a prefix.
    let has_prefix =
        token.bytes().any(|byte| b"+=/@:".contains(&byte)) || (token.len() != RANDOM && token.contains('-'));
    Shape::Unknown { hint: if has_prefix { IssueCode::TokenCustomPrefix } else { IssueCode::TokenNoPrefix } }
}

pub(super) fn kind_at(text: &str) -> Option<Shape> {
    KINDS.iter().find(|(prefix, _)| text.starts_with(prefix)).map(|(_, shape)| *shape)
}
