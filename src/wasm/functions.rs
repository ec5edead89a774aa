//! The functions of the package: read the arguments, ask the core, write the answer. No rule of its own.

use serde::Serialize;

use super::{input::Fields, plan};
use crate::{
    base_url::BaseUrl,
    export, gitlab,
    http::HttpAnswer,
    issue::{Check, Issues},
    portal_url::PortalUrl,
    repository_url::RepositoryUrl,
    secret::Secret,
    token::{self, Assessment, ExpiryRule, Purpose, ScopeReading, TokenPolicy, Verdict},
    torque::{self, Branch, Name, ProviderPayload, Redactor, RepositoryInput, RepositoryPayload},
};

/// One function of the package.
pub(super) struct Function {
    /// As in JavaScript.
    pub(super) name: &'static str,
    /// The names of its parameters; `""` for an object whose keys stand for themselves.
    pub(super) parameters: &'static [&'static str],
    pub(super) run: fn(Fields) -> String,
}

const fn function(name: &'static str, parameters: &'static [&'static str], run: fn(Fields) -> String) -> Function {
    Function { name, parameters, run }
}

/// The parameters of a function that takes a single object.
pub(super) const SETTINGS: &[&str] = &[""];

pub(super) static FUNCTIONS: &[Function] = &[
    function("checkPortalUrl", &["portalUrl"], check_portal_url),
    function("checkBaseUrl", &["baseUrl"], check_base_url),
    function("checkRepositoryUrl", &["baseUrl", "repositoryUrl"], check_repository_url),
    function("checkToken", &["token", "purpose"], check_token),
    function("checkScopes", &["scopes", "options"], check_scopes),
    function("assessToken", &["answer", "options"], assess_token),
    function("tokenLinks", &["baseUrl", "options"], token_links),
    function("inspectTokenRequest", SETTINGS, inspect_token_request),
    function("versionRequest", SETTINGS, version_request),
    function("readVersion", &["answer"], read_version),
    function("projectRequest", SETTINGS, project_request),
    function("assessProject", &["answer", "options"], assess_project),
    function("branchRequest", SETTINGS, branch_request),
    function("assessBranch", &["answer", "options"], assess_branch),
    function("probeRequest", SETTINGS, probe_request),
    function("assessProbe", &["answer", "options"], assess_probe),
    function("listProjectsRequest", SETTINGS, list_projects_request),
    function("nextProjectsRequest", SETTINGS, next_projects_request),
    function("readProjects", &["answer", "options"], read_projects),
    function("providerPayload", SETTINGS, provider_payload),
    function("repositoryPayload", SETTINGS, repository_payload),
    function("createProviderRequest", SETTINGS, create_provider_request),
    function("readProviderAnswer", &["answer"], read_provider_answer),
    function("connectRepositoryRequest", SETTINGS, connect_repository_request),
    function("readRepositoryAnswer", &["answer"], read_repository_answer),
    function("listRepositoriesRequest", SETTINGS, list_repositories_request),
    function("readRepositories", &["answer"], read_repositories),
    function("toCurl", SETTINGS, to_curl),
];

// Addresses.

fn check_portal_url(mut arguments: Fields) -> String {
    let portal = portal_url(&mut arguments);
    result(arguments, portal)
}

fn check_base_url(mut arguments: Fields) -> String {
    let base = base_url(&mut arguments);
    result(arguments, base)
}

fn check_repository_url(mut arguments: Fields) -> String {
    let base = if arguments.is_null("baseUrl") { None } else { base_url(&mut arguments) };
    let repository = repository_url(&mut arguments, base.as_ref());
    result(arguments, repository)
}

// Tokens.

fn check_token(mut arguments: Fields) -> String {
    let text = arguments.text("token");
    let purpose = purpose(&mut arguments);
    // Without a purpose the text can be read all the same.
    let check = text.map(|text| token::check_token(&text, purpose.unwrap_or(Purpose::Provider)));
    let token = check.and_then(|check| arguments.pass("token", check));
    result(arguments, token)
}

fn check_scopes(mut arguments: Fields) -> String {
    let scopes = arguments.required_texts("scopes");
    let options = arguments.object("options").map(|mut options| {
        let read = (token_policy(&mut options), purpose(&mut options));
        options.finish();
        read
    });
    let judge = || {
        let (policy, purpose) = options?;
        let mut assessment = token::check_scopes(&scopes?, &policy, purpose?);
        assessment.issues = in_list(assessment.issues, "scopes");
        Some(assessment)
    };
    let judged = judge();
    assessment(arguments, judged)
}

fn assess_token(mut arguments: Fields) -> String {
    let answer = answer(&mut arguments);
    let options = arguments.object("options").map(|mut options| {
        let read = (token_policy(&mut options), purpose(&mut options), options.time("now", token::rfc3339_ms));
        options.finish();
        read
    });
    let judge = || {
        let (policy, purpose, now) = options?;
        Some(token::assess_token(&answer?, &policy, purpose?, now?))
    };
    let judged = judge();
    assessment(arguments, judged)
}

fn token_links(mut arguments: Fields) -> String {
    let base = base_url(&mut arguments);
    let options = arguments.object("options").map(|mut options| {
        let read = (purpose(&mut options), options.optional_check("name", Name::check));
        options.finish();
        read
    });
    let links = || {
        let (purpose, name) = options?;
        Some(token::token_links(&base?, purpose?, name.as_ref().map(Name::as_str)))
    };
    let links = links();
    result(arguments, links)
}

// GitLab: requests built, answers judged.

fn inspect_token_request(mut settings: Fields) -> String {
    let (base, token) = (base_url(&mut settings), gitlab_token(&mut settings));
    let request = || Some(gitlab::inspect_token_request(&base?, &token?));
    let request = request();
    result(settings, request)
}

fn version_request(mut settings: Fields) -> String {
    let (base, token) = (base_url(&mut settings), gitlab_token(&mut settings));
    let request = || Some(gitlab::version_request(&base?, &token?));
    let request = request();
    result(settings, request)
}

fn read_version(mut arguments: Fields) -> String {
    let version = read_answer(&mut arguments, gitlab::read_version);
    result(arguments, version)
}

fn project_request(mut settings: Fields) -> String {
    let base = base_url(&mut settings);
    let repository = repository_url(&mut settings, base.as_ref());
    let token = gitlab_token(&mut settings);
    let request = || Some(gitlab::project_request(&base?, &repository?, &token?));
    let request = request();
    result(settings, request)
}

fn assess_project(mut arguments: Fields) -> String {
    let answer = answer(&mut arguments);
    let repository = arguments.object("options").and_then(|mut options| {
        let base = options.optional_check("baseUrl", BaseUrl::check);
        let repository = repository_url(&mut options, base.as_ref());
        options.finish();
        repository
    });
    let check = answer.zip(repository).map(|(answer, repository)| gitlab::assess_project(&answer, &repository));
    let project = check.and_then(|check| arguments.pass("answer", check));
    result(arguments, project)
}

fn branch_request(mut settings: Fields) -> String {
    let base = base_url(&mut settings);
    let repository = repository_url(&mut settings, base.as_ref());
    let branch = settings.check("branch", Branch::check);
    let token = gitlab_token(&mut settings);
    let request = || Some(gitlab::branch_request(&base?, &repository?, &branch?, &token?));
    let request = request();
    result(settings, request)
}

fn assess_branch(mut arguments: Fields) -> String {
    let answer = answer(&mut arguments);
    let branch = arguments.object("options").and_then(|mut options| {
        let branch = options.check("branch", Branch::check);
        options.finish();
        branch
    });
    let check = answer.zip(branch).map(|(answer, branch)| gitlab::assess_branch(&answer, &branch));
    let found = check.and_then(|check| arguments.pass("answer", check));
    result(arguments, found)
}

fn probe_request(mut settings: Fields) -> String {
    let base = base_url(&mut settings);
    let repository = repository_url(&mut settings, base.as_ref());
    let branch = settings.optional_check("branch", Branch::check);
    let token = gitlab_token(&mut settings);
    let request = || Some(gitlab::probe_request(&base?, &repository?, branch.as_ref(), &token?));
    let request = request();
    result(settings, request)
}

fn assess_probe(mut arguments: Fields) -> String {
    let answer = answer(&mut arguments);
    let branch = arguments.optional_object("options").and_then(|mut options| {
        let branch = options.optional_check("branch", Branch::check);
        options.finish();
        branch
    });
    let check = answer.map(|answer| gitlab::assess_probe(&answer, branch.as_ref()));
    let readable = check.and_then(|check| arguments.pass("answer", check));
    result(arguments, readable)
}

fn list_projects_request(mut settings: Fields) -> String {
    let (base, token) = (base_url(&mut settings), gitlab_token(&mut settings));
    let search = settings.optional_text("search");
    let request = || Some(gitlab::list_projects_request(&base?, search.as_deref(), &token?));
    let request = request();
    result(settings, request)
}

fn next_projects_request(mut settings: Fields) -> String {
    let (base, token) = (base_url(&mut settings), gitlab_token(&mut settings));
    let request = settings.text("link").and_then(|link| {
        let check = gitlab::next_projects_request(&base?, &link, &token?);
        settings.pass("link", check)
    });
    result(settings, request)
}

fn read_projects(mut arguments: Fields) -> String {
    let answer = answer(&mut arguments);
    let base = arguments.object("options").and_then(|mut options| {
        let base = base_url(&mut options);
        options.finish();
        base
    });
    let check = answer.zip(base).map(|(answer, base)| gitlab::read_projects(&answer, &base));
    let projects = check.and_then(|check| arguments.pass("answer", check));
    result(arguments, projects)
}

// Torque: payloads, requests built, answers judged.

fn provider_payload(mut settings: Fields) -> String {
    let payload = provider(&mut settings);
    result(settings, payload)
}

fn repository_payload(mut settings: Fields) -> String {
    let payload = repository(&mut settings);
    result(settings, payload)
}

fn create_provider_request(mut settings: Fields) -> String {
    let (portal, token) = (portal_url(&mut settings), torque_token(&mut settings));
    let payload = provider(&mut settings);
    let request = || Some(torque::create_provider_request(&portal?, token.as_ref(), &payload?));
    let request = request();
    result(settings, request)
}

fn read_provider_answer(mut arguments: Fields) -> String {
    let provider = read_answer(&mut arguments, |answer| torque::read_provider_answer(answer, &Redactor::default()));
    result(arguments, provider)
}

fn connect_repository_request(mut settings: Fields) -> String {
    let (portal, token) = (portal_url(&mut settings), torque_token(&mut settings));
    let space = settings.check("space", Name::check);
    let payload = repository(&mut settings);
    let request = || Some(torque::connect_repository_request(&portal?, token.as_ref(), &space?, &payload?));
    let request = request();
    result(settings, request)
}

fn read_repository_answer(mut arguments: Fields) -> String {
    let accepted = read_answer(&mut arguments, |answer| torque::read_repository_answer(answer, &Redactor::default()));
    result(arguments, accepted)
}

fn list_repositories_request(mut settings: Fields) -> String {
    let (portal, token) = (portal_url(&mut settings), torque_token(&mut settings));
    let space = settings.check("space", Name::check);
    let request = || Some(torque::list_repositories_request(&portal?, token.as_ref(), &space?));
    let request = request();
    result(settings, request)
}

fn read_repositories(mut arguments: Fields) -> String {
    let repositories = read_answer(&mut arguments, |answer| torque::read_repositories(answer, &Redactor::default()));
    result(arguments, repositories)
}

// The whole job, as text.

fn to_curl(mut settings: Fields) -> String {
    let script = plan::read(&mut settings).and_then(|plan| plan::pass(&settings, &plan, export::to_curl(&plan)));
    result(settings, script)
}

// What several functions read alike.

fn portal_url(fields: &mut Fields) -> Option<PortalUrl> {
    let page_origin = fields.input.page_origin();
    fields.check("portalUrl", |text| PortalUrl::check_on_page(text, page_origin))
}

fn base_url(fields: &mut Fields) -> Option<BaseUrl> {
    fields.check("baseUrl", BaseUrl::check)
}

fn repository_url(fields: &mut Fields, base: Option<&BaseUrl>) -> Option<RepositoryUrl> {
    fields.check("repositoryUrl", |text| RepositoryUrl::check(base, text))
}

fn gitlab_token(fields: &mut Fields) -> Option<Secret> {
    fields.check("token", |text| token::check_secret(text, Purpose::Provider))
}

fn torque_token(fields: &mut Fields) -> Option<Secret> {
    fields.optional_check("torqueToken", torque::check_torque_token)
}

fn purpose(fields: &mut Fields) -> Option<Purpose> {
    fields.required_choice("purpose", &[("provider", Purpose::Provider), ("repository", Purpose::Repository)])
}

pub(super) fn token_policy(fields: &mut Fields) -> TokenPolicy {
    let scopes = [("effective", ScopeReading::Effective), ("literal", ScopeReading::Literal)];
    let expiry = [("forbid", ExpiryRule::Forbid), ("warn", ExpiryRule::Warn)];
    let policy = TokenPolicy {
        scopes: fields.choice("scopes", &scopes).unwrap_or_default(),
        expiry: fields.choice("expiry", &expiry).unwrap_or_default(),
        required_scopes: fields.texts("requiredScopes"),
    };
    fields.pass_whole(policy.misspelled().or_value(policy)).unwrap_or_default()
}

fn provider(fields: &mut Fields) -> Option<ProviderPayload> {
    let name = fields.check("name", Name::check);
    fields.optional_check("type", ProviderPayload::check_type);
    let base_url = base_url(fields);
    let token = fields.check("token", |text| token::check_secret(text, Purpose::Provider));
    Some(ProviderPayload { name: name?, base_url: base_url?, token: token? })
}

fn repository(fields: &mut Fields) -> Option<RepositoryPayload> {
    let base = fields.optional_check("baseUrl", BaseUrl::check);
    let url = repository_url(fields, base.as_ref());
    let name = fields.optional_text("repositoryName");
    let branch = fields.optional_text("branch");
    let credential_name = fields.optional_text("credentialName");
    let agents = fields.texts("agents").unwrap_or_default();
    let input = RepositoryInput {
        name: name.as_deref(),
        branch: branch.as_deref(),
        token: fields.optional_check("token", |text| token::check_secret(text, Purpose::Repository)),
        credential_name: credential_name.as_deref(),
        agents: agents.iter().map(String::as_str).collect(),
        auto_register: fields.flag("autoRegister").unwrap_or_default(),
    };
    let check = RepositoryPayload::check(url?, &input);
    fields.pass_whole(check)
}

fn answer(arguments: &mut Fields) -> Option<HttpAnswer> {
    let mut answer = arguments.object("answer")?;
    let status = answer.status("status");
    let body = answer.json("body");
    answer.finish();
    Some(HttpAnswer { status: status?, body: body? })
}

fn read_answer<T>(arguments: &mut Fields, read: impl FnOnce(&HttpAnswer) -> Check<T>) -> Option<T> {
    let answer = answer(arguments)?;
    arguments.pass("answer", read(&answer))
}

/// Issues about the entries of a list get the list's name; those about the whole keep their empty path.
fn in_list(issues: Issues, name: &str) -> Issues {
    issues.into_iter().map(|issue| if issue.path.is_empty() { issue } else { issue.at(name) }).collect()
}

// What every function answers with.

/// Ends a function: what it made, unless something is wrong.
fn result<T: Serialize>(arguments: Fields, value: Option<T>) -> String {
    finish(arguments, value.map(|value| to_json(&value)))
}

fn finish(arguments: Fields, value: Option<String>) -> String {
    let issues = arguments.finish().take_issues();
    match value.filter(|_| !issues.has_error()) {
        Some(value) => format!(r#"{{"ok":true,"value":{value},"issues":{}}}"#, to_json(&issues)),
        None => format!(r#"{{"ok":false,"issues":{}}}"#, to_json(&issues)),
    }
}

/// The answer where the arguments are nothing that could be read.
pub(super) fn refused(arguments: Fields) -> String {
    finish(arguments, None)
}

/// As [`result`], for a judgement of three values: input that cannot be read proves nothing.
fn assessment(arguments: Fields, judged: Option<Assessment>) -> String {
    let issues = arguments.finish().take_issues();
    match judged.filter(|_| !issues.has_error()) {
        Some(assessment) => to_json(&assessment),
        None => to_json(&Assessment { verdict: Verdict::Unknown, issues, token: None }),
    }
}

pub(super) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
