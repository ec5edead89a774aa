//! The functions of the package: read the arguments, ask the core, write the answer. No rule of its own.

use std::collections::BTreeMap;

use super::{
    fields::{Fields, offer_ascii_host},
    plan, schemas,
};
use crate::{
    base_url::BaseUrl,
    branch::Branch,
    export, gitlab,
    http::{HttpAnswer, json_text},
    instant,
    issue::{Issues, collect},
    onboarding::{self, Draft, PlanLines, Report},
    portal_url::PortalUrl,
    repository_url::RepositoryUrl,
    secret::Secret,
    server_text::Redactor,
    token::{self, Assessment, ExpiryRule, Purpose, ScopeReading, TokenPolicy, Verdict},
    torque::{self, Name, ProviderPayload, RepositoryPayload},
};

/// One function of the package.
pub(super) struct Function {
    /// As in JavaScript.
    pub(super) name: &'static str,
    /// The names of its parameters; `""` for an object whose keys stand for themselves.
    pub(super) parameters: &'static [&'static str],
    /// Reads the arguments, asks the core, and writes what it said as JSON.
    pub(super) run: fn(&mut Fields) -> Option<String>,
    /// What is answered, with the value that came out, also where something is wrong, and the issues.
    pub(super) answer: fn(Option<String>, Issues) -> String,
}

/// A function that answers with a value or with what is wrong.
const fn function(
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&mut Fields) -> Option<String>,
) -> Function {
    Function { name, parameters, run, answer: result }
}

/// A function that answers with a judgement of three values.
const fn judgement(
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&mut Fields) -> Option<String>,
) -> Function {
    Function { name, parameters, run, answer: assessment }
}

/// The parameters of a function that takes a single object.
pub(super) const SETTINGS: &[&str] = &[""];

pub(super) static FUNCTIONS: &[Function] = &[
    function("checkPortalUrl", &["portalUrl"], check_portal_url),
    function("checkBaseUrl", &["baseUrl"], check_base_url),
    function("checkRepositoryUrl", &["baseUrl", "repositoryUrl"], check_repository_url),
    function("checkRepositoryUrls", &["baseUrl", "repositoryUrls"], check_repository_urls),
    function("checkToken", &["token", "purpose"], check_token),
    function("stripToken", &["token"], strip_token),
    function("holdTokens", &["text", "tokens"], hold_tokens),
    function("readDraft", &["text"], read_draft),
    judgement("checkScopes", &["scopes", "options"], check_scopes),
    judgement("assessToken", &["answer", "options"], assess_token),
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
    function("lookUp", &["", "answers"], look_up),
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
    Function { name: "readPlanLines", parameters: &["text", "options"], run: read_plan_lines, answer: lines },
    function("previewPlan", SETTINGS, preview_plan),
    function("toCurl", SETTINGS, to_curl),
    function("toTerraform", SETTINGS, to_terraform),
    function("reportToCsv", &["report"], report_to_csv),
    function("providerInput", SETTINGS, schemas::provider_input),
    function("repositoryInput", SETTINGS, schemas::repository_input),
    function("planInput", SETTINGS, schemas::plan_input),
];

// Addresses.

fn check_portal_url(arguments: &mut Fields) -> Option<String> {
    Some(json_text(&portal_url(arguments)?))
}

fn check_base_url(arguments: &mut Fields) -> Option<String> {
    Some(json_text(&arguments.check("baseUrl", &BaseUrl::check)?))
}

fn check_repository_url(arguments: &mut Fields) -> Option<String> {
    let base = if arguments.is_null("baseUrl") { None } else { base_url(arguments) };
    Some(json_text(&repository_url(arguments, base.as_ref())?))
}

/// What stands around the verdicts of a list: its base, and that it is a list.
fn check_repository_urls(arguments: &mut Fields) -> Option<String> {
    let (base, _) = (base_url(arguments), arguments.required_texts("repositoryUrls"));
    Some(json_text(base.as_ref()?))
}

