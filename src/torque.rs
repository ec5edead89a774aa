//! The wire contract with Torque: everything this crate knows about Torque's REST API stands in this one module:
//! what is sent here, what is answered in `answers.rs`.
//!
//! Torque publishes no API description. Three sources stand in for it, and each item says which of them it comes from:
//!
//! - **S**: Torque's page "Self-Managed GitLab" (January 2024), which decides where sources disagree;
//! - **D**: Torque's documentation of today (GitHub `QualiTorque/qualitorque.github.io`);
//! - **T**: the client inside Torque's Terraform provider (GitHub `QualiTorque/terraform-provider-torque`).
//!
//! | what | request | body | answer | source |
//! | --- | --- | --- | --- | --- |
//! | create a provider | `POST {portal}api/settings/repository_providers` | [`ProviderPayload`] | 200 or 202, the id as a JSON string or in an object | S, D |
//! | connect a repository | `POST {portal}api/spaces/{space}/repositories/gitlabEnterprise` | [`RepositoryPayload`] | 200 or 202, perhaps empty | T |
//! | list a space's repositories | `GET {portal}api/spaces/{space}/repositories` | none | array of [`RepositoryDetails`] | T |
//!
//! Each carries `Authorization: Bearer`, `Accept: application/json` and, with a body, `Content-Type: application/json`
//! (S, T). What an error answer looks like is not known, so all usual shapes are read.

mod answers;
mod name;

use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use self::answers::{
    ProviderAnswer, RepositoryDetails, answer_text, read_provider_answer, read_repositories, read_repository_answer,
};
pub(crate) use self::answers::{list_entries, name_of_entry, url_of_entry};
pub use self::name::Name;
use crate::base_url::BaseUrl;
use crate::branch::Branch;
use crate::http::HttpRequest;
use crate::issue::{Check, Checked, Issue, IssueCode, Issues, collect};
use crate::json;
use crate::portal_url::PortalUrl;
use crate::repository_url::RepositoryUrl;
use crate::secret::Secret;
<<<<<<< HEAD
=======
use crate::server_text;

/// Longer names are a paste gone wrong; Torque's own limit is not known.
const MAX_NAME: usize = 255;

/// A name of something in Torque: a space, a repository, a credential, an agent, a provider.
///
/// Any text but those that change the meaning of a URL path when they are one of its segments, or that nobody can see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// Reads a name; blanks around it are dropped.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::Name;
    ///
    /// assert_eq!(Name::check(" My Space/1 ").unwrap().value.as_str(), "My Space/1");
    /// assert!(Name::check("..").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// `name.empty`, `name.dot_segment`, `name.control_character`, `name.too_long`.
    pub fn check(text: &str) -> Check<Self> {
        let name = text.trim_matches(|character: char| character.is_ascii_whitespace());
        let fault = if name.is_empty() {
            Issue::new(IssueCode::NameEmpty)
        } else if name == "." || name == ".." {
            // RFC 3986 section 5.2.4 and the WHATWG URL standard resolve it, `%2e` too: it would name another resource.
            Issue::new(IssueCode::NameDotSegment)
        } else if let Some(index) = name.chars().position(server_text::is_invisible) {
            Issue::new(IssueCode::NameControlCharacter).with("position", index as i64 + 1)
        } else if name.chars().count() > MAX_NAME {
            Issue::new(IssueCode::NameTooLong).with("maximum", MAX_NAME as i64)
        } else {
            return Ok(Checked::clean(Self(name.to_owned())));
        };
        Err(fault.into())
    }

    /// The text as Torque shows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as one segment of a URL path: all but RFC 3986's unreserved characters percent-encoded.
    #[must_use]
    pub fn path_segment(&self) -> String {
        let mut segment = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => segment.push(byte as char),
                _ => segment.push_str(&format!("%{byte:02X}")),
            }
        }
        segment
    }
}

/// The name of a Git branch, by the rules of `git check-ref-format --branch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Branch(String);

