//! The contract with Torque's REST API. Everything that this crate knows about it is in this module:
//! what is sent here, what is answered in `answers.rs`.
//!
//! Torque publishes no API description. There are three sources, and each item names its own:
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
mod endpoint;
mod name;
mod proxy;

use serde::{Deserialize, Serialize, Serializer};

pub use self::answers::{
    ProviderAnswer, RepositoryDetails, answer_text, read_provider_answer, read_repositories, read_repository_answer,
};
pub(crate) use self::answers::{is_provider_id, list_entries, name_of_entry, url_of_entry};
pub use self::endpoint::Endpoint;
pub use self::name::Name;
pub use self::proxy::{ANSWER_LIMIT, Head, REQUEST_LIMIT, Refusal, content_type_passed_on};
use crate::address::{BaseUrl, PortalUrl, RepositoryUrl};
use crate::gitlab::Branch;
use crate::http::{HttpRequest, json_text};
use crate::input::or_default;
use crate::issue::{Check, Checked, Issue, IssueCode, Issues, collect, collect_at};
use crate::secret::Secret;
use crate::token::{Purpose, check_secret, check_token, is_marked_by_gitlab, is_more_than_one, is_stand_in};

/// Checks the text of a Torque API token. White space around it is dropped.
///
/// Its shape is not documented; it travels as `Authorization: Bearer` (S, T), so it is what RFC 6750 section 2.1 and an
/// HTTP header can carry: visible ASCII, without the quotes that a paste brings along.
///
/// # Errors
///
/// `torque.token_empty`, `token.is_url`, `torque.token_bad_character`, `torque.token_is_placeholder` for a mask, a variable or `<token>`,
/// `token.more_than_one` for one that was pasted twice, `torque.token_is_gitlab` for what has a prefix of GitLab's.
pub fn check_torque_token(text: &str) -> Check<Secret> {
    let token = text.trim_ascii();
    if token.is_empty() {
        return Err(Issue::new(IssueCode::TorqueTokenEmpty).into());
    }
    if token.contains("://") {
        return Err(Issue::new(IssueCode::TokenIsUrl).into());
    }
    if is_stand_in(token) && !is_marked_by_gitlab(token) {
        return Err(Issue::new(IssueCode::TorqueTokenIsPlaceholder).into());
    }
    if is_more_than_one(token) && !is_marked_by_gitlab(token) {
        return Err(Issue::new(IssueCode::TokenMoreThanOne).into());
    }
    if token.bytes().any(|byte| !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\'' | b'`' | b'\\')) {
        return Err(Issue::new(IssueCode::TorqueTokenBadCharacter).into());
    }
    if is_marked_by_gitlab(token) {
        return Err(Issue::new(IssueCode::TorqueTokenIsGitlab).into());
    }
    Ok(Checked::clean(Secret::new(token.to_owned())))
}

/// `torque.token_is_gitlab` where one token was given for both: GitLab's own may have any prefix, or none.
pub(crate) fn check_not_both(torque: Option<&Secret>, gitlab: Option<&Secret>) -> Option<Issue> {
    let is_same = torque.zip(gitlab).is_some_and(|(torque, gitlab)| torque.expose() == gitlab.expose().trim());
    is_same.then(|| Issue::new(IssueCode::TorqueTokenIsGitlab))
}

/// The JSON that creates a repository provider (S, key order too). Holds the GitLab token.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct ProviderPayload {
    /// Display name of the provider.
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) name: Name,
    /// Torque's word for a self-managed GitLab.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "js-validate", tsify(type = "'gitLabEnterprise'"))]
    pub(crate) kind: &'static str,
    /// Where its repositories lie, and the token for them.
    pub(crate) details: ProviderDetails,
    /// Always empty: repositories are connected one by one.
    #[cfg_attr(feature = "js-validate", tsify(type = "never[]"))]
    pub(crate) repos: [(); 0],
}

/// What Torque reaches the repositories of a provider with.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct ProviderDetails {
    /// One token for all of them.
    #[serde(serialize_with = "exposed")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) token: Secret,
    /// Where every repository connected through the provider lies.
    #[serde(serialize_with = "base_url_text")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) base_url: BaseUrl,
}

impl ProviderPayload {
    /// The `type` on the wire: the spelling of S's example. S's prose writes `gitlabEnterprise`.
    pub const TYPE: &'static str = "gitLabEnterprise";