// Tokens.

fn check_token(arguments: &mut Fields) -> Option<String> {
    let text = arguments.text("token");
    let purpose = purpose(arguments);
    // Without a purpose the text can be read all the same.
    let check = token::check_token(text?, purpose.unwrap_or(Purpose::Provider));
    Some(json_text(&arguments.pass("token", check)?))
}

fn strip_token(arguments: &mut Fields) -> Option<String> {
    let token = token::strip_token(arguments.text("token")?);
    // The one answer that holds a token: what the user accepts instead of what was pasted.
    Some(json_text(&BTreeMap::from([("token", token.expose())])))
}

/// For the element: in which of the texts one of the tokens stands, so that they are not stored.
fn hold_tokens(arguments: &mut Fields) -> Option<String> {
    let (texts, tokens) = (arguments.required_texts("text"), arguments.required_texts("tokens"));
    let tokens: Vec<Secret> = tokens?.into_iter().map(Secret::new).collect();
    let tokens = onboarding::Tokens::of(tokens.iter());
    Some(json_text(&texts?.iter().map(|text| tokens.are_in(text)).collect::<Vec<_>>()))
}

/// For the element: what was stored, where it is a draft.
fn read_draft(arguments: &mut Fields) -> Option<String> {
    Draft::read(arguments.text("text")?).map(|draft| json_text(&draft))
}

fn check_scopes(arguments: &mut Fields) -> Option<String> {
    let scopes = arguments.required_texts("scopes");
    let (policy, purpose) = arguments.object("options", |options| (token_policy(options), purpose(options)))?;
    let mut assessment = token::check_scopes(&scopes?, &policy, purpose?);
    in_list(&mut assessment.issues, "scopes");
    Some(json_text(&assessment))
}

fn assess_token(arguments: &mut Fields) -> Option<String> {
    let answer = answer(arguments);
    let (policy, purpose, now) = arguments.object("options", |options| {
        (token_policy(options), purpose(options), options.time("now", instant::rfc3339_ms))
    })?;
    Some(json_text(&token::assess_token(answer.as_ref()?, &policy, purpose?, now?)))
}

fn token_links(arguments: &mut Fields) -> Option<String> {
    let base = base_url(arguments);
    let (purpose, name, policy) = arguments.object("options", |options| {
        let required_scopes = options.texts("requiredScopes");
        let policy = TokenPolicy { required_scopes, ..TokenPolicy::default() };
        let policy = options.pass_whole(policy.misspelled().or_value(policy)).unwrap_or_default();
        (purpose(options), options.optional_check("name", &Name::check), policy)
    })?;
    Some(json_text(&token::token_links(base.as_ref()?, &policy, purpose?, name.as_ref().map(Name::as_str))))
}

// GitLab: requests built, answers judged.

fn inspect_token_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    Some(json_text(&gitlab::inspect_token_request(&access(settings, base.as_ref())?)))
}

fn version_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    Some(json_text(&gitlab::version_request(&access(settings, base.as_ref())?)))
}

fn read_version(arguments: &mut Fields) -> Option<String> {
    let check = gitlab::read_version(&answer(arguments)?);
    Some(json_text(&arguments.pass("answer", check)?))
}

fn project_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    let repository = repository_url(settings, base.as_ref());
    let access = access(settings, base.as_ref());
    Some(json_text(&gitlab::project_request(access.as_ref()?, repository.as_ref()?)))
}

fn assess_project(arguments: &mut Fields) -> Option<String> {
    let answer = answer(arguments);
    let repository = arguments.object("options", |options| {
        let base = options.optional_check("baseUrl", &BaseUrl::check_beside);
        repository_url(options, base.as_ref())
    });
    let check = gitlab::assess_project(answer.as_ref()?, repository.flatten().as_ref()?);
    Some(json_text(&arguments.pass("answer", check)?))
}

