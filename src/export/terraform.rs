//! A plan as Terraform configuration.

use super::not_expressible;
use crate::gitlab::Branch;
use crate::issue::{Check, Issues};
use crate::normalization::is_nfc;
use crate::onboarding::{CheckedMethod, CheckedPlan, Plan};
use crate::secret::Secret;
use crate::torque::{Name, RepositoryPayload};

/// Terraform brings every text into Unicode's Normalization Form C (`cty.NormalizeString`), and Torque would get another name.
const CHANGED: &str = "a name that is not in Unicode's form NFC, which Terraform would change";

/// Writes the second method, a token for each repository, for Torque's own Terraform provider (`qualitorque/torque`): a
/// `torque_git_credentials` for each token, and a `torque_gitlab_enterprise_repository_space_association` that names it.
///
/// The tokens are sensitive variables (`torque_token`, `gitlab_token_1` …), whether or not the plan has them.
///
/// ```
/// use torque_gitlab_connect::{export::to_terraform, onboarding::{Method, Plan, PlanRepository}};
///
/// let mut plan = Plan::new("https://portal.qtorque.io", "demo", Method::TokenPerRepository { base_url: None });
/// plan.repositories.push(PlanRepository {
///     branch: Some("main".to_owned()),
///     ..PlanRepository::new("https://gitlab.example.com/group/project")
/// });
/// let text = to_terraform(&plan).unwrap().value;
/// assert!(text.contains("credential_name = torque_git_credentials.repository_1.name\n"));
/// ```
///
/// # Errors
///
/// The issues of the plan, except for missing tokens; `export.not_expressible` for a provider and for everything else that the
/// Terraform provider cannot be told: a repository without branch, automatic registration, some characters of names, and names
/// that Terraform would change.
pub fn to_terraform(plan: &Plan) -> Check<String> {
    let checked = plan.check_for_export()?;
    let (mut text, mut issues) = (String::new(), checked.warnings);
    issues.extend(configuration(&checked.value, &mut |part| text.push_str(part)));
    issues.or_value(text)
}

/// The same of a plan whose check has passed: `put` gets part after part.
pub(crate) fn configuration(plan: &CheckedPlan, put: &mut dyn FnMut(&str)) -> Issues {
    let mut issues = Issues::new();
    if !matches!(plan.method, CheckedMethod::TokenPerRepository { .. }) {
        issues.push(not_expressible("a repository provider").at("kind").at("method"));
        return issues;
    }
    // There is one: a plan without repositories has a provider.
    let Some(space) = &plan.space else { return issues };
    // Torque's Terraform provider writes names into addresses as they are.
    let in_address = |name: &Name| name.as_str().bytes().any(|byte| b"/?#%".contains(&byte));
    if in_address(space) {
        issues.push(not_expressible("a space whose name has one of / ? # %").at("space"));
    }

    if !is_nfc(space.as_str()) {
        issues.push(not_expressible(CHANGED).at("space"));
    }

    let credentials = Credentials::of(&plan.repositories);
    put(&head(plan.portal_for_people().as_str(), space));
    put(&variable("torque_token", "Torque API token"));
    let count = plan.repositories.len();
    let makes_credential = |index: usize| {
        let repository = &plan.repositories[index];
        repository.token.is_some() && credentials.maker(repository) == Some(index)
    };
    for index in (0..count).filter(|index| makes_credential(*index)) {
        let url = plan.repositories[index].repository_url.as_str();
        put(&variable(&format!("gitlab_token_{}", number(index)), &format!("GitLab token that reads {url}")));
    }
    for (index, repository) in plan.repositories.iter().enumerate() {
        let mut found = Issues::new();
        if in_address(&repository.repository_name) {
            found.push(not_expressible("a name with one of / ? # %").at("name"));
        }
        if repository.branch.is_none() {
            found.push(not_expressible("a repository without branch").at("branch"));
        }
        if repository.eac_auto_registration {
            found.push(not_expressible("automatic registration").at("autoRegister"));
        }
        for (agent, name) in repository.agents.iter().enumerate() {
            // It takes quotes off an agent's name and writes backslashes twice.
            if name.as_str().bytes().any(|byte| matches!(byte, b'"' | b'\\')) {
                found.push(not_expressible("an agent whose name has a quote or backslash").at(agent).at("agents"));
            }
        }
        let branch = repository.branch.as_ref().map(Branch::as_str);
        // By default it is the repository's name.
        let credential_name = repository.credential_name.as_ref().filter(|name| **name != repository.repository_name);
        let texts = [
            ("name", Some(repository.repository_name.as_str())),
            ("branch", branch),
            ("credentialName", credential_name.map(Name::as_str)),
        ];
        for (key, _) in texts.iter().filter(|(_, text)| text.is_some_and(|text| !is_nfc(text))) {
            found.push(not_expressible(CHANGED).at(*key));
        }
        for (agent, _) in repository.agents.iter().enumerate().filter(|(_, name)| !is_nfc(name.as_str())) {
            found.push(not_expressible(CHANGED).at(agent).at("agents"));
        }
        let maker = credentials.maker(repository);
        let mut resources = String::new();
        if let (Some(maker), Some(token)) = (maker, &repository.token) {
            if maker == index {
                resources = credential(index, space, repository);
            } else if plan.repositories[maker].token.as_ref().map(Secret::expose) != Some(token.expose()) {
                found.push(not_expressible("one credential name for several tokens").at("credentialName"));
            }
        }
        resources += &association(index, space, repository, maker);
        put(&resources);
        issues.extend(found.at(index).at("repositories"));
    }
    issues
}