impl Branch {
    /// Reads a branch name that is not empty; blanks around it are dropped.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::Branch;
    ///
    /// assert_eq!(Branch::check("feature/a#1").unwrap().value.as_str(), "feature/a#1");
    /// let issues = Branch::check("refs/heads/main").unwrap_err();
    /// assert_eq!(issues.iter().next().unwrap().suggestion.as_deref(), Some("main"));
    /// ```
    ///
    /// # Errors
    ///
    /// `gitlab.branch_not_allowed`.
    pub fn check(text: &str) -> Check<Self> {
        let name = text.trim_matches(|character: char| character.is_ascii_whitespace());
        let Some(rule) = broken_branch_rule(name) else { return Ok(Checked::clean(Self(name.to_owned()))) };
        let issue = Issue::new(IssueCode::GitlabBranchNotAllowed).with("rule", rule);
        let short = ["refs/heads/", "refs/remotes/origin/"].iter().find_map(|prefix| name.strip_prefix(prefix));
        Err(match short.filter(|short| broken_branch_rule(short).is_none()) {
            Some(short) => issue.suggest(short).into(),
            None => issue.into(),
        })
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// <https://git-scm.com/docs/git-check-ref-format>, and a branch is neither `HEAD` nor a full reference.
fn broken_branch_rule(name: &str) -> Option<&'static str> {
    let forbidden = |character: char| matches!(character, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\');
    let rules = [
        (name.is_empty(), "it is empty"),
        (name.len() > MAX_NAME, "it is too long"),
        (name.contains(server_text::is_invisible), "it contains an invisible character"),
        (name.contains(forbidden), "it contains a blank or one of ~ ^ : ? * [ \\"),
        (name.contains(".."), "it contains two dots in a row"),
        (name.contains("@{"), "it contains @{"),
        (name.starts_with('-'), "it begins with -"),
        (name.ends_with('.'), "it ends with a dot"),
        (name.split('/').any(str::is_empty), "a slash stands at its beginning or end, or two in a row"),
        (name.split('/').any(|part| part.starts_with('.')), "a part of it begins with a dot"),
        (name.split('/').any(|part| part.ends_with(".lock")), "a part of it ends with .lock"),
        (name == "@" || name == "HEAD", "the name is taken by Git itself"),
        (name.starts_with("refs/"), "it is the full name of a reference"),
    ];
    rules.iter().find_map(|(broken, rule)| broken.then_some(*rule))
}
>>>>>>> bdeb9a7 (Look for secrets behind every function, and have clients of others read every kind of token)

/// Reads the text of a Torque API token; blanks around it are dropped.
///
/// Its shape is not documented; it travels as `Authorization: Bearer` (S, T), so it is what RFC 6750 section 2.1 and an
/// HTTP header can carry: visible ASCII, without the quotes that a paste brings along.
///
/// # Errors
///
/// `torque.token_empty`, `torque.token_bad_character`.
pub fn check_torque_token(text: &str) -> Check<Secret> {
    let token = text.trim_matches(|character: char| character.is_ascii_whitespace());
    if token.is_empty() {
        return Err(Issue::new(IssueCode::TorqueTokenEmpty).into());
    }
    if token.bytes().any(|byte| !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\'' | b'`' | b'\\')) {
        return Err(Issue::new(IssueCode::TorqueTokenBadCharacter).into());
    }
    Ok(Checked::clean(Secret::new(token.to_owned())))
}

/// The JSON that creates a repository provider (S, key order too). Holds the GitLab token.
///
/// ```
/// use torque_gitlab_connect::{base_url::BaseUrl, secret::Secret, torque::{Name, ProviderPayload}};
///
/// let payload = ProviderPayload {
///     name: Name::check("gitlab-1").unwrap().value,
///     base_url: BaseUrl::check("https://private.mygitlab.org").unwrap().value,
///     token: Secret::new("glpat-example".to_owned()),
/// };
/// assert_eq!(
///     payload.to_json(),
///     r#"{"name":"gitlab-1","type":"gitLabEnterprise","details":{"token":"glpat-example","base_url":"https://private.mygitlab.org/"},"repos":[]}"#
/// );
/// ```
#[derive(Clone)]
pub struct ProviderPayload {
    /// Display name of the provider.
    pub name: Name,
    /// Where every repository connected through the provider lies.
    pub base_url: BaseUrl,
    /// One token for all of them.
    pub token: Secret,
}

impl ProviderPayload {
    /// The `type` on the wire: the spelling of S's example. S's prose writes `gitlabEnterprise`.
    pub const TYPE: &'static str = "gitLabEnterprise";