    /// A provider without repositories.
    ///
    /// ```
    /// use torque_gitlab_connect::{address::BaseUrl, secret::Secret, torque::{Name, ProviderPayload}};
    ///
    /// let payload = ProviderPayload::new(
    ///     Name::check("gitlab-1").unwrap().value,
    ///     BaseUrl::check("https://private.mygitlab.org").unwrap().value,
    ///     Secret::new("glpat-example".to_owned()),
    /// );
    /// assert_eq!(
    ///     payload.to_json(),
    ///     r#"{"name":"gitlab-1","type":"gitLabEnterprise","details":{"token":"glpat-example","base_url":"https://private.mygitlab.org/"},"repos":[]}"#
    /// );
    /// ```
    #[must_use]
    pub fn new(name: Name, base_url: BaseUrl, token: Secret) -> Self {
        Self { name, kind: Self::TYPE, details: ProviderDetails { token, base_url }, repos: [] }
    }

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
        json_text(self)
    }
}

impl std::fmt::Debug for ProviderPayload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ProviderPayload({:?}, {})", self.name.as_str(), self.details.base_url.as_str())
    }
}

impl std::fmt::Debug for ProviderDetails {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ProviderDetails({})", self.base_url.as_str())
    }
}

/// A repository to connect, as it was entered: in a plan, alone or in a row of a table.
///
/// Serialises as it was given, with the token.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct PlanRepository {
    /// Address of the repository.
    pub url: String,
    /// Name in the space; by default the project's, made unique in a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Branch to read; by default the project's, if GitLab shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The repository's own GitLab token; none where a provider or a stored credential serves.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "exposed_if_any")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub token: Option<Secret>,
    /// Name of the stored credential to create (with `token`) or to use (without).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_name: Option<String>,
    /// Names of the agents that may reach this GitLab; none means all.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "js-validate", tsify(type = "readonly string[]"))]
    pub agents: Vec<String>,
    /// Whether Torque registers the environments that the repository defines as code.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "std::ops::Not::not")]
    pub auto_register: bool,
}

/// The key of a text of a repository, and its index where a list stands there. A path is made of it only for an issue.
pub(crate) type PlaceInRepository = (&'static str, Option<usize>);

impl PlanRepository {
    /// A repository with nothing but its URL.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }

    /// The names of agents in a text in which somebody lists several: separated by `,`, `;`, `|` or line breaks, perhaps written as a
    /// JSON list. No more than one too many, which the check refuses.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::PlanRepository;
    ///
    /// assert_eq!(PlanRepository::read_agents("eks; aks,\n"), ["eks", "aks"]);
    /// assert_eq!(PlanRepository::read_agents(r#"["agent 1", "agent 2"]"#), ["agent 1", "agent 2"]);
    /// ```
    #[must_use]
    pub fn read_agents(text: &str) -> Vec<String> {
        let names = text.split([',', ';', '|', '\r', '\n']).map(|name| name.trim_matches([' ', '\t', '[', ']', '"']));
        let names = names.filter(|name| !name.is_empty());
        names.take(RepositoryPayload::MOST_AGENTS + 1).map(str::to_owned).collect()
    }

    /// Whether it has neither a token nor the name of a stored credential, so that only a provider's token can read it.
    #[must_use]
    pub fn lacks_credentials(&self) -> bool {
        self.token.is_none() && self.credential_name.is_none()
    }

    /// Checks the token of a repository that is connected without a provider. It may be missing if a stored credential is named.
    ///
    /// # Errors
    ///
    /// Those of [`check_token`], with the path `["token"]`.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::PlanRepository;
    ///
    /// let mut repository = PlanRepository::new("https://gitlab.example.com/group/project");
    /// assert!(repository.check_token().is_err());
    /// repository.credential_name = Some("gitlab".to_owned());
    /// assert!(repository.check_token().is_ok());
    /// ```
    pub fn check_token(&self) -> Check<()> {
        if self.token.is_none() && !self.lacks_credentials() {
            return Ok(Checked::clean(()));
        }
        let token = self.token.as_ref().map_or("", Secret::expose);
        let mut issues = Issues::new();
        collect_at(check_token(token, Purpose::Repository), "token", &mut issues);
        issues.or_value(())
    }

    /// Every text that everybody in the space can read, with its place: all but the URL and the token.
    pub(crate) fn names(&self) -> impl Iterator<Item = (PlaceInRepository, &str)> {
        let Self { url: _, name, branch, token: _, credential_name, agents, auto_register: _ } = self;
        let texts = [("name", name), ("branch", branch), ("credentialName", credential_name)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some(((key, None), text.as_deref()?)));
        let agents = agents.iter().enumerate().map(|(index, agent)| (("agents", Some(index)), agent.as_str()));
        texts.chain(agents)
    }
}

impl std::fmt::Debug for PlanRepository {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // No text of it is checked yet: each may hold a token.
        formatter.write_str("PlanRepository")
    }
}