fn branch_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    let repository = repository_url(settings, base.as_ref());
    let branch = settings.check("branch", &Branch::check);
    let access = access(settings, base.as_ref());
    Some(json_text(&gitlab::branch_request(access.as_ref()?, repository.as_ref()?, branch.as_ref()?)))
}

fn assess_branch(arguments: &mut Fields) -> Option<String> {
    let answer = answer(arguments);
    let branch = arguments.object("options", |options| options.check("branch", &Branch::check));
    let check = gitlab::assess_branch(answer.as_ref()?, branch.flatten().as_ref()?);
    Some(json_text(&arguments.pass("answer", check)?))
}

fn probe_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    let repository = repository_url(settings, base.as_ref());
    let branch = settings.optional_check("branch", &Branch::check);
    let access = access(settings, base.as_ref());
    Some(json_text(&gitlab::probe_request(access.as_ref()?, repository.as_ref()?, branch.as_ref())))
}

fn assess_probe(arguments: &mut Fields) -> Option<String> {
    let answer = answer(arguments);
    let branch = arguments.optional_object("options", |options| options.optional_check("branch", &Branch::check));
    let check = gitlab::assess_probe(answer.as_ref()?, branch.flatten().as_ref());
    Some(json_text(&arguments.pass("answer", check)?))
}

fn look_up(arguments: &mut Fields) -> Option<String> {
    let answers = arguments.objects("answers", read_answer);
    let (repository, branch, access) = arguments.object("", |input| {
        let base = base_url(input);
        let repository = repository_url(input, base.as_ref());
        (repository, input.optional_check("branch", &Branch::check), access(input, base.as_ref()))
    })?;
    let check = gitlab::look_up(access.as_ref()?, repository.as_ref()?, branch.as_ref(), answers.as_ref()?);
    Some(json_text(&arguments.pass("answers", check)?))
}

fn list_projects_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    let (access, search) = (access(settings, base.as_ref()), settings.optional_text("search"));
    Some(json_text(&gitlab::list_projects_request(access.as_ref()?, search)))
}

fn next_projects_request(settings: &mut Fields) -> Option<String> {
    let base = base_url(settings);
    let (access, link) = (access(settings, base.as_ref()), settings.text("link"));
    let asked = settings.optional_text("requestUrl");
    let check = gitlab::next_projects_request(access.as_ref()?, link?, asked);
    Some(json_text(&settings.pass("link", check)?))
}

fn read_projects(arguments: &mut Fields) -> Option<String> {
    let answer = answer(arguments);
    let base = arguments.object("options", base_url);
    let check = gitlab::read_projects(answer.as_ref()?, base.flatten().as_ref()?);
    Some(json_text(&arguments.pass("answer", check)?))
}

// Torque: payloads, requests built, answers judged.

fn provider_payload(settings: &mut Fields) -> Option<String> {
    Some(json_text(&provider(settings)?))
}

fn repository_payload(settings: &mut Fields) -> Option<String> {
    Some(json_text(&repository(settings)?))
}

fn create_provider_request(settings: &mut Fields) -> Option<String> {
    let (portal, token) = (portal_url(settings), torque_token(settings));
    let payload = provider(settings);
    report_one_for_both(settings, token.as_ref(), payload.as_ref().map(|payload| &payload.details.token));
    Some(json_text(&torque::create_provider_request(portal.as_ref()?, token.as_ref(), payload.as_ref()?)))
}

fn read_provider_answer(arguments: &mut Fields) -> Option<String> {
    let check = torque::read_provider_answer(&answer(arguments)?, &Redactor::default());
    Some(json_text(&arguments.pass("answer", check)?))
}

fn connect_repository_request(settings: &mut Fields) -> Option<String> {
    let (portal, token) = (portal_url(settings), torque_token(settings));
    let space = settings.check("space", &Name::check);
    let payload = repository(settings);
    report_one_for_both(settings, token.as_ref(), payload.as_ref().and_then(|payload| payload.token.as_ref()));
    Some(json_text(&torque::connect_repository_request(
        portal.as_ref()?,
        token.as_ref(),
        space.as_ref()?,
        payload.as_ref()?,
    )))
}