    /// Accepts either spelling of S for the provider's type.
    ///
    /// # Errors
    ///
    /// `torque.provider_type` for any other text, with the right one as suggestion.
    pub fn check_type(text: &str) -> Check<()> {
        match text {
            "gitLabEnterprise" | "gitlabEnterprise" => Ok(Checked::clean(())),
            _ => Err(Issue::new(IssueCode::TorqueProviderType).suggest(Self::TYPE).into()),
        }
    }

    /// The body of the request.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

impl Serialize for ProviderPayload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Details<'a> {
            token: &'a str,
            base_url: &'a str,
        }
        let mut payload = serializer.serialize_struct("ProviderPayload", 4)?;
        payload.serialize_field("name", &self.name)?;
        payload.serialize_field("type", Self::TYPE)?;
        let details = Details { token: self.token.expose(), base_url: self.base_url.as_str() };
        payload.serialize_field("details", &details)?;
        payload.serialize_field("repos", &[(); 0])?;
        payload.end()
    }
}

impl std::fmt::Debug for ProviderPayload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ProviderPayload({:?}, {})", self.name.as_str(), self.base_url.as_str())
    }
}

/// What a caller says about a repository that is to be connected; [`RepositoryPayload::check`] judges it.
#[derive(Clone, Default)]
pub struct RepositoryInput<'a> {
    /// Name in the space; the project's by default.
    pub name: Option<&'a str>,
    /// Branch to read; left out when unknown.
    pub branch: Option<&'a str>,
    /// The repository's own, checked token; none where a provider or a stored credential serves.
    pub token: Option<Secret>,
    /// Name of the stored credential to make (with `token`) or to use (without).
    pub credential_name: Option<&'a str>,
    /// Names of the agents that may reach this GitLab; none means all.
    pub agents: Vec<&'a str>,
    /// Register environments-as-code files by themselves.
    pub auto_register: bool,
}

impl std::fmt::Debug for RepositoryInput<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RepositoryInput({:?})", self.name)
    }
}

/// The JSON that connects a self-managed GitLab repository to a space (T). May hold the GitLab token.
///
/// `token` is `null` where there is none, as T sends it; `branch` and `credential_name`, which T demands and Torque's
/// own form (D) partly calls optional, are left out where unknown; `provider_id` is shown by D for another kind of
/// provider only and is sent by option.
#[derive(Clone)]
pub struct RepositoryPayload {
    /// Unique in the space.
    pub repository_name: Name,
    /// Without `.git`, as in T's and D's examples.
    pub repository_url: RepositoryUrl,
    /// The repository's own token (S, second method).
    pub token: Option<Secret>,
    /// Branch to read.
    pub branch: Option<Branch>,
    /// The stored credential to make (with `token`) or to use (without).
    pub credential_name: Option<Name>,
    /// Empty: all agents.
    pub agents: Vec<Name>,
    /// `false` in T's default.
    pub eac_auto_registration: bool,
    /// Id of the provider; only by option.
    pub provider_id: Option<String>,
}