/// The JSON that connects a self-managed GitLab repository to a space (T). May hold the GitLab token.
///
/// `token` is `null` where there is none, as T sends it; `branch` and `credential_name`, which T demands and Torque's
/// own form (D) partly calls optional, are left out where unknown; `provider_id` is shown by D for another kind of
/// provider only and is sent by option.
#[derive(Clone, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "js-validate", derive(tsify::Tsify))]
pub struct RepositoryPayload {
    /// Unique in the space.
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) repository_name: Name,
    /// Without `.git`, as in T's and D's examples.
    #[serde(serialize_with = "repository_url_text")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) repository_url: RepositoryUrl,
    /// The repository's own token (S, second method).
    #[serde(serialize_with = "exposed_if_any")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string | null"))]
    pub(crate) token: Option<Secret>,
    /// Branch to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) branch: Option<Branch>,
    /// The stored credential to create (with `token`) or to use (without).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-validate", tsify(type = "string"))]
    pub(crate) credential_name: Option<Name>,
    /// Whether no agents are named.
    pub(crate) use_all_agents: bool,
    /// Those that may reach this GitLab.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "js-validate", tsify(optional, type = "string[]"))]
    pub(crate) agents: Box<[Name]>,
    /// `false` in T's default.
    pub(crate) eac_auto_registration: bool,
    /// Id of the provider; only by option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) provider_id: Option<Box<str>>,
}

impl RepositoryPayload {
    /// No account has more that reach one GitLab; a longer list is a paste gone wrong.
    pub const MOST_AGENTS: usize = 1_000;

    /// The name, unique in the space.
    #[must_use]
    pub fn repository_name(&self) -> &Name {
        &self.repository_name
    }

    /// The stored credential to create (with a token) or to use (without).
    #[must_use]
    pub fn credential_name(&self) -> Option<&Name> {
        self.credential_name.as_ref()
    }

    /// The address, inside the base URL where one was given.
    #[must_use]
    pub fn repository_url(&self) -> &RepositoryUrl {
        &self.repository_url
    }

    /// Checks one repository; with `base`, only one that is inside it.
    ///
    /// The credential that Torque creates for a token has the name of the repository unless another one is given.
    ///
    /// ```
    /// use torque_gitlab_connect::torque::{PlanRepository, RepositoryPayload};
    ///
    /// let repository = PlanRepository::new("https://gitlab.example.com/group/project.git");
    /// let payload = RepositoryPayload::check(&repository, None).unwrap().value;
    /// assert_eq!(payload.repository_name().as_str(), "project");
    /// assert_eq!(payload.repository_url().as_str(), "https://gitlab.example.com/group/project");
    /// ```
    ///
    /// # Errors
    ///
    /// Every issue of the repository, each with its key as path; `input.too_large` for more than
    /// [`RepositoryPayload::MOST_AGENTS`].
    pub fn check(repository: &PlanRepository, base: Option<&BaseUrl>) -> Check<Self> {
        Self::check_with_url(repository, &repository.url, base)
    }

    /// The same with another URL than its own.
    pub(crate) fn check_with_url(repository: &PlanRepository, url: &str, base: Option<&BaseUrl>) -> Check<Self> {
        let mut issues = Issues::new();
        let url = collect_at(RepositoryUrl::check(base, url), "url", &mut issues);
        let token = repository
            .token
            .as_ref()
            .and_then(|token| collect_at(check_secret(token.expose(), Purpose::Repository), "token", &mut issues));
        let Some(url) = url else { return Err(issues) };
        let name = repository.name.clone().unwrap_or_else(|| url.project().to_owned());
        match collect(Self::named(repository, &name, url, token), &mut issues) {
            Some(payload) => issues.or_value(payload),
            None => Err(issues),
        }
    }