fn read_repository_answer(arguments: &mut Fields) -> Option<String> {
    let check = torque::read_repository_answer(&answer(arguments)?, &Redactor::default());
    Some(json_text(&arguments.pass("answer", check)?))
}

fn list_repositories_request(settings: &mut Fields) -> Option<String> {
    let (portal, token) = (portal_url(settings), torque_token(settings));
    let space = settings.check("space", &Name::check);
    Some(json_text(&torque::list_repositories_request(portal.as_ref()?, token.as_ref(), space.as_ref()?)))
}

fn read_repositories(arguments: &mut Fields) -> Option<String> {
    let check = torque::read_repositories(&answer(arguments)?, &Redactor::default());
    Some(json_text(&arguments.pass("answer", check)?))
}

// The whole job, as text.

fn read_plan_lines(arguments: &mut Fields) -> Option<String> {
    let text = arguments.text("text");
    let options = arguments.optional_object("options", |options| {
        (options.optional_check("baseUrl", &BaseUrl::check_beside), options.choice("purpose", PURPOSES))
    });
    // Rows that were checked against less than was meant would not be good.
    if arguments.has_error() {
        return None;
    }
    let (base, purpose) = options.unwrap_or_default();
    let read = PlanLines::read(text?, base.as_ref(), purpose);
    arguments.report_at("text", read.issues);
    let rows = json_text(&read.good);
    // Beside the rows, whether or not all of them are good.
    Some(rows + if read.may_be_kept { r#","mayBeKept":true"# } else { r#","mayBeKept":false"# })
}

fn report_to_csv(arguments: &mut Fields) -> Option<String> {
    let check = Report::csv_of_json(&arguments.json("report")?);
    Some(json_text(&arguments.pass("report", check)?))
}

fn preview_plan(settings: &mut Fields) -> Option<String> {
    let plan = plan::read(settings)?;
    Some(json_text(&plan::pass(settings, &plan, onboarding::preview_plan(&plan))?))
}

fn to_curl(settings: &mut Fields) -> Option<String> {
    let plan = plan::read(settings)?;
    Some(json_text(&plan::pass(settings, &plan, export::to_curl(&plan))?))
}

fn to_terraform(settings: &mut Fields) -> Option<String> {
    let plan = plan::read(settings)?;
    Some(json_text(&plan::pass(settings, &plan, export::to_terraform(&plan))?))
}

// What several functions read alike.

fn portal_url(fields: &mut Fields) -> Option<PortalUrl> {
    let page_origin = fields.input.page_origin();
    fields.check("portalUrl", &|text| PortalUrl::check_on_page(text, page_origin))
}

fn base_url(fields: &mut Fields) -> Option<BaseUrl> {
    fields.check("baseUrl", &BaseUrl::check_beside)
}

fn repository_url(fields: &mut Fields, base: Option<&BaseUrl>) -> Option<RepositoryUrl> {
    fields.check("repositoryUrl", &|text| RepositoryUrl::check(base, text))
}

/// Where GitLab is asked, and with which token.
fn access(fields: &mut Fields, base: Option<&BaseUrl>) -> Option<gitlab::Access> {
    let token = fields.check("token", &|text| token::check_secret(text, Purpose::Provider));
    let allow_http = fields.flag("allowHttp").unwrap_or_default();
    fields.pass("baseUrl", gitlab::Access::check(base?, &token?, allow_http))
}

fn torque_token(fields: &mut Fields) -> Option<Secret> {
    fields.optional_check("torqueToken", &torque::check_torque_token)
}

fn report_one_for_both(fields: &Fields, torque: Option<&Secret>, gitlab: Option<&Secret>) {
    if let Some(issue) = torque::check_not_both(torque, gitlab) {
        fields.report("torqueToken", issue);
    }
}

fn purpose(fields: &mut Fields) -> Option<Purpose> {
    fields.required_choice("purpose", PURPOSES)
}

const PURPOSES: [(&str, Purpose); 2] = [("provider", Purpose::Provider), ("repository", Purpose::Repository)];

pub(super) fn token_policy(fields: &mut Fields) -> TokenPolicy {
    let scopes = [("effective", ScopeReading::Effective), ("literal", ScopeReading::Literal)];
    let expiry = [("forbid", ExpiryRule::Forbid), ("warn", ExpiryRule::Warn)];
    let policy = TokenPolicy {
        scopes: fields.choice("scopes", scopes).unwrap_or_default(),
        expiry: fields.choice("expiry", expiry).unwrap_or_default(),
        required_scopes: fields.texts("requiredScopes"),
    };
    fields.pass_whole(policy.misspelled().or_value(policy)).unwrap_or_default()
}

pub(super) fn provider(fields: &mut Fields) -> Option<ProviderPayload> {
    let name = fields.check("name", &Name::check);
    fields.optional_check("type", &ProviderPayload::check_type);
    let base_url = base_url(fields);
    let token = fields.check("token", &|text| token::check_secret(text, Purpose::Provider));
    Some(ProviderPayload::new(name?, base_url?, token?))
}

fn repository(fields: &mut Fields) -> Option<RepositoryPayload> {
    repository_and_base(fields).map(|(repository, _)| repository)
}

pub(super) fn repository_and_base(fields: &mut Fields) -> Option<(RepositoryPayload, Option<BaseUrl>)> {
    let base = fields.optional_check("baseUrl", &BaseUrl::check_beside);
    let repository = plan::read_repository(fields);
    let mut issues = Issues::new();
    let payload = collect(RepositoryPayload::check(&repository, base.as_ref()), &mut issues);
    if let Some(ascii) = fields.input.ascii_url(&repository.url) {
        let passes = |ascii: &str| RepositoryUrl::check(base.as_ref(), ascii).is_ok();
        issues.iter_mut().for_each(|issue| offer_ascii_host(issue, ascii, &passes));
    }
    issues.retain(|issue| !fields.input.has_issue_at(&issue.path));
    fields.report_all(issues);
    payload.map(|payload| (payload, base))
}

fn answer(arguments: &mut Fields) -> Option<HttpAnswer> {
    arguments.object("answer", read_answer)?
}

fn read_answer(answer: &mut Fields) -> Option<HttpAnswer> {
    let (status, body) = (answer.status("status"), answer.json("body"));
    Some(HttpAnswer::of(status?, body?))
}

/// Issues about the entries of a list get the list's name; those about the whole keep their empty path.
fn in_list(issues: &mut Issues, name: &str) {
    issues.iter_mut().filter(|issue| !issue.path.is_empty()).for_each(|issue| issue.path.insert(0, name.into()));
}

// What every function answers with.

fn result(value: Option<String>, issues: Issues) -> String {
    let told = json_text(&issues);
    match value.filter(|_| !issues.has_error()) {
        Some(value) => format!(r#"{{"ok":true,"value":{value},"issues":{told}}}"#),
        None => format!(r#"{{"ok":false,"issues":{told}}}"#),
    }
}

/// Rows that are fine are answered also where others are not.
fn lines(good: Option<String>, issues: Issues) -> String {
    if !issues.has_error() {
        return result(good, issues);
    }
    format!(
        r#"{{"ok":false,"issues":{},"good":{}}}"#,
        json_text(&issues),
        good.as_deref().unwrap_or(r#"[],"mayBeKept":false"#)
    )
}

/// Input that cannot be read proves nothing.
fn assessment(judged: Option<String>, issues: Issues) -> String {
    judged
        .filter(|_| !issues.has_error())
        .unwrap_or_else(|| json_text(&Assessment { verdict: Verdict::Unknown, issues, token: None }))
}
