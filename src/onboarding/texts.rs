//! The texts of a plan that others can read: what is sent, shown, stored or exported.

use super::plan::{Method, Plan, Policy};
use crate::issue::{IssueCode, PathSegment, UrlError};
use crate::token::TokenPolicy;
use crate::torque::{PlaceInRepository, PlanRepository};

/// A text that is sent, shown, stored or exported, the code of the issue where it holds a token, and its place.
type Text<'a, Place = Vec<PathSegment>> = (&'a str, IssueCode, Place);

impl Plan {
    /// All texts but tokens and those of the repositories. All fields are taken apart, so that whoever adds one decides here
    /// what it is.
    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        let Self { portal_url, torque_token: _, space, method, repositories: _, policy, public_portal_url } = self;
        let (name, base_url) = match method {
            Method::Provider { name, base_url, token: _ } => (Some(name), Some(base_url)),
            Method::ExistingProvider { base_url } => (None, Some(base_url)),
            Method::TokenPerRepository { base_url } => (None, base_url.as_ref()),
        };
        let Policy {
            token: TokenPolicy { required_scopes, scopes: _, expiry: _ },
            inspect: _,
            on_unknown: _,
            allow_http: _,
            send_provider_id: _,
            poll_ms: _,
            sync_timeout_ms: _,
            request_timeout_ms: _,
            seed: _,
        } = policy;
        let (name_is_token, in_base) = (IssueCode::NameIsToken, IssueCode::BaseUrl(UrlError::HasToken));
        let in_portal = IssueCode::PortalUrl(UrlError::HasToken);
        let mut texts: Vec<Text> =
            vec![(portal_url, in_portal, vec!["portalUrl".into()]), (space, name_is_token, vec!["space".into()])];
        if let Some(url) = public_portal_url {
            texts.push((url, in_portal, vec!["publicPortalUrl".into()]));
        }
        if let Some(name) = name {
            texts.push((name, name_is_token, vec!["method".into(), "name".into()]));
        }
        if let Some(url) = base_url {
            texts.push((url, in_base, vec!["method".into(), "baseUrl".into()]));
        }
        for (index, scope) in required_scopes.iter().flatten().enumerate() {
            texts.push((scope, name_is_token, vec!["policy".into(), "requiredScopes".into(), index.into()]));
        }
        texts
    }
}

impl PlanRepository {
    /// As [`Self::texts`], without their places.
    pub(super) fn other_texts(&self) -> impl Iterator<Item = &str> {
        self.texts().map(|(text, ..)| text)
    }

    /// All texts but the token.
    pub(super) fn texts(&self) -> impl Iterator<Item = Text<'_, PlaceInRepository>> {
        let url = (self.url.as_str(), IssueCode::RepositoryUrl(UrlError::HasToken), ("url", None));
        std::iter::once(url).chain(self.names().map(|(place, name)| (name, IssueCode::NameIsToken, place)))
    }
}