    /// The same of a repository whose URL and token have passed, under a name that it need not have.
    pub(crate) fn named(
        repository: &PlanRepository,
        name: &str,
        url: RepositoryUrl,
        token: Option<Secret>,
    ) -> Check<Self> {
        let mut issues = Issues::new();
        let repository_name = collect_at(Name::check(name), "name", &mut issues);
        let given = repository.credential_name.as_deref();
        let mut credential_name = given.and_then(|text| collect_at(Name::check(text), "credentialName", &mut issues));
        let branch = repository.branch.as_deref().filter(|text| !text.trim().is_empty());
        let branch = branch.and_then(|text| collect_at(Branch::check(text), "branch", &mut issues));
        if repository.agents.len() > Self::MOST_AGENTS {
            issues.push(Issue::new(IssueCode::InputTooLarge).at("agents"));
        }
        let agents = repository.agents.iter().take(Self::MOST_AGENTS).enumerate().filter_map(|(index, text)| {
            collect(Name::check(text).map_err(|found| found.at(index).at("agents")), &mut issues)
        });
        let agents: Box<[Name]> = agents.collect();
        if credential_name.is_some() && token.is_none() {
            issues.push(Issue::new(IssueCode::TorqueCredentialMustExist).at("credentialName"));
        }
        if given.is_none() && token.is_some() {
            credential_name.clone_from(&repository_name);
        }
        let Some(repository_name) = repository_name else { return Err(issues) };
        issues.or_value(Self {
            repository_name,
            repository_url: url,
            token,
            branch,
            credential_name,
            use_all_agents: agents.is_empty(),
            agents,
            eac_auto_registration: repository.auto_register,
            provider_id: None,
        })
    }

    /// The body of the request.
    #[must_use]
    pub fn to_json(&self) -> String {
        json_text(self)
    }
}

impl std::fmt::Debug for RepositoryPayload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RepositoryPayload({:?}, {})", self.repository_name.as_str(), self.repository_url.as_str())
    }
}

// Where a token leaves, and what a checked URL is on the wire.

fn exposed<S: Serializer>(token: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose())
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn exposed_if_any<S: Serializer>(token: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(Secret::expose).serialize(serializer)
}

fn base_url_text<S: Serializer>(base: &BaseUrl, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(base.as_str())
}

fn repository_url_text<S: Serializer>(url: &RepositoryUrl, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(url.as_str())
}

/// `POST …/api/settings/repository_providers` (S). Needs a token with Torque admin permission (D).
#[must_use]
pub fn create_provider_request(portal: &PortalUrl, token: Option<&Secret>, provider: &ProviderPayload) -> HttpRequest {
    HttpRequest::post(Endpoint::CreateProvider.url(portal), token, provider.to_json())
}

/// `POST …/api/spaces/{space}/repositories/gitlabEnterprise` (T).
#[must_use]
pub fn connect_repository_request(
    portal: &PortalUrl,
    token: Option<&Secret>,
    space: &Name,
    repository: &RepositoryPayload,
) -> HttpRequest {
    let endpoint = Endpoint::ConnectRepository { space: space.clone() };
    HttpRequest::post(endpoint.url(portal), token, repository.to_json())
}