impl RepositoryPayload {
    /// Judges what is said about one repository. Paths: `repositoryName`, `branch`, `credentialName`, `agents`.
    ///
    /// The credential that Torque makes for a token is named after the repository unless told otherwise.
    ///
    /// # Errors
    ///
    /// The issues of every name that cannot be used.
    pub fn check(url: RepositoryUrl, input: &RepositoryInput<'_>) -> Check<Self> {
        let mut issues = Issues::new();
        let name = |text: Option<&str>, key: &str, issues: &mut Issues| {
            text.and_then(|text| collect(Name::check(text).map_err(|found| found.at(key)), issues))
        };
        let repository_name = name(Some(input.name.unwrap_or(&url.project)), "repositoryName", &mut issues);
        let mut credential_name = name(input.credential_name, "credentialName", &mut issues);
        let branch = input
            .branch
            .filter(|text| !text.trim().is_empty())
            .and_then(|text| collect(Branch::check(text).map_err(|found| found.at("branch")), &mut issues));
        let agents = input.agents.iter().enumerate().filter_map(|(index, text)| {
            collect(Name::check(text).map_err(|found| found.at(index).at("agents")), &mut issues)
        });
        let agents = agents.collect();
        if credential_name.is_some() && input.token.is_none() {
            issues.push(Issue::new(IssueCode::TorqueCredentialMustExist).at("credentialName"));
        }
        if input.credential_name.is_none() && input.token.is_some() {
            credential_name.clone_from(&repository_name);
        }
        let Some(repository_name) = repository_name else { return Err(issues) };
        issues.or_value(Self {
            repository_name,
            repository_url: url,
            token: input.token.clone(),
            branch,
            credential_name,
            agents,
            eac_auto_registration: input.auto_register,
            provider_id: None,
        })
    }

    /// The body of the request.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

impl Serialize for RepositoryPayload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut payload = serializer.serialize_struct("RepositoryPayload", 9)?;
        payload.serialize_field("repository_name", &self.repository_name)?;
        payload.serialize_field("repository_url", self.repository_url.as_str())?;
        payload.serialize_field("token", &self.token.as_ref().map(Secret::expose))?;
        if let Some(branch) = &self.branch {
            payload.serialize_field("branch", branch)?;
        }
        if let Some(credential_name) = &self.credential_name {
            payload.serialize_field("credential_name", credential_name)?;
        }
        payload.serialize_field("use_all_agents", &self.agents.is_empty())?;
        if !self.agents.is_empty() {
            payload.serialize_field("agents", &self.agents)?;
        }
        payload.serialize_field("eac_auto_registration", &self.eac_auto_registration)?;
        if let Some(provider_id) = &self.provider_id {
            payload.serialize_field("provider_id", provider_id)?;
        }
        payload.end()
    }
}

impl std::fmt::Debug for RepositoryPayload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RepositoryPayload({:?}, {})", self.repository_name.as_str(), self.repository_url.as_str())
    }
}

/// `POST …/api/settings/repository_providers` (S). Needs a token with Torque admin permission (D).
#[must_use]
pub fn create_provider_request(portal: &PortalUrl, token: Option<&Secret>, provider: &ProviderPayload) -> HttpRequest {
    HttpRequest::post(format!("{}api/settings/repository_providers", portal.as_str()), token, provider.to_json())
}

/// `POST …/api/spaces/{space}/repositories/gitlabEnterprise` (T).
#[must_use]
pub fn connect_repository_request(
    portal: &PortalUrl,
    token: Option<&Secret>,
    space: &Name,
    repository: &RepositoryPayload,
) -> HttpRequest {
    let url = format!("{}api/spaces/{}/repositories/gitlabEnterprise", portal.as_str(), space.path_segment());
    HttpRequest::post(url, token, repository.to_json())
}

/// `GET …/api/spaces/{space}/repositories` (T).
#[must_use]
pub fn list_repositories_request(portal: &PortalUrl, token: Option<&Secret>, space: &Name) -> HttpRequest {
    HttpRequest::get(format!("{}api/spaces/{}/repositories", portal.as_str(), space.path_segment()), token)
}

<<<<<<< HEAD
=======
/// What Torque says about a new provider (S, D).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderAnswer {
    /// Torque's id of it; `None` where the answer does not tell.
    pub id: Option<String>,
}

/// Reads the answer to [`create_provider_request`]. Whatever text Torque sends
/// back goes through `redactor`.
///
/// # Errors
///
/// One `torque.…` issue that says why there is no new provider, or that nobody knows.
pub fn read_provider_answer(answer: &HttpAnswer, redactor: &Redactor) -> Check<ProviderAnswer> {
    refusal(answer, Step::Provider, redactor)?;
    let id = provider_id(&answer.body, true).filter(|id| redactor.plain(id) == *id);
    Ok(Checked::clean(ProviderAnswer { id }))
}

