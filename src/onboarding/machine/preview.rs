//! The requests of a job before it is run.

use std::mem::take;
use std::sync::Arc;

use serde::Serialize;

use super::work::{QueuedRequest, RequestKind, Work};
#[cfg(doc)]
use crate::http::HttpRequest;
use crate::issue::{Check, Issues, as_object};
use crate::onboarding::plan::{CheckedMethod, CheckedPlan, OnUnknown, Plan};
use crate::onboarding::report::Step;
use crate::secret::Secret;
use crate::token::{Assessment, Verdict, masked};
use crate::torque::{ProviderDetails, ProviderPayload, RepositoryPayload};

/// A request that a job would send: an `HttpRequest` with `glpat-…` or `…` instead of each token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct PlannedRequest {
    /// What it is for.
    #[cfg_attr(feature = "js", tsify(type = "ConnectStep"))]
    pub step: Step,
    /// Index in the plan, where it is about one repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<usize>,
    /// `GET` or `POST`.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub method: &'static str,
    /// Canonical absolute URL.
    pub url: String,
    /// Header name and value; one request after the other has the same.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(feature = "js", tsify(type = "Record<string, string>"))]
    pub headers: Arc<Vec<(&'static str, String)>>,
    /// JSON text, only with `POST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// Returns the requests that a job with this plan sends if every answer is good, in order. Show them before you start the job. Tokens
/// may be missing from the plan.
///
/// Nothing that depends on answers is included: the default branch and the provider's id in a payload, further look-ups of a branch
/// or a file, retries, further lists, and stopping where nothing is proved ([`OnUnknown::Stop`]).
///
/// ```
/// use torque_gitlab_connect::{onboarding::{Method, Plan, preview_plan}, secret::Secret};
///
/// let token = Some(Secret::new("glpat-0123456789abcdefghij".to_owned()));
/// let provider = Method::Provider { name: "gitlab-1".into(), base_url: "https://gitlab.example.com".into(), token };
/// let planned = preview_plan(&Plan::new("https://portal.qtorque.io", "", provider)).unwrap().value;
/// assert_eq!(planned[0].url, "https://gitlab.example.com/api/v4/personal_access_tokens/self");
/// assert_eq!(
///     planned[1].body.as_deref(),
///     Some(r#"{"name":"gitlab-1","type":"gitLabEnterprise","details":{"token":"glpat-…","base_url":"https://gitlab.example.com/"},"repos":[]}"#)
/// );
/// ```
///
/// # Errors
///
/// The issues of the plan, except for missing tokens.
pub fn preview_plan(plan: &Plan) -> Check<Vec<PlannedRequest>> {
    // Shorter than any token, so it is none of the plan's.
    let missing = Secret::new("\u{0}".to_owned());
    let checked = plan.check_for_export(&missing)?;
    let mut work = Work::new(checked.value, Issues::new(), 0);
    work.mask();
    checked.warnings.or_value(work.planned())
}

impl Work {
    /// Puts a mask into the place of every token. Which of them are the same is known by then.
    fn mask(&mut self) {
        mask(&mut self.plan);
        for token in &mut self.tokens {
            token.secret = masked(&token.secret);
        }
    }

    /// What goes out from beginning to end, as if every answer were good.
    fn planned(mut self) -> Vec<PlannedRequest> {
        self.plan.policy.on_unknown = OnUnknown::Continue;
        let mut planned: Vec<PlannedRequest> = Vec::with_capacity(2 * self.runs.len() + self.tokens.len() + 2);
        while self.advance(0, &mut Vec::new()) {
            while let Some(queued) = self.ready.pop_front() {
                planned.extend(self.planned_request(queued, planned.last()));
                if let RequestKind::Token(token) = queued.kind {
                    let good = Assessment { verdict: Verdict::Ok, issues: Issues::new(), token: None };
                    self.assessed(token, good);
                }
            }
        }
        if !self.runs.is_empty() {
            let list = QueuedRequest { kind: RequestKind::List, tries: 0, list: 0 };
            planned.extend(self.planned_request(list, planned.last()));
        }
        planned
    }

    fn planned_request(&self, queued: QueuedRequest, before: Option<&PlannedRequest>) -> Option<PlannedRequest> {
        let mut request = self.request(&queued)?;
        let (step, repository) = self.step(queued.kind);
        let (url, body) = (take(&mut request.url), request.body.take());
        let headers = match before.filter(|before| *before.headers == request.headers) {
            Some(before) => Arc::clone(&before.headers),
            None => Arc::new(take(&mut request.headers)),
        };
        Some(PlannedRequest { step, repository, method: request.method, url, headers, body })
    }
}

/// No `..` stands in these patterns, so that nothing is added to a plan without an answer to whether it is a secret.
fn mask(plan: &mut CheckedPlan) {
    let CheckedPlan { torque_token, method, repositories, portal: _, public_portal: _, space: _, policy: _ } = plan;
    if let CheckedMethod::Provider(ProviderPayload { details, name: _, kind: _, repos: _ }) = method {
        let ProviderDetails { token, base_url: _ } = details;
        *token = masked(token);
    }
    let repositories = repositories.iter_mut().filter_map(|repository| {
        let RepositoryPayload {
            token,
            repository_name: _,
            repository_url: _,
            branch: _,
            credential_name: _,
            use_all_agents: _,
            agents: _,
            eac_auto_registration: _,
            provider_id: _,
        } = repository;
        token.as_mut()
    });
    for token in repositories.chain(torque_token.as_mut()) {
        *token = masked(token);
    }
}