fn head(portal: &str, space: &Name) -> String {
    let (host, space) = (quoted(portal), quoted(space.as_str()));
    format!(
        r#"terraform {{
  required_providers {{
    torque = {{
      source = "qualitorque/torque"
    }}
  }}
}}

provider "torque" {{
  host  = {host}
  space = {space}
  token = var.torque_token
}}
"#
    )
}

/// The names of the credentials that the configuration makes, each with the index of the first repository that brings a
/// token for it; sorted.
struct Credentials<'a>(Vec<(&'a str, usize)>);

impl<'a> Credentials<'a> {
    fn of(repositories: &'a [Box<RepositoryPayload>]) -> Self {
        let mut names: Vec<(&str, usize)> = repositories
            .iter()
            .enumerate()
            .filter(|(_, repository)| repository.token.is_some())
            .filter_map(|(index, repository)| Some((repository.credential_name.as_ref()?.as_str(), index)))
            .collect();
        names.sort_unstable();
        names.dedup_by_key(|(name, _)| *name);
        Self(names)
    }

    /// The repository whose token is in the credential that this one uses; none where the credential is stored already.
    fn maker(&self, repository: &RepositoryPayload) -> Option<usize> {
        let name = repository.credential_name.as_ref()?.as_str();
        self.0.binary_search_by_key(&name, |(name, _)| *name).ok().map(|place| self.0[place].1)
    }
}

/// Repositories are counted from one.
fn number(index: usize) -> String {
    (index + 1).to_string()
}

fn variable(name: &str, description: &str) -> String {
    format!(
        "\nvariable \"{name}\" {{\n  type        = string\n  sensitive   = true\n  description = {}\n}}\n",
        quoted(description)
    )
}

fn credential(index: usize, space: &Name, repository: &RepositoryPayload) -> String {
    let number = number(index);
    let name = quoted(repository.credential_name.as_ref().map_or("", Name::as_str));
    let description = quoted(&format!("Reads {}", repository.repository_url.as_str()));
    let space = quoted(space.as_str());
    format!(
        r#"
resource "torque_git_credentials" "repository_{number}" {{
  name                = {name}
  description         = {description}
  type                = "gitlabEnterprise"
  token               = var.gitlab_token_{number}
  allowed_space_names = [{space}]
}}
"#
    )
}

fn association(index: usize, space: &Name, repository: &RepositoryPayload, maker: Option<usize>) -> String {
    let credential_name = match maker {
        // The reference makes Terraform create the credential first.
        Some(maker) => format!("torque_git_credentials.repository_{}.name", number(maker)),
        None => quoted(repository.credential_name.as_ref().map_or("", Name::as_str)),
    };
    let mut agents: Vec<String> = repository.agents.iter().map(|agent| quoted(agent.as_str())).collect();
    if !agents.is_empty() {
        agents = vec![format!("  agents          = [{}]\n", agents.join(", "))];
    }
    format!(
        r#"
resource "torque_gitlab_enterprise_repository_space_association" "repository_{}" {{
  space_name      = {}
  repository_name = {}
  repository_url  = {}
  branch          = {}
  credential_name = {credential_name}
  use_all_agents  = {}
{}}}
"#,
        number(index),
        quoted(space.as_str()),
        quoted(repository.repository_name.as_str()),
        quoted(repository.repository_url.as_str()),
        quoted(repository.branch.as_ref().map_or("", |branch| branch.as_str())),
        if repository.agents.is_empty() { "true" } else { "false" },
        agents.concat(),
    )
}

/// A quoted template of HCL that says exactly `text` (HCL native syntax, "Quoted Templates": `\uNNNN` stands for any
/// character of the basic plane). `${` and `%{` would begin a template; `$${` would read otherwise behind another `$`, so
/// the sign itself is written as its number.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let begins_template = matches!(character, '$' | '%') && characters.peek() == Some(&'{');
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            _ if begins_template || character.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn whatever_means_something_in_hcl_is_escaped() {
        assert_eq!(quoted("plain $ % {x} ü 𝄞"), "\"plain $ % {x} ü 𝄞\"");
        assert_eq!(quoted("${x} %{y} $${z}"), r#""\u0024{x} \u0025{y} $\u0024{z}""#);
        assert_eq!(quoted("a\"b\\c\nd\re\tf\0"), r#""a\"b\\c\nd\u000de\u0009f\u0000""#);
    }
}