/// The keys under which an id is looked for; D shows a bare JSON string, other pages of Torque an object.
const ID_KEYS: [&str; 7] =
    ["id", "provider_id", "providerId", "repository_provider_id", "repositoryProviderId", "guid", "uuid"];

fn provider_id(body: &Value, descend: bool) -> Option<String> {
    let id = match body {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.as_i64()?.to_string(),
        Value::Object(fields) => {
            let own = ID_KEYS.iter().find_map(|key| provider_id(fields.get(*key)?, false));
            let nested =
                || ["data", "result", "provider", "value"].iter().find_map(|key| provider_id(fields.get(*key)?, true));
            return own.or_else(|| if descend { nested() } else { None });
        }
        _ => return None,
    };
    // A sentence is no id: Torque's are GUIDs (D).
    let plausible = !id.is_empty() && id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<');
    plausible.then_some(id)
}

/// Reads the answer to [`connect_repository_request`].
///
/// # Errors
///
/// One `torque.…` issue that says why the repository is not connected. It is no proof: Torque may go on syncing although
/// it answered with an error (T), so the space's list has the last word.
pub fn read_repository_answer(answer: &HttpAnswer, redactor: &Redactor) -> Check<()> {
    refusal(answer, Step::Repository, redactor)?;
    Ok(Checked::clean(()))
}

/// A repository as the space lists it (T). Its `token`, always null, is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryDetails {
    /// Unique in the space.
    pub name: String,
    /// As Torque stores it.
    pub url: Option<String>,
    /// The branch it reads.
    pub branch: Option<String>,
    /// The stored credential it uses.
    pub credential_name: Option<String>,
    /// Torque's own word. `Syncing` and `Connected` are the two that T knows.
    pub status: Option<String>,
    /// What Torque says went wrong, as plain text.
    pub errors: Vec<String>,
}

impl RepositoryDetails {
    pub(crate) fn of_entry(entry: &Value, name: &str, redactor: &Redactor) -> Self {
        let text = |key: &str| {
            entry.get(key).and_then(Value::as_str).map(|text| redactor.plain(text)).filter(|text| !text.is_empty())
        };
        let errors = match entry.get("errors") {
            Some(Value::Array(errors)) => errors.iter().map(|error| said(error, redactor)).collect(),
            Some(error @ (Value::String(_) | Value::Object(_))) => vec![said(error, redactor)],
            _ => Vec::new(),
        };
        Self {
            name: name.to_owned(),
            url: text("repository_url"),
            branch: text("branch"),
            credential_name: text("credential_name"),
            status: text("status"),
            errors,
        }
    }

    /// Whether Torque has it connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.status.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("connected"))
    }

    /// Whether Torque gave up on it: it tells errors and is neither connected nor at work. A word that is not known
    /// decides nothing by itself.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        let syncing = self.status.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("syncing"));
        !self.errors.is_empty() && !self.is_connected() && !syncing
    }
}

/// Reads the answer to [`list_repositories_request`]. An entry without a name is passed over; in the others, what is of
/// the wrong type counts as not told.
///
/// # Errors
///
/// One `torque.…` issue where there is no list.
pub fn read_repositories(answer: &HttpAnswer, redactor: &Redactor) -> Check<Vec<RepositoryDetails>> {
    let details = |entry| Some(RepositoryDetails::of_entry(entry, name_of_entry(entry)?, redactor));
    Ok(Checked::clean(list_entries(answer, redactor)?.iter().filter_map(details).collect()))
}

/// The entries of a list as they came.
pub(crate) fn list_entries<'a>(answer: &'a HttpAnswer, redactor: &Redactor) -> Result<&'a [Value], Issues> {
    refusal(answer, Step::List, redactor)?;
    let Value::Array(entries) = &answer.body else {
        return Err(Issue::new(IssueCode::TorqueUnreadableAnswer).with("status", i64::from(answer.status)).into());
    };
    Ok(entries)
}

/// Names and addresses are compared with ours, so they stay as they are; nobody is shown them.
pub(crate) fn name_of_entry(entry: &Value) -> Option<&str> {
    entry.get("name")?.as_str()
}