/// `GET …/api/spaces/{space}/repositories` (T).
#[must_use]
pub fn list_repositories_request(portal: &PortalUrl, token: Option<&Secret>, space: &Name) -> HttpRequest {
    HttpRequest::get(Endpoint::ListRepositories { space: space.clone() }.url(portal), token)
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use url::Url;

    use super::*;

    const TOKEN: &str = "glpat-0123456789abcdefghij";

    fn portal(text: &str) -> PortalUrl {
        PortalUrl::check(text).unwrap().value
    }

    fn repository() -> PlanRepository {
        PlanRepository::new("https://gitlab-on-prem.example.com/group/project.git")
    }

    fn check(repository: &PlanRepository) -> Check<RepositoryPayload> {
        RepositoryPayload::check(repository, None)
    }

    fn payload(repository: &PlanRepository) -> Value {
        serde_json::from_str(&check(repository).unwrap().value.to_json()).unwrap()
    }

    fn codes<T>(check: Check<T>) -> Vec<&'static str> {
        let mut issues = Issues::new();
        collect(check, &mut issues);
        issues.iter().map(|issue| issue.code.as_str()).collect()
    }

    #[test]
    fn a_provider_repository_says_only_what_is_known() {
        assert_eq!(
            check(&repository()).unwrap().value.to_json(),
            r#"{"repository_name":"project","repository_url":"https://gitlab-on-prem.example.com/group/project","token":null,"use_all_agents":true,"eac_auto_registration":false}"#
        );
    }

    #[test]
    fn a_token_brings_a_credential_named_after_the_repository() {
        let input = PlanRepository {
            name: Some("my app".into()),
            branch: Some("main".into()),
            token: Some(Secret::new(TOKEN.to_owned())),
            agents: vec!["agent 1".into()],
            auto_register: true,
            ..repository()
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
        let input = PlanRepository { credential_name: Some("stored".into()), ..repository() };
        assert_eq!(codes(check(&input)), ["torque.credential_must_exist"]);
        assert_eq!(payload(&input)["credential_name"], "stored");
    }

    #[test]
    fn no_name_leads_elsewhere_where_its_slashes_are_decoded() {
        for text in [".", "..", "../admin", "a/..", "a/./b", "..\\..\\a", "a\\../b"] {
            assert_eq!(codes(Name::check(text)), ["name.dot_segment"], "{text}");
        }
        for text in ["...", "..a", "a..b/c.", "a/.b", "a/"] {
            assert_eq!(codes(Name::check(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_is_in_no_name_and_no_branch() {
        for invisible in [
            '\u{ad}',
            '\u{34f}',
            '\u{600}',
            '\u{115f}',
            '\u{180b}',
            '\u{200b}',
            '\u{200d}',
            '\u{202e}',
            '\u{2064}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff0}',
            '\u{13430}',
            '\u{1d173}',
            '\u{e0041}',
            '\u{e01ef}',
            '\u{7}',
            '\u{85}',
            '\u{2028}',
        ] {
            for text in [format!("my{invisible}space"), format!("{invisible}space"), format!("space{invisible}")] {
                assert_eq!(codes(Name::check(&text)), ["name.control_character"], "{text:?}");
                assert_eq!(codes(Branch::check(&text)), ["gitlab.branch_not_allowed"], "{text:?}");
            }
        }
        for text in ["grün", "空间", "спейс", "مساحة", "\u{1f680}", "e\u{301}", "스페이스"] {
            assert_eq!(Name::check(text).unwrap().value.as_str(), text);
            assert_eq!(Branch::check(text).unwrap().value.as_str(), text);
        }
    }

    #[test]
    fn every_wrong_name_is_told_with_its_place() {
        let input = PlanRepository {
            name: Some("..".into()),
            branch: Some("a..b".into()),
            credential_name: Some("a\u{202e}b".into()),
            agents: vec!["good".into(), " ".into()],
            ..repository()
        };
        let issues = check(&input).unwrap_err();
        let places: Vec<String> = issues
            .iter()
            .map(|issue| format!("{} {}", serde_json::to_string(&issue.path).unwrap(), issue.code.as_str()))
            .collect();
        assert_eq!(
            places,
            [
                r#"["name"] name.dot_segment"#,
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
        assert_eq!(request.header("Authorization"), Some("Bearer torque-token"));
        assert_eq!(request.credentials, "omit");

        let request = list_repositories_request(&portal("https://portal.qtorque.io/proxy"), None, &space);
        assert_eq!(request.url, "https://portal.qtorque.io/proxy/api/spaces/a%2Fb/repositories");
        assert_eq!(request.header("Authorization"), None);
        assert_eq!(request.credentials, "same-origin");
    }

    #[test]
    fn torque_tokens_are_what_a_header_can_carry() {
        assert_eq!(check_torque_token(" a.b-c_d~e+f/g== \n").unwrap().value.expose(), "a.b-c_d~e+f/g==");
        assert_eq!(codes(check_torque_token("  ")), ["torque.token_empty"]);
        for text in ["Bearer abc", "\"abc\"", "a\nb", "ä", "a\u{0}b"] {
            assert_eq!(codes(check_torque_token(text)), ["torque.token_bad_character"], "{text:?}");
        }
        for text in [TOKEN, "acme-glpat-0123456789abcdefghij", "glrt-0123456789abcdefghij", "GR13489410123456789"] {
            assert_eq!(codes(check_torque_token(text)), ["torque.token_is_gitlab"], "{text:?}");
        }
        for text in
            ["$TORQUE_TOKEN", "%TORQUE_TOKEN%", "{{ torque_token }}", "<token>", "********", "xxxxxxxxxxxx", "[MASKED]"]
        {
            assert_eq!(codes(check_torque_token(text)), ["torque.token_is_placeholder"], "{text:?}");
        }
    }

    proptest! {
        /// Whatever a space is called, the URL names that space and nothing else.
        #[test]
        fn a_space_is_one_segment_of_the_url(text in "\\PC{1,20}|[./%\\\\?#@:& ]{1,6}") {
            if let Ok(space) = Name::check(&text) {
                let request = list_repositories_request(&portal("https://portal.qtorque.io/a/b"), None, &space.value);
                let url = Url::parse(&request.url).unwrap();
                let decoded = |segment| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
                let segments: Vec<String> = url.path_segments().unwrap().map(decoded).collect();
                prop_assert_eq!(segments, ["a", "b", "api", "spaces", space.value.as_str(), "repositories"]);
                prop_assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("portal.qtorque.io"), None, None));
            }
        }
    }
}
