//! A plan as plain data: what the package takes, and what a file holds.

use serde::Deserialize;
use serde_json::Value;

use super::plan::{Method, OnUnknown, Plan, Policy};
use crate::input::{Gaps, Reading, unknown_key};
use crate::issue::{Issue, IssueCode, PathSegment};
use crate::secret::Secret;
use crate::token::TokenPolicy;
use crate::torque::PlanRepository;

/// Everything that `connect` is to do.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "Plan"))]
struct PlanInput {
    /// Address of Torque, or of the portal's proxy in front of it.
    portal_url: String,
    /// Torque API token; without it no `Authorization` header is sent (the portal's proxy or `fetch` adds it).
    #[cfg_attr(feature = "js", tsify(optional, type = "string"))]
    torque_token: Option<Secret>,
    /// Name of the space.
    space: String,
    /// How Torque reaches the repositories.
    #[cfg_attr(feature = "js", tsify(type = "Method"))]
    method: MethodInput,
    /// May be empty with a new provider.
    #[cfg_attr(feature = "js", tsify(type = "readonly PlanRepository[]"))]
    repositories: Vec<PlanRepository>,
    /// How the job is done.
    #[cfg_attr(feature = "js", tsify(optional, type = "Policy"))]
    policy: Option<(JobPolicy, TokenPolicy)>,
    /// Where the user's browser finds Torque, when `portalUrl` is a proxy.
    #[cfg_attr(feature = "js", tsify(optional))]
    public_portal_url: Option<String>,
}

/// How the job is done, besides what is asked of the tokens.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
struct JobPolicy {
    /// Ask GitLab about tokens and projects first; `true` by default.
    #[cfg_attr(feature = "js", tsify(optional))]
    inspect: Option<bool>,
    /// What to do where nothing could be proved: `stop` (default) or `continue`.
    #[cfg_attr(feature = "js", tsify(optional))]
    on_unknown: Option<OnUnknown>,
    /// Ask GitLab also over plain http, where a token could be read on the way (this machine needs no permission).
    #[cfg_attr(feature = "js", tsify(optional))]
    allow_http: Option<bool>,
    /// Send the new provider's id with each repository.
    #[cfg_attr(feature = "js", tsify(optional))]
    send_provider_id: Option<bool>,
    /// Pause between two looks at the space's list, in milliseconds.
    #[cfg_attr(feature = "js", tsify(optional))]
    poll_ms: Option<i64>,
    /// How long a repository may sync, in milliseconds.
    #[cfg_attr(feature = "js", tsify(optional))]
    sync_timeout_ms: Option<i64>,
    /// How long one request may take, in milliseconds.
    #[cfg_attr(feature = "js", tsify(optional))]
    request_timeout_ms: Option<i64>,
    /// Of the jitter in pauses; chosen by chance when left out.
    #[cfg_attr(feature = "js", tsify(optional))]
    seed: Option<u64>,
}

/// All keys that a method may have; its `kind` says which.
// `MethodInput::checked` says it here, and the interfaces in `src/wasm/plan.rs` in TypeScript.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js", derive(tsify::Tsify), tsify(rename = "MethodKeys"))]
struct MethodInput {
    /// Which method.
    #[cfg_attr(feature = "js", tsify(type = "'provider' | 'token_per_repository'"))]
    kind: Kind,
    /// The provider exists.
    #[cfg_attr(feature = "js", tsify(optional))]
    existing: Option<bool>,
    /// Display name of the provider in Torque.
    #[cfg_attr(feature = "js", tsify(optional))]
    name: Option<String>,
    /// GitLab's address, and that of a provider: every repository lies below it. A job with a token for each repository and
    /// no base URL does not ask GitLab, and each repository gets a warning.
    #[cfg_attr(feature = "js", tsify(optional))]
    base_url: Option<String>,
    /// GitLab access token of a new provider. May be missing in a plan for `previewPlan` and for the exports.
    #[cfg_attr(feature = "js", tsify(optional, type = "string"))]
    token: Option<Secret>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Provider,
    TokenPerRepository,
}