pub(crate) fn url_of_entry(entry: &Value) -> Option<&str> {
    entry.get("repository_url")?.as_str()
}

/// What was asked, because the same status means another thing to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Provider,
    Repository,
    List,
}

/// Why an answer is not a success, as one issue that says what to do next.
fn refusal(answer: &HttpAnswer, step: Step, redactor: &Redactor) -> Result<(), Issues> {
    let code = match (answer.status, step) {
        _ if answer.is_redirect() => IssueCode::TorqueRedirected,
        // A web page in place of an answer: a sign-on page or a single-page application behind a wrong address.
        _ if answer.is_success() && is_web_page(&answer.body) => IssueCode::TorqueNotTorque,
        _ if answer.is_success() => return Ok(()),
        (401, _) => IssueCode::TorqueUnauthorized,
        (403, Step::Provider) => IssueCode::TorqueProviderForbidden,
        (403, _) => IssueCode::TorqueSpaceForbidden,
        (404, Step::Provider) => IssueCode::TorqueNotFound,
        (404, _) => IssueCode::TorqueSpaceNotFound,
        (409, Step::Provider) => IssueCode::TorqueProviderExists,
        (409, Step::Repository) => IssueCode::TorqueRepositoryExists,
        (429, _) => IssueCode::TorqueRateLimited,
        (400..=499, _) => IssueCode::TorqueRefused,
        (500..=599, _) => IssueCode::TorqueServerError,
        _ => IssueCode::TorqueUnexpectedStatus,
    };
    let mut issue = Issue::new(code);
    if code.text().contains("{status}") {
        issue = issue.with("status", i64::from(answer.status));
    }
    if code.text().contains("{answer}") {
        issue = issue.with("answer", said(&answer.body, redactor));
    }
    Err(issue.into())
}

/// As [`answer_text`], and in words where there is no text to show.
fn said(body: &Value, redactor: &Redactor) -> String {
    if is_web_page(body) {
        return "(a web page)".to_owned();
    }
    let text = answer_text(body, redactor);
    if text.is_empty() { "(no text)".to_owned() } else { text }
}

fn is_web_page(body: &Value) -> bool {
    body.as_str().is_some_and(|text| text.trim_start().starts_with('<'))
}

