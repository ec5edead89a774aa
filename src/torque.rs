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
mod endpoint;
mod name;

use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use self::answers::{
    ProviderAnswer, RepositoryDetails, answer_text, read_provider_answer, read_repositories, read_repository_answer,
};
pub(crate) use self::answers::{is_provider_id, list_entries, name_of_entry, url_of_entry};
pub use self::endpoint::Endpoint;
pub use self::name::Name;
use crate::base_url::BaseUrl;
use crate::branch::Branch;
use crate::http::{HttpRequest, json_text};
use crate::issue::{Check, Checked, Issue, IssueCode, Issues, collect};
use crate::portal_url::PortalUrl;
use crate::repository_url::RepositoryUrl;
use crate::secret::Secret;
use crate::token::is_marked_by_gitlab;

/// Reads the text of a Torque API token; blanks around it are dropped.
///
/// Its shape is not documented; it travels as `Authorization: Bearer` (S, T), so it is what RFC 6750 section 2.1 and an
/// HTTP header can carry: visible ASCII, without the quotes that a paste brings along.
///
/// # Errors
///
/// `torque.token_empty`, `torque.token_bad_character`, `torque.token_is_gitlab` for what has a prefix of GitLab's.
pub fn check_torque_token(text: &str) -> Check<Secret> {
    let token = text.trim_ascii();
    if token.is_empty() {
        return Err(Issue::new(IssueCode::TorqueTokenEmpty).into());
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
        json_text(self)
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
        json_text(self)
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
        assert!(!request.headers.contains_key("Authorization"));
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