impl Plan {
    /// Reads a plan as far as it can be read: what is missing or of the wrong type is reported and left empty. Nothing
    /// where its shape cannot be made out.
    ///
    /// ```
    /// use serde_json::json;
    /// use torque_gitlab_connect::{input::{Gaps, Reading}, onboarding::Plan};
    ///
    /// let file = json!({
    ///     "portalUrl": "https://portal.qtorque.io", "space": "demo", "repositories": [],
    ///     "method": { "kind": "provider", "name": "gitlab-1", "baseUrl": "https://gitlab.example.com" },
    /// });
    /// let reading = Reading::default();
    /// let plan = Plan::read(&reading, Some(&file), &Gaps::new()).unwrap();
    /// assert!(!reading.has_error());
    /// assert_eq!(plan.space, "demo");
    /// ```
    pub fn read(reading: &Reading, value: Option<&Value>, gaps: &Gaps) -> Option<Self> {
        Self::read_beside(reading, value, gaps, Reading::default())
    }

    /// Where the repositories of a plan stand.
    #[cfg(feature = "js")]
    pub(crate) const REPOSITORIES: &str = "repositories";

    /// As [`Plan::read`], where other repositories were read before, with what is wrong with them.
    pub(crate) fn read_beside(
        reading: &Reading,
        value: Option<&Value>,
        gaps: &Gaps,
        of_repositories: Reading,
    ) -> Option<Self> {
        let input: PlanInput = reading.read(None, value, gaps)?;
        of_repositories.take_issues().into_iter().for_each(|issue| reading.push(issue));
        let method = if has_shape(reading) { Some(input.method.checked(reading)) } else { None };
        if let Some((_, token)) = &input.policy {
            reading.extend(token.misspelled().at("policy"));
        }
        reading.sort_by_key();
        Some(Self {
            portal_url: input.portal_url,
            torque_token: input.torque_token,
            space: input.space,
            method: method?,
            repositories: input.repositories,
            policy: input.policy.map(|(job, token)| job.checked(token)).unwrap_or_default(),
            public_portal_url: input.public_portal_url,
        })
    }
}

/// Whether there is a method, and a list of repositories.
fn has_shape(reading: &Reading) -> bool {
    let key = PathSegment::from;
    let is_read = |path: &[PathSegment]| !reading.is_unread(path);
    is_read(&[])
        && is_read(&[key("method")])
        && is_read(&[key("method"), key("kind")])
        && is_read(&[key("repositories")])
        && !reading.is_any_unread(&[key("repositories")])
}

impl JobPolicy {
    fn checked(self, token: TokenPolicy) -> Policy {
        let default = Policy::default();
        Policy {
            inspect: self.inspect.unwrap_or(default.inspect),
            on_unknown: self.on_unknown.unwrap_or_default(),
            allow_http: self.allow_http.unwrap_or(default.allow_http),
            token,
            send_provider_id: self.send_provider_id.unwrap_or(default.send_provider_id),
            poll_ms: self.poll_ms.unwrap_or(default.poll_ms),
            sync_timeout_ms: self.sync_timeout_ms.unwrap_or(default.sync_timeout_ms),
            request_timeout_ms: self.request_timeout_ms.unwrap_or(default.request_timeout_ms),
            seed: self.seed.unwrap_or(default.seed),
        }
    }
}

impl MethodInput {
    fn checked(self, reading: &Reading) -> Method {
        let is_existing = self.kind == Kind::Provider && self.existing == Some(true);
        let known: &[&str] = match self.kind {
            Kind::Provider if is_existing => &["kind", "existing", "baseUrl"],
            Kind::Provider => &["kind", "existing", "name", "baseUrl", "token"],
            Kind::TokenPerRepository => &["kind", "baseUrl"],
        };
        let given =
            [("existing", self.existing.is_some()), ("name", self.name.is_some()), ("token", self.token.is_some())];
        for (key, _) in given.into_iter().filter(|(key, is_given)| *is_given && !known.contains(key)) {
            reading.push(unknown_key(key, known).at("method"));
        }
        let required = |key: &str, text: Option<String>| {
            if text.is_none() {
                reading.push(Issue::new(IssueCode::InputMissing).with("expected", "string").at(key).at("method"));
            }
            text.unwrap_or_default()
        };
        match self.kind {
            Kind::Provider if is_existing => Method::ExistingProvider { base_url: required("baseUrl", self.base_url) },
            Kind::Provider => Method::Provider {
                name: required("name", self.name),
                base_url: required("baseUrl", self.base_url),
                token: self.token,
            },
            Kind::TokenPerRepository => Method::TokenPerRepository { base_url: self.base_url },
        }
    }
}