/// The text of an answer's body: plain, short and without secrets.
///
/// Looks for `message`, `error`, `error_description`, `errors[].message`, `title` and `detail`, wherever they are text,
/// and takes a bare string as it is.
#[must_use]
pub fn answer_text(body: &Value, redactor: &Redactor) -> String {
    fn gather(value: &Value, depth: usize, found: &mut Vec<String>) {
        if depth > 3 || found.len() >= 10 {
            return;
        }
        match value {
            Value::String(text) if !text.trim().is_empty() && !found.contains(text) => found.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| gather(item, depth + 1, found)),
            Value::Object(fields) => {
                let keys = ["title", "message", "error", "error_description", "detail", "errors"];
                let before = found.len();
                keys.iter().filter_map(|key| fields.get(*key)).for_each(|field| gather(field, depth + 1, found));
                // Problems by field, as in {"errors": {"repository_url": ["is not valid"]}}.
                if found.len() == before && depth > 0 {
                    fields.values().for_each(|field| gather(field, depth + 1, found));
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(body, 0, &mut found);
    redactor.plain(&found.join("; "))
}

/// Strikes secrets out of text that a server sent, and longer pieces of them too.
///
/// ```
/// use torque_gitlab_connect::{secret::Secret, torque::Redactor};
///
/// let token = Secret::new("glpat-0123456789".to_owned());
/// assert_eq!(Redactor::new([&token]).plain("bad token\nglpat-0123456789!"), "bad token [hidden]!");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// Hashes of every run of eight characters of every secret, sorted: a plan may hold thousands of tokens, and each
    /// text is compared with all of them.
    pieces: Vec<u64>,
}

/// A run of so many characters of a secret is too many to be shown.
const PIECE: usize = 8;

impl Redactor {
    /// Knows `secrets`; shorter ones than any real token are not looked for.
    #[must_use]
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let pieces_of = |secret: &'a Secret| secret.expose().as_bytes().windows(PIECE).map(hash);
        let mut pieces: Vec<u64> = secrets.into_iter().flat_map(pieces_of).collect();
        pieces.sort_unstable();
        pieces.dedup();
        Self { pieces }
    }

    /// `text` as [`server_text::plain`] shows it, without secrets.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        // A body may be a megabyte, and only its beginning is shown. Cut where no piece of a token can be left over.
        let beginning: String = text.chars().take(8 * 500).collect();
        server_text::plain(&self.strike_out(&beginning))
    }

    /// Strikes secrets out of issues that a server's answer led to. A suggestion that holds one is made no longer.
    pub fn clean(&self, issues: &mut Issues) {
        for issue in issues.iter_mut() {
            for param in issue.params.values_mut() {
                if let Param::Text(text) = param {
                    *text = self.plain(text);
                }
            }
            issue.suggestion.take_if(|suggestion| self.plain(suggestion) != *suggestion);
        }
    }

    fn strike_out(&self, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut hidden = vec![false; bytes.len()];
        if !self.pieces.is_empty() {
            for (start, window) in bytes.windows(PIECE).enumerate() {
                if self.pieces.binary_search(&hash(window)).is_ok() {
                    hidden[start..start + PIECE].fill(true);
                }
            }
        }
        // A token that is not among ours (the user's from yesterday, say) is known by GitLab's prefix.
        for (start, _) in text.to_ascii_lowercase().match_indices("glpat-") {
            let rest = &bytes[start..];
            let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"_-.=".contains(byte)));
            hidden[start..start + end.unwrap_or(rest.len())].fill(true);
        }
        let mut shown = String::with_capacity(text.len());
        let mut inside = false;
        for (index, character) in text.char_indices() {
            let hide = hidden[index..index + character.len_utf8()].contains(&true);
            if hide && !inside {
                shown.push_str("[hidden]");
            } else if !hide {
                shown.push(character);
            }
            inside = hide;
        }
        shown
    }
}

/// Letters count alike in either case: some servers change it in what they echo.
fn hash(piece: &[u8]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    piece.to_ascii_lowercase().hash(&mut hasher);
    hasher.finish()
}

