//! Reads a plan, and adjusts its issues by what only the page knows.

use serde::Serialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    answer::to_js,
    argument::Argument,
    call::{Call, suggest_ascii_host},
    platform,
};
use crate::{
    address::{BaseUrl, PortalUrl, RepositoryUrl},
    issue::{Check, Issue, IssueCode, Issues, PathSegment, UrlError, collect},
    onboarding::{Plan, Policy},
};

#[wasm_bindgen(typescript_custom_section)]
const METHOD: &str = r"
/** How the job is done. */
export type Policy = TokenPolicy & JobPolicy;

/** One token, stored with a new provider, for all repositories below its base URL. */
export interface ProviderMethod extends Required<Pick<MethodKeys, 'kind' | 'name' | 'baseUrl'>>, Pick<MethodKeys, 'token'> {
  kind: 'provider';
}

/** A provider that exists: no request is sent for it. */
export interface ExistingProviderMethod extends Required<Pick<MethodKeys, 'kind' | 'existing' | 'baseUrl'>> {
  kind: 'provider';
  existing: true;
}

/** Each repository brings its own token. */
export interface TokenPerRepositoryMethod extends Pick<MethodKeys, 'kind' | 'baseUrl'> {
  kind: 'token_per_repository';
}

/** How Torque gets at the repositories. */
export type Method = ProviderMethod | ExistingProviderMethod | TokenPerRepositoryMethod;
";

/// For the element: how long a question to GitLab outside a job may take, in milliseconds: the `requestTimeoutMs` of a policy.
/// Issues where no plan takes it.
#[wasm_bindgen(js_name = requestTimeoutMs, unchecked_return_type = "Result<number>")]
#[must_use]
pub fn request_timeout_ms(
    #[wasm_bindgen(js_name = requestTimeoutMs, unchecked_param_type = "number")] value: JsValue,
) -> JsValue {
    Call::answer(|call| {
        let policy = Policy { request_timeout_ms: call.argument("requestTimeoutMs", value)?, ..Policy::default() };
        let mut issues = Issues::default();
        policy.check(&mut issues);
        call.report(&[], issues);
        call.ensure_no_error()?;
        Some(policy.request_timeout_ms)
    })
}

/// The answer of a function of a plan.
pub(super) fn answer<T: Serialize>(plan: JsValue, run: impl FnOnce(&Plan) -> Check<T>) -> JsValue {
    let call = Call::default();
    let argument = Argument::new(plan);
    let plan = read(&call, &argument);
    call.keep(None, argument);
    call.release_arguments();
    let value = plan.and_then(|plan| pass(&call, &plan, run(&plan)));
    let value = value.map(|value| to_js(&value));
    call.end(value)
}

/// Nothing where its shape cannot be made out; else what is missing or of the wrong type was reported and left empty.
pub(super) fn read(call: &Call, argument: &Argument) -> Option<Plan> {
    Plan::read(&call.reading, Some(&argument.value), &argument.gaps)
}

/// The value of a check of `plan`.
pub(super) fn pass<T>(call: &Call, plan: &Plan, check: Check<T>) -> Option<T> {
    let mut issues = Issues::new();
    let value = collect(check, &mut issues);
    adjust(plan, &mut issues);
    call.reading.extend(issues);
    value
}

/// The check does not know the page: its own host, and how hosts outside ASCII are written.
fn adjust(plan: &Plan, issues: &mut Issues) {
    let unknown_host = IssueCode::PortalUrl(UrlError::UnknownHost);
    if issues.has(unknown_host) {
        let origin = platform::page_origin();
        let is_own = |issue: &Issue| {
            let checked = PortalUrl::check_on_page(text_of(plan, issue)?, origin.as_deref()).ok()?;
            Some(!checked.warnings.has(unknown_host))
        };
        issues.retain(|issue| issue.code != unknown_host || is_own(issue) != Some(true));
    }
    issues.iter_mut().for_each(|issue| suggest_host(plan, issue));
}

fn suggest_host(plan: &Plan, issue: &mut Issue) {
    let Some(text) = text_of(plan, issue) else { return };
    let code = issue.code;
    suggest_ascii_host(issue, text, &|ascii| match code {
        IssueCode::PortalUrl(_) => PortalUrl::check(ascii).is_ok(),
        IssueCode::BaseUrl(_) => BaseUrl::check(ascii).is_ok(),
        _ => {
            let base = plan.method.base_url().and_then(|text| {
                let base =
                    BaseUrl::check(text).or_else(|_| BaseUrl::check(&platform::ascii_url(text).unwrap_or_default()));
                base.ok()
            });
            RepositoryUrl::check(base.as_ref().map(|base| &base.value), ascii).is_ok()
        }
    });
}

/// The URL that an issue is about.
fn text_of<'a>(plan: &'a Plan, issue: &Issue) -> Option<&'a str> {
    match (issue.code, issue.path.as_slice()) {
        (IssueCode::PortalUrl(_), [PathSegment::Key(key)]) if key == "portalUrl" => Some(&plan.portal_url),
        (IssueCode::PortalUrl(_), _) => plan.public_portal_url.as_deref(),
        (IssueCode::BaseUrl(_), _) => plan.method.base_url(),
        (IssueCode::RepositoryUrl(_), [_, PathSegment::Index(index), ..]) => {
            plan.repositories.get(*index).map(|repository| repository.url.as_str())
        }
        _ => None,
    }
}
