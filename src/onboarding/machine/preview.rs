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
    Ok(plan.check_for_export()?.map(|plan| PlannedRequests::of(plan).collect()))
}

/// The requests of a plan whose check has passed, one after the other: they are several times as large as the plan.
pub(crate) struct PlannedRequests {
    work: Work,
    /// Of the request before.
    headers: Arc<Vec<(&'static str, String)>>,
    has_ended: bool,
}

impl PlannedRequests {
    pub(crate) fn of(plan: CheckedPlan) -> Self {
        let mut work = Work::unanswered(plan, Issues::new(), 0);
        // Which tokens are the same is known by then.
        mask(&mut work.plan);
        work.plan.policy.on_unknown = OnUnknown::Continue;
        Self { work, headers: Arc::default(), has_ended: false }
    }

    fn planned(&mut self, queued: QueuedRequest) -> Option<PlannedRequest> {
        let mut request = self.work.request(&queued)?;
        let (step, repository) = self.work.step(queued.kind);
        let (url, body) = (take(&mut request.url), request.body.take());
        if *self.headers != request.headers {
            self.headers = Arc::new(take(&mut request.headers));
        }
        Some(PlannedRequest { step, repository, method: request.method, url, headers: Arc::clone(&self.headers), body })
    }
}

impl Iterator for PlannedRequests {
    type Item = PlannedRequest;

    /// What goes out next, as if every answer were good.
    fn next(&mut self) -> Option<PlannedRequest> {
        while !self.has_ended {
            while let Some(queued) = self.work.ready.pop_front() {
                let planned = self.planned(queued);
                if let RequestKind::Token(token) = queued.kind {
                    let good = Assessment { verdict: Verdict::Ok, issues: Issues::new(), token: None };
                    self.work.assessed(token, good);
                }
                if planned.is_some() {
                    return planned;
                }
            }
            self.has_ended = !self.work.advance(0, &mut Vec::new());
            if self.has_ended && !self.work.runs.is_empty() {
                return self.planned(QueuedRequest { kind: RequestKind::List, tries: 0, list: 0 });
            }
        }
        None
    }
}

/// Puts a mask into the place of every token. No `..` stands in these patterns, so that nothing is added to a plan without an answer to
/// whether it is a secret.
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
        } = &mut **repository;
        token.as_mut()
    });
    for token in repositories.chain(torque_token.as_mut()) {
        *token = masked(token);
    }
}
