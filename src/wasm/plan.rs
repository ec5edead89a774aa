//! Reads a plan, and adjusts its issues by what only the page knows.

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    answer::to_js,
    argument::Argument,
    call::{Call, suggest_ascii_host},
    guard::collect_tokens,
    platform,
};
use crate::{
    address::{BaseUrl, PortalUrl, RepositoryUrl},
    input::Reading,
    issue::{Check, Issue, IssueCode, Issues, PathSegment, UrlError, collect},
    misplaced::Tokens,
    onboarding::{Boxes, CheckedPlan, MOST_REPOSITORIES, Plan, Policy},
    torque::PlanRepository,
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

/** How Torque reaches the repositories. */
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

/// A check of a plan of which nothing else is needed later.
type PlanCheck<'c> = &'c mut dyn FnMut(&Plan, Boxes<PlanRepository>, &Tokens) -> Check<CheckedPlan>;

/// The answer of a function of a plan: what `make` makes of what its `check` gave, when the plan itself is gone.
pub(super) fn answer(plan: JsValue, check: PlanCheck, make: &mut dyn FnMut(CheckedPlan) -> Check<JsValue>) -> JsValue {
    let call = Call::default();
    let checked = read(&call, plan, 0).and_then(|plan| pass(&call, plan, check));
    call.forget_tokens();
    let value = checked.and_then(|checked| call.pass(&[], make(checked)));
    call.end(value)
}

/// Items as a list, each of which is made when the one before has gone to JavaScript.
pub(super) fn list(items: impl Iterator<Item: Serialize>) -> JsValue {
    let list = Array::new();
    items.for_each(|item| list.set(list.length(), to_js(&item)));
    list.into()
}

/// What `write` puts, as one text. A text of an export is as large as all that it is made of, and goes to JavaScript part after part.
pub(super) fn text(write: impl FnOnce(&mut dyn FnMut(&str)) -> Issues) -> Check<JsValue> {
    /// In bytes.
    const PART: usize = 1 << 16;
    let (mut text, mut part) = (JsValue::from(""), String::new());
    let issues = write(&mut |more| {
        part.push_str(more);
        if part.len() >= PART {
            text = &text + &JsValue::from(part.as_str());
            part.clear();
        }
    });
    issues.or_value(&text + &JsValue::from(part.as_str()))
}

/// Nothing where its shape cannot be made out; else what is missing or of the wrong type was reported and stands there empty. `seed` is
/// for one that has none. The repositories stand beside the plan.
pub(super) fn read(call: &Call, copied: JsValue, seed: u64) -> Option<(Plan, Boxes<PlanRepository>)> {
    // What is reported of the repositories comes after what is reported of the keys before them.
    let (mut tokens, of_repositories) = (Vec::new(), Reading::default());
    let mut repositories = Boxes::new();
    let argument = Argument::without_items(copied, Plan::REPOSITORIES, &mut |index, item, gaps| {
        collect_tokens(&item, &mut tokens);
        // Of too many the check needs but one.
        if index <= MOST_REPOSITORIES {
            let repository = of_repositories.read_item(Plan::REPOSITORIES, index, &item, gaps);
            repositories.extend(repository.map(Box::new));
        }
    });
    let reading = &call.reading;
    let plan = Plan::read_beside(reading, Some(&argument.value), &argument.gaps, of_repositories);
    let has_seed = !argument.value["policy"]["seed"].is_null();
    call.keep(None, argument);
    call.release_with(tokens);
    plan.map(|mut plan| {
        if !has_seed {
            plan.policy.seed = seed;
        }
        (plan, repositories)
    })
}

/// The value of a check of a plan.
pub(super) fn pass(
    call: &Call,
    (plan, repositories): (Plan, Boxes<PlanRepository>),
    check: PlanCheck,
) -> Option<CheckedPlan> {
    let urls = urls_to_adjust(&repositories);
    let mut issues = Issues::new();
    let value = collect(call.with_tokens(|tokens| check(&plan, repositories, tokens)), &mut issues);
    adjust(&plan, &urls, &mut issues);
    call.reading.extend(issues);
    value
}

/// The URLs of repositories that [`adjust`] may have something to say about, with the indices of these.
fn urls_to_adjust(repositories: &[Box<PlanRepository>]) -> Vec<(usize, String)> {
    let mut urls = Vec::new();
    for (index, repository) in repositories.iter().enumerate() {
        if !repository.url.is_ascii() {
            urls.push((index, repository.url.clone()));
        }
    }
    urls
}

/// The check does not know the page: its own host, and how hosts outside ASCII are written.
fn adjust(plan: &Plan, urls: &[(usize, String)], issues: &mut Issues) {
    let unknown_host = IssueCode::PortalUrl(UrlError::UnknownHost);
    if issues.has(unknown_host) {
        let origin = platform::page_origin();
        let is_own = |issue: &Issue| {
            let checked = PortalUrl::check_on_page(text_of(plan, urls, issue)?, origin.as_deref()).ok()?;
            Some(!checked.warnings.has(unknown_host))
        };
        issues.retain(|issue| issue.code != unknown_host || is_own(issue) != Some(true));
    }
    issues.iter_mut().for_each(|issue| suggest_host(plan, urls, issue));
}

fn suggest_host(plan: &Plan, urls: &[(usize, String)], issue: &mut Issue) {
    let Some(text) = text_of(plan, urls, issue) else { return };
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
fn text_of<'a>(plan: &'a Plan, urls: &'a [(usize, String)], issue: &Issue) -> Option<&'a str> {
    match (issue.code, issue.path.as_slice()) {
        (IssueCode::PortalUrl(_), [PathSegment::Key(key)]) if key == "portalUrl" => Some(&plan.portal_url),
        (IssueCode::PortalUrl(_), _) => plan.public_portal_url.as_deref(),
        (IssueCode::BaseUrl(_), _) => plan.method.base_url(),
        (IssueCode::RepositoryUrl(_), [_, PathSegment::Index(index), ..]) => {
            urls.iter().find(|(of, _)| of == index).map(|(_, url)| url.as_str())
        }
        _ => None,
    }
}
