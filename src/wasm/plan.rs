//! Reads a plan.

use super::{
    fields::{Fields, offer_ascii_host},
    functions::token_policy,
};
use crate::{
    base_url::BaseUrl,
    issue::{Check, Issue, IssueCode, Issues, PathSegment, UrlFault, collect},
    onboarding::{Method, OnUnknown, Plan, Policy},
    portal_url::PortalUrl,
    repository_url::RepositoryUrl,
    secret::Secret,
    torque::PlanRepository,
};

/// Reads a plan as far as it can be read; what is missing or of the wrong type is reported and stands there empty.
/// Nothing where its shape cannot be made out.
pub(super) fn read(fields: &mut Fields) -> Option<Plan> {
    let portal_url = text(fields, "portalUrl");
    let torque_token = secret(fields, "torqueToken");
    let space = text(fields, "space");
    let method = fields.object("method", read_method);
    let repositories = fields.objects("repositories", |repository| Some(read_repository(repository)));
    let policy = fields.optional_object("policy", read_policy).unwrap_or_default();
    let public_portal_url = optional_text(fields, "publicPortalUrl");
    let (method, repositories) = (method??, repositories?);
    Some(Plan { portal_url, torque_token, space, method, repositories, policy, public_portal_url })
}

/// The value of a check of `plan`. About a value that could not even be read the check has nothing to add; and it does not
/// know the page.
pub(super) fn pass<T>(fields: &Fields, plan: &Plan, check: Check<T>) -> Option<T> {
    let mut issues = Issues::new();
    let value = collect(check, &mut issues);
    report(fields, plan, issues);
    value
}

fn report(fields: &Fields, plan: &Plan, mut issues: Issues) {
    mend(fields, plan, &mut issues);
    issues.retain(|issue| !fields.input.has_issue_at(&issue.path));
    fields.report_all(issues);
}

/// Corrects the issues of a plan by what only the page knows: its own host, and how hosts outside ASCII are written.
fn mend(fields: &Fields, plan: &Plan, issues: &mut Issues) {
    let is_own_host = |issue: &Issue| {
        let text = match issue.path.first() {
            Some(PathSegment::Key(key)) if key == "portalUrl" => &plan.portal_url,
            Some(PathSegment::Key(key)) if key == "publicPortalUrl" => plan.public_portal_url.as_ref()?,
            _ => return None,
        };
        let checked = PortalUrl::check_on_page(text, fields.input.page_origin()).ok()?;
        Some(!checked.warnings.has(IssueCode::PortalUrl(UrlFault::UnknownHost)))
    };
    let unknown_host = IssueCode::PortalUrl(UrlFault::UnknownHost);
    issues.retain(|issue| issue.code != unknown_host || is_own_host(issue) != Some(true));
    issues.iter_mut().for_each(|issue| offer_host(fields, plan, issue));
}

fn offer_host(fields: &Fields, plan: &Plan, issue: &mut Issue) {
    let base_url = match &plan.method {
        Method::Provider { base_url, .. } | Method::ExistingProvider { base_url } => Some(base_url),
        Method::TokenPerRepository { base_url } => base_url.as_ref(),
    };
    let text = match (&issue.code, issue.path.as_slice()) {
        (IssueCode::PortalUrl(_), [PathSegment::Key(key)]) if key == "portalUrl" => Some(&plan.portal_url),
        (IssueCode::PortalUrl(_), _) => plan.public_portal_url.as_ref(),
        (IssueCode::BaseUrl(_), _) => base_url,
        (IssueCode::RepositoryUrl(_), [_, PathSegment::Index(index), ..]) => {
            plan.repositories.get(*index).map(|repository| &repository.url)
        }
        _ => None,
    };
    let Some(ascii) = text.and_then(|text| fields.input.ascii_url(text)) else { return };
    let code = issue.code;
    offer_ascii_host(issue, ascii, &|ascii| match code {
        IssueCode::PortalUrl(_) => PortalUrl::check(ascii).is_ok(),
        IssueCode::BaseUrl(_) => BaseUrl::check(ascii).is_ok(),
        _ => {
            let base = base_url.map(|text| fields.input.ascii_url(text).unwrap_or(text));
            let base = base.and_then(|text| BaseUrl::check(text).ok());
            RepositoryUrl::check(base.as_ref().map(|base| &base.value), ascii).is_ok()
        }
    });
}

fn secret(fields: &mut Fields, key: &'static str) -> Option<Secret> {
    fields.optional_text(key).map(|text| Secret::new(text.to_owned()))
}

fn text(fields: &mut Fields, key: &'static str) -> String {
    fields.text(key).unwrap_or_default().to_owned()
}

fn optional_text(fields: &mut Fields, key: &'static str) -> Option<String> {
    fields.optional_text(key).map(str::to_owned)
}

fn read_method(method: &mut Fields) -> Option<Method> {
    let kind = method.required_choice("kind", [("provider", true), ("token_per_repository", false)]);
    let is_existing = kind == Some(true) && method.flag("existing") == Some(true);
    Some(match kind {
        Some(true) if is_existing => Method::ExistingProvider { base_url: text(method, "baseUrl") },
        Some(true) => Method::Provider {
            name: text(method, "name"),
            base_url: text(method, "baseUrl"),
            token: secret(method, "token"),
        },
        Some(false) => Method::TokenPerRepository { base_url: optional_text(method, "baseUrl") },
        None => {
            // Nobody knows which settings it has.
            method.pass_over();
            return None;
        }
    })
}

pub(super) fn read_repository(fields: &mut Fields) -> PlanRepository {
    PlanRepository {
        url: text(fields, "url"),
        name: optional_text(fields, "name"),
        branch: optional_text(fields, "branch"),
        token: secret(fields, "token"),
        credential_name: optional_text(fields, "credentialName"),
        agents: fields.texts("agents").unwrap_or_default(),
        auto_register: fields.flag("autoRegister").unwrap_or_default(),
    }
}

fn read_policy(fields: &mut Fields) -> Policy {
    let default = Policy::default();
    let milliseconds = |fields: &mut Fields, key, default| {
        fields.count(key).map_or(default, |count| i64::try_from(count).unwrap_or(i64::MAX))
    };
    Policy {
        inspect: fields.flag("inspect").unwrap_or(default.inspect),
        on_unknown: fields
            .choice("onUnknown", [("stop", OnUnknown::Stop), ("continue", OnUnknown::Continue)])
            .unwrap_or_default(),
        allow_http: fields.flag("allowHttp").unwrap_or(default.allow_http),
        token: token_policy(fields),
        send_provider_id: fields.flag("sendProviderId").unwrap_or(default.send_provider_id),
        poll_ms: milliseconds(fields, "pollMs", default.poll_ms),
        sync_timeout_ms: milliseconds(fields, "syncTimeoutMs", default.sync_timeout_ms),
        request_timeout_ms: milliseconds(fields, "requestTimeoutMs", default.request_timeout_ms),
        seed: fields.count("seed").unwrap_or_else(|| fields.input.chance()),
    }
}