>>>>>>> bdeb9a7 (Look for secrets behind every function, and have clients of others read every kind of token)
#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use url::Url;

    use super::*;

    const TOKEN: &str = "glpat-0123456789abcdefghij";

    fn portal(text: &str) -> PortalUrl {
        PortalUrl::check(text).unwrap().value
    }

    fn repository(input: &RepositoryInput<'_>) -> Check<RepositoryPayload> {
        let url = RepositoryUrl::check(None, "https://gitlab-on-prem.example.com/group/project.git").unwrap().value;
        RepositoryPayload::check(url, input)
    }

    fn payload(input: &RepositoryInput<'_>) -> Value {
        serde_json::from_str(&repository(input).unwrap().value.to_json()).unwrap()
    }

    fn codes<T>(check: Check<T>) -> Vec<&'static str> {
        let mut issues = Issues::new();
        collect(check, &mut issues);
        issues.iter().map(|issue| issue.code.as_str()).collect()
    }

    #[test]
    fn a_provider_repository_says_only_what_is_known() {
        assert_eq!(
            repository(&RepositoryInput::default()).unwrap().value.to_json(),
            r#"{"repository_name":"project","repository_url":"https://gitlab-on-prem.example.com/group/project","token":null,"use_all_agents":true,"eac_auto_registration":false}"#
        );
    }

    #[test]
    fn a_token_brings_a_credential_named_after_the_repository() {
        let input = RepositoryInput {
            name: Some("my app"),
            branch: Some("main"),
            token: Some(Secret::new(TOKEN.to_owned())),
            agents: vec!["agent 1"],
            auto_register: true,
            ..RepositoryInput::default()
        };
        assert_eq!(
            payload(&input),
            json!({
                "repository_name": "my app",
                "repository_url": "https://gitlab-on-prem.example.com/group/project",
                "token": TOKEN,
                "branch": "main",
                "credential_name": "my app",
                "use_all_agents": false,
                "agents": ["agent 1"],
                "eac_auto_registration": true,
            })
        );
    }

    #[test]
    fn a_credential_without_token_must_exist_already() {
        let input = RepositoryInput { credential_name: Some("stored"), ..RepositoryInput::default() };
        assert_eq!(codes(repository(&input)), ["torque.credential_must_exist"]);
        assert_eq!(payload(&input)["credential_name"], "stored");
    }

    #[test]
    fn every_wrong_name_is_told_with_its_place() {
        let input = RepositoryInput {
            name: Some(".."),
            branch: Some("a..b"),
            credential_name: Some("a\u{202e}b"),
            agents: vec!["good", " "],
            ..RepositoryInput::default()
        };
        let issues = repository(&input).unwrap_err();
        let places: Vec<String> = issues
            .iter()
            .map(|issue| format!("{} {}", serde_json::to_string(&issue.path).unwrap(), issue.code.as_str()))
            .collect();
        assert_eq!(
            places,
            [
                r#"["repositoryName"] name.dot_segment"#,
                r#"["credentialName"] name.control_character"#,
                r#"["branch"] gitlab.branch_not_allowed"#,
                r#"["agents",1] name.empty"#,
            ]
        );
    }

    #[test]
    fn either_spelling_of_the_type_is_accepted_and_no_other() {
        assert_eq!(codes(ProviderPayload::check_type("gitLabEnterprise")), [""; 0]);
        assert_eq!(codes(ProviderPayload::check_type("gitlabEnterprise")), [""; 0]);
        let issues = ProviderPayload::check_type("GitLab").unwrap_err();
        assert_eq!(issues.iter().next().unwrap().suggestion.as_deref(), Some("gitLabEnterprise"));
    }

    #[test]
    fn requests_carry_the_token_only_in_the_header() {
        let token = Secret::new("torque-token".to_owned());
        let space = Name::check("a/b").unwrap().value;
        let request = list_repositories_request(&portal("https://portal.qtorque.io"), Some(&token), &space);
        assert_eq!(
            (request.method, request.url.as_str()),
            ("GET", "https://portal.qtorque.io/api/spaces/a%2Fb/repositories")
        );
        assert_eq!(request.headers.get("Authorization").map(String::as_str), Some("Bearer torque-token"));
        assert_eq!(request.credentials, "omit");

        let request = list_repositories_request(&portal("https://portal.qtorque.io/proxy"), None, &space);
        assert_eq!(request.url, "https://portal.qtorque.io/proxy/api/spaces/a%2Fb/repositories");
        assert!(request.headers.get("Authorization").is_none());
        assert_eq!(request.credentials, "same-origin");
    }

    #[test]
    fn torque_tokens_are_what_a_header_can_carry() {
        assert_eq!(check_torque_token(" a.b-c_d~e+f/g== \n").unwrap().value.expose(), "a.b-c_d~e+f/g==");
        assert_eq!(codes(check_torque_token("  ")), ["torque.token_empty"]);
        for text in ["Bearer abc", "\"abc\"", "a\nb", "ä", "a\u{0}b"] {
            assert_eq!(codes(check_torque_token(text)), ["torque.token_bad_character"], "{text:?}");
        }
    }

    proptest! {
        /// Whatever a space is called, the URL names that space and nothing else.
        #[test]
        fn a_space_is_one_segment_of_the_url(text in "\\PC{1,20}|[./%\\\\?#@:& ]{1,6}") {
            if let Ok(space) = Name::check(&text) {
                let request = list_repositories_request(&portal("https://portal.qtorque.io/a/b"), None, &space.value);
                let url = Url::parse(&request.url).unwrap();
                let segments: Vec<String> = url.path_segments().unwrap().map(percent_decode).collect();
                prop_assert_eq!(segments, ["a", "b", "api", "spaces", space.value.as_str(), "repositories"]);
                prop_assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("portal.qtorque.io"), None, None));
            }
        }
    }

    fn percent_decode(segment: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = segment.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first == b'%' {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
                rest = &tail[2..];
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        String::from_utf8(bytes).unwrap()
    }
}
